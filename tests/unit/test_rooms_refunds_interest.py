"""Interest on money given back goes out with the refund, once, and every sum still adds up to the rupiah."""

from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.change_rules import change_rules
from catalogue.retribution import money_back
from contracts import retribution
from services.retribution import balancing, cash, recap_signing, recaps, refund_store, waiting_money
from services.retribution.recaps import named_period
from tests.assessed import Assessed
from tests.builders import Drawers, on, refused
from tests.moved import DUE, YEAR, decide, pay_out, propose, total
from values.refusal import Refusal

OWED = 1_238  # three months of 2 % on 20.625, rounded half up


def _objected(file: Assessed, at=None) -> Assessed:
    """Rp 20.625 of what was paid on 10 March is free by an objection that is granted on 20 May."""
    number = file.propose(on(3, 20), "objection", letter="01/K/2016", filed_on="2016-03-20", asked=100_000)
    file.decide(at or on(5, 20), number, principal=120_000)
    return file


def _paid() -> Assessed:
    file = Assessed().demanded()
    file.pay(DUE, "BJB-0001")
    return file


def _granted(file: Assessed, amount: int, day: int = 2) -> str:
    number = propose(file.drawers, "BJB-0001", amount, acted_at=on(6, 1))
    decide(file.drawers, number, at=on(6, day))
    return number


def _refunds(file: Assessed) -> list[dict]:
    return waiting_money.money_waiting(file.drawers, retribution.MoneyWaiting(refunds="all"))["refunds"]


def test_the_next_refund_of_the_file_takes_the_interest_along_as_a_line_of_its_own():
    file = _objected(_paid())
    assert (file.record.account.compensation, file.record.overpaid) == (OWED, 20_625)
    [row] = waiting_money.money_waiting(file.drawers, retribution.MoneyWaiting())["waiting"]
    assert (row["waiting"], row["compensation"]) == (20_625, OWED)
    number = propose(file.drawers, "BJB-0001", 20_625, acted_at=on(6, 1))
    assert (_refunds(file)[0]["lines"], _refunds(file)[0]["pays"]) == (
        {"amount": 20_625, "compensation": OWED},
        21_863,
    ), "the Head sees what it will come to before it is decided"
    decide(file.drawers, number, at=on(6, 2))
    assert file.record.account.compensation == 0
    assert pay_out(file.drawers, number, "2016-06-10")["paid_out"] == 21_863
    sums = total(file.drawers)
    assert (sums["refunded"], sums["compensated"], sums["received"]) == (20_625, OWED, DUE)
    [paid] = file.drawers.heard(retribution.RefundPaid)
    assert (paid.amount, paid.compensation) == (20_625, OWED)


def test_two_refunds_of_one_file_pay_it_once():
    file = _objected(_paid())
    first, second = _granted(file, 600), _granted(file, 20_025, day=3)
    assert [pay_out(file.drawers, n, "2016-06-10", f"SP2D-{n}")["paid_out"] for n in (second, first)] == [20_025, 1_838]
    assert total(file.drawers)["compensated"] == OWED


def test_a_refund_that_is_refused_leaves_the_interest_for_the_next():
    file = _objected(_paid())
    no = propose(file.drawers, "BJB-0001", 600, acted_at=on(6, 1))
    decide(file.drawers, no, granted=False, at=on(6, 2))
    assert file.record.account.compensation == OWED and _refunds(file)[0]["pays"] == 600
    assert pay_out(file.drawers, _granted(file, 20_625, day=3), "2016-06-10")["paid_out"] == 20_625 + OWED


def test_cash_book_recap_and_check_know_what_was_paid_beside():
    file = _objected(_paid())
    number = _granted(file, 20_625)
    pay_out(file.drawers, number, "2016-06-10")
    book = cash.cash_book(file.drawers, retribution.CashBookOf(day=date(2016, 6, 10)))
    assert (book["refunded"], book["compensated"], book["closing"]) == (20_625, OWED, 0)
    june = recaps.recap(file.drawers, retribution.RecapOf(period="2016-06"))["total"]
    assert (june["received"], june["refunded"], june["compensated"]) == (0, 20_625, OWED)
    opened = recaps.opened(file.drawers, retribution.SkrdsOf(period="2016-06", opened="compensated"))["rows"]
    assert [(row["holder"], row["amount"]) for row in opened] == [(file.file, OWED)]
    assert recap_signing.figures(file.drawers, named_period("2016-06"))["compensated"] == OWED
    assert "compensated" not in recap_signing.figures(file.drawers, named_period("2016-03"))
    file.drawers.documents["refunds", number]["paid_beside"] = OWED - 1
    assert [each.what for each in balancing.unbalanced(file.drawers, *YEAR)] == ["imbalan bunga"]


def test_paying_late_adds_the_interest_of_that_day():
    file = Assessed().demanded()
    file.pay(DUE + 100_000, "BJB-0001")
    number = propose(file.drawers, "BJB-0001", 100_000)
    decide(file.drawers, number)
    assert refund_store.refund(file.drawers, number).lines(date(2016, 5, 22)) == {"amount": 100_000}
    answer = pay_out(file.drawers, number, "2016-06-23")
    assert (answer["late_interest"], answer["paid_out"]) == (4_000, 104_000)
    assert (total(file.drawers)["refunded"], total(file.drawers)["compensated"]) == (100_000, 4_000)


def test_what_left_the_account_is_compared_with_what_was_to_be_paid_on_its_day():
    file = Assessed().demanded()
    file.pay(DUE + 100_000, "BJB-0001")
    number = propose(file.drawers, "BJB-0001", 100_000)
    decide(file.drawers, number)
    no = refused("amount_differs", lambda: pay_out(file.drawers, number, "2016-05-23", amount=100_000))
    assert no.field == "amount" and "Rp 102.000" in no.message
    assert pay_out(file.drawers, number, "2016-05-23", amount=102_000)["paid_out"] == 102_000


def test_interest_that_an_earlier_version_said_is_paid_by_hand_goes_with_no_refund():
    file = _objected(_paid())
    del file.drawers.documents["assessments", file.file]["changes"][0]["paid_with"]
    assert file.record.account.compensation == 0
    assert pay_out(file.drawers, _granted(file, 20_625), "2016-06-10")["paid_out"] == 20_625


def test_a_refund_that_an_earlier_version_paid_stays_as_it_was():
    file = Assessed().demanded()
    file.pay(DUE + 100_000, "BJB-0001")
    number = propose(file.drawers, "BJB-0001", 100_000)
    decide(file.drawers, number)
    pay_out(file.drawers, number, "2016-05-22")
    file.drawers.documents["refunds", number] |= {"late_interest": 2_000}
    [shown] = _refunds(file)
    assert (shown["pays"], shown["lines"], shown["late_interest"]) == (100_000, {"amount": 100_000}, 2_000)


@pytest.mark.parametrize(("on_day", "owed"), [("2009-12-31", 0), ("2010-01-02", 2_000), ("2016-05-20", 24_000)])
def test_the_rule_in_force_on_the_day_it_is_asked_counts_and_is_capped(on_day, owed):
    rules = change_rules().compensation
    assert money_back.interest(100_000, date(2010, 1, 1), date.fromisoformat(on_day), rules) == owed


def test_a_later_rule_counts_from_its_own_first_day():
    old = change_rules().compensation[0]
    new = old.model_copy(update={"since": date(2016, 6, 1), "percent_per_month": old.percent_per_month / 2})
    both = [new, old]
    assert [money_back.interest(100_000, date(2016, 4, 1), day, both) for day in (date(2016, 5, 31), new.since)] == [
        4_000,
        2_000,
    ]


@settings(max_examples=30, deadline=None)
@given(
    parts=st.lists(st.integers(1, 9_000), min_size=1, max_size=4),
    late=st.lists(st.integers(0, 170), min_size=4, max_size=4),
    order=st.randoms(use_true_random=False),
)
def test_in_any_order_and_repetition_the_interest_goes_out_once_and_all_sums_agree(parts, late, order):
    """Refunds are proposed and granted, then paid on their days, in any order and again; the ledger ends the same."""
    ends = []
    for shuffle in (False, True):
        file = Assessed(drawers=Drawers()).demanded()
        file.pay(DUE, "BJB-0001")
        _objected(file)
        goes = [amount for amount in parts if amount <= 20_625 // len(parts)]
        numbers = [propose(file.drawers, "BJB-0001", amount, acted_at=on(6, 1)) for amount in goes]
        deciding = [partial(decide, file.drawers, number, at=on(6, 2)) for number in numbers]
        paying = [
            partial(pay_out, file.drawers, number, f"{date(2016, 6, 3) + timedelta(days=days)}", f"SP2D-{number}")
            for number, days in zip(numbers, late, strict=False)
        ]
        steps = [*deciding, *paying, *paying]
        if shuffle:
            order.shuffle(steps)
        while [step for step in steps if _not_yet(step)]:
            pass
        sums, account = total(file.drawers), file.record.account
        rest = sum(
            money_back.interest(amount, date(2016, 8, 2), date(2016, 6, 3) + timedelta(days=days), _late())
            for amount, days in zip(goes, late, strict=False)
        )
        assert sums["refunded"] == sum(goes) and sums["received"] == DUE
        assert sums["compensated"] == (OWED if goes else 0) + rest
        assert account.compensation == (0 if goes else OWED) and account.overpaid == 20_625 - sum(goes)
        ends.append(sums)
    assert ends[0] == ends[1]


def _late():
    return change_rules().late_refund


def _not_yet(step) -> bool:
    """Whether it has to be tried again: a refund is not paid out before it is decided."""
    try:
        step()
    except Refusal as no:
        assert no.code in ("not_granted", "refund_decided")
        return no.code == "not_granted"
    return False
