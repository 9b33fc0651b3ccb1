"""The API as a program meets it: over HTTP, with a noticeboard in memory."""

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import urllib3
from typer.testing import CliRunner

from catalogue.editions import editions
from contracts import intake
from contracts.noticeboard import Day, Ended, Licence, Notice, Paper, Skrd
from plumbing.documents.certificates import new_authority
from portal.api.manners import is_known, takes_json
from ptsp.catalogue.command import app as catalogue
from tests.builders import FILE, Counter, on
from tests.e2e.pages import fetch
from tests.served import served

PROBLEM = "application/problem+json"
CODE, NUMBER, PAYMENT = "K7QF-3M2P-X9DA", "503/001-SIUP/BPPT/2016", "201603000123"


def kept(shape: Any) -> dict[str, Any]:
    """A record as the database gives it back."""
    document = shape.model_dump(mode="json")
    return {"_id": document.pop("id"), **document}


def a_notice(**parts: Any) -> Notice:
    """A registered SIUP, as the noticeboard keeps it."""
    counter = Counter()
    counter.tick()
    moved = counter.drawers.heard(intake.ApplicationMoved)[-1]
    known = {"id": FILE, "told_at": on(3, 1, 10), "handle": "P-0123456789AB", "resi": moved.resi, "moved": moved}
    return Notice.model_validate(known | parts)


LICENCE = Licence(
    number=NUMBER,
    verification_code=CODE,
    sha256="0f" * 32,
    signed_at=on(3, 10),
    valid_until=date(2999, 3, 9),
)
SKRD = Skrd(number="974/1", amount=187_625, due_on=date(2016, 4, 8), payment_code=PAYMENT)
PAPER = Paper(id=CODE, kind="licence", number=NUMBER, sha256="0f" * 32, application_id=FILE)


def a_board(**parts: Any) -> dict[str, list[dict[str, Any]]]:
    days = [Day(id=date(2016, 3, n), issued={"siup": n}, received=n, finished=1) for n in (1, 2, 9)]
    notice = a_notice(payment_code=PAYMENT, skrd=SKRD, licence=LICENCE, **parts)
    return {"notices": [kept(notice)], "papers": [kept(PAPER)], "days": [kept(day) for day in days]}


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("authority") / "authority.pem"
    made = new_authority("Otoritas uji", "Kantor uji", on(1, 1), on(12, 31))
    file.write_bytes(made.cert_pem)
    return file


@pytest.fixture(scope="module")
def office(authority: Path) -> Iterator[str]:
    with served(authority, a_board()) as address:
        yield f"{address}/api/v1"


def told(answer: urllib3.BaseHTTPResponse, status: int = 200) -> Any:
    said = json.loads(answer.data)
    assert answer.status == status, said
    assert answer.headers["content-type"] == ("application/json" if status == 200 else PROBLEM)
    return said


def refused(answer: urllib3.BaseHTTPResponse, status: int, code: str) -> dict[str, Any]:
    problem = told(answer, status)
    assert (problem["status"], problem["code"]) == (status, code) and problem["type"].endswith(f"/api#{code}")
    return problem


# --- the catalogue ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("code", "place"), [("imb", "licence-types"), ("iptm", "licence-types"), ("S-IV", "services")])
def test_a_type_or_service_is_told_as_the_command_line_tells_it(office: str, code: str, place: str):
    shown = json.loads(CliRunner().invoke(catalogue, ["show", code, "--json"]).stdout)
    assert told(fetch(f"{office}/{place}/{code.lower()}")) == shown


def test_a_type_is_told_in_the_edition_that_is_asked_for(office: str):
    for edition in editions():
        assert told(fetch(f"{office}/licence-types/imb?edition={edition}"))["edition"] == edition
    problem = refused(fetch(f"{office}/licence-types/imb?edition=1999-01"), 422, "invalid_input")
    assert problem["errors"][0]["field"] == "edition" and "2016-11" in problem["errors"][0]["remedy"]


@pytest.mark.parametrize(("place", "total"), [("licence-types", 66), ("services", 21)])
def test_a_list_can_be_read_in_pieces_and_nothing_is_lost_or_told_twice(office: str, place: str, total: int):
    codes, following = [], f"/api/v1/{place}?limit=10"
    while following:
        page = told(fetch(office.removesuffix("/api/v1") + following))
        codes += [each["code"] for each in page["items"]]
        following = page["next"]
    assert len(codes) == len(set(codes)) == page["total"] == total
    refused(fetch(f"{office}/{place}?offset={total}"), 422, "invalid_input")


def test_everyday_words_find_what_is_meant(office: str):
    finds = told(fetch(f"{office}/search?q=saya+ingin+membuka+usaha"))["items"]
    assert finds[0]["code"] == "siup" and finds[0]["open"] is True
    assert told(fetch(office.removesuffix("/api/v1") + finds[0]["address"]))["code"] == "siup"
    assert told(fetch(f"{office}/search?q=xyzzy"))["items"] == []


# --- files, payments, papers, figures ---------------------------------------------------------------------------------


def test_a_file_is_followed_by_its_resi_however_it_is_typed(office: str):
    resi = a_notice().resi
    for typed in (resi, resi.replace("-", "").lower(), "P-0123456789AB"):
        file = told(fetch(f"{office}/files/{typed}"))
        assert file["resi"] == resi and file["status"]["code"] == "in_issuance"
    assert file["holder"]["name"] == "Kepala Bidang" and file["told_at"].startswith("2016-03-01T")
    assert file["clock"]["unit"] == "working_day" and file["clock"]["overdue"] is True and file["standstill"] is None
    assert [entry["code"] for entry in file["timeline"]] == ["registered", "submitted"]
    assert "*" in file["applicant"] and file["promised_on"] == "2016-03-11"


def test_a_file_with_its_applicant_says_why_its_clock_stands(authority: Path):
    counter = Counter()
    counter.tick(npwp_perusahaan="wrong")
    moved = counter.drawers.heard(intake.ApplicationMoved)[-1]
    notice = Notice(id=FILE, told_at=on(3, 1), handle="P-0123456789AB", resi=moved.resi, moved=moved)
    with served(authority, {"notices": [kept(notice)]}) as address:
        file = told(fetch(f"{address}/api/v1/files/P-0123456789AB"))
    assert file["standstill"]["code"] == "applicant" and file["answer_by"] is not None


def test_a_number_that_can_be_none_is_told_from_one_nobody_knows(office: str):
    problem = refused(fetch(f"{office}/files/R-2016-000123-7"), 422, "invalid_input")
    assert [(each["field"], each["code"]) for each in problem["errors"]] == [("number", "resi_check_digit")]
    refused(fetch(f"{office}/files/R-2016-000123-2"), 404, "not_found")


def test_an_skrd_says_what_is_to_be_paid_and_that_it_is_late(office: str):
    asked = told(fetch(f"{office}/payments/{PAYMENT}"))
    assert (asked["amount"], asked["due_on"], asked["paid_at"], asked["overdue"]) == (187_625, "2016-04-08", None, True)
    for unknown in ("201603000124", "1e9", "-", "%00"):
        refused(fetch(f"{office}/payments/{unknown}"), 404, "not_found")


@pytest.mark.parametrize(
    ("parts", "standing"),
    [
        ({}, "valid"),
        ({"ended": Ended(how="revoked", by="510/2", at=on(4, 1))}, "revoked"),
        ({"ended": Ended(how="replaced", by="510/2", at=on(4, 1))}, "replaced"),
        ({"suspended_at": on(4, 1)}, "suspended"),
    ],
)
def test_a_paper_is_checked_by_code_by_number_and_says_what_it_is_worth(authority: Path, parts: dict, standing: str):
    with served(authority, a_board(**parts)) as address:
        by_code = told(fetch(f"{address}/api/v1/papers/{CODE.replace('-', '').lower()}"))
        by_number = told(fetch(f"{address}/api/v1/papers?number={NUMBER}"))
    assert by_code["standing"] == standing and by_number == {"total": 1, "next": None, "items": [by_code]}
    assert by_code["ended_by"] == ("510/2" if "ended" in parts else None)


def test_a_number_or_code_that_is_not_ours_is_said_so(office: str):
    assert told(fetch(f"{office}/papers?number=503/999"))["items"] == []
    refused(fetch(f"{office}/papers/0000-0000-0000"), 404, "not_found")


@pytest.mark.parametrize("per", ["day", "week", "month", "year"])
def test_every_licence_is_in_the_figures_once(office: str, per: str):
    figures = told(fetch(f"{office}/statistics?per={per}&until=2016-03-31"))
    assert sum(row["issued"] for row in figures["items"]) == sum(kind["issued"] for kind in figures["by_type"])
    assert sum(row["issued"] for row in figures["items"]) + (1 if per == "day" else 0) == 12
    assert (figures["earlier"] is not None) == (per == "day") and figures["printed"]["2016"] == 57_025


# --- manners ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["services", "search?q=imb", f"papers/{CODE}"])
def test_what_has_not_changed_is_not_sent_again_and_a_head_has_no_body(office: str, path: str):
    whole = fetch(f"{office}/{path}")
    again = fetch(f"{office}/{path}", headers={"If-None-Match": whole.headers["etag"]})
    assert (again.status, again.data, again.headers["etag"]) == (304, b"", whole.headers["etag"])
    assert fetch(f"{office}/{path}", headers={"If-None-Match": '"another"'}).status == 200
    head = fetch(f"{office}/{path}", "HEAD")
    assert (head.status, head.data, head.headers["etag"]) == (200, b"", whole.headers["etag"])


def test_another_form_than_json_is_refused(office: str):
    refused(fetch(f"{office}/services", headers={"Accept": "text/html"}), 406, "not_acceptable")
    assert [takes_json(it) for it in (None, "", "*/*", "text/html, application/*;q=0.1", "application/json")] == [
        True
    ] * 5
    assert [takes_json(it) for it in ("text/csv", "application/json;q=0", "application/json; q=0.000")] == [False] * 3


def test_a_tag_is_known_whether_it_is_weak_or_one_of_many():
    assert is_known('W/"a"', 'W/"a"') and is_known('"b", "a"', 'W/"a"') and is_known("*", 'W/"a"')
    assert not is_known('"b"', 'W/"a"')


@pytest.mark.parametrize(
    ("path", "field"),
    [
        *(("services?favour=please", "favour"), ("services?limit=0", "limit"), ("services?limit=1&limit=2", "limit")),
        *(("search", "q"), ("search?q=", "q"), ("statistics?per=hari", "per"), ("papers", "number")),
        *(
            ("statistics?until=9999-12-31", "until"),
            ("licence-types/imb?$ne=1", "$ne"),
            ("papers?number[$ne]=1", "number[$ne]"),
        ),
    ],
)
def test_what_is_not_described_is_refused_with_field_and_remedy(office: str, path: str, field: str):
    problem = refused(fetch(f"{office}/{path}"), 422, "invalid_input")
    assert field in [error["field"] for error in problem["errors"]]
    assert all(error["remedy"] and error["detail"] for error in problem["errors"])


@pytest.mark.parametrize(("path", "allow"), [("services", "GET, HEAD"), ("papers", "GET, HEAD, POST")])
def test_another_method_is_refused_and_told_which_there_are(office: str, path: str, allow: str):
    answer = fetch(f"{office}/{path}", "DELETE")
    refused(answer, 405, "method_not_allowed")
    assert answer.headers["allow"] == allow


@pytest.mark.parametrize(
    "path",
    ["", "nirgends", "%2e%2e/%2e%2e/etc/passwd", "services/%00", "services/$ne", "papers/a/b", "papers/a%0Ab"],
)
def test_an_address_that_is_none_is_a_problem_and_no_page(office: str, path: str):
    problem = refused(fetch(f"{office}/{path}"), 404, "not_found")
    assert re.fullmatch(r"/api/v1/[!-~]*", problem["instance"]), "an address as it is written, and nothing else"


def test_the_page_for_people_says_what_there_is_and_what_each_problem_means(office: str):
    problem = refused(fetch(f"{office}/nirgends"), 404, "not_found")
    page, anchor = problem["type"].split("#")
    answer = fetch(page)
    assert answer.status == 200 and f'id="{anchor}"' in answer.data.decode()
    assert "/openapi.json" in answer.data.decode() and "POST /api/v1/papers" in answer.data.decode()
    assert fetch(office.replace("/api/v1", "/openapi.json")).status == 200


# --- a PDF -----------------------------------------------------------------------------------------------------------

PDF = {"Content-Type": "application/pdf"}


def test_what_is_no_pdf_is_refused_by_what_it_says_and_by_what_it_is(office: str):
    refused(
        fetch(f"{office}/papers", "POST", body=b"%PDF-1.7", headers={"Content-Type": "text/html"}), 415, "not_a_pdf"
    )
    problem = refused(fetch(f"{office}/papers", "POST", body=b"MZ" * 99, headers=PDF), 422, "invalid_input")
    assert problem["errors"][0]["code"] == "no_pdf"


def test_a_body_beyond_the_limit_is_refused_stated_or_not(office: str):
    large = b"%PDF-" + b"x" * 10_200_000
    refused(fetch(f"{office}/papers", "POST", body=large, headers=PDF), 413, "too_large")
    pieces = (b"x" * 65_536 for _ in range(200))
    refused(fetch(f"{office}/papers", "POST", body=pieces, headers=PDF, chunked=True), 413, "too_large")


def test_a_disguised_pdf_is_none_of_ours(office: str):
    checked = told(fetch(f"{office}/papers", "POST", body=b"%PDF-1.7\n<html>", headers=PDF))
    assert checked["known"] is False and checked["paper"] is None and checked["signature"]["ok"] is False


# --- limits and outages -----------------------------------------------------------------------------------------------


def test_who_asks_too_often_is_told_when_to_come_back_and_the_catalogue_is_free(authority: Path):
    with served(authority, a_board(), questions_per_minute=6) as address:
        answers = [fetch(f"{address}/api/v1/papers/{CODE}") for _ in range(8)]
        assert [answer.status for answer in answers][:6] == [200] * 6
        refused(answers[-1], 429, "too_many")
        assert int(answers[-1].headers["retry-after"]) >= 1
        assert fetch(f"{address}/lacak").status == 429  # pages and API count together
        assert told(fetch(f"{address}/api/v1/services"))["total"] == 21


def test_with_its_database_away_it_says_so_and_the_catalogue_is_still_told(authority: Path):
    with served(authority, None) as address:
        answer = fetch(f"{address}/api/v1/files/P-0123456789AB")
        assert refused(answer, 503, "away")["reference"] and answer.headers["retry-after"]
        assert told(fetch(f"{address}/api/v1/services"))["total"] == 21
