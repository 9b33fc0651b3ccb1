"""Money coming in: whatever the bank says, in whatever order and however often, each payment is counted once."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts import retribution
from contracts.documents import example
from services.retribution import actions, receipts, store
from tests.assessed import Assessed
from tests.builders import NOW, Papers, on, refused

DUE = 140_625
IN_TIME = {"principal": DUE, "interest": 0, "principal_left": 0, "interest_left": 0}


def paid(file: Assessed) -> list[retribution.SkrdPaid]:
    return file.drawers.heard(retribution.SkrdPaid)


def test_a_full_payment_settles_the_skrd():
    file = Assessed().demanded()
    answer = file.pay(DUE, "BJB-0001")
    assert answer == {"outcome": "matched", "repeated": False, "paid": DUE, "overpaid": 0} | IN_TIME
    [said] = paid(file)
    assert (said.amount, said.paid_at, said.late_days) == (DUE, on(3, 10), 0)
    assert file.record.receipt_number == "TBP-2016-00001"


def test_the_bank_may_say_a_payment_again_and_again():
    file = Assessed().demanded()
    file.pay(DUE, "BJB-0001")
    for _ in range(3):
        assert file.pay(DUE, "BJB-0001") == {"outcome": "matched", "repeated": True}
    assert file.record.paid == DUE and len(file.record.payments) == 1 and len(paid(file)) == 1


def test_the_paper_a_payment_was_entered_by_stays_with_it():
    file, first = Assessed().demanded(), example("attachment")
    file.pay(DUE, "KAS-0001", channel="treasurer", proof=first)
    file.pay(DUE, "KAS-0001", channel="treasurer", proof=first | {"sha256": "a" * 64})
    file.pay(5, "KAS-0002", code="123456", channel="treasurer", proof=first)
    for reference in ("KAS-0001", "KAS-0002"):
        assert file.drawers.get("payments", reference)["proof"]["sha256"] == first["sha256"]
    found = actions.find(file.drawers, retribution.FindAssessment(application_id=file.file))
    assert {reference: each["sha256"] for reference, each in found["proofs"].items()} == {"KAS-0001": first["sha256"]}


def test_the_same_reference_with_other_figures_is_a_conflict_and_changes_nothing():
    file = Assessed().demanded()
    file.pay(100, "BJB-0001")
    assert refused("conflicting_repeat", lambda: file.pay(101, "BJB-0001")).field == "amount"
    assert refused("conflicting_repeat", lambda: file.pay(100, "BJB-0001", code="999999")).field == "payment_code"
    no = refused("conflicting_repeat", lambda: file.pay(101, "BJB-0001", code="999999"))
    assert "jumlah dan kode bayar" in no.message
    assert file.record.paid == 100


def test_a_part_is_a_part_until_the_whole_is_there():
    file = Assessed().demanded()
    assert file.pay(100_000, "BJB-0001")["outcome"] == "partial"
    assert paid(file) == [] and file.record.settled_at is None
    assert file.pay(40_625, "BJB-0002", at=on(3, 20))["outcome"] == "matched"
    assert paid(file)[0].paid_at == on(3, 20) and paid(file)[0].amount == DUE


def test_too_much_is_seen_and_settles_all_the_same():
    file = Assessed().demanded()
    answer = file.pay(DUE + 1, "BJB-0001")
    assert answer == {"outcome": "overpaid", "repeated": False, "paid": DUE + 1, "overpaid": 1} | IN_TIME
    assert paid(file)[0].amount == DUE
    assert file.pay(5, "BJB-0002")["overpaid"] == 6
    assert len(paid(file)) == 1


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 120_000), min_size=1, max_size=5), st.data())
def test_any_order_and_repetition_of_payments_ends_in_the_same_balance(amounts, data):
    said = [(amount, f"BJB-{n:04d}", on(3, 10 + n)) for n, amount in enumerate(amounts)]
    again = data.draw(st.lists(st.sampled_from(said), max_size=5))
    order = data.draw(st.permutations(said + again))
    file = Assessed().demanded()
    for amount, reference, at in order:
        file.pay(amount, reference, at)
    record = file.record
    assert record.paid == sum(amounts) and record.overpaid == max(0, sum(amounts) - DUE)
    assert sorted(p.bank_reference for p in record.payments) == [reference for _, reference, _ in said]
    assert len(paid(file)) == (sum(amounts) >= DUE)


def test_a_payment_under_no_known_code_is_kept_for_the_treasurer():
    file = Assessed().demanded()
    assert file.pay(500, "BJB-0001", code="123456") == {"outcome": "unknown_code", "repeated": False}
    kept = file.drawers.get("payments", "BJB-0001")
    assert (kept["amount"], kept["outcome"], kept.get("application_id")) == (500, "unknown_code", None)
    assert file.pay(500, "BJB-0001", code="123456") == {"outcome": "unknown_code", "repeated": True}


def test_before_the_skrd_is_signed_its_code_is_nobodys():
    file = Assessed().prepare().sign_nota().issue()
    assert file.pay(DUE, "BJB-0001")["outcome"] == "unknown_code"
    file.sign_skrd()
    assert file.pay(DUE, "BJB-0002")["outcome"] == "matched", "the file does not stand still"
    assert len(paid(file)) == 1


@pytest.mark.parametrize("why", ["withdrawn", "refused"])
def test_money_for_a_closed_file_is_kept_and_settles_nothing(why):
    file = Assessed().demanded()
    file.pay(100, "BJB-0001")
    file.close(why)
    assert file.pay(DUE, "BJB-0002")["outcome"] == "closed_file"
    assert file.record.paid == DUE + 100 and paid(file) == []


@pytest.mark.parametrize(("on_day", "late"), [(date(2016, 4, 7), 0), (date(2016, 4, 8), 1), (date(2016, 5, 7), 30)])
def test_late_days_count_from_the_day_after_it_was_due(on_day, late):
    file = Assessed().demanded()
    file.pay(DUE, "BJB-0001", at=on(on_day.month, on_day.day, 23, 59))
    assert paid(file)[0].late_days == late


def test_the_day_of_payment_is_the_day_in_bekasi():
    """Half past midnight on 8 April here is still 7 April in Greenwich: a day late."""
    file = Assessed().demanded()
    file.pay(DUE, "BJB-0001", at=datetime(2016, 4, 7, 17, 30, tzinfo=UTC))
    assert paid(file)[0].late_days == 1


def test_parts_said_out_of_order_are_settled_on_the_day_the_last_came_in():
    file = Assessed().demanded()
    file.pay(100_000, "BJB-0002", at=on(4, 20))
    file.pay(40_625, "BJB-0001", at=on(3, 12))
    assert paid(file)[0].paid_at == on(4, 20) and paid(file)[0].late_days == 13


@pytest.mark.parametrize(
    ("code", "wrong", "field"),
    [
        ("in_the_future", {"at": NOW + timedelta(minutes=10)}, "paid_at"),
        ("before_previous_step", {"at": on(3, 6)}, "paid_at"),
        ("before_previous_step", {"at": datetime(1, 1, 1, tzinfo=UTC)}, "paid_at"),
        ("in_the_future", {"acted_at": NOW + timedelta(minutes=10)}, "acted_at"),
        ("before_previous_step", {"acted_at": on(3, 6)}, "acted_at"),
    ],
)
def test_money_neither_came_tomorrow_nor_before_the_file_stood_for_assessment(code, wrong, field):
    file = Assessed().demanded()
    assert refused(code, lambda: file.pay(DUE, "BJB-0001", **wrong)).field == field
    assert file.record.paid == 0 and file.drawers.get("payments", "BJB-0001") is None


def test_the_receipt_says_what_was_paid_for_what_and_how_late():
    file, papers = Assessed().demanded(), Papers()
    file.pay(100_000, "BJB-0001", at=on(4, 6))
    file.pay(40_625, "BJB-0002", at=on(4, 9))
    file.drawers.let(receipts.print_receipt(papers, file.drawers, paid(file)[0]))
    made = papers.made["tanda_bukti_pembayaran"]
    assert made["amount"] == "Rp 140.625" and made["bank_reference"] == "BJB-0001, BJB-0002"
    assert made["days_late"] == "2 hari setelah jatuh tempo" and made["number"] == "TBP-2016-00001"
    assert made["signature"]["position"] == "Bendahara Penerimaan"
    [issued] = file.drawers.heard(retribution.ReceiptIssued)
    assert issued.paid_at == on(4, 9)


def test_each_payment_has_its_line_in_the_history():
    file = Assessed().demanded()
    file.pay(100, "BJB-0001")
    file.pay(100, "BJB-0001")
    file.pay(DUE, "BJB-0002")
    whats = [h.what for h in store.find(file.drawers, file.file).history if h.what.startswith("pay")]
    assert whats == ["payment_partial", "payment_overpaid"]
