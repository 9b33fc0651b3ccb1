"""Debts that are late: what the room answers, what a payment was for, the teguran and the STRD, each once."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts import retribution
from services.retribution import actions, claim_printing, claims, receipts, store
from tests.assessed import Assessed
from tests.builders import NOW, Papers, on
from values.dates import office_date

DUE = 140_625  # due on 7 April
MONTH = 2_813  # 2 % of it, half a rupiah rounded up


def asked(file: Assessed, day: date | None = None) -> dict:
    return actions.find(file.drawers, retribution.FindAssessment(application_id=file.file, on=day))


def at_the_counter(day: datetime = datetime(2016, 3, 8, 7, tzinfo=NOW.tzinfo)) -> Assessed:
    """A file whose SKRD was signed on the very day, not entered from paper later."""
    file = Assessed(now=day).demanded()
    assert file.record.skrd.due_on == date(2016, 4, 7)
    return file


def look(file: Assessed, day: datetime) -> list[str]:
    """The watch looks on a day and does what is due; the keys of what it found."""
    file.drawers.now = day
    dues = list(claims.due(file.drawers))
    for due in dues:
        file.drawers.let(due.act)
    return [due.key for due in dues]


def test_what_is_owed_is_computed_for_today_or_the_day_asked():
    file = Assessed().demanded()
    assert asked(file, date(2016, 4, 7))["owed"]["total_left"] == DUE
    found = asked(file, date(2016, 5, 8))["owed"]
    assert (found["interest"], found["days_late"], found["lines"][0]["months"]) == (5_625, 31, 2)
    assert found["lines"][0]["said"] == (
        "2 bulan (dimulai 8 April 2016 sampai 8 Mei 2016) × 2 % × Rp 140.625 = Rp 5.625"
    )
    assert asked(file)["owed"]["on"] == "2016-11-30" and asked(file)["owed"]["lines"][0]["months"] == 8
    assert "interest" not in file.drawers.get("assessments", file.file)["skrd"], "it is never stored"


def test_nothing_is_owed_before_the_skrd_is_signed_or_after_the_file_ended():
    file = Assessed()
    assert asked(file)["owed"] is None
    file.demanded().close()
    assert asked(file)["owed"] is None


def test_a_payment_says_what_of_it_was_principal_and_what_interest():
    file = Assessed().demanded()
    first = file.pay(100_000, "BJB-0001", at=on(4, 8))
    assert (first["outcome"], first["principal"], first["interest"]) == ("partial", 100_000, 0)
    assert first["interest_left"] == MONTH
    second = file.pay(42_000, "BJB-0002", at=on(4, 9))
    assert (second["outcome"], second["principal"], second["interest"]) == ("matched", 40_625, 1_375)
    third = file.pay(1_438, "BJB-0003", at=on(4, 20))
    assert (third["outcome"], third["interest"], third["interest_left"]) == ("interest", 1_438, 0)
    assert file.pay(7, "BJB-0004", at=on(4, 21))["outcome"] == "overpaid" and file.record.overpaid == 7
    notes = [h.note for h in file.record.history if h.what.startswith("payment_")]
    assert notes[1] == "BJB-0002: Rp 42.000 (pokok Rp 40.625, bunga Rp 1.375; bunga belum dibayar Rp 1.438)"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 120_000), st.integers(0, 200)), min_size=1, max_size=5), st.data())
def test_late_payments_in_any_order_and_repeated_end_in_the_same_balance(paid, data):
    said = [(amount, f"BJB-{n:04d}", on(3, 10) + timedelta(days=d)) for n, (amount, d) in enumerate(paid)]
    again = data.draw(st.lists(st.sampled_from(said), max_size=4))
    told = [Assessed().demanded(), Assessed().demanded()]
    for file, order in zip(told, (said, data.draw(st.permutations(said + again))), strict=True):
        for amount, reference, at in order:
            file.pay(amount, reference, at)
    one, other = (asked(file, date(2016, 11, 1)) for file in told)
    assert one["owed"] == other["owed"] and one["overpaid"] == other["overpaid"]
    assert one["paid"] == sum(amount for amount, _ in paid)
    assert told[0].record.settled_at == told[1].record.settled_at


def test_the_receipt_shows_the_interest_how_it_was_made_and_what_of_it_is_left():
    file, papers = Assessed().demanded(), Papers()
    file.pay(142_000, "BJB-0001", at=on(4, 9))
    [settled] = file.drawers.heard(retribution.SkrdPaid)
    file.pay(5_000, "BJB-0002", at=on(4, 12))
    file.drawers.let(receipts.print_receipt(papers, file.drawers, settled))
    made = papers.made["tanda_bukti_pembayaran"]
    assert [line["amount"] for line in made["lines"]] == ["Rp 140.625", "Rp 1.375"] and made["amount"] == "Rp 142.000"
    assert made["interest"] == (
        "1 bulan (dimulai 8 April 2016) × 2 % × Rp 140.625 = Rp 2.813, Pasal 160 ayat (3) Undang-Undang Nomor 28 Tahun "
        "2009. Belum dibayar: Rp 1.438"
    )
    [issued] = file.drawers.heard(retribution.ReceiptIssued)
    assert (issued.amount, issued.interest, issued.interest_left) == (DUE, 1_375, 1_438)


def test_a_teguran_goes_out_seven_days_after_the_due_date_and_an_strd_after_seven_more_each_once():
    file = at_the_counter()
    assert look(file, on(4, 13)) == [] and file.drawers.heard(retribution.TeguranRaised) == []
    for hour in (1, 2, 3):
        look(file, on(4, 14, hour))
    [teguran] = file.drawers.heard(retribution.TeguranRaised)
    assert (teguran.number, teguran.principal, teguran.interest) == ("TGR-2016-00001", DUE, MONTH)
    assert teguran.pay_by == date(2016, 4, 21)
    assert look(file, on(4, 21)) == []
    for hour in (1, 2):
        look(file, on(4, 22, hour))
    assert look(file, on(10, 1)) == [] and len(file.record.strd_proposals) == 1
    assert [h.what for h in file.record.history][-2:] == ["teguran_raised", "strd_proposed"]
    assert file.drawers.heard(retribution.StrdSigned) == [], "nobody has signed it"


def test_the_strd_as_a_paper_says_what_is_owed_and_why():
    file, papers = at_the_counter(), Papers()
    for day in (on(4, 14), on(5, 10)):
        look(file, day)
    file.sign_strd()
    [signed] = file.drawers.heard(retribution.StrdSigned)
    file.drawers.let(claim_printing.print_strd(papers, file.drawers, signed))
    made = papers.made["strd"]
    assert (made["principal"], made["interest"], made["total"]) == ("Rp 140.625", "Rp 5.625", "Rp 146.250")
    assert "2 bulan" in made["lines"][0]["description"] and "Pasal 160" in made["lines"][0]["basis"]
    assert made["teguran"] == "Nomor TGR-2016-00001 tanggal 14 April 2016" and made["pay_by"] == "17 Mei 2016"
    assert any("peraturan kota tentang hal ini tidak diketahui" in said for said in made["assumptions"])
    [issued] = file.drawers.heard(retribution.StrdIssued)
    assert (issued.principal, issued.interest, issued.document.kind) == (DUE, 5_625, "strd")
    assert [document.kind for document in file.record.documents] == ["strd"]


@pytest.mark.parametrize("paid", [on(4, 6), on(4, 7, 23)])
def test_who_paid_in_time_hears_nothing(paid):
    file = at_the_counter()
    file.drawers.now = paid
    file.pay(DUE, "BJB-0001", at=paid)
    assert look(file, on(9, 1)) == [] and file.record.claims == []


def test_money_that_came_in_after_it_was_seen_stops_the_claim():
    file = at_the_counter()
    file.drawers.now = on(4, 14)
    [due] = claims.due(file.drawers)
    file.pay(DUE + MONTH, "BJB-0001", at=on(4, 13))
    file.drawers.let(due.act)
    assert file.record.claims == [] and look(file, on(9, 1)) == []


def test_a_file_that_ended_or_was_entered_from_paper_long_after_is_not_claimed():
    ended = at_the_counter()
    ended.close()
    entered = Assessed().demanded()
    for file in (ended, entered):
        assert look(file, NOW) == [] and file.record.claims == []
    assert asked(entered)["owed"]["interest_left"] > 0, "it is shown all the same"


def test_an_office_that_was_away_claims_late_and_gives_the_days_it_promises():
    file = at_the_counter()
    look(file, on(6, 1))
    assert file.record.claims[0].pay_by == date(2016, 6, 8)
    assert look(file, on(6, 8)) == [] and look(file, on(6, 9)) == [f"claim:{file.file}"]


def test_the_plan_of_the_next_claim_is_kept_beside_the_record_and_not_in_it():
    file = at_the_counter()
    assert file.drawers.get("assessments", file.file)["claim_on"] == "2016-04-14"
    assert store.with_claim_due(file.drawers, date(2016, 4, 13)) == []
    assert store.with_claim_due(file.drawers, office_date(on(4, 14))) == [file.file]
