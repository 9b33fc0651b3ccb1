"""The ledger of retribution: sums equal the payments, in any order and however often they are said."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts import retribution
from services.retribution import balancing, ledger, recaps
from services.retribution.posting import MEASURES, received
from tests.assessed import Assessed
from tests.builders import Drawers, on
from values.periods import period
from values.refusal import Refusal

DUE = 140_625
YEAR = date(2016, 1, 1), date(2016, 12, 31)


def everything(drawers: Drawers, since=YEAR[0], until=YEAR[1]) -> dict[str, int]:
    """The sums of a span over all accounts, by measure."""
    found = Counter()
    for amounts in ledger.total(ledger.days(drawers, since, until)).values():
        found.update(amounts)
    return {measure: found[measure] for measure in MEASURES if found[measure]}


def asked(drawers: Drawers, span: str = "2016", by: str = "licence_type", **filters) -> dict:
    return recaps.recap(drawers, retribution.RecapOf(period=span, by=by, **filters))


def test_an_skrd_is_assessed_on_the_day_it_is_signed_and_paid_on_the_day_the_money_came():
    file = Assessed().demanded()
    assert everything(file.drawers) == {"assessed": DUE, "skrd": 1}
    file.pay(DUE, "BJB-0001")
    account = ledger.Account("4.1.2.03.01", "imb", "jasa_usaha")
    assert ledger.days(file.drawers, *YEAR) == {
        "2016-03-08": {account: {"assessed": DUE, "skrd": 1}},
        "2016-03-10": {account: {"principal": DUE, "bank": DUE, "payments": 1}},
    }
    assert ledger.months(file.drawers, "2016-01", "2016-12").keys() == {"2016-03"}


def test_before_the_skrd_is_signed_nothing_stands_in_the_ledger():
    file = Assessed().prepare().sign_nota().issue()
    assert everything(file.drawers) == {} and asked(file.drawers)["rows"] == []


def test_money_under_an_unknown_code_is_nobodys_and_is_received_all_the_same():
    file = Assessed().demanded()
    file.pay(5_000, "BJB-0007", code="999999")
    assert everything(file.drawers)["unassigned"] == 5_000
    [row, _] = asked(file.drawers)["rows"]
    assert (row["key"], row["name"], row["received"]) == ("", "tanpa SKRD", 5_000)
    assert balancing.unbalanced(file.drawers, *YEAR) == []


def test_a_file_that_ends_owes_nothing_more_and_what_was_paid_stays_received():
    file = Assessed().demanded()
    file.pay(40_625, "BJB-0001")
    file.close()
    sums = everything(file.drawers)
    assert (sums["principal"], sums["written_off"]) == (40_625, 100_000)
    assert asked(file.drawers)["total"]["outstanding"] == 0
    file.pay(150_000, "BJB-0002", at=on(4, 2))
    sums = everything(file.drawers)
    assert (sums["principal"], sums["overpaid"], sums["written_off"]) == (40_625, 150_000, 100_000), (
        "it settles nothing"
    )
    assert balancing.unbalanced(file.drawers, *YEAR) == []


def test_late_money_is_principal_and_interest_on_its_day():
    file = Assessed().demanded()
    file.pay(DUE + 2_813, "BJB-0001", at=on(4, 20))
    sums = everything(file.drawers, date(2016, 4, 20), date(2016, 4, 20))
    assert (sums["principal"], sums["interest"]) == (DUE, 2_813)


PAYMENTS = st.lists(
    st.tuples(st.integers(0, 2), st.integers(1, 200_000), st.integers(0, 200), st.sampled_from(["bank", "treasurer"])),
    max_size=8,
)


@settings(max_examples=40, deadline=None)
@given(payments=PAYMENTS, order=st.randoms(use_true_random=False), ended=st.booleans())
def test_the_sums_are_the_payments_in_any_order_and_repetition(payments, order, ended):
    """Three files, any payments, each said up to three times in any order: one ledger, equal to the money."""
    said = [(n, *each) for n, each in enumerate(payments)]
    ledgers = []
    for shuffle in (False, True):
        drawers = Drawers()
        files = [Assessed(file=f"file-{n}", drawers=drawers).demanded() for n in range(3)]
        deliveries = [each for each in said for _ in range(1 + (each[0] % 3 if shuffle else 0))]
        if shuffle:
            order.shuffle(deliveries)
        for n, file, amount, days, channel in deliveries:
            moment = on(3, 10) + timedelta(days=days, minutes=n)
            files[file].pay(amount, f"BJB-{n:04d}", at=moment, channel=channel)
        if ended:
            files[0].close()
        ledgers.append(ledger.days(drawers, *YEAR))
        by_day = Counter()
        for n, _, amount, days, _ in said:
            by_day[(on(3, 10) + timedelta(days=days, minutes=n)).date().isoformat()] += amount
        sums = {day: sum(map(received, of.values())) for day, of in ledgers[-1].items()}
        assert {day: amount for day, amount in sums.items() if amount} == dict(by_day)
        assert balancing.unbalanced(drawers, *YEAR) == []
        total = asked(drawers)["total"]
        owed = sum(f.record.account.principal_left for f in files if f.record.closed is None)
        assert total["outstanding"] == owed
        assert total["received"] == sum(each[2] for each in said)
    assert ended or ledgers[0] == ledgers[1]


@pytest.mark.parametrize("by", ["licence_type", "account_code", "bidang", "day", "month", "quarter", "year"])
def test_the_rows_of_a_recap_add_up_to_its_total_however_it_is_divided(by):
    drawers = Drawers()
    house = Assessed(drawers=drawers).demanded()
    shop = Assessed(file="file-0002", drawers=drawers).demanded()
    house.pay(DUE, "BJB-0001", at=on(3, 31, 23))
    shop.pay(100_000, "BJB-0002", at=on(4, 1, 1))
    said = asked(drawers, by=by)
    for measure in ("assessed", "received", "skrd", "payments"):
        assert sum(row[measure] for row in said["rows"]) == said["total"][measure]
    assert said["rows"][-1]["outstanding"] == said["total"]["outstanding"] == 40_625


def test_a_month_ends_at_midnight_in_jakarta_and_what_is_left_goes_into_the_next():
    file = Assessed().demanded()
    file.pay(100_000, "BJB-0001", at=on(3, 31, 23, 59))
    file.pay(40_625, "BJB-0002", at=on(4, 1, 0, 1))
    march, april = (asked(file.drawers, month)["total"] for month in ("2016-03", "2016-04"))
    assert (march["received"], march["outstanding"]) == (100_000, 40_625)
    assert (april["received"], april["assessed"], april["outstanding"]) == (40_625, 0, 0)
    assert asked(file.drawers, "2016-Q2")["total"]["received"] == 40_625


def test_every_figure_opens_to_its_skrds_a_page_at_a_time():
    drawers = Drawers()
    files = [Assessed(file=f"file-{n:02d}", drawers=drawers).demanded() for n in range(5)]
    for n, file in enumerate(files[:4]):
        file.pay(DUE - n, f"BJB-{n:04d}", at=on(3, 10 + n % 2))
    seen, after = [], ""
    while True:
        question = retribution.SkrdsOf(period="2016-03", opened="received", licence_type="imb", after=after, most=3)
        answer = recaps.opened(drawers, question)
        seen += answer["rows"]
        if not (after := answer["next"]):
            break
        assert len(answer["rows"]) == 3
    assert [row["holder"] for row in seen] == ["file-00", "file-02", "file-01", "file-03"]
    assert sum(row["amount"] for row in seen) == asked(drawers, "2016-03")["total"]["received"]
    assert seen[0]["skrd_number"] == files[0].record.skrd.number
    nothing = retribution.SkrdsOf(period="2016-03", opened="received", bidang="tertentu")
    assert recaps.opened(drawers, nothing) == {"rows": [], "next": ""}


def test_what_was_outstanding_at_the_end_of_a_month_opens_also_when_it_was_paid_since():
    drawers = Drawers()
    files = [Assessed(file=f"file-{n:02d}", drawers=drawers).demanded() for n in range(3)]
    files[0].pay(DUE, "BJB-0001", at=on(4, 5))
    files[1].pay(DUE, "BJB-0002", at=on(3, 30))
    opened = {
        month: recaps.opened(drawers, retribution.SkrdsOf(period=month, opened="outstanding"))["rows"]
        for month in ("2016-03", "2016-04")
    }
    assert [row["holder"] for row in opened["2016-03"]] == ["file-00", "file-02"]
    assert [row["holder"] for row in opened["2016-04"]] == ["file-02"]
    for month, rows in opened.items():
        assert sum(row["amount"] for row in rows) == asked(drawers, month)["total"]["outstanding"]


def test_a_period_that_is_none_is_refused():
    with pytest.raises(Refusal) as no:
        asked(Drawers(), "2016-02-30")
    assert (no.value.code, no.value.field) == ("unknown_period", "period")
    assert period("2016-Q4").last == date(2016, 12, 31) and period("2016-02").name == "Februari 2016"


def test_a_sum_changed_by_other_hands_is_found_on_its_day():
    file = Assessed().demanded()
    file.pay(DUE, "BJB-0001")
    file.drawers.documents["payments", "BJB-0001"]["amount"] = DUE - 625
    found = balancing.unbalanced(file.drawers, *YEAR)
    assert {(each.day, each.ledger, each.counted) for each in found} >= {("2016-03-10", DUE, DUE - 625)}
    with pytest.raises(balancing.LedgerDiffers, match="2016-03-10"):
        balancing.require_balanced(file.drawers, period("2016-03"))


def test_at_night_a_day_that_differs_is_a_trouble_until_it_agrees():
    file = Assessed().demanded()
    file.pay(DUE, "BJB-0001")
    drawers = file.drawers
    assert [due.key for due in balancing.nightly(drawers)] == ["balanced:ledger-2016-11-30"]
    drawers.documents["payments", "BJB-0001"]["amount"] = 1
    dues = {due.key: due for due in balancing.nightly(drawers)}
    with pytest.raises(balancing.LedgerDiffers):
        drawers.let(dues["ledger:2016-03-10"].act)
    drawers.let(dues["balanced:ledger-2016-11-30"].act)
    assert list(balancing.nightly(drawers)) == []
    drawers.documents["payments", "BJB-0001"]["amount"] = DUE
    drawers.now += timedelta(days=1)
    again = {due.key: due for due in balancing.nightly(drawers)}
    assert drawers.let(again["ledger:2016-03-10"].act) is None


def test_files_and_payments_of_an_older_version_are_entered_on_the_way():
    file = Assessed().demanded()
    file.pay(DUE, "BJB-0001")
    file.pay(7, "BJB-0002", code="999999")
    drawers = file.drawers
    expected = ledger.days(drawers, *YEAR)
    for (collection, id), document in list(drawers.documents.items()):
        if collection in ledger.COLLECTIONS:
            del drawers.documents[collection, id]
        drawers.documents.get((collection, id), document).pop("posted", None)
        for beside in ("excess", "waits", "paid_on", "owing_since"):
            document.pop(beside, None)
    for due in list(balancing.nightly(drawers)):
        if due.key.startswith("post:"):
            drawers.let(due.act)
    assert ledger.days(drawers, *YEAR) == expected
    assert not [due for due in balancing.nightly(drawers) if due.key.startswith("post:")]
