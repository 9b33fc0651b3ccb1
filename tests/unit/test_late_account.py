"""What is owed on a day: by hand for known debts, and what must hold for any."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.late_rules import interest_rules, late_notices, load_interest_rules
from catalogue.reading import CatalogueFault
from catalogue.retribution.debt import Demanded, Paid
from catalogue.retribution.late_account import Terms, owed
from catalogue.retribution.late_interest import WAYS, beginning_of
from values.refusal import Refusal

DUE = date(2016, 4, 7)
OLD, NEW = interest_rules()
WAY_OF = {
    "blocks": "bulan_keterlambatan_blok_30_hari",
    "blocks_rounded_up": "bulan_keterlambatan_hari_dibagi_30",
    "started_months": "bulan_keterlambatan_bulan_dimulai",
}


def old(**changes):
    return OLD.model_copy(update=changes)


def new(**changes):
    return NEW.model_copy(update=changes)


def on(day, *payments, principal=1_000_000, due=DUE, rules=(OLD, NEW), **how):
    return of(
        principal, due, [Paid(reference, when, 0, amount) for reference, when, amount in payments], day, rules, **how
    )


def of(principal, due, moves, day, rules=(OLD, NEW), **how):
    """The account of one SKRD, signed 30 days before it is due."""
    return owed([*moves, Demanded("SKRD", due - timedelta(days=30), 0, principal, due)], day, Terms(rules, **how))


@pytest.mark.parametrize(
    ("day", "interest"),
    [
        (date(2016, 3, 1), 0), (DUE, 0), (date(2016, 4, 8), 20_000), (date(2016, 5, 7), 20_000),
        (date(2016, 5, 8), 40_000), (date(2018, 5, 7), 500_000), (date(2019, 4, 8), 740_000),
    ],
)  # fmt: skip
def test_two_percent_for_each_month_begun_without_a_cap(day, interest):
    found = on(day)
    assert (found.interest, found.principal_left, found.total_left) == (interest, 1_000_000, 1_000_000 + interest)


def test_one_percent_and_never_more_than_twenty_four_months():
    due = date(2024, 4, 8)
    assert on(date(2024, 5, 9), due=due).interest == 20_000
    found = on(date(2030, 1, 1), due=due)
    assert found.interest == 240_000 and found.lines[0].months == 24
    assert "paling lama 24 bulan" in found.remarks[0]


def test_a_new_basis_counts_for_the_months_that_begin_under_it_and_the_answer_says_so():
    found = on(date(2024, 3, 1), due=date(2023, 10, 10))
    first, second = (line.as_dict() for line in found.lines)
    assert [(line.months, line.rule.code, line.amount) for line in found.lines] == [
        (3, "uu_28_2009", 60_000),
        (2, "uu_1_2022", 20_000),
    ]
    assert first["article"] == "Pasal 160 ayat (3) Undang-Undang Nomor 28 Tahun 2009"
    assert second["said"] == (
        "2 bulan (dimulai 11 Januari 2024 sampai 11 Februari 2024) × 1 % × Rp 1.000.000 = Rp 20.000"
    )
    assert (second["unrounded"], second["percent_per_month"], second["basis"]) == ("20000", "1", "uu_1_2022")
    assert any("5 Januari 2024" in remark for remark in found.remarks)


def test_a_debt_older_than_the_cap_grows_no_further_under_the_new_basis_and_loses_nothing():
    before, after = (on(day, due=date(2020, 1, 10)) for day in (date(2024, 1, 4), date(2025, 1, 1)))
    assert before.interest == after.interest == 48 * 20_000


def test_a_part_paid_counts_from_the_next_month_on():
    found = on(date(2016, 6, 10), ("a", date(2016, 5, 8), 400_000))
    assert [(line.months, line.principal, line.amount) for line in found.lines] == [
        (2, 1_000_000, 40_000),
        (1, 600_000, 12_000),
    ]
    assert (found.principal_left, found.interest_left) == (600_000, 52_000)


def test_money_settles_principal_first_then_interest_then_nothing():
    found = on(date(2017, 1, 1), ("b", date(2016, 6, 1), 30_000), ("a", date(2016, 5, 1), 1_015_000))
    assert [(s.reference, s.principal, s.interest, s.excess) for s in found.settled] == [
        ("a", 1_000_000, 15_000, 0),
        ("b", 0, 5_000, 25_000),
    ]
    assert (found.total_left, found.overpaid, found.interest, found.days_late) == (0, 25_000, 20_000, 24)


def test_where_interest_comes_first_the_principal_goes_on_bearing_it():
    found = on(date(2016, 5, 8), ("a", date(2016, 5, 1), 1_000_000), first="interest")
    assert [(s.principal, s.interest) for s in found.settled] == [(980_000, 20_000)]
    assert (found.principal_left, found.interest, found.interest_left) == (20_000, 20_400, 400)


def test_half_a_rupiah_of_a_line_counts_as_one():
    assert on(date(2016, 4, 8), principal=125).lines[0].as_dict()["unrounded"] == "2.5"
    assert on(date(2016, 4, 8), principal=125).interest == 3


def test_a_due_date_on_a_holiday_and_force_majeure_count_only_where_the_basis_says_so():
    monday = date(2016, 4, 11)
    how = {"closed": lambda day: monday, "stands_still": lambda day: day.month == 5}
    assert on(date(2016, 6, 20), **how).interest == 60_000
    lenient = old(due_on_a_holiday="moves", force_majeure="free")
    found = on(date(2016, 6, 20), rules=[lenient], **how)
    assert (found.due_on, found.interest) == (monday, 40_000)
    assert "1 bulan tidak dikenai bunga" in found.remarks[0]


def test_one_reference_with_two_amounts_is_refused():
    with pytest.raises(Refusal) as no:
        on(DUE, ("a", DUE, 1), ("a", DUE, 2))
    assert no.value.code == "conflicting_repeat"


def test_two_bases_may_not_begin_on_one_day(tmp_path):
    folder = tmp_path / "late_interest"
    folder.mkdir()
    text = "\n".join(f"{k}: {v!r}" for k, v in {"code": "a", "since": "2012-01-01"}.items())
    rest = (
        "\npercent_per_month: '2'\ncounting: blocks\ndue_on_a_holiday: stays\nforce_majeure: runs\n"
        "legal_basis: x\narticle: x\nsource: x\n"
    )
    (folder / "a.yaml").write_text(text + rest)
    (folder / "b.yaml").write_text(text.replace("'a'", "'b'") + rest)
    with pytest.raises(CatalogueFault, match="begins on this day"):
        load_interest_rules(tmp_path)


def test_what_is_assumed_of_the_notices_is_marked():
    notices = late_notices()
    assert (notices.teguran.days, notices.strd.days, notices.settles_first.what) == (7, 7, "principal")
    assert notices.teguran.assumed and notices.strd.assumed and notices.settles_first.assumed


# --- for any figures -------------------------------------------------------------------------------------------------

days = st.dates(date(2016, 4, 1), date(2026, 12, 31))
amounts = st.integers(1, 900_000)
principals = st.integers(1, 10**9)
countings = st.sampled_from([*WAY_OF])
payments = st.lists(st.tuples(days, amounts), max_size=6).map(
    lambda found: [Paid(f"BJB-{n:04d}", day, 0, amount) for n, (day, amount) in enumerate(found)]
)
firsts = st.sampled_from(["principal", "interest"])


@given(st.dates(date(2012, 1, 1), date(2023, 1, 1)), st.integers(0, 900), countings)
def test_a_month_begins_where_the_count_of_months_goes_up(due, late, counting):
    day = due + timedelta(days=late)
    months = WAYS[WAY_OF[counting]](due, day)
    assert beginning_of(counting, due, months + 1) > day
    assert months == 0 or beginning_of(counting, due, months) <= day


@given(principals, payments, days, st.data(), firsts)
def test_payments_in_any_order_and_repeated_end_in_the_same_balance(principal, paid, day, data, first):
    told = data.draw(st.permutations(paid + (data.draw(st.lists(st.sampled_from(paid), max_size=4)) if paid else [])))
    one, other = (of(principal, DUE, each, day, (OLD, NEW), first=first) for each in (paid, told))
    assert one == other
    came = sum(each.amount for each in paid if each.day <= day)
    assert principal + one.interest - one.total_left + one.overpaid == came, "no rupiah is lost or made"
    assert one.principal_left >= 0 and one.interest_left >= 0


@given(principals, payments, days, st.integers(0, 400), countings, countings, firsts)
def test_interest_never_shrinks_with_the_days(principal, paid, day, more, before, after, first):
    rules = (old(counting=before), new(counting=after))
    found = [of(principal, DUE, paid, day + timedelta(days=n), rules, first=first) for n in (0, more)]
    for earlier, later in pairwise(found):
        assert earlier.interest <= later.interest
        assert later.settled[: len(earlier.settled)] == earlier.settled, "what a payment settled stays so"


@given(principals, st.dates(date(2016, 1, 1), date(2023, 12, 1)), days, countings, countings)
def test_a_change_of_basis_is_continuous_at_its_date(principal, due, switch, before, after):
    """On its day nothing of what was charged is lost, and no more than one month is added."""
    earlier, later = old(counting=before), new(counting=after, since=switch)
    eve = switch - timedelta(days=1)
    under_both = of(principal, due, [], eve, (earlier, later))
    assert under_both.lines == of(principal, due, [], eve, (earlier,)).lines
    change = of(principal, due, [], switch, (earlier, later)).interest - under_both.interest
    assert 0 <= change <= principal // 100 + 1


@given(principals, st.dates(date(2016, 1, 1), date(2023, 12, 1)), st.integers(0, 3000), countings, days)
def test_two_bases_that_say_the_same_are_as_one(principal, due, late, counting, switch):
    one = old(counting=counting)
    day = due + timedelta(days=late)
    two = (one, one.model_copy(update={"since": switch}))
    found = [of(principal, due, [], day, rules) for rules in (two, (one,))]
    assert found[0].interest == found[1].interest
    assert len({sum(line.months for line in each.lines) for each in found}) == 1
