"""Money under a wrong code at the portal: moved to its SKRD, what is too much given back by four eyes, and told."""

from datetime import datetime

from contracts import notification, retribution
from plumbing.messaging.envelope import new_id
from tests.e2e.pages import PHONE, faultless, inside, visitor
from tests.people import People, a_pdf, eventually
from tests.turns import SECONDS, Turn
from values.dates import office_date
from values.verification_code import verification_code

GRAVE, EXCESS = 100_000, 25_000


def test_money_under_a_wrong_code_is_moved_and_what_is_too_much_goes_back(browser, home, people: People):
    turn = Turn(people, "iptm", "baru").registered()
    code = turn.demanded(GRAVE)["payment_code"]
    reference = f"BJB-{turn.id[-10:]}"
    paid = {"amount": GRAVE + EXCESS, "bank_reference": reference, "paid_at": turn.on(10), "payment_code": "4711000815"}
    assert people.do("treasurer", retribution.RecordPayment, **paid)["outcome"] == "unknown_code"
    with visitor(browser, home, PHONE) as treasurer, visitor(browser, home, PHONE) as head:
        inside(treasurer, "treasurer", people.passphrase("treasurer"))
        treasurer.go("/petugas/uang")
        assert treasurer.heading == "Uang menunggu keputusan" and faultless(treasurer)
        treasurer.page.get_by_role("link", name=reference).click()
        assert treasurer.heading.replace("\xa0", " ") == "Rp 125.000" and faultless(treasurer)
        for wrong, seen in (("999999999999", "bukan milik SKRD"), (code, "Tercatat")):
            treasurer.page.get_by_label("Kode bayar SKRD-nya").fill(wrong)
            treasurer.page.get_by_label("Alasan").first.fill("Kode salah ketik di bank.")
            treasurer.page.get_by_role("button", name="Pindahkan").click()
            assert seen in treasurer.text and faultless(treasurer), treasurer.text
            if seen != "Tercatat":  # the summary leads to the field
                treasurer.page.locator(".summary a").click()
                assert treasurer.page.locator("#kode:focus").count() == 1
        found = people.ask("treasurer", retribution.FindAssessment(application_id=turn.id))
        assert (found["paid"], found["overpaid"], found["owed"]["principal_left"]) == (GRAVE + EXCESS, EXCESS, 0)
        treasurer.page.get_by_role("link", name=reference).click()
        fields = {"Nama penerima": "Sri Wahyuni", "Bank penerima": "Bank Jabar Banten", "Nomor rekening": "0012345678"}
        for label, text in fields.items():
            treasurer.page.get_by_label(label).fill(text)
        treasurer.page.get_by_label("Alasan").last.fill("Lebih bayar; surat penyetor.")
        treasurer.page.get_by_role("button", name="Usulkan kepada Kepala Badan").click()
        assert "menunggu putusan" in treasurer.text and faultless(treasurer)

        passphrase = people.passphrase("head-2014")
        inside(head, "head-2014", passphrase)
        head.go("/petugas/uang").get_by_role("link", name="Sri Wahyuni").click()
        assert "0012345678" in head.text and faultless(head)
        head.page.get_by_label("Dikabulkan").check()
        head.page.get_by_label("Pertimbangan").fill("Kelebihannya terbukti.")
        for typed, seen in (("bukan ini sama sekali", "tidak cocok"), (passphrase, "Tercatat")):
            head.page.get_by_label("Frasa sandi").fill(typed)
            head.page.get_by_role("button", name="Putuskan").click()
            assert seen in head.text and faultless(head), head.text

        turn.has_paper("surat_pengembalian")
        treasurer.go("/petugas/uang").get_by_role("link", name="Sri Wahyuni").click()
        printed = treasurer.page.get_by_role("link", name="Keputusan pengembalian (PDF)").get_attribute("href")
        assert treasurer.page.request.get(home + printed).body().startswith(b"%PDF")
        treasurer.page.get_by_label("Acuan transfer dari bank").fill("SP2D-0007")
        treasurer.page.get_by_label("Tanggal transfer").fill(_decided_on(people, "Sri Wahyuni"))
        treasurer.page.get_by_role("button", name="Catat pembayaran").click()
        assert "Tercatat" in treasurer.text and faultless(treasurer)
        treasurer.go(f"/petugas/skrd/{turn.id}")
        assert "Dikembalikan" in treasurer.text and faultless(treasurer)
        paper = {"name": "bukti.pdf", "mimeType": "application/pdf", "buffer": a_pdf("bukti")}
        for data, seen in ((paper | {"buffer": b"MZ"}, "Hanya PDF"), (paper, "Pembayaran dicatat")):
            typed = {"Jumlah (rupiah)": "1.000", "Nomor bukti": f"KAS-{turn.id[-10:]}"}
            for label, text in (typed | {"Tanggal": "2016-03-11", "Jam": "09:00"}).items():
                treasurer.page.get_by_label(label).fill(text)
            treasurer.page.get_by_label("Bukti bayar").set_input_files(data)
            treasurer.page.get_by_role("button", name="Catat pembayaran").click()
            assert seen in treasurer.text and faultless(treasurer), treasurer.text
    told = eventually(lambda: _letters(people, turn.id), SECONDS, "both letters")
    assert told == {"pengembalian_dikabulkan", "pengembalian_dibayar"}


def test_who_paid_money_that_is_nobodys_is_told_by_other_ways_and_it_is_noted(browser, home, people: People):
    reference = f"BJB-{new_id()[-10:]}"
    paid = {"amount": EXCESS, "bank_reference": reference, "paid_at": "2016-03-10T09:00:00+07:00"}
    people.do("treasurer", retribution.RecordPayment, payment_code="4711000815", **paid)
    account = {"name": "Budi Santoso", "bank": "Bank Jabar Banten", "number": "0012345679"}
    asked = {"reference": reference, "amount": EXCESS, "reason": "Kode salah; surat penyetor.", "account": account}
    number = people.do("treasurer", retribution.ProposeRefund, **asked)["number"]
    people.do("head-2014", retribution.DecideRefund, number=number, granted=True, decision="Sesuai rekening koran.")
    code = verification_code(f"pengembalian-{number}", "surat_pengembalian", number)
    with visitor(browser, home, PHONE) as me:
        eventually(lambda: number in me.go(f"/periksa/{code}").inner_text("main"), SECONDS, "the paper can be checked")
        inside(me, "treasurer", people.passphrase("treasurer"))
        me.go("/petugas/uang")
        assert "penyetor belum diberi tahu" in me.text and faultless(me)
        me.page.get_by_role("link", name="Budi Santoso").click()
        assert "tidak ada surat yang terkirim" in me.text and faultless(me)
        me.page.get_by_label("surat diantar atau diambil").check()
        me.page.get_by_label("Tanggal", exact=True).fill("2016-03-11")
        me.page.get_by_label("Nomor surat, atau siapa yang menyampaikan").fill("Surat 973/112 diterima sendiri.")
        me.page.get_by_role("button", name="Catat pemberitahuan").click()
        assert "antara putusannya dan hari ini" in me.text and faultless(me)
        me.page.get_by_label("Tanggal", exact=True).fill(_decided_on(people, "Budi Santoso"))
        me.page.get_by_role("button", name="Catat pemberitahuan").click()
        assert "diberi tahu tercatat" in me.text and "penyetor belum diberi tahu" not in me.text
        me.page.get_by_role("link", name="Budi Santoso").click()
        assert "diterima sendiri" in me.text and faultless(me)


def _decided_on(people: People, name: str) -> str:
    """The office's day of the decision: between midnight and seven in the morning it is not the day of UTC."""
    refunds = people.ask("treasurer", retribution.MoneyWaiting())["refunds"]
    refund = next(each for each in refunds if each["account"]["name"] == name)
    return office_date(datetime.fromisoformat(refund["decided_at"])).isoformat()


def _letters(people: People, file: str) -> set[str] | None:
    sent = people.ask("counter-2", notification.DeliveriesOf(application_id=file))
    found = {each["turn"] for each in sent if each["turn"].startswith("pengembalian")}
    return found if len(found) == 2 else None
