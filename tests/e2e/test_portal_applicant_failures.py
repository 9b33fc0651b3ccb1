"""What goes wrong for an applicant on a phone: the line drops, the portal dies, a room is away, one goes back. And the
applicant's pages at a desk and in English, without a fault for who cannot see or hold a mouse."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route
from pymongo import MongoClient

from tests.away import kept_away
from tests.conftest import Stack
from tests.e2e.pages import DESK, PHONE, Visitor, faultless, press, visitor
from tests.e2e.test_portal_applicant import SECRET, SITI
from tests.people import People, a_jpeg, a_pdf, eventually
from tests.turns import SECONDS

PIECE = 256 * 1024


@pytest.fixture
def own_records(stack: Stack) -> Iterator[MongoClient]:
    """What the portal keeps for itself."""
    with MongoClient(stack.environment("portal")["PTSP_DATABASE_URL"]) as client:
        yield client.portal


def signed_up(me: Visitor, name: str) -> Visitor:
    me.go("/daftar").locator("#nama").fill(name)
    me.page.locator("#sandi").fill(SECRET)
    with me.page.expect_navigation():
        me.page.locator("main form button").click()
    return me


def begun(me: Visitor, code: str = "siup") -> str:
    """Questions answered up to the first paper; the address of the draft."""
    me.go(f"/ajukan/{code}")
    submit(me)
    if me.page.locator("#sub_kind").count():
        me.page.locator("#sub_kind").select_option(index=1)
        submit(me)
    for id, text in zip(("name", "nik", "address", "phone"), SITI.values(), strict=True):
        me.page.locator(f"#{id}").fill(text)
    submit(me)
    me.page.locator("#name").fill("Toko Sumber Rezeki")
    me.page.locator("#address").fill("Jl. Ir. H. Juanda No. 5")
    me.page.locator("#kecamatan").select_option("Bekasi Timur")
    submit(me)
    return "/".join(me.page.url.split("/")[:6]).removeprefix(me.home)


def submit(me: Visitor) -> None:
    with me.page.expect_navigation():
        me.page.locator("main form button").first.click()


def ready(me: Visitor, code: str = "siup") -> str:
    """A draft in which every paper comes later."""
    draft = begun(me, code)
    while "/berkas/" in me.page.url:
        with me.page.expect_navigation():
            me.page.locator("button[name=nanti]").click()
    return draft


def a_large_pdf(folder: Path) -> Path:
    """Four pieces."""
    paper = folder / "besar.pdf"
    paper.write_bytes(a_pdf("besar") + b"%" * (3 * PIECE + 1000))
    return paper


def test_an_upload_that_is_cut_and_whose_portal_dies_goes_on_by_itself_where_it_was(
    browser: Browser, home: str, stack: Stack, own_records, tmp_path: Path
):
    with visitor(browser, home, PHONE) as me:
        draft = begun(signed_up(me, "potong@warga.example"))
        offsets: list[int] = []

        def line(route: Route) -> None:
            if route.request.method == "PATCH":
                offsets.append(int(route.request.headers["upload-offset"]))
                if len(offsets) == 2:
                    route.abort("connectionreset")
                    return
                if len(offsets) == 4:
                    stack.kill("portal")
            route.continue_()

        me.page.route("**/unggah/*", line)
        me.page.set_input_files("input[type=file]", a_large_pdf(tmp_path))
        me.page.get_by_role("button", name="Simpan dan tambah lagi").click()
        me.page.get_by_text("Sambungan terputus").wait_for(timeout=10_000)
        assert faultless(me)
        me.page.get_by_role("heading", name="Sudah ada").wait_for(timeout=60_000)
        assert offsets == [0, PIECE, PIECE, 2 * PIECE, 2 * PIECE, 3 * PIECE], "only what was missing was sent again"
        assert faultless(me)
        # A photo beside it: both become one paper.
        (tmp_path / "foto.jpg").write_bytes(a_jpeg("halaman dua"))
        me.page.set_input_files("input[type=file]", tmp_path / "foto.jpg")
        me.page.get_by_role("button", name="Simpan dan tambah lagi").click()
        me.page.get_by_text("Dikirim sebagai satu PDF").wait_for(timeout=20_000)
        assert faultless(me)
        kept = own_records.drafts.find_one({"_id": draft.rsplit("/", 1)[1]})
        ((_, paper),) = kept["papers"].items()
        assert [part["media_type"] for part in paper["parts"]] == ["application/pdf", "image/jpeg"]
        assert own_records.pieces.count_documents({}) == 0


def test_without_a_script_the_same_form_takes_several_files(browser: Browser, home: str, tmp_path: Path):
    for name in ("satu", "dua"):
        (tmp_path / f"{name}.pdf").write_bytes(a_pdf(name))
    with visitor(browser, home, PHONE, java_script_enabled=False) as me:
        begun(signed_up(me, "tanpa@warga.example"))
        here = me.page.url
        me.page.set_input_files("input[type=file]", [tmp_path / "satu.pdf", tmp_path / "dua.pdf"])
        press(me, "Simpan dan tambah lagi")
        assert me.page.url == here and me.page.locator("button[name=buang]").count() == 2


def test_a_room_that_is_away_loses_nothing_and_going_back_sends_nothing_twice(
    browser: Browser, home: str, people: People, stack: Stack
):
    with visitor(browser, home, PHONE) as me:
        draft = ready(signed_up(me, "kembali@warga.example"))
        me.page.go_back()
        me.page.go_back()
        me.go(f"{draft}/pemohon")
        assert me.page.locator("#name").input_value() == SITI["Nama lengkap"], "what was answered is there"
        me.go(draft)
        with kept_away(stack, "intake"):
            press(me, "Kirim permohonan")
            assert "Semua jawaban Anda tersimpan" in me.text and faultless(me)
        me.go(draft)
        press(me, "Kirim permohonan")
        assert me.heading == "Permohonan terkirim" and faultless(me)
        me.page.go_back()
        assert me.heading == "Permohonan terkirim", "the check leads there, with nothing left to be sent"
        id = draft.rsplit("/", 1)[1]
        with MongoClient(people.environment["PTSP_DATABASE_URL"]) as client:
            account = client.intake.applications.find_one({"_id": id})["account"]
            assert client.intake.applications.count_documents({"account": account}) == 1


def test_the_applicants_pages_have_no_fault_at_a_desk_and_in_english(
    browser: Browser, home: str, people: People, stack: Stack, tmp_path: Path
):
    (tmp_path / "kertas.pdf").write_bytes(a_pdf("kertas"))
    with visitor(browser, home, DESK) as me, visitor(browser, home, PHONE, "en") as other:
        for who, name in ((me, "meja@warga.example"), (other, "0812 7777 0001")):
            draft = begun(signed_up(who, name))
            assert faultless(who)
            who.page.set_input_files("input[type=file]", tmp_path / "kertas.pdf")
            with who.page.expect_navigation():
                who.page.locator("button[name=lagi]").click()
            assert faultless(who)
            for path in (f"{draft}/jenis", f"{draft}/pemohon", f"{draft}/tempat", draft, "/ajukan/siup?untuk=renewal"):
                who.go(path)
                assert faultless(who)
            for path in (
                "/ajukan/S-I",
                "/saya",
                "/akun",
                "/lupa-sandi",
                "/lupa-sandi/kode",
                "/daftar",
                "/izin/imb/biaya",
            ):
                who.go(path)
                assert faultless(who)
            who.page.locator("main select").first.select_option(index=1)
            submit(who)
            assert who.page.locator(".fault").count() and faultless(who)
            sent = ready(who, "S-IV")
            with who.page.expect_navigation():
                who.page.locator("main form button").first.click()
            assert who.page.locator("svg.qr").count() == 1 and faultless(who)
            file = sent.rsplit("/", 1)[1]
            eventually(lambda: file in who.go("/saya").content(), SECONDS, "the file on the page")  # noqa: B023
            who.go(f"/saya/{file}")
            assert faultless(who) and who.strangers() == []


def test_a_forgotten_password_is_replaced_with_a_code_from_the_counter(browser: Browser, home: str, people: People):
    phrase = people.passphrase("counter-2")
    with visitor(browser, home, PHONE) as me, visitor(browser, home, DESK) as clerk:
        ready(signed_up(me, "0813 5555 0001"))
        press(me, "Kirim permohonan")
        clerk.go("/petugas/masuk?kembali=/petugas/sandi-pemohon").locator("#nama").fill("counter-2")
        clerk.page.locator("#sandi").fill(phrase)
        submit(clerk)
        clerk.go("/petugas/sandi-pemohon")
        assert faultless(clerk)
        clerk.page.locator("#nama").fill("0813 5555 0001")
        clerk.page.locator("#nik").fill(SITI["NIK"])
        clerk.page.get_by_label("KTP asli saya lihat").check()
        press(clerk, "Beri kode")
        code = clerk.page.locator("p.big.code").inner_text()
        assert faultless(clerk)
        me.go("/lupa-sandi/kode").locator("#nama").fill("0813 5555 0001")
        me.page.locator("#kode").fill(code)
        press(me, "Buat kata sandi baru")
        me.page.get_by_label("Kata sandi").fill("sapi makan jagung muda")
        press(me, "Simpan dan masuk")
        assert me.heading == "Berkas saya" and faultless(me)
