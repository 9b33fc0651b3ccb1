"""Of any file: the clock never runs backwards, no pause brings an end nearer, and all its answers agree."""

import inspect
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.office_calendar import office_hours
from catalogue.path import Limit
from values.clock import Pause, due_at, milestones, read_clock
from values.dates import JAKARTA, office_date
from values.working_days import add_working_days, working_days_between

OFFICE = office_hours()
DAYS = ("day", "working_day", "month")
INSTANT = timedelta.resolution
few = settings(max_examples=40, deadline=None)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAKARTA)


def limit(amount: int, unit: str) -> Limit:
    return Limit(amount=amount, unit=unit)


moments = st.integers(0, 60 * 24 * 365 * 5).map(lambda minutes: at("2016-01-01") + timedelta(minutes=minutes))
spans = st.integers(0, 60 * 24 * 40).map(lambda minutes: timedelta(minutes=minutes))
limits = st.one_of(
    st.builds(limit, st.integers(1, 600), st.just("minute")),
    st.builds(limit, st.integers(1, 60), st.just("hour")),
    st.builds(limit, st.integers(1, 30), st.sampled_from(["day", "working_day"])),
    st.builds(limit, st.integers(1, 6), st.just("month")),
)


@st.composite
def cases(draw, lasting: bool = True):
    """(limit, began, pauses): pauses may overlap, lie before the beginning, take no time, and (`lasting`) be open."""
    began = draw(moments)
    pauses = []
    for number in range(draw(st.integers(0, 4))):
        since = began - timedelta(days=5) + draw(spans)
        until = None if lasting and draw(st.integers(0, 4)) == 0 else since + draw(spans)
        pauses.append(Pause(since, until, f"reason {number}"))
    return draw(limits), began, pauses


def known_at(moment: datetime, pauses: list[Pause]) -> list[Pause]:
    """What the history said at `moment`: pauses to come unknown, pauses not over still open."""
    return [
        Pause(pause.since, pause.until if pause.until and pause.until <= moment else None, pause.reason)
        for pause in pauses
        if pause.since <= moment
    ]


@few
@given(cases(), st.lists(spans, min_size=2, max_size=6))
def test_the_clock_never_runs_backwards(case, later):
    allowed, began, pauses = case
    readings = [read_clock(allowed, began, began + span, pauses, OFFICE) for span in sorted(later)]
    for earlier, then in pairwise(readings):
        assert then.used >= earlier.used and then.left <= earlier.left and then.due >= earlier.due
        assert then.overdue >= earlier.overdue, "what is late stays late"


@few
@given(cases(), st.lists(spans, min_size=2, max_size=6))
def test_what_was_counted_is_never_taken_back_by_a_pause_that_begins_afterwards(case, later):
    allowed, began, pauses = case
    asked = [began + span for span in sorted(later)]
    readings = [read_clock(allowed, began, moment, known_at(moment, pauses), OFFICE) for moment in asked]
    for earlier, then in pairwise(readings):
        assert then.used >= earlier.used
        assert then.overdue >= earlier.overdue


@few
@given(cases(), spans, spans, st.booleans(), spans)
def test_a_pause_never_makes_a_limit_end_earlier_and_never_uses_time(case, offset, length, lasting, later):
    allowed, began, pauses = case
    asked, since = began + later, began - timedelta(days=5) + offset
    more = [*pauses, Pause(since, None if lasting else since + length, "one more")]
    assert due_at(allowed, began, asked, more, OFFICE) >= due_at(allowed, began, asked, pauses, OFFICE)
    before, after = (read_clock(allowed, began, asked, each, OFFICE) for each in (pauses, more))
    assert after.used <= before.used and after.overdue <= before.overdue


@few
@given(cases(), spans, st.randoms(use_true_random=False))
def test_overlaps_and_order_of_pauses_change_nothing(case, later, random):
    allowed, began, pauses = case
    asked = began + later
    halves = [
        half
        for pause in pauses
        for middle in [pause.since + ((pause.until or asked) - pause.since) / 2]
        for half in (
            [Pause(pause.since, middle, pause.reason), Pause(middle, pause.until, pause.reason)]
            if middle > pause.since
            else [pause]
        )
    ]
    shuffled = random.sample([*pauses, *halves], len(pauses) + len(halves))
    assert read_clock(allowed, began, asked, shuffled, OFFICE) == read_clock(allowed, began, asked, pauses, OFFICE)


@few
@given(cases(lasting=False))
def test_a_limit_is_used_up_at_the_moment_it_ends_and_not_before(case):
    allowed, began, pauses = case
    end = due_at(allowed, began, began, pauses, OFFICE)
    on_time, late, just_before = (
        read_clock(allowed, began, moment, pauses, OFFICE)
        for moment in (end, end + INSTANT, end - timedelta(seconds=1))
    )
    assert (on_time.due, on_time.overdue, late.overdue) == (end, False, True)
    assert late.used == allowed.amount and late.left == 0
    assert just_before.used < allowed.amount


@few
@given(cases(), spans)
def test_a_file_does_not_become_late_while_it_is_paused(case, later):
    allowed, began, pauses = case
    now = read_clock(allowed, began, began + later, pauses, OFFICE)
    if now.stopped_because:
        start = min(pause.since for pause in pauses if pause.holds_at(began + later))
        assert now.overdue == read_clock(allowed, began, max(start, began), pauses, OFFICE).overdue
    assert now.running == (now.stopped_because is None)


@few
@given(moments, st.integers(1, 60), spans)
def test_working_days_agree_with_the_calendar_when_nothing_pauses(began, days, later):
    start, asked = office_date(began), began + later
    assert office_date(due_at(limit(days, "working_day"), began, asked, [], OFFICE)) == add_working_days(
        start, days, OFFICE.holidays
    )
    ended = read_clock(limit(days, "working_day"), began, asked, [], OFFICE, ended=asked)
    assert ended.used == working_days_between(start, office_date(asked), OFFICE.holidays)


@few
@given(moments, st.integers(1, 2000), moments)
def test_minutes_end_in_opening_hours_and_stand_still_outside(began, minutes, asked):
    end = due_at(limit(minutes, "minute"), began, began, [], OFFICE)
    assert any(opens < end <= closes for opens, closes in OFFICE.open_on(office_date(end)))
    windows = OFFICE.open_on(office_date(asked))
    if not any(opens <= asked <= closes for opens, closes in windows):
        closed_since = max([closes for _, closes in windows if closes < asked], default=asked.replace(hour=0, minute=0))
        then, now = (read_clock(limit(minutes, "minute"), began, each, [], OFFICE) for each in (closed_since, asked))
        assert then.used == now.used


@few
@given(cases(lasting=False))
def test_a_reminder_comes_before_the_end_and_the_escalation_one_working_day_after(case):
    allowed, began, pauses = case
    remind, end, escalate = milestones(allowed, began, began, pauses, OFFICE)
    assert (remind.name, end.name, escalate.name) == ("remind", "due", "escalate")
    assert began <= remind.at < end.at < escalate.at
    assert end.at == due_at(allowed, began, began, pauses, OFFICE)
    assert working_days_between(office_date(end.at), office_date(escalate.at), OFFICE.holidays) == 1
    if allowed.unit in DAYS and remind.at > began:
        last_before = OFFICE.working_day_up_to(office_date(end.at) - timedelta(days=1))
        assert remind.at in [opens for opens, _ in OFFICE.open_on(office_date(remind.at))][:1]
        assert office_date(remind.at) <= last_before


def test_the_clock_is_told_nothing_about_the_applicant():
    assert set(inspect.signature(read_clock).parameters) == {"limit", "began", "asked", "pauses", "office", "ended"}
    assert set(Limit.model_fields) == {"amount", "unit", "per"}
