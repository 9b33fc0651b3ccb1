"""A demand that changes after it was signed: correction, relief, instalments, objection, cancellation."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts import retribution
from services.retribution import balancing, changes_printing, changing
from services.retribution.letters import called_for
from services.retribution.proof import differences
from services.retribution.waiting import to_decide, waiting
from tests.assessed import DECREE, HOUSE, Assessed
from tests.builders import Papers, on
from values.refusal import Refusal

DUE = 140_625
LARGER, SMALLER = HOUSE | {"luas_m2": "110.00"}, HOUSE | {"luas_m2": "80.00"}
LATER = on(4, 20)


@pytest.fixture
def file() -> Assessed:
    return Assessed(now=on(12, 30)).demanded()


def corrected(file: Assessed, quantities: dict, day: int = 21) -> None:
    """A correction, signed by the Bidang, and the letter it calls for, signed by the Head."""
    file.correct(quantities, on(3, day))
    file.sign_nota(on(3, day, 10)).issue(on(3, day, 11)).sign_skrd(on(3, day, 13))


def refused(act, code: str) -> None:
    with pytest.raises(Refusal) as no:
        act()
    assert no.value.code == code


# --- correction ------------------------------------------------------------------------------------------------------


def test_a_correction_that_demands_more_brings_an_skrdkb_of_the_difference_with_its_own_day(file):
    file.pay(DUE, "BJB-0001")
    corrected(file, LARGER)
    record, [supplement] = file.record, file.record.supplements
    assert record.nota.replaces == record.replaced[0].number and record.nota.number != record.replaced[0].number
    assert (supplement.kind, supplement.amount, supplement.number) == ("skrdkb", 14_063, "KB/4.1.2.03.01/00001/2016")
    assert supplement.payment_code == record.skrd.payment_code and supplement.due_on == date(2016, 4, 20)
    assert record.account.principal_left == 14_063 and waiting(record).what == "skrd_to_pay"
    assert file.pay(14_063, "BJB-0002", at=on(3, 25))["outcome"] == "matched"
    assert len(file.drawers.heard(retribution.SkrdPaid)) == 1, "the file went on with the first receipt"
    assert differences(record) == [] and balancing.unbalanced(file.drawers, date(2016, 1, 1), date(2016, 12, 31)) == []


def test_a_correction_that_demands_less_brings_an_skrdlb_and_gives_back_what_was_paid(file):
    file.pay(DUE, "BJB-0001")
    corrected(file, SMALLER)
    [supplement] = file.record.supplements
    assert (supplement.kind, supplement.amount) == ("skrdlb", 28_125)
    assert (file.record.account.principal, file.record.overpaid) == (112_500, 28_125)
    assert differences(file.record) == []


def test_the_replaced_nota_stays_as_it_was_and_is_proved_with_its_own_quantities(file):
    before = file.record.nota
    corrected(file, LARGER)
    old, now = file.record.replaced[0], file.record.nota
    assert old.model_copy(update={"quantities": None}) == before and old.quantities == HOUSE
    assert (file.record.quantities, now.reason) == (LARGER, "Luas bangunan salah dibaca.")
    assert differences(file.record) == []
    old.total += 1
    spoiled = file.record.model_copy(update={"replaced": [old]})
    assert differences(spoiled), "a replaced nota that was changed by other hands is seen"


def test_a_letter_nobody_signed_goes_with_its_nota_and_keeps_its_number():
    file = Assessed(now=on(12, 30)).prepare().sign_nota().issue()
    file.correct(LARGER, on(3, 9))
    refused(lambda: file.issue(on(3, 9, 10)), "nota_not_signed")
    file.sign_nota(on(3, 9, 11)).issue(on(3, 9, 12)).sign_skrd(on(3, 9, 13))
    record = file.record
    assert [letter.number[-10:] for letter in record.letters] == ["00001/2016", "00002/2016"]
    assert (record.skrd.amount, record.account.principal) == (154_688, 154_688)


def test_a_correction_that_changes_nothing_and_one_of_a_nota_not_signed_are_refused(file):
    refused(lambda: file.correct(HOUSE, on(3, 21)), "nothing_changes")
    fresh = Assessed(file="file-0002", drawers=file.drawers).prepare()
    refused(lambda: fresh.correct(LARGER, on(3, 21)), "nota_not_signed")


def test_two_corrections_before_any_letter_bring_one_letter_of_both():
    file = Assessed(now=on(12, 30)).demanded()
    file.correct(LARGER, on(3, 21))
    file.sign_nota(on(3, 21, 10))
    file.correct(SMALLER, on(3, 22))
    file.sign_nota(on(3, 22, 10)).issue(on(3, 22, 11)).sign_skrd(on(3, 22, 13))
    assert [letter.kind for letter in file.record.letters] == ["skrd", "skrdlb"]
    assert file.record.account.principal == 112_500 and differences(file.record) == []


# --- relief ----------------------------------------------------------------------------------------------------------


def test_relief_in_percent_lowers_what_is_owed_and_names_its_decree(file):
    number = file.propose(on(3, 14), "relief", percent="25")
    assert to_decide(file.record).what == "change_to_decide" and file.record.account.principal == DUE
    assert file.decide(on(3, 15), number)["less"] == 35_156
    assert (file.record.account.principal_left, to_decide(file.record)) == (105_469, None)
    assert file.record.changes[0].proposal.decree.issued_by == "Wali Kota Bekasi"
    assert file.pay(105_469, "BJB-0001", at=on(3, 20))["outcome"] == "matched"
    [paid] = file.drawers.heard(retribution.SkrdPaid)
    assert paid.amount == 105_469


def test_relief_of_all_needs_no_money_and_no_receipt(file):
    file.decide(on(3, 15), file.propose(on(3, 14), "relief", percent="100"))
    assert (file.record.account.total_left, file.record.receipt_number, waiting(file.record)) == (0, None, None)
    assert file.drawers.heard(retribution.SkrdPaid) == []


def test_relief_of_what_a_part_paid_already_covers_makes_the_file_go_on(file):
    file.pay(100_000, "BJB-0001")
    file.decide(on(3, 15), file.propose(on(3, 14), "relief", amount=60_000))
    assert (file.record.overpaid, file.record.account.principal_left) == (19_375, 0)
    [paid] = file.drawers.heard(retribution.SkrdPaid)
    assert paid.amount == 80_625 and file.record.receipt_number


def test_what_is_refused_changes_nothing_and_stays_on_record(file):
    file.decide(on(3, 15), file.propose(on(3, 14), "relief", percent="25"), granted=False)
    [change] = file.record.changes
    assert (file.record.account.principal, change.granted, change.amount) == (DUE, False, 0)
    refused(lambda: file.decide(on(3, 16), change.number), "change_decided")
    refused(lambda: file.decide(on(3, 16), "PRB-2016-00099"), "unknown_change")


def test_relief_beyond_the_demand_or_of_a_decree_that_is_not_there_yet_is_refused(file):
    refused(lambda: file.propose(on(3, 14), "relief", amount=DUE + 1), "too_much_relief")
    refused(lambda: file.propose(on(3, 8, 14), "relief", percent="10"), "in_the_future")
    file.propose(on(3, 14), "relief", percent="10")
    refused(lambda: file.propose(on(3, 14), "relief", percent="10"), "change_open")


# --- instalments -----------------------------------------------------------------------------------------------------

PLAN = [{"amount": 70_000, "due_on": "2016-04-15"}, {"amount": 70_625, "due_on": "2016-05-15"}]


def test_instalments_are_due_one_by_one_and_paid_oldest_first(file):
    file.decide(on(3, 15), file.propose(on(3, 14), "instalments", parts=PLAN))
    owed = file.record.owed(date(2016, 4, 16))
    assert [(part.amount, part.left) for part in owed.parts if part.left] == [(70_000, 70_000), (70_625, 70_625)]
    assert {line.rule.code for line in owed.lines} == {"angsuran_uu_28_2009", "uu_28_2009"}
    assert file.pay(70_000, "BJB-0001", at=on(4, 10))["outcome"] == "partial"
    assert file.record.account.due_on == date(2016, 5, 15)


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ([PLAN[0], PLAN[1] | {"amount": 70_624}], "plan_differs"),
        ([PLAN[1] | {"amount": 70_000}, PLAN[0] | {"amount": 70_625}], "plan_days"),
        ([PLAN[0] | {"due_on": "2016-03-14"}, PLAN[1]], "plan_days"),
        ([PLAN[0], PLAN[1] | {"due_on": "2018-03-15"}], "plan_days"),
    ],
)
def test_a_plan_that_does_not_fit_the_debt_is_refused(file, parts, code):
    refused(lambda: file.propose(on(3, 14), "instalments", parts=parts), code)


def test_a_plan_that_a_payment_has_overtaken_is_refused_when_it_is_decided(file):
    number = file.propose(on(3, 14), "instalments", parts=PLAN)
    file.pay(625, "BJB-0001", at=on(3, 14, 9))
    refused(lambda: file.decide(on(3, 15), number), "plan_differs")


# --- objection -------------------------------------------------------------------------------------------------------


def objected(file: Assessed, asked: int = 100_000) -> str:
    return file.propose(on(3, 20), "objection", letter="01/K/2016", filed_on="2016-03-20", asked=asked)


def test_an_objection_granted_in_part_counts_from_the_start_and_is_compensated(file):
    file.pay(DUE, "BJB-0001", at=on(3, 10))
    number = objected(file)
    answer = file.decide(on(5, 20), number, principal=120_000)
    assert (answer["less"], answer["overpaid"]) == (20_625, 20_625)
    [change] = file.record.changes
    assert change.compensation == 1_238, "three months of 2 % on 20.625, rounded half up"


def test_an_objection_that_nobody_decides_in_six_months_counts_as_granted(file):
    objected(file)
    assert file.record.changes[0].decide_by == date(2016, 9, 20)
    file.drawers.now = on(9, 20)
    assert list(changing.due(file.drawers)) == []
    file.drawers.now = on(9, 21)
    [due] = changing.due(file.drawers)
    for _ in range(2):
        file.drawers.let(due.act)
    [change] = file.record.changes
    assert (change.granted, change.decided_by, file.record.account.principal) == (True, None, 100_000)
    assert len(file.drawers.heard(retribution.ChangeDecided)) == 1 and list(changing.due(file.drawers)) == []


def test_an_objection_too_late_or_for_nothing_is_refused(file):
    late = {"letter": "02/K/2016", "filed_on": "2016-05-09", "asked": 1}
    refused(lambda: file.propose(on(5, 10), "objection", **late), "objection_late")
    refused(lambda: objected(file, asked=DUE), "nothing_asked")
    refused(lambda: file.decide(on(5, 20), objected(file), principal=DUE + 1), "more_than_demanded")


# --- cancellation ----------------------------------------------------------------------------------------------------


def test_a_cancelled_skrd_is_kept_and_another_is_drawn_that_takes_what_was_paid(file):
    file.pay(40_000, "BJB-0001")
    file.decide(on(3, 15), file.propose(on(3, 14), "cancellation", anew=True))
    record = file.record
    assert (record.skrd, record.overpaid, waiting(record).what) == (None, 40_000, "skrd_to_issue")
    assert called_for(record).amount == DUE
    file.issue(on(3, 16)).sign_skrd(on(3, 16, 10))
    record = file.record
    assert (record.account.principal, record.account.principal_left, record.overpaid) == (DUE, DUE - 40_000, 0)
    assert record.cancelled[0].number.endswith("00001/2016") and record.skrd.number.endswith("00002/2016")
    assert record.skrd.payment_code == record.cancelled[0].payment_code
    assert differences(record) == [] and balancing.unbalanced(file.drawers, date(2016, 1, 1), date(2016, 12, 31)) == []


def test_money_that_comes_after_a_cancellation_is_counted_and_shown_as_too_much(file):
    file.decide(on(3, 15), file.propose(on(3, 14), "cancellation", anew=False))
    assert (waiting(file.record), called_for(file.record)) == (None, None)
    assert file.pay(DUE, "BJB-0001", at=on(3, 18), code="201603000001")["outcome"] == "overpaid"
    assert file.record.overpaid == DUE and file.drawers.heard(retribution.SkrdPaid) == []


# --- papers ----------------------------------------------------------------------------------------------------------


def test_a_decision_prints_what_was_asked_on_what_basis_and_what_is_owed_now(file):
    papers = Papers()
    file.pay(40_000, "BJB-0001")
    file.decide(on(3, 15), file.propose(on(3, 14), "relief", percent="12.5"))
    [decided] = file.drawers.heard(retribution.ChangeDecided)
    file.drawers.let(changes_printing.print_decision(papers, file.drawers, decided))
    [filed] = file.drawers.heard(retribution.ChangeFiled)
    assert (filed.kind, filed.granted, filed.principal_left, filed.cleared_at) == ("relief", True, 83_047, None)
    data = papers.made["keputusan_retribusi"]
    assert data["asked"] == "Keringanan 12,5 % dari pokok" and DECREE["number"] in data["basis"]
    assert [row["amount"] for row in data["figures"]] == ["Rp 140.625", "Rp 123.047", "Rp 40.000"]
    assert data["total"]["amount"] == "Rp 83.047" and file.record.documents[-1].number == filed.document.number


def test_a_decision_that_clears_the_debt_says_since_when_and_one_anew_does_not(file):
    papers = Papers()
    file.decide(on(3, 15), file.propose(on(3, 14), "cancellation", anew=True))
    file.issue(on(3, 16)).sign_skrd(on(3, 16, 10))
    file.decide(on(3, 17), file.propose(on(3, 16, 11), "relief", percent="100"))
    for decided in file.drawers.heard(retribution.ChangeDecided):
        file.drawers.let(changes_printing.print_decision(papers, file.drawers, decided))
    cancelled, relieved = file.drawers.heard(retribution.ChangeFiled)
    assert (cancelled.anew, cancelled.cleared_at) == (True, None)
    assert (relieved.anew, relieved.cleared_at, relieved.due_on) == (False, on(3, 17), None)


@pytest.mark.parametrize(("quantities", "kind", "lines"), [
    (LARGER, "skrdkb", ["Rp 154.688", "−Rp 140.625"]), (SMALLER, "skrdlb", ["Rp 140.625", "−Rp 112.500"]),
])  # fmt: skip
def test_a_supplement_prints_what_was_demanded_before_and_what_is_now(file, quantities, kind, lines):
    papers = Papers()
    corrected(file, quantities)
    [signed] = file.drawers.heard(retribution.SupplementSigned)
    file.drawers.let(changes_printing.print_supplement(papers, file.drawers, signed))
    data, [issued] = papers.made[kind], file.drawers.heard(retribution.SupplementIssued)
    assert [line["amount"] for line in data["lines"]] == lines and data["short"] == kind.upper()
    assert (issued.principal, issued.principal_left) == (file.record.nota.total, file.record.nota.total)
    assert issued.document.kind == kind


# --- whatever happens ------------------------------------------------------------------------------------------------


steps = st.lists(
    st.one_of(
        st.tuples(st.just("pay"), st.integers(1, 200_000)),
        st.tuples(st.just("correct"), st.sampled_from([LARGER, SMALLER, HOUSE])),
        st.tuples(st.just("relief"), st.integers(1, 60_000)),
        st.tuples(st.just("cancellation"), st.booleans()),
        st.tuples(st.just("objection"), st.integers(0, 120_000)),
    ),
    max_size=6,
)


@settings(max_examples=40, deadline=None)
@given(steps)
def test_sums_and_payments_agree_whatever_is_changed_in_whatever_order(steps):
    file = Assessed(now=on(12, 30)).demanded()
    code = file.record.skrd.payment_code
    for n, (what, figure) in enumerate(steps):
        at = on(3, 21 + n)
        try:
            match what:
                case "pay":
                    file.pay(figure, f"BJB-{n:04d}", at=at, code=code)
                case "correct":
                    file.correct(figure, at)
                    file.sign_nota(on(3, 21 + n, 11))
                case "relief":
                    file.decide(on(3, 21 + n, 11), file.propose(at, "relief", amount=figure))
                case "objection":
                    fields = {"letter": "01/K/2016", "filed_on": at.date().isoformat(), "asked": figure}
                    file.decide(on(3, 21 + n, 11), file.propose(at, "objection", **fields))
                case "cancellation":
                    file.decide(on(3, 21 + n, 11), file.propose(at, "cancellation", anew=figure))
            if called_for(file.record):
                file.issue(on(3, 21 + n, 12)).sign_skrd(on(3, 21 + n, 13))
        except Refusal:
            continue  # what does not fit is refused, and changes nothing
    record = file.record
    assert sum(each.money for each in record.account.settled) == record.paid
    assert record.account.principal_left >= 0 and record.overpaid >= 0
    assert differences(record) == []
    assert balancing.unbalanced(file.drawers, date(2016, 1, 1), date(2016, 12, 31)) == []
