"""An applicant at the portal, with the whole office behind it: what may go wrong from the first sign-up to the sent
application, and a forgotten password."""

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
from tests.e2e.pages import PHONE, faultless, press, visitor
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


def test_an_applicant_signs_up_loses_the_session_sends_twice_and_forgets_the_password(
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
        account = own_records.drafts.find_one({"_id": id})["account"]
        assert own_records.drafts.count_documents({"account": account}) == 1

        # Nobody else sees anything of it.
        other.go("/daftar").get_by_label("E-mail or phone number").fill("0813 0000 0002")
        other.page.get_by_label("Password").fill(SECRET)
        press(other, "Open an account")
        assert "There is no file of this account yet" in other.text and faultless(other)
        eventually(lambda: id in me.go("/saya").content(), SECONDS, "the file on the page")
        for path in (f"/saya/{id}", f"/saya/{id}/cabut", check.removeprefix(home)):
            other.go(path)
            assert other.heading == "There is no such page", path
            me.go(path)
            assert faultless(me), path
        with MongoClient(people.environment["PTSP_DATABASE_URL"]) as client:
            assert client.intake.applications.count_documents({"_id": id}) == 1
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
        assert me.heading == "Berkas saya" and id in me.page.content()
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
