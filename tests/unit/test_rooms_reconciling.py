"""Books and bank statements compared: what does not agree on either side is said until it agrees."""

from datetime import date

import pytest

from contracts import retribution
from contracts.documents import example
from services.retribution import cash, reconciling
from services.retribution import statement_store as drawers_of
from services.retribution.matching import Booked, Covered, Stated, differences
from services.retribution.reconciling import StatementDiffers
from tests.assessed import Assessed
from tests.builders import Drawers, order
from tests.statements import line, take_in, undo
from tests.unit.test_rooms_refunds import decide, pay_out, propose

DUE = 140_625
MARCH = [Covered("2016-03-01", "2016-03-31", "RK-2016-00001", "koran.csv")]


def booked(reference: str, amount: int, day: str = "2016-03-10", code: str = "201603000001") -> Booked:
    return Booked(reference, day, amount, code, "file-0001")


def stated(reference: str, amount: int, day: str = "2016-03-10", code: str = "201603000001", at: int = 2) -> Stated:
    return Stated(reference, day, amount, code, "RK-2016-00001", "koran.csv", at)


def kinds(ours: list[Booked], theirs: list[Stated]) -> list[tuple[str, str]]:
    return [(each.kind, each.reference) for each in differences(ours, theirs, MARCH)]


def test_both_sides_the_same_is_no_difference_on_whichever_day_the_bank_booked_it():
    assert kinds([booked("A001", 5)], [stated("A001", 5, "2016-03-11")]) == []


def test_each_side_is_missed_on_the_other():
    assert kinds([booked("A001", 5)], [stated("B001", 5)]) == [("not_in_statement", "A001"), ("not_in_books", "B001")]


def test_money_of_a_day_without_a_statement_waits_for_one():
    assert kinds([booked("A001", 5, "2016-04-01"), booked("A002", 5, "2016-02-29")], []) == []


def test_another_amount_and_another_code_are_named():
    assert kinds([booked("A001", 5), booked("A002", 5)], [stated("A001", 6), stated("A002", 5, code="1" * 12)]) == [
        ("amount", "A001"),
        ("code", "A002"),
    ]
    assert kinds([booked("A001", 5)], [stated("A001", 5, code="")]) == []


@pytest.mark.parametrize(
    "lines",
    [
        [stated("A001", 5), stated("A001", 5, at=3)],
        [stated("A001", 5), stated("A001", 6)._replace(number="RK-2016-00002")],
    ],
)
def test_a_reference_twice_in_a_statement_or_with_other_figures_in_another_is_named(lines):
    assert kinds([booked("A001", 5)], lines) == [("twice", "A001")]


def test_the_same_line_in_two_statements_is_one_line():
    assert kinds([booked("A001", 5)], [stated("A001", 5), stated("A001", 5)._replace(number="RK-2016-00002")]) == []


def test_a_payment_and_a_deposit_under_one_reference_are_named():
    assert kinds([booked("A001", 5), Booked("A001", "2016-03-10", 5)], [stated("A001", 5)]) == [("twice", "A001")]


class Night:
    """The room's look at one moment, its troubles kept as the watch keeps them."""

    def __init__(self, drawers: Drawers):
        self.drawers, self.troubles = drawers, {}

    def look(self) -> dict[str, str]:
        for due in list(reconciling.look(self.drawers)):
            try:
                self.drawers.let(due.act)
                self.troubles.pop(due.key, None)
            except StatementDiffers as differs:
                self.troubles[due.key] = str(differs)
        return self.troubles

    @property
    def told(self) -> dict:
        return reconciling.reconciliation(self.drawers, retribution.ReconciliationOf())


@pytest.fixture
def file() -> Assessed:
    return Assessed().demanded()


def test_nothing_is_compared_before_the_first_statement(file):
    file.pay(100, "BJB-0001")
    night = Night(file.drawers)
    assert night.look() == {} and night.told == {"at": None, "waits": False, "count": 0, "different": [], "more": False}


def test_what_differs_is_a_trouble_with_file_line_and_remedy_until_it_agrees(file):
    night, code = Night(file.drawers), file.record.skrd.payment_code
    file.pay(100, "BJB-0001")
    first = take_in(file.drawers, line("BJB-0002", code, 50), line("BJB-0009", code, 7, "2016-03-01"))["number"]
    assert night.told["waits"]
    troubles = night.look()
    assert set(troubles) == {"statement:not_in_statement:BJB-0001", "statement:not_in_books:BJB-0009"}
    said = troubles["statement:not_in_books:BJB-0009"]
    assert "koran.csv (RK-2016-00001)" in troubles["statement:not_in_statement:BJB-0001"]
    assert "koran.csv (RK-2016-00001) baris 3" in said and "Rp 7" in said and "Tanyakan ke bank" in said
    assert (night.told["count"], night.told["waits"]) == (2, False)
    take_in(file.drawers, line("BJB-0001", code, 100))
    assert set(night.look()) == {"statement:not_in_books:BJB-0009"}
    undo(file.drawers, first)
    assert night.look() == {} and night.told["count"] == 0


def test_a_deposit_entered_after_its_line_was_imported_ends_the_trouble_at_the_next_look(file):
    file.pay(DUE, "KAS-0001", channel="treasurer")
    take_in(file.drawers, line("SLIP-0001", "setoran STS", DUE, "2016-03-11"))
    night = Night(file.drawers)
    assert set(night.look()) == {"statement:not_in_books:SLIP-0001"}
    fields = {"day": date(2016, 3, 11), "amount": DUE, "reference": "SLIP-0001", "proof": example("attachment")}
    file.drawers.ask(cash.record_deposit, order(retribution.RecordDeposit, **fields), "treasurer")
    assert night.look() == {} and night.told["count"] == 0


def test_it_is_compared_again_each_night_and_not_between(file):
    night = Night(file.drawers)
    take_in(file.drawers, line("BJB-0001", file.record.skrd.payment_code, 100))
    night.look()
    assert list(reconciling.look(file.drawers)) == []
    file.drawers.now = file.drawers.now.replace(hour=22)  # five in the morning of the next day in Jakarta
    kept = file.drawers.get("payments", "BJB-0001")
    file.drawers.documents["payments", "BJB-0001"] = kept | {"amount": 99}  # by other hands
    assert set(night.look()) == {"statement:amount:BJB-0001"}
    assert drawers_of.compared(file.drawers)["night"] == "2016-12-01"


def test_a_refund_that_left_is_looked_for_on_the_statement_and_other_money_that_left_is_not(file):
    file.pay(DUE + 500, "BJB-0001")
    number = propose(file.drawers, "BJB-0001", 500)
    decide(file.drawers, number)
    pay_out(file.drawers, number, day="2016-03-25", reference="SP2D-0001")
    known = line("BJB-0001", file.record.skrd.payment_code, DUE + 500)
    fees = line("BJB-FEE1", "biaya", 50, "2016-03-25", "keluar")
    night = Night(file.drawers)
    take_in(file.drawers, known, fees)
    assert set(night.look()) == {"statement:not_in_statement:SP2D-0001"}
    take_in(file.drawers, line("SP2D-0001", "pengembalian", 501, "2016-03-25", "keluar"))
    assert set(night.look()) == {"statement:amount:SP2D-0001"}


def test_the_transfer_of_a_refund_is_compared_with_its_interest(file):
    file.pay(DUE + 100_000, "BJB-0001")
    number = propose(file.drawers, "BJB-0001", 100_000)
    decide(file.drawers, number)
    pay_out(file.drawers, number, day="2016-05-23", reference="SP2D-0001")
    night = Night(file.drawers)
    take_in(file.drawers, line("SP2D-0001", "pengembalian", 102_000, "2016-05-23", "keluar"))
    assert set(night.look()) == set()


def test_a_deposit_that_the_bank_does_not_have_is_missed(file):
    file.pay(DUE, "KAS-0001", channel="treasurer")
    fields = {"day": date(2016, 3, 11), "amount": DUE, "reference": "SLIP-0001", "proof": example("attachment")}
    file.drawers.ask(cash.record_deposit, order(retribution.RecordDeposit, **fields), "treasurer")
    night = Night(file.drawers)
    take_in(file.drawers, line("BJB-FEE1", "biaya", 50, "2016-03-11", "keluar"))
    assert set(night.look()) == {"statement:not_in_statement:SLIP-0001"}
