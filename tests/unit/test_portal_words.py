"""What the portal says: every text in every language, figures as people write them, and search as people ask."""

import ast
import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from catalogue.everyday_words import load_everyday_words
from catalogue.reading import CatalogueFault
from contracts.documents import Kind
from portal import words
from portal.devices import device
from portal.language import languages
from portal.numbers import EXAMPLE_RESI
from portal.search import search
from services.intake.standing import Status
from values.resi import Resi

PORTAL = Path(__file__).parents[2] / "portal"
KEYWORDS = {
    **{"_": None, "gettext": None, "ngettext": (1, 2), "say": None, "say_many": (1, 2), "N_": None, "NN_": (1, 2)},
}
METHODS = [("**.py", "python"), ("**.jinja", "jinja2")]
OPTIONS = {"**.jinja": {"newstyle_gettext": "true", "trim_blocks": "true"}}


def messages() -> set[str | tuple[str, ...]]:
    """Every text in the code and the templates; of a plural both forms."""
    found = extract_from_dir(PORTAL, METHODS, OPTIONS, KEYWORDS)
    return {message for _, _, message, _, _ in found}


@pytest.mark.parametrize("code", [code for code in languages() if code != "id"])
def test_no_text_is_untranslated_and_no_translation_is_left_over(code: str):
    catalogue = read_po((PORTAL / f"translations/{code}/LC_MESSAGES/portal.po").open("rb"))
    known = {tuple(m.id) if m.pluralizable else m.id: m for m in catalogue if m.id}
    assert messages() == known.keys()
    for message in known.values():
        forms = message.string if message.pluralizable else (message.string,)
        assert all(forms) and not message.fuzzy, message.id
        one = message.id[0] if message.pluralizable else message.id
        for form in forms:
            assert set(re.findall(r"%\(\w+\)s", form)) == set(re.findall(r"%\(\w+\)s", one)), message.id


def test_numbers_days_and_money_are_written_as_people_here_write_them():
    indonesian, english = languages()["id"], languages()["en"]
    assert (indonesian.number(57_025), english.number(57_025)) == ("57.025", "57,025")
    assert indonesian.rupiah(1_797_750) == english.rupiah(1_797_750) == "Rp\u00a01.797.750"
    assert (indonesian.day(date(2016, 3, 5)), english.day(date(2016, 3, 5))) == ("5 Maret 2016", "5 March 2016")
    late = datetime(2016, 3, 4, 18, 5, tzinfo=UTC)  # already the 5th in Bekasi
    assert indonesian.moment(late) == "5 Maret 2016, 01.05 WIB" and english.clock(late) == "01:05 WIB"
    assert indonesian.weekday(date(2016, 3, 5)) == "Sabtu, 5 Maret 2016"


@pytest.mark.parametrize(
    ("seconds", "said", "in_english"),
    [
        (5, "baru saja", "just now"),
        (70, "1 menit yang lalu", "1 minute ago"),
        (7_300, "2 jam yang lalu", "2 hours ago"),
        (200_000, "2 hari yang lalu", "2 days ago"),
    ],
)
def test_an_age_is_told_roughly(seconds: float, said: str, in_english: str):
    assert languages()["id"].ago(seconds) == said and languages()["en"].ago(seconds) == in_english


def test_every_status_and_paper_has_its_words():
    assert words.STATUSES.keys() == set(Status.__args__)
    assert words.PAPERS.keys() == set(Kind.__args__)


def test_every_turn_of_a_file_that_people_take_has_its_words():
    """What intake writes as a plain word into a history and tells the board; the rest is the house's own memory."""
    sources = [file.read_text() for file in (PORTAL.parent / "services/intake").glob("*.py")]
    calls = [n for source in sources for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Call)]
    written = {c.args[0].value for c in calls if _names_a_happening(c) and isinstance(c.args[0], ast.Constant)}
    silent = {"items_ticked", "papers_inspected"} | {name for name in written if name.endswith("_printed")}
    assert written - silent - {"complete"} <= words.HAPPENED.keys()


def _names_a_happening(call: ast.Call) -> bool:
    return getattr(call.func, "attr", "") == "happening" and bool(call.args)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("saya ingin membuka usaha", "siup"),
        ("bangun rumah", "imb"),
        ("renovsi rumha", "imb"),
        ("IMB", "imb"),
        ("apotik", "apotek"),
        ("mau pasang reklame di jalan", "reklame"),
        ("warung makan", "ho_situ"),
        ("sumur bor", "ipat"),
        ("kuburan", "iptm"),
        ("tutup usaha", "pembubaran_pt_cv"),
        ("open a business", "siup"),
        ("surat ke wali kota", "S-II"),
        ("piala", "S-IV"),
    ],
)
def test_everyday_words_find_what_is_meant(question: str, first: str):
    assert search(question)[0].code == first


@pytest.mark.parametrize("question", ["", "   ", "izin", "saya ingin", "xyzzyplugh", "!!!", "<script>", "a" * 500])
def test_what_says_nothing_finds_nothing(question: str):
    assert search(question) == []


def test_an_unknown_code_among_the_everyday_words_is_a_fault(tmp_path):
    (tmp_path / "everyday_words.yaml").write_text("groups: [{say: [toko], means: [nonsense]}]\nempty: []\n")
    with pytest.raises(CatalogueFault, match=r"groups\.0\.means: unknown: 'nonsense'"):
        load_everyday_words(tmp_path, codes=["siup"])


def test_a_translation_is_read_without_a_compiled_file():
    assert list(PORTAL.rglob("*.mo")) == []
    assert languages()["en"].say("Lacak berkas") == "Track a file"


def test_the_example_of_a_resi_is_one_that_could_be_printed():
    assert str(Resi.parse(EXAMPLE_RESI)) == EXAMPLE_RESI
    typed = [f.name for f in PORTAL.rglob("*") if f.suffix in (".jinja", ".py", ".po") and "R-2016-" in f.read_text()]
    assert typed == []


@pytest.mark.parametrize(
    ("said", "browser", "system"),
    [
        ("Mozilla/5.0 (Linux; Android 13; SM-A135F) Chrome/118.0 Mobile Safari/537.36", "Chrome", "Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile Safari/604.1", "Safari", "iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/118.0 Safari/537.36 Edg/118.0", "Edge", "Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0", "Firefox", "Linux"),
        ("curl/7.88", None, None),
    ],
)
def test_a_session_is_named_by_browser_and_system(said: str, browser: str | None, system: str | None):
    assert device(said) == (browser, system)


def test_every_table_scrolls_by_itself_and_says_so():
    """One macro makes the frame of each table and chart: label, keyboard, shadow and sentence."""
    for template in (PORTAL / "templates").glob("*.jinja"):
        text = template.read_text()
        framed = re.findall(r"parts\.wide\(.*?\{% endcall %\}", text, re.DOTALL)
        for what in ("<table", "parts.bars("):
            assert text.count(what) == sum(frame.count(what) for frame in framed), template.name
        assert 'class="scroll"' not in text or template.name == "parts.html.jinja"
