"""The payer asks for themselves, by pages: relief on a phone, granted by the Head as the decree has it."""

from pathlib import Path

from playwright.sync_api import Browser
from pymongo import MongoClient

from contracts import retribution
from tests.conftest import Stack
from tests.e2e.pages import DESK, PHONE, Visitor, faultless, inside, visitor
from tests.people import People, a_pdf, eventually
from tests.turns import SECONDS, Turn

CYLINDERS = {"jumlah_tabung": 10, "jenis_tabung": "serbuk_sampai_5_kg"}
SECRET = "kelapa muda di tepi kali"
DECREE = {
    "Nomor keputusan": "973/Kep.31/2026",
    "Tanggal keputusan": "2026-01-05",
    "Dasar hukum": "Peraturan Daerah Nomor 9 Tahun 2012 Pasal 124",
}


def press(me: Visitor, name: str) -> None:
    me.page.get_by_role("main").get_by_role("button", name=name).click()


def demanded(people: People, account: str) -> Turn:
    """A file of that account with an SKRD for ten fire extinguishers, signed today."""
    turn = Turn(people, "rekom_damkar", None, quantities=CYLINDERS, account=account).registered()
    turn.examined("recommended", 4)
    eventually(turn.assessed, SECONDS, "the assessment")
    for who, kind in {
        "non-perizinan-1": retribution.PrepareNota,
        "non-perizinan-head": retribution.SignNota,
        "administration-1": retribution.IssueSkrd,
        "head-2014": retribution.SignSkrd,
    }.items():
        people.do(who, kind, application_id=turn.id)
    turn.has_paper("skrd")
    return turn


def test_a_payer_asks_for_relief_and_reads_what_became_of_it(
    browser: Browser, home: str, people: People, stack: Stack, tmp_path: Path
):
    paper = tmp_path / "surat.pdf"
    paper.write_bytes(a_pdf("Surat permohonan keringanan"))
    with visitor(browser, home, PHONE) as me, visitor(browser, home, DESK) as head:
        me.go("/daftar").locator("#nama").fill("keringanan@warga.example")
        me.page.locator("#sandi").fill(SECRET)
        press(me, "Buat akun")
        with MongoClient(stack.environment("portal")["PTSP_DATABASE_URL"]) as client:
            account = client.portal.names.find_one({"_id": "keringanan@warga.example"})["account"]
        file = demanded(people, account)
        eventually(lambda: "Kode pembayaran" in me.go(f"/saya/{file.id}").content(), SECONDS, "the SKRD")
        assert faultless(me)
        me.page.get_by_role("link", name="Ketetapan retribusi").click()
        assert me.heading == "Ketetapan retribusi" and faultless(me)
        for name in ("Keberatan", "Angsuran", "Keringanan"):
            me.page.get_by_role("main").get_by_role("link", name=name).click()
            assert faultless(me), name
        me.page.get_by_label("Besarnya").fill("50")
        me.page.get_by_label("Alasan").fill("mahal")
        press(me, "Ajukan keringanan")
        assert "paling sedikit sepuluh huruf" in me.text and faultless(me)
        me.page.get_by_label("Alasan").fill("Rumah ibadah, tidak mencari untung.")
        me.page.locator("#bukti").set_input_files(paper)
        press(me, "Ajukan keringanan")
        me.page.wait_for_url("**?terkirim=PRB-*")
        assert "menunggu putusan" in me.text and faultless(me)
        proof = me.page.get_by_role("main").get_by_role("link", name="Lihat").get_attribute("href")
        assert me.page.request.get(home + proof).body() == paper.read_bytes()

        passphrase = people.passphrase("head-2014")
        inside(head, "head-2014", passphrase)
        head.go(f"/petugas/skrd/{file.id}/perubahan")
        assert "dari wajib retribusi" in head.text and faultless(head)
        theirs = head.page.get_by_role("link", name="Buka").get_attribute("href")
        assert head.page.request.get(home + theirs).body() == paper.read_bytes()
        head.page.get_by_label("Dikabulkan").check()
        head.page.get_by_label("Pertimbangan").fill("Sesuai keputusan wali kota.")
        head.page.get_by_label("Frasa sandi").fill(passphrase)
        press(head, "Putuskan")
        assert head.page.locator(".summary").count() == 1 and faultless(head)
        head.page.get_by_label("Besarnya").fill("25")
        for label, text in DECREE.items():
            head.page.get_by_label(label).fill(text)
        head.page.get_by_label("Frasa sandi").fill(passphrase)
        press(head, "Putuskan")
        head.page.wait_for_url("**?sudah=diputus")

        me.go(f"/saya/{file.id}/ketetapan")
        assert "Dikabulkan menjadi" in me.text and "973/Kep.31/2026" in me.text and faultless(me)
        file.told({"perubahan_diterima", "keputusan_retribusi"})
