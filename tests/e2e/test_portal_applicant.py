"""An applicant at the portal, with the whole office behind it: from the first sign-up to the resi, and what may go
wrong on the way."""

import email
import email.policy
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from pymongo import MongoClient

from plumbing.sign_in.sessions import IDLE
from tests.conftest import Stack
from tests.e2e.pages import PHONE, Visitor, visitor
from tests.people import People, a_pdf, eventually
from tests.turns import SECONDS

SECRET = "kambing makan rumput"
SITI = {
    "Nama lengkap": "Siti Rahmawati",
    "NIK": "3275010101800001",
    "Alamat": "Jl. Melati No. 12, Bekasi Timur",
    "Nomor telepon": "081200000001",
}


@pytest.fixture
def own_records(stack: Stack) -> Iterator[MongoClient]:
    """What the portal keeps for itself."""
    with MongoClient(stack.environment("portal")["PTSP_DATABASE_URL"]) as client:
        yield client.portal


def test_an_applicant_applies_is_asked_for_a_paper_and_gets_the_resi(
    browser: Browser, home: str, people: People, stack: Stack, own_records, tmp_path: Path
):
    paper = tmp_path / "kertas.pdf"
    paper.write_bytes(a_pdf("kertas siti"))
    with visitor(browser, home, PHONE) as me, visitor(browser, home, PHONE, "en") as other:
        me.go("/izin/siup").get_by_role("link", name="Ajukan di sini").click()
        assert me.heading == "Masuk" and faultless(me)
        me.page.get_by_role("link", name="Buat akun").click()
        assert faultless(me)
        me.page.get_by_label("E-mail atau nomor telepon").fill("siti.portal@warga.example")
        me.page.get_by_label("Kata sandi").fill("pendek")
        press(me, "Buat akun")
        assert "Paling sedikit 10 huruf" in me.text and faultless(me)
        me.page.get_by_label("Kata sandi").fill(SECRET)
        press(me, "Buat akun")

        assert me.heading.startswith("Ajukan") and faultless(me)
        press(me, "Mulai permohonan baru")
        me.page.get_by_label("Yang diajukan").select_option("kecil")
        assert faultless(me)
        press(me, "Simpan dan lanjut")
        for label, text in SITI.items():
            me.page.get_by_label(label, exact=True).fill(text)
        me.page.get_by_label("NIK").fill("32")
        press(me, "Simpan dan lanjut")
        assert "NIK terdiri atas 16 angka" in me.text and faultless(me)
        me.page.get_by_label("NIK").fill(SITI["NIK"])

        # The session ends while she types. She signs in again and finds what she typed.
        old = (datetime.now(UTC) - IDLE).isoformat()
        own_records.sessions.update_many({}, {"$set": {"seen": old}})
        press(me, "Simpan dan lanjut")
        assert "Sesi Anda sudah berakhir" in me.text and faultless(me)
        me.page.get_by_label("E-mail atau nomor telepon").fill("siti.portal@warga.example")
        me.page.get_by_label("Kata sandi").fill(SECRET)
        press(me, "Masuk")
        assert me.page.get_by_label("Nama lengkap").input_value() == "Siti Rahmawati"
        press(me, "Simpan dan lanjut")

        me.page.get_by_label("Nama usaha, bangunan atau benda").fill("Toko Sumber Rezeki")
        me.page.get_by_label("Alamatnya").fill("Jl. Ir. H. Juanda No. 5")
        me.page.get_by_label("Kecamatan").select_option("Bekasi Timur")
        press(me, "Simpan dan lanjut")
        assert faultless(me)
        while me.heading != "Periksa jawaban Anda":
            later = me.heading.startswith("Nomor Pokok Wajib Pajak") or "NPWP" in me.heading
            if not later:
                me.page.get_by_label("Berkas").set_input_files(paper)
            press(me, "Menyusul nanti" if later else "Simpan dan lanjut")
        assert faultless(me)

        # Pressed twice, and once more after going back: one file.
        check = me.page.url
        me.page.get_by_role("button", name="Kirim permohonan").dblclick()
        me.page.wait_for_url("**/terkirim")
        assert me.heading == "Permohonan terkirim" and faultless(me)
        me.go(check.removeprefix(home))
        assert me.heading == "Permohonan terkirim"
        id = check.rsplit("/", 1)[1]
        assert own_records.drafts.count_documents({}) == 1

        with MongoClient(people.environment["PTSP_DATABASE_URL"]) as client:
            eventually(lambda: client.noticeboard.notices.count_documents({"_id": id}), SECONDS, "the notice")
            assert client.intake.applications.count_documents({"_id": id}) == 1
            lacking = [i["requirement"] for i in people.where(id)["items"] if "npwp" in i["requirement"]]
            people.tick(id, "siup", "kecil", **dict.fromkeys(lacking, "missing"))
            waiting = {"_id": id, "moved.status": "waiting_for_applicant"}
            eventually(lambda: client.noticeboard.notices.count_documents(waiting), SECONDS, "the request")

            me.go("/saya").get_by_role("link", name="menunggu Anda").click()
            assert "Yang diminta dari Anda" in me.text and faultless(me)
            (tmp_path / "program.pdf").write_bytes(b"MZ\x90 no paper")
            me.page.locator("input[type=file]").set_input_files(tmp_path / "program.pdf")
            press(me, "Kirim berkas ini")
            assert "Hanya PDF, JPEG atau PNG" in me.text and faultless(me)
            (tmp_path / "npwp.pdf").write_bytes(a_pdf("npwp siti"))
            me.page.locator("input[type=file]").set_input_files(tmp_path / "npwp.pdf")
            press(me, "Kirim berkas ini")
            assert "Terkirim" in me.text

            # Nobody else sees anything of it.
            other.go("/daftar").get_by_label("E-mail or phone number").fill("0813 0000 0002")
            other.page.get_by_label("Password").fill(SECRET)
            press(other, "Open an account")
            assert "There is no file of this account yet" in other.text and faultless(other)
            for path in (f"/saya/{id}", f"/saya/{id}/cabut", check.removeprefix(home)):
                other.go(path)
                assert other.heading == "There is no such page", path

            people.tick(id, "siup", "kecil")
            known = {"_id": id, "resi": {"$ne": None}}
            eventually(lambda: client.noticeboard.notices.count_documents(known), SECONDS, "the resi")
        resi = people.where(id)["resi"]
        me.go(f"/saya/{id}")
        assert resi in me.heading and "Yang diminta dari Anda" not in me.text and faultless(me)
        resi_link = me.page.get_by_role("link", name="Unduh Resi pendaftaran")
        eventually(lambda: me.go(f"/saya/{id}") and resi_link.count(), SECONDS, "the resi on paper")
        with me.page.expect_download() as download:
            resi_link.click()
        assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")

        for path in (f"/saya/{id}/cabut", "/akun", "/saya", "/daftar"):
            me.go(path)
            assert faultless(me), path
        me.go("/akun")
        press(me, "Keluar")
        me.go(f"/saya/{id}")
        assert me.heading == "Masuk"

        # A forgotten password: the link comes by mail and works once.
        me.page.get_by_role("link", name="Lupa kata sandi?").click()
        assert faultless(me)
        me.page.get_by_label("Alamat e-mail").fill("siti.portal@warga.example")
        press(me, "Kirim tautan")
        assert "Periksa e-mail Anda" in me.text and faultless(me)
        link = eventually(lambda: link_in(stack.home / "data" / "mailbox" / "new"), SECONDS, "the letter")
        me.page.goto(link)
        assert me.heading == "Kata sandi baru" and faultless(me)
        me.page.get_by_label("Kata sandi").fill("sapi makan jagung muda")
        press(me, "Simpan dan masuk")
        assert me.heading == "Berkas saya" and resi in me.text
        me.page.goto(link)
        assert "Tautan ini tidak berlaku lagi" in me.text and faultless(me)
        assert me.strangers() == []


def link_in(mailbox: Path) -> str | None:
    """The address in the letter about a forgotten password, when it has come."""
    for file in mailbox.iterdir():
        letter = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        if letter["Subject"] == "Kata sandi baru untuk akun perizinan Anda":
            return next(word for word in letter.get_content().split() if "/lupa-sandi/" in word)
    return None


def press(who: Visitor, name: str) -> None:
    """Press a button and wait for the page it leads to."""
    with who.page.expect_navigation():
        who.page.get_by_role("button", name=name, exact=True).click()


def faultless(who: Visitor) -> bool:
    """Whether axe finds nothing and the page fits the window; AssertionError says what."""
    assert (who.page.url, who.violations()) == (who.page.url, [])
    assert not who.is_wider_than_the_window(), who.page.url
    return True
