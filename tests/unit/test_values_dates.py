"""Dates, working days and licence numbers as the office writes and counts them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.office_calendar import holidays_of, office_holidays
from values.dates import JAKARTA, long_date, office_date, roman_month, short_date
from values.licence_number import licence_number
from values.working_days import add_working_days, is_working_day, working_days_between

DAYS = st.dates(min_value=date(2010, 1, 1), max_value=date(2027, 12, 31))


def test_dates_are_written_the_office_way():
    assert long_date(date(2016, 3, 5)) == "5 Maret 2016"
    assert short_date(date(2016, 3, 5)) == "05-03-2016"
    assert [roman_month(month) for month in (1, 3, 4, 9, 12)] == ["I", "III", "IV", "IX", "XII"]


@pytest.mark.parametrize("month", [0, 13, -1])
def test_there_is_no_month_outside_the_year(month):
    with pytest.raises(ValueError, match="no month"):
        roman_month(month)


def test_the_office_day_is_that_of_jakarta():
    assert office_date(datetime(2016, 9, 26, 17, 0, tzinfo=UTC)) == date(2016, 9, 27)
    assert office_date(datetime(2016, 9, 26, 16, 59, 59, tzinfo=UTC)) == date(2016, 9, 26)
    assert office_date(datetime(2016, 9, 27, 0, 0, tzinfo=JAKARTA)) == date(2016, 9, 27)


def test_an_instant_without_a_zone_has_no_office_day():
    with pytest.raises(ValueError, match="time zone"):
        office_date(datetime(2016, 9, 27))


def test_lebaran_2016_closes_the_office_for_a_week():
    holidays = office_holidays()
    friday = date(2016, 7, 1)
    assert add_working_days(friday, 1, holidays) == date(2016, 7, 11)
    assert add_working_days(friday, 7, holidays) == date(2016, 7, 19)
    assert working_days_between(friday, date(2016, 7, 10), holidays) == 0
    assert not any(is_working_day(date(2016, 7, day), holidays) for day in range(2, 11))


def test_joint_leave_counts_as_a_day_off():
    assert not is_working_day(date(2016, 12, 26), office_holidays())
    assert is_working_day(date(2016, 12, 27), office_holidays())


def test_a_decree_overrules_the_library():
    assert date(2016, 6, 1) not in holidays_of(2016)
    assert date(2017, 6, 1) in holidays_of(2017)


def test_the_start_day_itself_never_counts():
    monday = date(2016, 8, 1)
    assert add_working_days(monday, 0, frozenset()) == monday
    assert add_working_days(monday, 1, frozenset()) == date(2016, 8, 2)
    assert working_days_between(monday, monday, frozenset()) == 0


@settings(max_examples=60)
@given(DAYS, st.integers(min_value=1, max_value=30))
def test_counting_forward_and_counting_between_agree(start, days):
    holidays = office_holidays()
    end = add_working_days(start, days, holidays)
    assert is_working_day(end, holidays)
    assert working_days_between(start, end, holidays) == days
    assert working_days_between(start, end - timedelta(days=1), holidays) == days - 1


def test_working_days_refuse_instants_and_going_backwards():
    instant = datetime(2016, 7, 4, 9, 0, tzinfo=JAKARTA)
    with pytest.raises(TypeError):
        add_working_days(instant, 1, frozenset())
    with pytest.raises(TypeError):
        is_working_day(instant, office_holidays())
    with pytest.raises(ValueError, match="forward"):
        add_working_days(date(2016, 7, 4), -1, frozenset())
    with pytest.raises(ValueError, match="before"):
        working_days_between(date(2016, 7, 4), date(2016, 7, 3), frozenset())


def test_no_calendar_is_made_up_for_a_year_nobody_knows():
    with pytest.raises(ValueError, match="2101"):
        holidays_of(2101)


def test_licence_numbers_have_the_form_of_the_city_decrees():
    assert licence_number("503", "17", date(2009, 2, 10)) == "503/Kep.17-BPPT/II/2009"
    assert licence_number("503", "23.A", date(2009, 2, 10)) == "503/Kep.23.A-BPPT/II/2009"
    assert licence_number("065", "63", date(2020, 3, 2), unit="TU") == "065/Kep.63-TU/III/2020"


@pytest.mark.parametrize(
    ("classification", "urut", "unit"),
    [("50", "1", "BPPT"), ("503", "", "BPPT"), ("503", "1/2", "BPPT"), ("503", "1", ""), ("503/1", "1", "BPPT")],
)
def test_a_part_that_would_spoil_the_number_is_refused(classification, urut, unit):
    with pytest.raises(ValueError, match="does not fit"):
        licence_number(classification, urut, date(2016, 1, 1), unit)
