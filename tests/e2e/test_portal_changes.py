"""A demand that changes, by pages: a nota put right and its SKRDKB, relief that the Head grants."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser

from contracts import retribution
from tests.e2e.pages import DESK, PHONE, Visitor, faultless, inside, visitor
from tests.people import People, eventually
from tests.turns import SECONDS, Turn
from values.dates import office_date

CYLINDERS = {"jumlah_tabung": 10, "jenis_tabung": "serbuk_sampai_5_kg"}


@pytest.fixture(scope="module")
def file(people: People) -> Turn:
    """An SKRD for ten fire extinguishers, signed today."""
    turn = Turn(people, "rekom_damkar", None, quantities=CYLINDERS).registered()
    turn.examined("recommended", 4)
    eventually(turn.assessed, SECONDS, "the assessment")
    for who, kind in {
        "non-perizinan-1": retribution.PrepareNota,
        "non-perizinan-head": retribution.SignNota,
        "administration-1": retribution.IssueSkrd,
        "head-2014": retribution.SignSkrd,
    }.items():
        people.do(who, kind, application_id=turn.id)
    return turn


def press(me: Visitor, name: str) -> None:
    me.page.get_by_role("main").get_by_role("button", name=name).click()


def test_a_nota_is_put_right_and_the_difference_demanded(browser: Browser, home: str, people: People, file: Turn):
    before = people.ask("treasurer", retribution.FindAssessment(application_id=file.id))["nota"]["total"]
    difference = f"{before:,}".replace(",", ".")  # twice as many
    with visitor(browser, home, PHONE) as me:
        inside(me, "non-perizinan-1", people.passphrase("non-perizinan-1"))
        eventually(lambda: me.page.goto(f"{home}/petugas/bidang/{file.id}/nota").status == 200, SECONDS)
        assert faultless(me)
        me.page.get_by_role("link", name="Nota ini salah").click()
        assert me.heading == "Nota pembetulan" and faultless(me)
        me.page.locator('[name="jumlah_tabung"]').fill("20")
        me.page.get_by_label("Apa yang salah").fill("keliru")
        press(me, "Susun nota pembetulan")
        assert "paling sedikit sepuluh huruf" in me.text and faultless(me)
        me.page.get_by_label("Apa yang salah").fill("Tabungnya dua puluh menurut daftar, bukan sepuluh.")
        press(me, "Susun nota pembetulan")
        me.page.wait_for_url("**?sudah=pembetulan")
        assert "Menggantikan nota" in me.text and faultless(me)
    head = people.passphrase("non-perizinan-head")
    with visitor(browser, home, PHONE) as me:
        inside(me, "non-perizinan-head", head)
        me.go(f"/petugas/bidang/{file.id}/nota").get_by_label("Frasa sandi").fill(head)
        press(me, "Tanda tangani nota")
        me.page.wait_for_url("**?sudah=tanda-tangan")
    with visitor(browser, home, PHONE) as me:
        inside(me, "administration-1", people.passphrase("administration-1"))
        me.go(f"/petugas/skrd/{file.id}")
        assert f"ketetapan bertambah Rp {difference}" in me.text.replace("\xa0", " ") and faultless(me)
        press(me, "Terbitkan SKRDKB")
        me.page.wait_for_url("**?sudah=terbit")
        assert "SKRDKB" in me.text and faultless(me)
    passphrase = people.passphrase("head-2014")
    with visitor(browser, home, DESK) as me:
        inside(me, "head-2014", passphrase)
        box = f'[name="pilih.skrd.{file.id}"]'
        eventually(lambda: me.go("/petugas/tanda-tangan").locator(box).count() == 1, SECONDS)
        me.page.locator(box).check()
        me.page.get_by_label("Frasa sandi").fill(passphrase)
        press(me, "Tanda tangani yang dipilih")
        assert "1 sudah ditandatangani" in me.text
    file.has_paper("skrdkb")
    file.told({"skrdkb"})
    owed = people.ask("treasurer", retribution.FindAssessment(application_id=file.id))["owed"]
    assert (owed["principal"], len(owed["parts"])) == (2 * before, 2)


def test_relief_is_proposed_and_granted_and_the_public_page_asks_for_less(
    browser: Browser, home: str, people: People, file: Turn
):
    owed = people.ask("treasurer", retribution.FindAssessment(application_id=file.id))
    principal, code = owed["owed"]["principal"], owed["skrd"]["payment_code"]
    with visitor(browser, home, PHONE) as me:
        inside(me, "administration-1", people.passphrase("administration-1"))
        me.go(f"/petugas/skrd/{file.id}/perubahan")
        assert me.heading == "Perubahan ketetapan" and faultless(me)
        for kind in ("Angsuran", "Keberatan", "Pembatalan SKRD", "Keringanan"):
            me.page.get_by_role("main").get_by_role("link", name=kind).click()
            assert faultless(me), kind
        fields = {
            "Besarnya": "seperempat",
            "Nomor keputusan": "973/Kep.112/2016",
            "Tanggal keputusan": office_date(datetime.now(UTC)).isoformat(),
            "Dasar hukum": "Perda Kota Bekasi Nomor 9 Tahun 2012 Pasal 124",
            "Alasan": "Keluarga tidak mampu, surat keterangan lurah.",
        }
        for label, text in fields.items():
            me.page.get_by_label(label, exact=True).fill(text)
        press(me, "Ajukan kepada Kepala Badan")
        assert "Belum tercatat" in me.text and faultless(me)
        me.page.get_by_label("Besarnya").fill("25")
        press(me, "Ajukan kepada Kepala Badan")
        me.page.wait_for_url("**?sudah=diajukan")
        assert "menunggu putusan" in me.text and faultless(me)
    passphrase = people.passphrase("head-2014")
    with visitor(browser, home, PHONE) as me:
        inside(me, "head-2014", passphrase)
        me.go("/petugas/skrd?daftar=change_to_decide").locator(f'a[href*="{file.id}"]').click()
        assert faultless(me)
        for typed, seen in (("bukan frasa saya", "Frasa sandi tidak cocok"), (passphrase, "Putusan tercatat")):
            me.page.get_by_label("Dikabulkan").check()
            me.page.get_by_label("Pertimbangan").fill("Sesuai keputusan wali kota.")
            me.page.get_by_label("Frasa sandi").fill(typed)
            press(me, "Putuskan")
            me.page.wait_for_load_state()
            assert seen in me.text and faultless(me)
    file.has_paper("keputusan_retribusi")
    file.told({"keputusan_retribusi"})
    with visitor(browser, home, PHONE) as me:
        now = f"{principal * 3 // 4:,}".replace(",", ".")
        eventually(lambda: now in me.go(f"/bayar/{code}").inner_text("main"), SECONDS, "the smaller amount")
        assert faultless(me)
