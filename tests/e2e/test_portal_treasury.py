"""The treasurer, the Head and those who lead at the portal, with the whole office behind: cash, deposits, recaps."""

import io
from datetime import date

import pytest
from openpyxl import load_workbook

from contracts import retribution
from tests.e2e.pages import DESK, PHONE, Visitor, faultless, visitor
from tests.e2e.pages import inside as enter
from tests.people import People, a_pdf, eventually
from tests.printed import letters_of, printed
from tests.turns import SECONDS, Turn
from values.rupiah import format_rupiah

GRAVE, DAY, MONTH = 100_000, "2017-03-10", "2017-03"  # a year no other test pays in


@pytest.fixture(scope="module")
def paid(people: People) -> list[Turn]:
    """Three graves of one year: one paid at the treasurer's, one at the bank, one not."""
    turns = [Turn(people, "iptm", "baru", year=2017) for _ in range(3)]
    for n, turn in enumerate(turns):
        code = turn.registered().demanded(GRAVE)["payment_code"]
        fields = {"payment_code": code, "amount": GRAVE, "bank_reference": f"KAS-{turn.id[-10:]}"}
        if n < 2:
            channel = ("treasurer", "bank")[n]
            people.do("treasurer", retribution.RecordPayment, **fields, paid_at=turn.on(10, 9 + n), channel=channel)
    return turns


def inside(me: Visitor, people: People, officer: str) -> Visitor:
    """Signed in."""
    enter(me, officer, people.passphrase(officer))
    return me


def test_the_treasurer_reads_the_cash_book_and_deposits_no_more_than_is_there(browser, home, people, paid):
    opening = people.ask("treasurer", retribution.CashBookOf(day=date.fromisoformat(DAY)))["opening"]  # of other tests
    with visitor(browser, home, PHONE) as me:
        inside(me, people, "treasurer").go(f"/petugas/kas?hari={DAY}")
        assert me.heading == "Buku kas" and faultless(me)
        at_hand = me.page.locator("dt", has_text="Kas di tangan").locator("xpath=following-sibling::dd").inner_text()
        assert at_hand.replace("\xa0", " ") == format_rupiah(opening + GRAVE)
        for amount, seen in (("950.000", "melebihi kas di tangan"), ("60.000", "Setoran tercatat")):
            me.page.get_by_label("Tanggal pada slip").fill(DAY)
            me.page.get_by_label("Jumlah (Rp)").fill(amount)
            me.page.get_by_label("Nomor slip bank").fill("SLIP-2017-001")
            slip = {"name": "slip.pdf", "mimeType": "application/pdf", "buffer": a_pdf("slip")}
            me.page.get_by_label("Slip yang dicap bank").set_input_files(slip)
            me.page.get_by_role("button", name="Catat setoran").click()
            assert seen in me.text and faultless(me), me.text
        assert "STS-2017-00001" in me.text and format_rupiah(opening + 40_000) in me.text.replace("\xa0", " ")
    book = people.ask("treasurer", retribution.CashBookOf(day=date.fromisoformat(DAY)))
    assert (book["closing"], book["bank"], len(book["entries"])) == (opening + 40_000, GRAVE, 3)


def test_a_recap_opens_to_its_skrds_and_is_signed_and_fetched_by_the_head(browser, home, people, paid):
    with visitor(browser, home, DESK) as me:
        sandi = people.passphrase("head-2014")
        enter(me, "head-2014", sandi)
        me.go(f"/petugas/rekap?masa={MONTH}&per=licence_type")
        assert me.heading == "Rekapitulasi retribusi" and faultless(me)
        grave = me.page.get_by_role("row", name="Makam").locator("a[href*='angka=received']")
        assert "200.000" in grave.inner_text()
        grave.click()
        assert me.heading == "Diterima" and faultless(me)
        shown = {turn.id for turn in paid[:2]}
        hrefs = [link.get_attribute("href") for link in me.page.locator("tbody a").all()]
        assert {href.rpartition("/")[2] for href in hrefs} == shown
        draft = me.page.request.get(f"{home}/petugas/rekap/unduh.pdf?masa={MONTH}")
        assert letters_of("RANCANGAN") in printed(draft.body())
        for passphrase, seen in (("bukan frasa saya", "Frasa sandi tidak cocok"), (sandi, "REKAP-")):
            me.go(f"/petugas/rekap?masa={MONTH}")
            me.page.get_by_label("Frasa sandi").fill(passphrase)
            me.page.get_by_role("button", name="Tanda tangani").click()
            assert seen in me.text and faultless(me), me.text
        number = me.page.locator(".note .code").inner_text()

        def signed() -> bytes | None:
            body = me.page.request.get(f"{home}/petugas/rekap/unduh.pdf?masa={MONTH}").body()
            return body if letters_of("Ditandatangani secara elektronik") in printed(body) else None

        paper = eventually(signed, SECONDS, "the signed recap")
        assert letters_of("Rp 200.000") in printed(paper) and letters_of("Wali Kota Bekasi") in printed(paper)
        sheet = me.page.request.get(f"{home}/petugas/rekap/unduh.xlsx?masa={MONTH}").body()
        rows = {row[0]: row for row in load_workbook(io.BytesIO(sheet)).active.values}
        assert rows["4.1.2.01.04"][3:6] == (3, 3 * GRAVE, 2 * GRAVE)
        check = f"{home}/periksa?nomor={number}"
        told = "Rekapitulasi penerimaan retribusi"
        assert eventually(lambda: told in me.page.request.get(check).text(), SECONDS, "the check page")


def test_who_leads_sees_the_year_by_month_and_type_as_page_and_csv(browser, home, people, paid):
    with visitor(browser, home, PHONE) as me, visitor(browser, home, DESK) as stranger:
        inside(me, people, "administration-head").go("/petugas/pimpinan?tahun=2017")
        eventually(lambda: "200.000" in me.go("/petugas/pimpinan?tahun=2017").content(), SECONDS, "the revenue")
        assert me.heading == "Kinerja 2017" and faultless(me)
        rows = me.page.request.get(f"{home}/petugas/pimpinan/per-bulan.csv?tahun=2017").text().splitlines()
        assert rows[0].endswith("penerimaan_rp") and rows[3].startswith("2017-03,3,") and rows[3].endswith(",200000")
        inside(stranger, people, "counter-2")
        for path in ("/petugas/pimpinan", "/petugas/kas", "/petugas/rekap"):
            assert stranger.page.request.get(home + path).status == 403, path


def test_the_treasurer_enters_the_rate_of_the_dollar_once(browser, home, people):
    with visitor(browser, home, PHONE) as me:
        inside(me, people, "treasurer").go("/petugas/kurs")
        assert me.heading == "Kurs dolar Amerika" and "angka pengganti" in me.text and faultless(me)
        for typed, seen in (
            ("13,5,0", "Tulis kursnya seperti"),
            ("16.50", "Tulis kursnya seperti"),
            ("1.316", "berbeda lebih dari 30 persen"),
            ("13.159,50", "Tercatat"),
            ("13.160", "angka lain"),
        ):
            me.page.get_by_label("Berlaku mulai").fill("2014-03-03")
            me.page.get_by_label("Rupiah untuk satu dolar").fill(typed)
            me.page.get_by_label("Dasarnya").fill("Keputusan Menteri Keuangan")
            me.page.get_by_role("button", name="Catat kurs").click()
            assert seen in me.text and faultless(me), me.text
        assert "Rp 13.159,5" in me.text.replace("\xa0", " ") and "3 Maret 2014" in me.text
