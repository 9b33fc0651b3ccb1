"""The calendar as data: a holiday in the file of another year, and opening hours that make no sense, are refused."""

import shutil
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from catalogue.office_calendar import load_office_holidays, load_office_hours, office_hours
from catalogue.reading import DATA, CatalogueFault
from tests.spoil import change
from values.dates import JAKARTA
from values.office_hours import OfficeHours, OpeningWeek


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of holidays and opening hours to spoil."""
    shutil.copytree(DATA / "holidays", tmp_path / "holidays")
    shutil.copy(DATA / "office_hours.yaml", tmp_path)
    return tmp_path


def moment(day: int, hour: int, minute: int = 0) -> datetime:
    """In September 2016, whose fifth is a Monday."""
    return datetime(2016, 9, day, hour, minute, tzinfo=JAKARTA)


def test_a_holiday_file_for_the_wrong_year_is_refused_by_file_key_and_reason(root):
    change(root / "holidays" / "2016_pancasila.yaml", "date: 2016-06-01", "date: 2017-06-01")
    with pytest.raises(CatalogueFault) as fault:
        load_office_holidays(root)
    assert (fault.value.file.name, fault.value.key) == ("2016_pancasila.yaml", "opened.0.date")
    assert fault.value.reason == "2017-06-01 is no day of 2016; put it into a file whose name begins with 2017"


def test_a_holiday_file_whose_name_has_no_year_is_refused(root):
    (root / "holidays" / "2016_pancasila.yaml").rename(root / "holidays" / "pancasila.yaml")
    with pytest.raises(CatalogueFault, match=r"pancasila\.yaml: -: the name of the file begins with the year"):
        load_office_holidays(root)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("monday: [08.00-12.00,", "monday: [08.00-13.30,", "weeks.0: "),
        ("monday: [08.00-12.00,", "monday: [12.00-08.00,", "weeks.0: "),
        ("monday: [08.00-12.00, 13.00-16.00]", "monday: []", "weeks.0: "),
        ("monday: [08.00-12.00,", "monday: [8-12,", "weeks.0.monday.0: "),
        ("monday: [08.00-12.00,", "monday: [08.00-25.00,", "weeks.0.monday.0: "),
        ("monday: [08.00-12.00,", "monday: [8.5,", "weeks.0.monday.0: "),
        ("    monday:", "    saturday: []\n    monday:", "weeks.0.saturday: "),
        ("assumed: true", "assumption: true", "weeks.0."),
    ],
)
def test_opening_hours_that_make_no_sense_are_refused_by_file_and_key(root, old, new, key):
    change(root / "office_hours.yaml", old, new)
    with pytest.raises(CatalogueFault, match=r"office_hours\.yaml") as fault:
        load_office_hours(frozenset(), root)
    assert f": {key}" in str(fault.value)


def test_weeks_out_of_order_are_refused(root):
    text = (root / "office_hours.yaml").read_text()
    week = text[text.index("  - from:") :]
    (root / "office_hours.yaml").write_text(text + week)
    with pytest.raises(CatalogueFault, match=r"weeks\.1\.from: 1995-10-01 is not after 1995-10-01"):
        load_office_hours(frozenset(), root)


def test_the_office_opens_at_eight_and_closes_at_four_on_friday_half_an_hour_later():
    hours = office_hours()
    assert hours.open_on(date(2016, 9, 5)) == [(moment(5, 8), moment(5, 12)), (moment(5, 13), moment(5, 16))]
    assert hours.open_on(date(2016, 9, 9)) == [(moment(9, 8), moment(9, 11, 30)), (moment(9, 13), moment(9, 16, 30))]
    assert hours.open_on(date(2016, 9, 10)) == hours.open_on(date(2016, 9, 12)) == []  # a Saturday; Idul Adha


def test_a_later_week_takes_over_from_its_day_on():
    long, short = (((time(8), time(closes)),) for closes in (16, 15))
    weeks = [OpeningWeek(date(2016, 9, 7), (short,) * 5), OpeningWeek(date(2016, 9, 1), (long,) * 5)]
    hours = OfficeHours(weeks, frozenset())
    assert hours.open_between(moment(5, 0), moment(10, 0)) == timedelta(hours=8 + 8 + 7 + 7 + 7)
    assert hours.open_after(moment(6, 15), timedelta(hours=9)) == moment(8, 9)
    with pytest.raises(ValueError, match="no opening hours are known for 2016-08-31"):
        hours.open_on(date(2016, 8, 31))


def test_open_time_is_counted_forward_only():
    hours = office_hours()
    assert hours.open_between(moment(6, 9), moment(5, 9)) == timedelta(0)
    with pytest.raises(ValueError, match="forward"):
        hours.open_after(moment(5, 9), timedelta(0))
