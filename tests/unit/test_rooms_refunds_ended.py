"""Principal of a file that ended goes back by a decree alone, once, and every sum still agrees."""

from catalogue.change_rules import change_rules
from contracts import retribution
from services.retribution import actions, refunds, waiting_money
from tests.assessed import DECREE, Assessed
from tests.builders import on, refused
from tests.moved import DUE, decide, pay_out, propose, total, waiting


def _ended(paid: int = DUE) -> Assessed:
    file = Assessed().demanded()
    file.pay(paid, "BJB-0001")
    file.close()
    return file


def _principal(file: Assessed) -> list[tuple[str, int, int]]:
    told = waiting_money.money_waiting(file.drawers, retribution.MoneyWaiting(principal_of=file.file))
    return [(row["reference"], row["waiting"], row["free"]) for row in told["ended"]]


def test_principal_of_an_ended_file_waits_for_nobody_and_needs_a_decree():
    file = _ended()
    assert waiting(file.drawers) == [] and _principal(file) == [("BJB-0001", DUE, DUE)]
    assert refused("decree_missing", lambda: propose(file.drawers, "BJB-0001", 1_000)).field == "decree"
    late = DECREE | {"day": "2016-03-22"}
    assert refused("decree_when", lambda: propose(file.drawers, "BJB-0001", 1, decree=late)).field == "decree.day"
    assert refused("more_than_waits", lambda: propose(file.drawers, "BJB-0001", DUE + 1, decree=DECREE))


def test_the_principal_of_a_file_that_goes_on_is_not_given_back():
    file = Assessed().demanded()
    file.pay(DUE, "BJB-0001")
    assert _principal(file) == []
    refused("not_ended", lambda: propose(file.drawers, "BJB-0001", 1_000, decree=DECREE))


def test_what_a_decree_gives_back_is_principal_no_longer_from_the_day_it_is_granted():
    file = _ended()
    number = propose(file.drawers, "BJB-0001", 100_000, decree=DECREE)
    assert _principal(file) == [("BJB-0001", DUE, DUE - 100_000)] and total(file.drawers)["principal"] == DUE
    decide(file.drawers, number)
    sums = total(file.drawers)
    assert (sums["principal"], sums["promised"], sums["reduced"], sums["written_off"]) == (40_625, 100_000, 100_000, 0)
    pay_out(file.drawers, number)
    sums = total(file.drawers)
    assert (sums["promised"], sums["refunded"], sums["received"]) == (0, 100_000, DUE)
    assert (file.record.overpaid, file.record.account.principal_left) == (0, 100_000)
    assert _principal(file) == [("BJB-0001", 40_625, 40_625)]
    assert file.drawers.get("refunds", number)["decree"] == DECREE


def test_what_was_written_off_when_a_part_was_paid_stays_as_it_was():
    file = _ended(40_000)
    written_off = total(file.drawers)["written_off"]
    decide(file.drawers, propose(file.drawers, "BJB-0001", 40_000, decree=DECREE))
    sums = total(file.drawers)
    assert (sums["written_off"], sums["principal"], sums["reduced"]) == (written_off, 0, 40_000)
    assert sums["assessed"] == sums["principal"] + sums["reduced"] + sums["written_off"]


def test_too_much_and_principal_of_one_payment_go_back_each_by_its_own_way():
    file = _ended(DUE + 500)
    assert waiting(file.drawers) == [("BJB-0001", "overpaid", 500, 500)]
    first = propose(file.drawers, "BJB-0001", 500)
    second = propose(file.drawers, "BJB-0001", DUE, decree=DECREE)
    for number in (second, first):
        decide(file.drawers, number)
        pay_out(file.drawers, number, reference=f"SP2D-{number}")
    sums = total(file.drawers)
    assert (sums["refunded"], sums["principal"], sums["overpaid"]) == (DUE + 500, 0, 0)
    assert _principal(file) == [] and waiting(file.drawers) == []
    refused("more_than_waits", lambda: propose(file.drawers, "BJB-0001", 1, decree=DECREE))


def test_two_payments_never_give_back_more_principal_than_there_was():
    file = Assessed().demanded()
    file.pay(100_000, "BJB-0001")
    file.pay(DUE - 100_000, "BJB-0002", at=on(3, 12))
    file.close("refused")
    for reference, amount in (("BJB-0001", 100_000), ("BJB-0002", DUE - 100_000)):
        decide(file.drawers, propose(file.drawers, reference, amount, decree=DECREE))
    assert total(file.drawers)["promised"] == DUE and _principal(file) == []


def test_a_refused_refund_of_principal_leaves_it_where_it_was():
    file = _ended()
    decide(file.drawers, propose(file.drawers, "BJB-0001", DUE, decree=DECREE), granted=False)
    assert _principal(file) == [("BJB-0001", DUE, DUE)] and total(file.drawers)["reduced"] == 0


def test_a_city_whose_rule_returns_no_principal_is_asked_in_vain(monkeypatch):
    file, rules = _ended(), change_rules()
    never = rules.model_copy(update={"ended": rules.ended.model_copy(update={"returned": "never"})})
    monkeypatch.setattr(refunds, "change_rules", lambda: never)
    refused("not_returned", lambda: propose(file.drawers, "BJB-0001", 1_000, decree=DECREE))


def test_the_file_names_the_payments_whose_principal_may_go_back():
    file = _ended()
    asked = retribution.FindAssessment(application_id=file.file)
    assert actions.find(file.drawers, asked)["returnable"] == ["BJB-0001"]
    decide(file.drawers, propose(file.drawers, "BJB-0001", DUE, decree=DECREE))
    assert actions.find(file.drawers, asked)["returnable"] == []
