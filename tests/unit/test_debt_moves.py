"""What relief, correction, instalments, a further demand and money given back make of a debt: by hand, and for any."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from catalogue.late_rules import instalment_rules, interest_rules
from catalogue.retribution.debt import Compensated, Demanded, Due, Paid, Reduced, Rescheduled, Returned
from catalogue.retribution.late_account import Terms, owed

SIGNED, DUE = date(2016, 3, 8), date(2016, 4, 7)
SKRD = Demanded("SKRD", SIGNED, 0, 1_000_000, DUE)
TERMS = Terms(interest_rules())


def on(day, *moves):
    return owed([*moves, SKRD], day, TERMS)


def paid(reference, day, amount):
    return Paid(reference, day, 0, amount)


def test_relief_counts_from_its_day_and_interest_charged_before_it_stays():
    found = on(date(2016, 5, 20), Reduced("R", date(2016, 5, 1), 0, 250_000))
    assert (found.principal, found.principal_left) == (750_000, 750_000)
    assert [(line.principal, line.amount) for line in found.lines] == [(1_000_000, 20_000), (750_000, 15_000)]


def test_a_correction_counts_from_the_start_and_its_interest_falls_away():
    correction = Reduced("LB", date(2016, 5, 1), 0, 250_000, from_the_start=True)
    found = on(date(2016, 5, 20), correction)
    assert (found.principal, found.interest) == (750_000, 30_000)
    money = paid("a", date(2016, 4, 20), 1_020_000)
    before, after = on(date(2016, 4, 30), money, correction), on(date(2016, 5, 1), money, correction)
    assert (before.principal_left, before.interest_left, before.overpaid) == (0, 0, 0)
    assert (after.principal_left, after.interest_left, after.overpaid) == (0, 0, 255_000)
    assert [(s.reference, s.principal, s.interest, s.excess) for s in after.settled] == [
        ("a", 1_000_000, 20_000, 0),
        ("LB", -250_000, -5_000, 255_000),
    ], "what the payment settled on its day stays as it was; the correction moves it"


def test_relief_of_what_is_paid_already_settles_interest_and_the_rest_is_too_much():
    found = on(date(2016, 4, 20), paid("a", date(2016, 4, 10), 1_000_000), Reduced("R", date(2016, 4, 12), 0, 100_000))
    assert (found.principal, found.principal_left, found.interest_left, found.overpaid) == (900_000, 0, 0, 80_000)
    assert found.cleared == ("a", date(2016, 4, 10))


def test_what_is_demanded_never_falls_below_nothing_and_each_move_says_by_how_much_it_fell():
    relief, correction = Reduced("R", date(2016, 3, 20), 0, 900_000), Reduced("LB", date(2016, 3, 25), 0, 300_000, True)
    found = on(date(2016, 4, 1), relief, correction)
    assert found.principal == 0 and [(each.reference, each.amount) for each in found.reductions] == [
        ("R", 900_000),
        ("LB", 100_000),
    ]


def test_relief_of_all_clears_the_debt_without_money():
    found = on(date(2016, 4, 1), Reduced("R", date(2016, 3, 20), 0, 1_000_000))
    assert (found.principal, found.total_left, found.cleared) == (0, 0, ("R", date(2016, 3, 20)))


def test_a_further_demand_has_its_own_day_and_is_settled_by_what_was_paid_too_much():
    more = Demanded("KB", date(2016, 4, 20), 0, 300_000, date(2016, 5, 20))
    found = on(date(2016, 5, 1), paid("a", date(2016, 4, 1), 1_100_000), more)
    assert (found.principal, found.principal_left, found.overpaid) == (1_300_000, 200_000, 0)
    assert (found.due_on, found.interest) == (date(2016, 5, 20), 0)
    assert on(date(2016, 5, 21), paid("a", date(2016, 4, 1), 1_100_000), more).interest == 4_000
    assert on(date(2016, 4, 19), more).principal == 1_000_000, "not before its day"


def test_instalments_bear_their_own_interest_until_each_is_due_and_that_of_lateness_after():
    parts = (Due(400_000, date(2016, 5, 15)), Due(400_000, date(2016, 6, 15)))
    plan = Rescheduled("P", date(2016, 4, 15), 0, parts, instalment_rules()[0])
    first = paid("a", date(2016, 4, 10), 200_000)
    found = on(date(2016, 5, 15), first, plan)
    assert [(part.left, part.due_on) for part in found.parts if part.left] == [
        (400_000, date(2016, 5, 15)),
        (400_000, date(2016, 6, 15)),
    ]
    told = [(line.principal, line.months, line.rule.code) for line in found.lines]
    assert told[0] == (1_000_000, 1, "uu_28_2009"), "late before the plan"
    assert sorted(told[1:]) == [(400_000, 1, "angsuran_uu_28_2009")] * 2
    late = on(date(2016, 5, 16), first, plan)
    assert (400_000, 1, "uu_28_2009") in [(line.principal, line.months, line.rule.code) for line in late.lines]
    assert late.due_on == date(2016, 5, 15)
    kept = on(date(2016, 6, 1), first, plan, paid("b", date(2016, 5, 10), 400_000))
    assert (kept.due_on, kept.principal_left) == (date(2016, 6, 15), 400_000)


def test_a_payment_that_becomes_known_after_the_plan_was_made_shortens_its_last_part():
    plan = Rescheduled("P", date(2016, 4, 15), 0, (Due(500_000, date(2016, 5, 15)), Due(500_000, date(2016, 6, 15))))
    found = on(date(2016, 4, 20), plan, paid("late news", date(2016, 4, 14), 600_000))
    assert [(part.amount, part.left) for part in found.parts] == [(600_000, 0), (400_000, 400_000)]


def test_a_cancelled_demand_gives_all_back_and_the_next_one_takes_it():
    cancelled = Reduced("BATAL", date(2016, 4, 20), 0, 1_000_000, from_the_start=True)
    again = Demanded("SKRD-2", date(2016, 4, 25), 0, 700_000, date(2016, 5, 25))
    money = paid("a", date(2016, 4, 10), 1_020_000)
    empty = on(date(2016, 4, 21), money, cancelled)
    assert (empty.principal, empty.interest, empty.overpaid) == (0, 0, 1_020_000)
    found = on(date(2016, 4, 30), money, cancelled, again)
    assert (found.principal_left, found.overpaid, found.cleared) == (0, 320_000, ("SKRD-2", date(2016, 4, 25)))
    back = Returned("KEMBALI", date(2016, 5, 1), 0, 320_000)
    assert on(date(2016, 5, 1), money, cancelled, again, back).overpaid == 0


days = st.dates(date(2016, 3, 8), date(2017, 12, 31))
sums = st.integers(1, 900_000)


@st.composite
def histories(draw):
    """Any moves an office could make."""
    moves = [SKRD]
    for n in range(draw(st.integers(0, 7))):
        day, within, amount = draw(days), draw(st.integers(0, 86_399)), draw(sums)
        kind = draw(st.sampled_from(["paid", "relief", "correction", "more", "plan", "interest back"]))
        if kind == "paid":
            moves.append(Paid(f"B{n}", day, within, amount))
        elif kind == "interest back":
            moves.append(Compensated(f"I{n}", day, within, draw(st.sampled_from([amount, -amount]))))
        elif kind == "more":
            moves.append(Demanded(f"KB{n}", day, within, amount, day + timedelta(days=30)))
        elif kind == "plan":
            halves = (Due(amount, day + timedelta(days=20)), Due(amount, day + timedelta(days=50)))
            moves.append(Rescheduled(f"P{n}", day, within, halves, instalment_rules()[0]))
        else:
            moves.append(Reduced(f"R{n}", day, within, amount, kind == "correction"))
    return moves


@given(histories(), days, st.data())
def test_whatever_happens_in_whatever_order_it_becomes_known_no_rupiah_is_lost_or_made(moves, day, data):
    found = owed(moves, day, TERMS)
    assert owed(data.draw(st.permutations(moves + moves[:3])), day, TERMS) == found
    came = sum(move.amount for move in moves if isinstance(move, Paid) and (move.day <= day))
    assert found.principal + found.interest - found.total_left + found.overpaid == came
    assert sum(each.money for each in found.settled) == came
    assert found.principal_left == sum(part.left for part in found.parts) >= 0
    wanted = sum(move.amount for move in moves if isinstance(move, Demanded) and (move.day <= day or move is SKRD))
    assert found.principal == wanted - sum(each.amount for each in found.reductions) >= 0
    assert found.overpaid >= 0 and found.interest_left >= 0
    assert (found.cleared is not None) == (found.principal_left == 0)
    interest_back = [move for move in moves if isinstance(move, Compensated)]
    assert found.compensation == sum(move.amount for move in interest_back if move.day <= day)
    without = owed([move for move in moves if move not in interest_back], day, TERMS)
    assert replace(found, compensation=0) == without, "it settles nothing, and nothing settles it"


def test_two_demands_of_one_moment_are_one_order_however_they_become_known():
    twin = Demanded("KB0", SIGNED, 0, 1, DUE)
    assert owed([SKRD, twin], DUE, TERMS) == owed([twin, SKRD], DUE, TERMS)


@given(histories(), days, st.integers(0, 300))
def test_what_was_settled_on_a_day_stays_so(moves, day, more):
    earlier, later = owed(moves, day, TERMS), owed(moves, day + timedelta(days=more), TERMS)
    assert later.settled[: len(earlier.settled)] == earlier.settled
