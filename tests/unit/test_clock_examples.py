"""Clocks worked out by hand, with the calendar of the days they ran on."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from catalogue.force_majeure import force_majeure_pauses
from catalogue.office_calendar import office_hours
from catalogue.path import Limit
from values.clock import Pause, due_at, milestones, read_clock
from values.dates import JAKARTA, office_date

OFFICE = office_hours()
DAYS = ("day", "working_day", "month")
INSTANT = timedelta.resolution


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JAKARTA)


def limit(amount: int, unit: str) -> Limit:
    return Limit(amount=amount, unit=unit)


def due(amount: int, unit: str, began: str, *pauses: Pause) -> datetime:
    return due_at(limit(amount, unit), at(began), at(began), pauses, OFFICE)


def applicant(since: str, until: str | None) -> Pause:
    return Pause(at(since), at(until) if until else None, "applicant")


@pytest.mark.parametrize(
    ("began", "days", "hari", "hari_kerja"),
    [
        ("2016-09-02 10:00", 3, date(2016, 9, 5), date(2016, 9, 7)),  # over a weekend
        ("2016-09-05 10:00", 3, date(2016, 9, 8), date(2016, 9, 8)),  # not over one
        ("2016-07-01 10:00", 3, date(2016, 7, 4), date(2016, 7, 13)),  # Lebaran with joint leave, 4 to 8 July
        ("2020-05-20 10:00", 3, date(2020, 5, 23), date(2020, 5, 27)),  # Lebaran without: moved because of the pandemic
        ("2020-12-30 10:00", 1, date(2020, 12, 31), date(2021, 1, 4)),  # to here
        ("2016-09-03 10:00", 1, date(2016, 9, 4), date(2016, 9, 5)),  # begun on a Saturday; hari may end on a Sunday
    ],
)
def test_hari_and_hari_kerja_are_different_units(began, days, hari, hari_kerja):
    assert office_date(due(days, "day", began)) == hari
    assert office_date(due(days, "working_day", began)) == hari_kerja


@pytest.mark.parametrize(
    ("began", "months", "ends"),
    [
        ("2016-01-31 09:00", 1, date(2016, 2, 29)),
        ("2017-01-31 09:00", 1, date(2017, 2, 28)),
        ("2016-08-31 09:00", 3, date(2016, 11, 30)),
        ("2016-11-30 09:00", 3, date(2017, 2, 28)),
        ("2016-12-15 09:00", 1, date(2017, 1, 15)),
        ("2016-02-29 09:00", 12, date(2017, 2, 28)),
    ],
)
def test_a_month_ends_on_the_same_date_or_the_last_of_a_shorter_month(began, months, ends):
    assert office_date(due(months, "month", began)) == ends


def test_months_are_read_with_the_part_of_the_month_gone():
    read = [
        read_clock(limit(3, "month"), at("2016-01-31 09:00"), at(asked), [], OFFICE).used
        for asked in ("2016-02-01 09:00", "2016-03-01 00:30", "2016-03-16 09:00", "2016-04-01 00:30")
    ]
    assert read == [Decimal("0.00"), Decimal("1.00"), Decimal("1.48"), Decimal("2.00")]


@pytest.mark.parametrize(
    ("began", "amount", "unit", "ends"),
    [
        ("2016-09-05 09:20", 15, "minute", "2016-09-05 09:35"),
        ("2016-09-05 15:45", 15, "minute", "2016-09-05 16:00"),  # ends with the day, not on the next one
        ("2016-09-05 15:50", 15, "minute", "2016-09-06 08:05"),
        ("2016-09-05 11:50", 15, "minute", "2016-09-05 13:05"),  # over noon
        ("2016-09-02 11:20", 15, "minute", "2016-09-02 13:05"),  # over noon on a Friday
        ("2016-09-02 16:20", 15, "minute", "2016-09-05 08:05"),  # over a weekend
        ("2016-09-04 22:00", 15, "minute", "2016-09-05 08:15"),  # brought in on a Sunday night
        ("2016-07-01 16:29", 2, "minute", "2016-07-11 08:01"),  # over Lebaran
        ("2016-09-05 14:00", 4, "hour", "2016-09-06 10:00"),
        ("2016-09-05 08:00", 7, "hour", "2016-09-05 16:00"),
    ],
)
def test_minutes_and_hours_run_only_while_the_office_is_open(began, amount, unit, ends):
    assert due(amount, unit, began) == at(ends)


def test_hours_are_read_to_a_hundredth_and_rounded_down():
    now = read_clock(limit(4, "hour"), at("2016-09-05 14:00"), at("2016-09-06 08:20"), [], OFFICE)
    assert (now.used, now.left, now.running, now.overdue) == (Decimal("2.33"), Decimal("1.67"), True, False)


def test_days_touched_by_waiting_for_the_applicant_do_not_count():
    began, allowed = at("2016-09-05 09:00"), limit(5, "working_day")
    waiting = read_clock(allowed, began, at("2016-09-08 09:00"), [applicant("2016-09-07 14:00", None)], OFFICE)
    assert (waiting.used, waiting.left, waiting.running, waiting.stopped_because) == (1, 4, False, "applicant")
    assert office_date(waiting.due) == date(2016, 9, 15), "if the applicant came today"
    back = applicant("2016-09-07 14:00", "2016-09-09 10:00")
    again = read_clock(allowed, began, at("2016-09-14 09:00"), [back], OFFICE)
    # 6 and 13 September are over, 7 to 9 were the applicant's, 10 and 11 a weekend, 12 Idul Adha
    assert (again.used, again.left, again.running, again.stopped_because) == (2, 3, True, None)
    assert office_date(again.due) == date(2016, 9, 16)


def test_a_pause_that_ends_at_midnight_leaves_the_next_day_to_the_office():
    assert office_date(due(1, "working_day", "2016-09-05 09:00", applicant("2016-09-05 10:00", "2016-09-06"))) == date(
        2016, 9, 6
    )
    until_morning = applicant("2016-09-05 10:00", "2016-09-06 00:01")
    assert office_date(due(1, "working_day", "2016-09-05 09:00", until_morning)) == date(2016, 9, 7)


def test_a_pause_that_takes_no_time_takes_no_day():
    nothing = applicant("2016-09-06 10:00", "2016-09-06 10:00")
    assert office_date(due(1, "working_day", "2016-09-05 09:00", nothing)) == date(2016, 9, 6)


def test_a_pause_that_begins_when_the_limit_has_ended_changes_nothing():
    assert due(15, "minute", "2016-09-05 09:00", applicant("2016-09-05 09:15", "2016-09-06 09:00")) == at(
        "2016-09-05 09:15"
    )
    day_after = applicant("2016-09-07 00:00", "2016-09-09 10:00")
    assert office_date(due(1, "working_day", "2016-09-05 09:00", day_after)) == date(2016, 9, 6)


def test_a_late_file_has_nothing_left_and_shows_all_it_used():
    late = read_clock(limit(3, "working_day"), at("2016-09-05 09:00"), at("2016-09-15 09:00"), [], OFFICE)
    assert (late.used, late.left, late.overdue, late.running) == (6, 0, True, True)


def test_of_minutes_a_pause_takes_its_open_time():
    pause = applicant("2016-09-05 09:05", "2016-09-06 08:10")
    assert due(15, "minute", "2016-09-05 09:00", pause) == at("2016-09-06 08:20")


def test_the_fire_of_2016_stops_every_clock_and_says_why():
    fire = force_majeure_pauses()
    began = at("2016-09-26 15:50")
    on_the_day = read_clock(limit(3, "working_day"), began, at("2016-09-28 10:00"), fire, OFFICE)
    assert (on_the_day.used, on_the_day.running) == (0, False)
    assert on_the_day.stopped_because == "force_majeure:360/Kep.001-BPPT/IX/2016"
    assert read_clock(limit(3, "working_day"), began, at("2016-09-29 00:00"), fire, OFFICE).running
    ends = {unit: due(amount, unit, "2016-09-26 15:50", *fire) for unit, amount in (("minute", 15), ("hour", 2))}
    assert ends == {"minute": at("2016-09-29 08:05"), "hour": at("2016-09-29 09:50")}
    days = {unit: office_date(due(n, unit, "2016-09-26 15:50", *fire)) for unit, n in zip(DAYS, (3, 3, 1), strict=True)}
    assert days == {"day": date(2016, 10, 1), "working_day": date(2016, 10, 3), "month": date(2016, 10, 28)}


def test_a_file_that_ended_stands_still_and_counts_its_last_day():
    began, ended = at("2016-09-05 09:00"), at("2016-09-08 15:00")
    for asked in ("2016-09-08 15:00", "2016-12-01 09:00"):
        done = read_clock(limit(3, "working_day"), began, at(asked), [], OFFICE, ended)
        assert (done.used, done.left, done.overdue, done.running, done.stopped_because) == (3, 0, False, False, "ended")
    running = read_clock(limit(3, "working_day"), began, at("2016-09-08 14:59"), [], OFFICE, ended)
    assert (running.used, running.left, running.running) == (2, 1, True)


def test_a_file_asked_about_before_it_began_has_used_nothing():
    before = read_clock(limit(3, "day"), at("2016-09-05 09:00"), at("2016-09-01 09:00"), [], OFFICE)
    assert (before.used, before.running, before.stopped_because, before.overdue) == (0, False, "not_begun", False)


def test_of_two_pauses_the_longer_lasting_one_is_the_reason():
    fire, person = Pause(at("2016-09-27"), None, "force_majeure:1"), applicant("2016-09-20 10:00", None)
    now = read_clock(limit(9, "day"), at("2016-09-19 09:00"), at("2016-09-28 09:00"), [fire, person], OFFICE)
    assert (now.stopped_because, now.used) == ("applicant", 0)


@pytest.mark.parametrize(
    ("began", "amount", "unit", "remind", "ends", "escalate"),
    [
        ("2016-09-05 09:20", 10, "working_day", "2016-09-16 08:00", date(2016, 9, 20), date(2016, 9, 21)),
        ("2016-09-02 09:20", 2, "working_day", "2016-09-05 08:00", date(2016, 9, 6), date(2016, 9, 7)),
        ("2016-09-05 09:20", 1, "working_day", "2016-09-05 09:20", date(2016, 9, 6), date(2016, 9, 7)),
        ("2016-09-01 09:20", 14, "day", "2016-09-09 08:00", date(2016, 9, 15), date(2016, 9, 16)),
        ("2016-09-03 09:20", 1, "day", "2016-09-03 09:20", date(2016, 9, 4), date(2016, 9, 5)),
        ("2016-08-31 09:20", 3, "month", "2016-11-08 08:00", date(2016, 11, 30), date(2016, 12, 1)),
    ],
)
def test_the_milestones_of_days_and_months(began, amount, unit, remind, ends, escalate):
    told = dict(milestones(limit(amount, unit), at(began), at(began), [], OFFICE))
    assert told["remind"] == at(remind)
    assert told["due"] == at(f"{ends} 23:59:59.999999")
    assert told["escalate"] == at(f"{escalate} 23:59:59.999999")


def test_the_milestones_of_hours():
    told = dict(milestones(limit(4, "hour"), at("2016-09-09 14:30"), at("2016-09-09 14:30"), [], OFFICE))
    # Friday until 16.30, Monday is Idul Adha
    assert told == {
        "remind": at("2016-09-13 09:00"),
        "due": at("2016-09-13 10:00"),
        "escalate": at("2016-09-14 10:00"),
    }


def test_an_instant_stored_in_utc_is_the_same_instant():
    began = at("2016-09-05 09:20")
    for unit in ("minute", "day"):
        assert read_clock(limit(5, unit), began.astimezone(UTC), began.astimezone(UTC), [], OFFICE) == read_clock(
            limit(5, unit), began, began, [], OFFICE
        )
    night = datetime(2016, 9, 5, 18, 0, tzinfo=UTC)  # already Tuesday in Jakarta
    assert office_date(due_at(limit(1, "day"), night, night, [], OFFICE)) == date(2016, 9, 7)


def test_what_makes_no_sense_is_refused():
    now, naive = at("2016-09-05 09:20"), datetime(2016, 9, 5, 9, 20)
    with pytest.raises(ValueError, match="time zone"):
        read_clock(limit(1, "day"), naive, now, [], OFFICE)
    with pytest.raises(ValueError, match="time zone"):
        Pause(naive, None, "applicant")
    with pytest.raises(ValueError, match="before it began"):
        Pause(now, now - INSTANT, "applicant")
    with pytest.raises(ValueError, match="says why"):
        Pause(now, None, "")
    with pytest.raises(ValueError, match="before it began"):
        read_clock(limit(1, "day"), now, now, [], OFFICE, ended=now - INSTANT)
