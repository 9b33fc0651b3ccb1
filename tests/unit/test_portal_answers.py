"""No form is sent again by loading a page again: each is answered by an address that is fetched."""

import ast
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.responses import HTMLResponse

from plumbing.sign_in.tokens import Tokens
from portal import pages
from portal.answers import KEPT, MOST, Answers
from tests.shelf import Browser, portal_in_memory

NOW = datetime(2016, 3, 1, 3, 0, tzinfo=UTC)
PAGES = Path(pages.__file__).parent
LEADS_ON = {"RedirectResponse", "answered", "onwards", "let_in"}
ANSWERS_ITSELF = {"by_file", "preview", "keep", "begin"}  # nothing is changed by them, or no page is made


@pytest.fixture(scope="module")
def portal(tmp_path_factory) -> Iterator[tuple]:
    with portal_in_memory(tmp_path_factory.mktemp("portal")) as (home, shelf, app):
        app.state.tokens = Tokens(shelf)
        yield home, shelf, app


def returns(function: ast.FunctionDef) -> list[ast.expr]:
    return [each.value for each in ast.walk(function) if isinstance(each, ast.Return) and each.value]


def is_wrong(made: ast.expr) -> bool:
    """Whether this page may be one of a form that was done: it leads nowhere and has no status of what is wrong."""
    calls = [each for each in ast.walk(made) if isinstance(each, ast.Call)]
    if any(isinstance(call.func, ast.Name) and call.func.id in LEADS_ON for call in calls):
        return False
    numbers = [each.value for each in ast.walk(made) if isinstance(each, ast.Constant) and isinstance(each.value, int)]
    asked = [each.attr for each in ast.walk(made) if isinstance(each, ast.Attribute)]
    return bool(calls) and not any(number >= 400 for number in numbers) and "status" not in asked


@pytest.mark.parametrize("file", sorted(PAGES.glob("*.py")), ids=lambda file: file.stem)
def test_every_form_that_was_done_leads_to_an_address_that_can_be_loaded_again(file: Path):
    functions = {each.name: each for each in ast.parse(file.read_text()).body if isinstance(each, ast.FunctionDef)}
    for function in functions.values():
        if function.name in ANSWERS_ITSELF or ".post(" not in " ".join(map(ast.unparse, function.decorator_list)):
            continue
        for made in returns(function):
            helper = functions.get(made.func.id) if isinstance(made, ast.Call) and hasattr(made.func, "id") else None
            leads = helper is not None and not any(map(is_wrong, returns(helper)))
            assert leads or not is_wrong(made), f"{file.name}: {function.name}: {ast.unparse(made)[:100]}"


def test_the_answer_can_be_loaded_again_by_the_browser_that_sent_the_form_and_by_no_other(portal):
    home, _, _ = portal
    browser = Browser(home).get("/daftar").post("/daftar", nama="tono@warga.example", sandi="kambing makan rumput")
    browser.get("/akun/token").post("/akun/token", **{"nama": "kasir", "hari": "7", "lingkup-read": "ya"})
    address, text = browser.asked, browser.text
    assert address.startswith("/hasil/") and browser.status == 200 and "kasir" in text
    assert browser.get(address).text == text
    assert browser.get("/akun/token").text.count("kasir") == 1, "made once"
    other = Browser(home).get(address)
    assert (other.status, other.to) == (303, "/akun/token")


def test_an_answer_is_kept_for_ten_minutes_and_no_more_than_are_fit_to_be_kept():
    answers = Answers()
    page = HTMLResponse("<p>x</p>")
    id = answers.keep("me", page, NOW)
    assert answers.find("me", id, NOW + KEPT).body == page.body
    assert answers.find("me", id, NOW + KEPT + timedelta(seconds=1)) is None
    assert answers.find("you", id, NOW) is None
    for _ in range(MOST):
        answers.keep("me", page, NOW)
    assert answers.find("me", id, NOW) is None, "the oldest makes room"


@pytest.mark.parametrize(
    ("sent_to", "page"),
    [
        ("/lacak/R-1?x=1", "/lacak/R-1?x=1"),
        ("/petugas/loket/x/pindai/ktp?y=2", "/petugas/loket"),
        ("/petugas/skrd/x/bayar", "/petugas/skrd/x"),
        ("/nirgends", "/nirgends"),
    ],
)
def test_another_language_leads_to_a_page_also_from_the_answer_to_a_form(portal, sent_to: str, page: str):
    assert Browser(portal[0]).get(f"/bahasa/en?kembali={quote(sent_to)}").to == page
