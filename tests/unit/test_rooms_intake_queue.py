"""The promised day knows the queue ahead: files in hand divided by the pace at which they are finished."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.office_calendar import office_holidays
from contracts import intake
from services.intake import printing, store
from services.intake.queue import KEPT, Workload
from tests.builders import Counter, Drawers, on
from values.dates import JAKARTA
from values.working_days import add_working_days

MONDAY = date(2016, 6, 13)


def paced(in_hand: int, a_day: int, days: int = 10) -> Workload:
    """So many in hand, and as many finished on each working day before that Monday."""
    work, day = Workload(in_hand=in_hand), MONDAY
    for _ in range(days):
        day = max(d for d in (day - timedelta(days=n) for n in range(1, 8)) if d.weekday() < 5 and d < day)
        work.finished[day] = a_day
    return work


def test_littles_law_over_working_days():
    """119 in hand and this one, twelve finished a day: ten working days."""
    assert paced(119, 12).days_ahead(MONDAY, office_holidays()) == 10
    assert paced(120, 12).days_ahead(MONDAY, office_holidays()) == 11


def test_what_was_finished_today_or_long_ago_does_not_set_the_pace():
    work = paced(119, 12)
    before = work.days_ahead(MONDAY, office_holidays())
    work.finished |= {MONDAY: 500, MONDAY - timedelta(days=40): 500}
    assert work.days_ahead(MONDAY, office_holidays()) == before


def test_too_little_finished_tells_nothing():
    assert paced(500, 3, days=3).days_ahead(MONDAY, office_holidays()) is None
    assert Workload(in_hand=500).days_ahead(MONDAY, office_holidays()) is None


@given(st.integers(0, 2000), st.integers(1, 100))
def test_a_longer_queue_never_brings_the_day_nearer_and_a_faster_office_never_puts_it_off(in_hand, a_day):
    holidays = office_holidays()
    now = paced(in_hand, a_day).days_ahead(MONDAY, holidays)
    if now is not None:
        assert now >= 1
        assert paced(in_hand + 50, a_day).days_ahead(MONDAY, holidays) >= now
        assert paced(in_hand, a_day + 5).days_ahead(MONDAY, holidays) <= now


def test_old_days_are_forgotten_and_nothing_is_less_than_none():
    work = Workload(finished={MONDAY - KEPT - timedelta(days=1): 3})
    work.done(MONDAY)
    assert (work.in_hand, work.finished) == (0, {MONDAY: 1})


# --- at the counter ---------------------------------------------------------------------------------------------------


@pytest.fixture
def drawers() -> Drawers:
    return Drawers(now=datetime(2016, 6, 13, 10, tzinfo=JAKARTA))


def queue(drawers: Drawers, work: Workload) -> None:
    drawers.documents["workloads", "jasa_usaha"] = {"_id": "jasa_usaha", **work.model_dump(mode="json")}


def test_the_promise_is_the_standard_when_the_queue_is_short(drawers):
    queue(drawers, paced(20, 12))
    counter = Counter(drawers=drawers, acted_at=drawers.now)
    counter.tick(at=drawers.now)
    record = counter.record
    assert record.promised_on == record.standard_on == add_working_days(MONDAY, 7, office_holidays())


def test_a_long_queue_puts_the_promise_off_and_the_resi_says_why(drawers):
    queue(drawers, paced(179, 12))
    counter = Counter(drawers=drawers, acted_at=drawers.now)
    answer = counter.tick(at=drawers.now)
    record = counter.record
    promised = add_working_days(MONDAY, 15, office_holidays())
    assert (record.promised_on, answer["promised_on"]) == (promised, promised.isoformat())
    assert record.standard_on == add_working_days(MONDAY, 7, office_holidays()), "the clock holds to the standard"
    [said] = drawers.heard(intake.ApplicationRegistered)
    assert (said.queue_ahead, said.promised_on, said.standard_on) == (179, promised, record.standard_on)
    drawers.let(printing.print_resi(counter.papers, drawers, said))
    assert "179 berkas" in counter.papers.made["resi"]["queue_note"]


def test_what_comes_later_from_paper_was_promised_its_standard(drawers):
    queue(drawers, paced(5000, 1, days=15))
    counter = Counter(drawers=drawers)
    assert counter.tick()["promised_on"] == "2016-03-11"


def test_a_file_is_in_hand_from_its_resi_to_its_end(drawers):
    counter = Counter(drawers=drawers)
    assert store.workload(drawers, "jasa_usaha").in_hand == 0
    counter.tick()
    assert store.workload(drawers, "jasa_usaha").in_hand == 1
    counter.withdraw(at=on(3, 4))
    work = store.workload(drawers, "jasa_usaha")
    assert (work.in_hand, work.finished) == (0, {date(2016, 3, 4): 1})
