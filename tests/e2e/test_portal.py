"""The portal, as its visitors meet it: a browser, the whole office behind it, and then less and less of the office."""

import os
import signal
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser
from pymongo import MongoClient

from contracts import ROOMS
from tests.away import kept_away
from tests.conftest import Stack
from tests.e2e.pages import DESK, PHONE, fetch, visitor
from tests.people import People, eventually
from tests.turns import SECONDS, Turn

EVERYWHERE = ["/", "/cari?apa=buka+usaha", "/izin", "/izin/imb", "/layanan", "/layanan/S-IV", "/lacak", "/periksa"]
FIRST_LOAD = 100_000  # bytes


@pytest.fixture(scope="module")
def home(people: People, stack: Stack) -> str:
    """The portal's address; the limit of questions is not what these tests are about."""
    return stack.environment("office")["PTSP_PUBLIC_URL"]


@pytest.fixture(scope="module")
def licence(people: People, home: str) -> dict:
    """A SIUP from counter to archive, and where the portal shows it."""
    turn = Turn(people, "siup", "kecil").registered()
    end = turn.issued(8)
    paper = next(d for d in end["documents"] if d["kind"] == "licence")
    with MongoClient(people.environment["PTSP_DATABASE_URL"]) as client:
        known = {"_id": turn.id, "moved.status": "archived", "licence.number": paper["number"]}
        eventually(lambda: client.noticeboard.notices.count_documents(known), SECONDS, "the file on the noticeboard")
    return {"resi": end["resi"], "number": paper["number"], "pdf": people.store.get(paper["sha256"])}


def test_from_the_first_question_to_the_checked_licence_on_a_phone(
    browser: Browser, home: str, licence: dict, tmp_path
):
    with visitor(browser, home, PHONE) as me:
        # The answer comes while I type; the type's page says what it asks for, takes and costs.
        me.go("/").get_by_label("Yang ingin diurus").press_sequentially("saya ingin membuka usaha")
        me.page.locator("#temuan a").first.click()
        assert "Surat Izin Usaha Perdagangan" in me.heading
        assert "7 hari kerja" in me.text and "Gratis" in me.text

        # My file: typed without dashes, in small letters.
        me.page.get_by_role("link", name="Lacak", exact=True).click()
        me.page.get_by_label("Nomor resi").fill(licence["resi"].replace("-", "").lower())
        me.page.get_by_role("button", name="Lacak").click()
        assert licence["resi"] in me.heading
        assert "Selesai dan diarsipkan" in me.text and "Izin diserahkan" in me.text
        assert "Siti" not in me.text and "S*** R***" in me.text

        # The licence by its code, by its number, and by the PDF.
        me.page.get_by_role("link", name="Periksa izin ini").click()
        assert me.heading == "Asli dan berlaku" and licence["number"] in me.text
        me.go("/periksa").get_by_label("Kode pemeriksaan atau nomor surat").fill(licence["number"])
        me.page.get_by_role("button", name="Periksa", exact=True).click()
        assert me.heading == "Asli dan berlaku"
        (tmp_path / "izin.pdf").write_bytes(licence["pdf"])
        me.go("/periksa").get_by_label("PDF dari kantor ini").set_input_files(tmp_path / "izin.pdf")
        me.page.get_by_role("button", name="Periksa PDF").click()
        assert me.heading == "Asli dan berlaku"
        assert "sampai huruf terakhir" in me.text and "sah, " in me.text

        # One changed byte, and it is ours no more.
        spoilt = bytearray(licence["pdf"])
        spoilt[len(spoilt) // 3] ^= 1
        (tmp_path / "palsu.pdf").write_bytes(spoilt)
        me.go("/periksa").get_by_label("PDF dari kantor ini").set_input_files(tmp_path / "palsu.pdf")
        me.page.get_by_role("button", name="Periksa PDF").click()
        assert me.heading in ("Sudah diubah setelah ditandatangani", "Bukan dokumen dari kantor ini")
        assert me.strangers() == []


def test_everything_can_be_done_by_keyboard_and_without_scripts(browser: Browser, home: str, licence: dict):
    with visitor(browser, home, java_script_enabled=False) as me:
        me.go("/")
        me.page.keyboard.press("Tab")
        me.page.keyboard.press("Enter")  # the first stop is the way past the head of the page
        me.page.wait_for_url("**/#isi")
        me.page.keyboard.press("Tab")  # and the next one is the question
        me.page.keyboard.type("renovsi rumah")
        me.page.keyboard.press("Enter")
        me.page.wait_for_url("**/cari?apa=renovsi+rumah")
        assert "Izin Mendirikan Bangunan" in me.text
        me.go("/lacak").get_by_label("Nomor resi").focus()
        me.page.keyboard.type(licence["resi"])
        me.page.keyboard.press("Enter")
        me.page.wait_for_url(f"**/lacak/{licence['resi']}")
        assert licence["resi"] in me.heading


@pytest.mark.parametrize(("size", "language"), [(PHONE, "id"), (DESK, "en")], ids=["phone", "desk"])
def test_no_page_has_a_fault_that_axe_can_find_and_none_is_too_wide(
    browser: Browser, home: str, licence: dict, size: dict, language: str
):
    numbers = [f"/lacak/{licence['resi']}", "/lacak/R-2016-000123-3", "/periksa/0000-0000-0000"]
    others = [*numbers, "/nirgends", "/gaya", "/api"]
    statistics = [f"/statistik?per={per}&sampai=2016-03-31" for per in ("hari", "tahun")]
    with visitor(browser, home, size, language) as me:
        for path in [*EVERYWHERE, *others, *statistics]:
            me.go(path)
            assert me.page.locator("html").get_attribute("lang") == language
            assert (path, me.violations()) == (path, [])
            assert not me.is_wider_than_the_window(), path


def test_a_language_is_chosen_by_one_press_and_remembered(browser: Browser, home: str):
    with visitor(browser, home) as me:
        me.go("/lacak").get_by_role("link", name="English").click()
        assert (me.heading, me.page.url) == ("Track a file", f"{home}/lacak")
        me.go("/periksa")
        assert me.heading == "Check a document"


def test_a_first_visit_weighs_less_than_100_kb(browser: Browser, home: str):
    for path in ("/", "/izin", "/izin/imb", "/lacak"):
        sizes: list[int] = []
        with visitor(browser, home) as me:
            me.page.on("requestfinished", lambda r, sizes=sizes: sizes.append(r.sizes()["responseBodySize"]))
            me.go(path).wait_for_load_state("networkidle")
            assert 10_000 < sum(sizes) < FIRST_LOAD, path
            assert me.strangers() == [] and me.complaints == []


def test_the_qr_of_an_skrd_leads_to_what_is_to_be_paid(browser: Browser, people: People, home: str):
    file = Turn(people, "iptm", "baru").registered()
    code = file.demanded(total=100_000)["payment_code"]
    with MongoClient(people.environment["PTSP_DATABASE_URL"]) as client, visitor(browser, home, PHONE) as me:
        known = lambda: client.noticeboard.notices.count_documents({"payment_code": code})  # noqa: E731
        eventually(known, SECONDS, "the SKRD on the noticeboard")
        me.go(f"/bayar/{code}")
        assert "Rp\u00a0100.000" in me.text and code in me.text and "belum kami terima" in me.text
        assert me.violations() == []
        me.page.get_by_role("link", name="Lihat berkasnya").click()
        assert "Menunggu pembayaran Anda" in me.text and me.violations() == []


def test_with_every_room_away_a_file_is_still_followed_and_the_page_says_how_old_it_is(
    browser: Browser, home: str, licence: dict, stack: Stack
):
    parts = stack.parts()
    frozen = [parts[room].pid for room in ROOMS]
    for pid in frozen:
        os.kill(pid, signal.SIGSTOP)
    try:
        with MongoClient(stack.environment("set_up")["PTSP_DATABASE_URL"]) as client:
            hours_ago = {"at": (datetime.now(UTC) - timedelta(hours=3)).isoformat()}
            client.noticeboard.heartbeats.update_one({"_id": "noticeboard"}, {"$set": hours_ago}, upsert=True)
        with visitor(browser, home, PHONE) as me:
            eventually(lambda: "3 jam yang lalu" in me.go(f"/lacak/{licence['resi']}").content(), 10, "the age")
            assert licence["resi"] in me.heading and "Izin diserahkan" in me.text
            assert me.violations() == []
    finally:
        for pid in frozen:
            os.kill(pid, signal.SIGCONT)


def test_with_the_records_away_the_page_says_so_and_the_catalogue_is_still_read(
    browser: Browser, home: str, licence: dict, stack: Stack
):
    with kept_away(stack, "database"), visitor(browser, home, PHONE) as me:
        answer = me.page.goto(f"{home}/lacak/{licence['resi']}")
        assert answer.status == 503 and answer.headers["retry-after"]
        assert "Tidak ada yang hilang" in me.text and "Nomor gangguan" in me.text
        assert me.violations() == []
        assert me.go("/izin/imb").title().startswith("Izin Mendirikan Bangunan")
    again = lambda: fetch(f"{home}/lacak/{licence['resi']}").status == 200  # noqa: E731
    eventually(again, SECONDS, "the portal to recover")
