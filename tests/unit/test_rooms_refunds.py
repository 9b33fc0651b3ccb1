"""Money that belongs elsewhere: every rupiah that waits is assigned or given back once, and the sums agree with it."""

from datetime import date, datetime

import pytest
from pydantic import ValidationError

from catalogue.change_rules import change_rules
from catalogue.retribution import money_back
from contracts import retribution
from services.retribution import balancing, cash, recaps, receipts, waiting_money
from tests.assessed import Assessed
from tests.builders import Drawers, Papers, on, order, refused
from tests.moved import ACCOUNT, DUE, WHY, YEAR, assign, decide, pay_out, propose, total, waiting
from tests.statements import line, take_in, undo


def test_the_list_shows_unknown_codes_ended_files_and_what_is_too_much():
    drawers = Drawers()
    house, shop = Assessed(drawers=drawers).demanded(), Assessed(file="file-0002", drawers=drawers).demanded()
    house.pay(DUE, "BJB-0001")
    house.pay(500, "BJB-0002", at=on(3, 12))
    house.pay(700, "BJB-0003", at=on(3, 9), code="123456")
    shop.close()
    shop.pay(900, "BJB-0004", at=on(3, 14))
    assert waiting(drawers) == [
        ("BJB-0003", "unknown_code", 700, 700),
        ("BJB-0002", "overpaid", 500, 500),
        ("BJB-0004", "closed_file", 900, 900),
    ]
    sums = total(drawers)
    assert (sums["unassigned"], sums["overpaid"], sums["principal"]) == (700, 1_400, DUE)


def test_money_under_an_unknown_code_counts_for_its_skrd_from_the_day_it_came_in():
    file = Assessed().demanded()
    file.pay(DUE + 1_000, "BJB-0001", at=on(4, 6), code="123456")
    code = file.record.skrd.payment_code
    answer = assign(file.drawers, "BJB-0001", DUE + 1_000, code, acted_at=on(5, 20))
    assert (answer["outcome"], answer["overpaid"], answer["interest"]) == ("overpaid", 1_000, 0)
    [paid] = file.drawers.heard(retribution.SkrdPaid)
    assert (paid.paid_at, paid.late_days) == (on(4, 6), 0), "in time, though it was found a month later"
    assert waiting(file.drawers) == [(answer["number"], "overpaid", 1_000, 1_000)]
    assert file.pay(DUE + 1_000, "BJB-0001", code="123456") == {"outcome": "unknown_code", "repeated": True}
    assert total(file.drawers)["unassigned"] == 0 and total(file.drawers)["received"] == DUE + 1_000


def test_money_that_came_in_before_its_skrd_settles_it_from_the_day_it_was_signed():
    file = Assessed().demanded()
    file.pay(DUE, "BJB-0001", at=on(3, 2), code="123456")
    assert assign(file.drawers, "BJB-0001", DUE, file.record.skrd.payment_code)["outcome"] == "matched"
    [paid] = file.drawers.heard(retribution.SkrdPaid)
    assert (paid.paid_at, paid.late_days) == (file.record.skrd.signed_at, 0)
    assert total(file.drawers)["principal"] == DUE


def test_a_part_can_go_to_one_skrd_and_the_rest_to_another():
    drawers = Drawers()
    house, shop = Assessed(drawers=drawers).demanded(), Assessed(file="file-0002", drawers=drawers).demanded()
    house.pay(2 * DUE, "BJB-0001", code="123456")
    for file in (house, shop):
        answer = assign(drawers, "BJB-0001", DUE, file.record.skrd.payment_code)
        assert answer["outcome"] == "matched"
    assert waiting(drawers) == [] and len(drawers.heard(retribution.SkrdPaid)) == 2
    assert refused("more_than_waits", lambda: assign(drawers, "BJB-0001", 1, house.record.skrd.payment_code))
    sums = total(drawers)
    assert (sums["principal"], sums["payments"], sums["bank"]) == (2 * DUE, 2, 2 * DUE)


def test_what_was_paid_too_much_on_one_file_pays_another_on_its_own_day():
    drawers = Drawers()
    house, shop = Assessed(drawers=drawers).demanded(), Assessed(file="file-0002", drawers=drawers).demanded()
    house.pay(DUE, "BJB-0001")
    house.pay(DUE, "BJB-0002", at=on(3, 14))
    answer = assign(drawers, "BJB-0002", DUE, shop.record.skrd.payment_code)
    assert answer["outcome"] == "matched" and shop.record.settled_at == on(3, 14)
    assert (house.record.overpaid, house.record.paid, house.record.settled_at) == (0, DUE, on(3, 10))
    assert waiting(drawers) == [] and total(drawers)["principal"] == 2 * DUE


@pytest.mark.parametrize(
    ("code", "field", "change"),
    [
        ("unknown_reference", "reference", {"reference": "BJB-9999"}),
        ("more_than_waits", "amount", {"amount": 701}),
        ("unknown_code", "payment_code", {"code": "999999"}),
        ("in_the_future", "acted_at", {"acted_at": datetime.fromisoformat("2999-01-01T00:00:00+07:00")}),
    ],
)
def test_an_assignment_that_does_not_fit_is_refused_by_its_field(code, field, change):
    file = Assessed().demanded()
    file.pay(700, "BJB-0001", code="123456")
    fields = {"reference": "BJB-0001", "amount": 700, "code": file.record.skrd.payment_code} | change
    assert refused(code, lambda: assign(file.drawers, **fields)).field == field
    assert waiting(file.drawers) == [("BJB-0001", "unknown_code", 700, 700)]


def test_the_receipt_says_what_came_in_also_when_some_of_it_was_given_elsewhere_since():
    drawers, papers = Drawers(), Papers()
    house, shop = Assessed(drawers=drawers).demanded(), Assessed(file="file-0002", drawers=drawers).demanded()
    house.pay(DUE, "BJB-0001", at=on(3, 14))
    house.pay(500, "BJB-0002", at=on(3, 14, 10))
    assign(drawers, "BJB-0002", 500, shop.record.skrd.payment_code)
    drawers.let(receipts.print_receipt(papers, drawers, drawers.heard(retribution.SkrdPaid)[0]))
    assert papers.made["tanda_bukti_pembayaran"]["amount"] == "Rp 140.625"


def test_money_is_not_assigned_to_where_it_lies():
    file = Assessed().demanded()
    file.pay(DUE + 1, "BJB-0001")
    refused("same_code", lambda: assign(file.drawers, "BJB-0001", 1, file.record.skrd.payment_code))


def test_a_refund_is_kept_back_then_set_apart_then_paid_out():
    file = Assessed().demanded()
    drawers = file.drawers
    file.pay(DUE + 1_000, "BJB-0001")
    number = propose(drawers, "BJB-0001", 600)
    assert waiting(drawers) == [("BJB-0001", "overpaid", 1_000, 400)] and total(drawers)["overpaid"] == 1_000
    assert refused("more_than_waits", lambda: propose(drawers, "BJB-0001", 401)).field == "amount"
    assert decide(drawers, number)["pay_by"] == "2016-05-22"
    assert waiting(drawers) == [("BJB-0001", "overpaid", 400, 400)]
    sums = total(drawers)
    assert (sums["overpaid"], sums["promised"], sums["refunded"]) == (400, 600, 0)
    assert pay_out(drawers, number) == {"number": number, "paid_out": 600, "late_interest": 0, "repeated": False}
    assert pay_out(drawers, number)["repeated"]
    sums = total(drawers)
    assert (sums["overpaid"], sums["promised"], sums["refunded"], sums["received"]) == (400, 0, 600, DUE + 1_000)
    book = cash.cash_book(drawers, retribution.CashBookOf(day=date(2016, 3, 25)))
    assert (book["refunded"], book["closing"], book["entries"][0]["number"]) == (600, 0, number)
    [granted] = drawers.heard(retribution.RefundDecided)
    [paid] = drawers.heard(retribution.RefundPaid)
    assert (granted.number, paid.amount, paid.paid_on) == (number, 600, date(2016, 3, 25))
    whats = [h.what for h in file.record.history if h.what.startswith("refund")]
    assert whats == ["refund_proposed", "refund_granted", "refund_paid"]


def test_who_proposed_a_refund_never_decides_it():
    file = Assessed().demanded()
    file.pay(DUE + 1_000, "BJB-0001")
    number = propose(file.drawers, "BJB-0001", 1_000)
    refused("four_eyes", lambda: decide(file.drawers, number, who="treasurer"))
    assert decide(file.drawers, number)["state"] == "granted"
    refused("refund_decided", lambda: decide(file.drawers, number, granted=False))


def test_what_is_refused_waits_again():
    file = Assessed().demanded()
    file.pay(DUE + 1_000, "BJB-0001")
    number = propose(file.drawers, "BJB-0001", 1_000)
    decide(file.drawers, number, granted=False)
    assert waiting(file.drawers) == [("BJB-0001", "overpaid", 1_000, 1_000)]
    refused("not_granted", lambda: pay_out(file.drawers, number))
    assert file.drawers.heard(retribution.RefundDecided) == []


def test_money_that_a_corrected_nota_needs_meanwhile_is_not_given_back():
    file = Assessed().demanded()
    file.pay(DUE + 1_000, "BJB-0001")
    number = propose(file.drawers, "BJB-0001", 1_000, acted_at=on(3, 11))
    file.correct({"luas_m2": "110.00", "waktu": "tetap"}, on(3, 12))
    file.sign_nota(on(3, 13)).issue(on(3, 14)).sign_skrd(on(3, 15))
    assert file.record.overpaid == 0
    refused("more_than_waits", lambda: decide(file.drawers, number))
    assert decide(file.drawers, number, granted=False)["state"] == "refused"


def test_money_that_was_nobodys_goes_back_without_a_file():
    file = Assessed().demanded()
    file.pay(700, "BJB-0001", code="123456")
    number = propose(file.drawers, "BJB-0001", 700)
    decide(file.drawers, number)
    pay_out(file.drawers, number)
    sums = total(file.drawers)
    assert (sums["unassigned"], sums["refunded"], sums["payments"]) == (0, 700, 1)
    [paid] = file.drawers.heard(retribution.RefundPaid)
    assert (paid.application_id, paid.payee) == (f"pengembalian-{number}", None) and waiting(file.drawers) == []


def test_the_times_of_the_law_are_shown_and_paying_late_costs_two_percent_a_month():
    file = Assessed().demanded()
    file.pay(DUE + 100_000, "BJB-0001")
    number = propose(file.drawers, "BJB-0001", 100_000, asked_on="2016-03-15")
    [proposed] = waiting_money.money_waiting(file.drawers, retribution.MoneyWaiting())["refunds"]
    assert (proposed["state"], proposed["decide_by"]) == ("proposed", "2016-09-15")
    decide(file.drawers, number)
    assert pay_out(file.drawers, number, "2016-05-23")["late_interest"] == 2_000
    late = change_rules().late_refund
    assert money_back.interest(100_000, date(2016, 5, 22), date(2016, 5, 22), late) == 0
    assert money_back.interest(100_000, date(2016, 5, 22), date(2016, 6, 23), late) == 4_000
    assert waiting_money.money_waiting(file.drawers, retribution.MoneyWaiting())["refunds"] == []
    assert len(waiting_money.money_waiting(file.drawers, retribution.MoneyWaiting(refunds="all"))["refunds"]) == 1


def test_a_transfer_is_entered_with_one_reference_and_after_its_decision():
    file = Assessed().demanded()
    file.pay(DUE + 1_000, "BJB-0001")
    number = propose(file.drawers, "BJB-0001", 1_000)
    decide(file.drawers, number)
    for day in ("2016-03-21", "2017-03-21"):
        assert refused("paid_when", lambda day=day: pay_out(file.drawers, number, day)).field == "day"
    pay_out(file.drawers, number)
    refused("conflicting_repeat", lambda: pay_out(file.drawers, number, reference="SP2D-0002"))
    refused("unknown_refund", lambda: pay_out(file.drawers, "PGB-2016-00009"))


def test_whom_money_goes_to_stays_with_the_refund():
    file = Assessed().demanded()
    file.pay(DUE + 1_000, "BJB-0001")
    number = propose(file.drawers, "BJB-0001", 1_000)
    decide(file.drawers, number)
    pay_out(file.drawers, number)
    elsewhere = [each for place, each in file.drawers.documents.items() if place != ("refunds", number)]
    assert ACCOUNT["number"] not in repr(elsewhere) and ACCOUNT["number"] not in repr(file.drawers.said)
    assert file.drawers.get("refunds", number)["account"] == ACCOUNT


@pytest.mark.parametrize("account", [{"number": "12-34"}, {"number": "12"}, {"name": "x"}, {"bank": ""}])
def test_an_account_that_is_none_is_refused(account):
    with pytest.raises(ValidationError):
        order(retribution.ProposeRefund, reference="BJB-1", amount=1, reason=WHY, account=ACCOUNT | account)


def test_money_that_was_taken_back_with_its_statement_waits_no_more():
    file = Assessed().demanded()
    lines = (line("BJB-0001", "tanpa kode", 700), line("BJB-0002", file.record.skrd.payment_code, DUE + 500))
    number = take_in(file.drawers, *lines)["number"]
    assert [row[2] for row in waiting(file.drawers)] == [700, 500]
    undo(file.drawers, number)
    assert waiting(file.drawers) == [] and total(file.drawers)["received"] == 0
    refused("more_than_waits", lambda: propose(file.drawers, "BJB-0001", 700))
    refused("unknown_reference", lambda: propose(file.drawers, "BJB-0002", 500))
    take_in(file.drawers, *lines)
    assert [row[2] for row in waiting(file.drawers)] == [700, 500]


def test_a_refund_of_march_stands_in_the_recap_of_its_own_month():
    file = Assessed().demanded()
    file.pay(DUE + 1_000, "BJB-0001")
    number = propose(file.drawers, "BJB-0001", 1_000)
    decide(file.drawers, number)
    pay_out(file.drawers, number, "2016-04-02")
    march, april = (
        recaps.recap(file.drawers, retribution.RecapOf(period=month))["total"] for month in ("2016-03", "2016-04")
    )
    assert (march["overpaid"], march["promised"], march["received"]) == (0, 1_000, DUE + 1_000)
    assert (april["promised"], april["refunded"], april["received"]) == (-1_000, 1_000, 0)
    opened = recaps.opened(file.drawers, retribution.SkrdsOf(period="2016-04", opened="refunded"))["rows"]
    assert [(row["holder"], row["amount"]) for row in opened] == [(file.file, 1_000)]


def test_a_refund_that_other_hands_changed_is_found_on_its_day():
    file = Assessed().demanded()
    file.pay(DUE + 1_000, "BJB-0001")
    number = propose(file.drawers, "BJB-0001", 1_000)
    decide(file.drawers, number)
    pay_out(file.drawers, number)
    file.drawers.documents["refunds", number]["amount"] = 999
    assert [(each.day, each.what) for each in balancing.unbalanced(file.drawers, *YEAR)] == [
        ("2016-03-25", "pengembalian")
    ]
