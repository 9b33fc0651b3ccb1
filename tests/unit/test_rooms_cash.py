"""The treasurer's cash book and deposits: what is at hand, to the rupiah, and never more handed on than that."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from contracts import retribution
from contracts.documents import example
from services.retribution import balancing, cash
from tests.assessed import Assessed
from tests.builders import Drawers, officer, on, order, refused

DUE = 140_625


def paid_in_cash(amount: int = DUE, at=None, drawers: Drawers | None = None, file: str = "file-0001") -> Assessed:
    made = Assessed(file=file, drawers=drawers).demanded()
    made.pay(amount, f"KAS-{file}", at=at or on(3, 10), channel="treasurer")
    return made


def deposit(drawers: Drawers, amount: int, day: date, reference: str = "SLIP-001", times: int = 1) -> dict:
    fields = {"day": day, "amount": amount, "reference": reference, "proof": example("attachment")}
    return drawers.ask(cash.record_deposit, order(retribution.RecordDeposit, **fields), "treasurer", times)


def book(drawers: Drawers, day: date) -> dict:
    return cash.cash_book(drawers, retribution.CashBookOf(day=day))


def test_the_cash_book_runs_from_what_was_at_hand_to_what_is():
    drawers = Drawers()
    paid_in_cash(100_000, on(3, 10, 9), drawers)
    paid_in_cash(40_000, on(3, 11, 10), drawers, "file-0002")
    other = Assessed(file="file-0003", drawers=drawers).demanded()
    other.pay(DUE, "BJB-0001", at=on(3, 11, 8))
    deposit(drawers, 90_000, date(2016, 3, 11))
    told = book(drawers, date(2016, 3, 11))
    assert (told["opening"], told["closing"]) == (100_000, 50_000)
    assert [(each["kind"], each["balance"]) for each in told["entries"]] == [
        ("receipt", 100_000),
        ("receipt", 140_000),
        ("deposit", 50_000),
    ]
    assert (told["cash"], told["bank"], told["deposited"]) == (40_000, DUE, 90_000)
    assert book(drawers, date(2016, 3, 12))["opening"] == 50_000


def test_deposits_are_numbered_without_gaps_and_one_slip_is_one_deposit():
    drawers = paid_in_cash().drawers
    assert deposit(drawers, 1_000, date(2016, 3, 10))["number"] == "STS-2016-00001"
    refused("more_than_at_hand", lambda: deposit(drawers, 1_000_000, date(2016, 3, 11), "SLIP-002"))
    assert deposit(drawers, 1_000, date(2016, 3, 10)) == {
        "number": "STS-2016-00001",
        "amount": 1_000,
        "repeated": True,
    }
    assert deposit(drawers, 2_000, date(2016, 3, 11), "SLIP-003", times=2)["number"] == "STS-2016-00002"
    assert book(drawers, date(2016, 3, 11))["closing"] == DUE - 3_000
    assert refused("conflicting_repeat", lambda: deposit(drawers, 999, date(2016, 3, 10))).field == "reference"


def test_never_more_is_deposited_than_was_at_hand_on_that_day_or_since():
    drawers = paid_in_cash(100_000, on(3, 10)).drawers
    assert refused("more_than_at_hand", lambda: deposit(drawers, 100_000, date(2016, 3, 9))).field == "amount"
    deposit(drawers, 60_000, date(2016, 3, 20))
    refused("more_than_at_hand", lambda: deposit(drawers, 50_000, date(2016, 3, 15), "SLIP-002"))
    deposit(drawers, 40_000, date(2016, 3, 15), "SLIP-002")
    assert book(drawers, date(2016, 3, 20))["closing"] == 0


def test_money_at_the_bank_is_not_at_hand():
    drawers = Drawers()
    Assessed(drawers=drawers).demanded().pay(DUE, "BJB-0001")
    refused("more_than_at_hand", lambda: deposit(drawers, 1, date(2016, 3, 11)))


def test_a_deposit_is_not_of_tomorrow():
    drawers = paid_in_cash().drawers
    assert refused("in_the_future", lambda: deposit(drawers, 1, date(2016, 12, 2))).field == "day"


@settings(max_examples=40, deadline=None)
@given(
    receipts=st.lists(st.tuples(st.integers(0, 30), st.integers(1, 50_000)), max_size=6),
    deposits=st.lists(st.tuples(st.integers(0, 30), st.integers(1, 60_000)), max_size=6),
)
def test_cash_at_hand_is_never_below_zero_on_any_day(receipts, deposits):
    drawers, taken = Drawers(), 0
    for n, (days, amount) in enumerate(receipts):
        paid_in_cash(amount, on(3, 10) + timedelta(days=days), drawers, f"file-{n:04d}")
    for n, (days, amount) in enumerate(deposits):
        try:
            deposit(drawers, amount, date(2016, 3, 10) + timedelta(days=days), f"SLIP-{n:03d}")
            taken += amount
        except cash.Refusal as no:
            assert no.code == "more_than_at_hand"
    balances = [book(drawers, date(2016, 3, 10) + timedelta(days=n))["closing"] for n in range(40)]
    assert min(balances) >= 0 and balances[-1] == sum(amount for _, amount in receipts) - taken
    assert balancing.unbalanced(drawers, date(2016, 1, 1), date(2016, 12, 31)) == []


def test_the_deposit_says_who_entered_it():
    drawers = paid_in_cash().drawers
    deposit(drawers, 1_000, date(2016, 3, 10))
    assert drawers.get("deposits", "SLIP-001")["entered_by"] == officer("treasurer").id
