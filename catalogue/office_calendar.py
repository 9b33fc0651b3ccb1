"""The office's calendar: days closed beside weekends (national holidays, joint leave, decrees), and opening hours."""

import re
from collections.abc import Container
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Annotated

import holidays
from pydantic import BeforeValidator, Field, model_validator

from catalogue.reading import DATA, CatalogueFault, Entry, build, read_yaml
from values.office_hours import OfficeHours, OpeningWeek, Window

FIRST_YEAR, LAST_YEAR = 1946, 2100
HOURS = re.compile(r"\d\d\.\d\d-\d\d\.\d\d", re.ASCII)


class DecreedDay(Entry):
    """One day a decree closes or opens the office."""

    date: date
    name: str


class HolidayDecree(Entry):
    """A decree that changes the calendar: days added, days taken back. The library's calendar stands for the rest."""

    decree: str
    decided_on: date
    source: str
    closed: list[DecreedDay] = Field(default_factory=list)
    opened: list[DecreedDay] = Field(default_factory=list)


class OfficeHolidays(Container[date]):
    """All holidays of the office, worked out year by year when first asked; hand it to `values.working_days`."""

    def __init__(self, decrees: list[HolidayDecree]):
        self._decrees = sorted(decrees, key=lambda decree: decree.decided_on)
        self._years: dict[int, frozenset[date]] = {}

    def __contains__(self, day: object) -> bool:
        if isinstance(day, datetime) or not isinstance(day, date):
            return False
        return day in self.of(day.year)

    def of(self, year: int) -> frozenset[date]:
        """The holidays of `year`. ValueError outside 1946 to 2100, where no calendar is known."""
        if not FIRST_YEAR <= year <= LAST_YEAR:
            raise ValueError(f"no holiday calendar for {year}")
        if year not in self._years:
            days = set(holidays.country_holidays("ID", years=year, categories=("public", "government")))
            for decree in self._decrees:
                days |= {entry.date for entry in decree.closed if entry.date.year == year}
                days -= {entry.date for entry in decree.opened if entry.date.year == year}
            self._years[year] = frozenset(days)
        return self._years[year]


def load_office_holidays(root: Path = DATA) -> OfficeHolidays:
    """Read and check the decrees in `root/holidays`. A later decree overrules an earlier one.

    The name of a file begins with the year of its days (`2016_pancasila.yaml`); a day of another year is refused.
    """
    return OfficeHolidays([_holiday_decree(file) for file in sorted((root / "holidays").glob("*.yaml"))])


def _holiday_decree(file: Path) -> HolidayDecree:
    decree = build(HolidayDecree, read_yaml(file), file)
    year = file.name.partition("_")[0]
    if not re.fullmatch(r"\d{4}", year):
        raise CatalogueFault(file, "-", "the name of the file begins with the year of its days: 2016_pancasila.yaml")
    for key, days in (("closed", decree.closed), ("opened", decree.opened)):
        for place, day in enumerate(days):
            if str(day.date.year) != year:
                reason = f"{day.date} is no day of {year}; put it into a file whose name begins with {day.date.year}"
                raise CatalogueFault(file, f"{key}.{place}.date", reason)
    return decree


@cache
def office_holidays() -> OfficeHolidays:
    """The calendar in the package; knows any day since 1946 and is worked out year by year."""
    return load_office_holidays()


def holidays_of(year: int) -> frozenset[date]:
    """The holidays of one year: national, joint leave, and what decrees changed."""
    return office_holidays().of(year)


def _window(text: object) -> Window:
    """`08.00-12.00` as two times; ValueError for anything else."""
    if not isinstance(text, str) or not HOURS.fullmatch(text):
        raise ValueError("write opening hours as 08.00-12.00")
    opens, closes = (time(*map(int, moment.split("."))) for moment in text.split("-"))
    return opens, closes


Windows = tuple[Annotated[Window, BeforeValidator(_window)], ...]


class OfficeWeek(Entry):
    """Opening hours that hold from `from` on. `assumed`: no paper of the office prints them."""

    since: date = Field(alias="from")
    source: str
    assumed: bool
    monday: Windows
    tuesday: Windows
    wednesday: Windows
    thursday: Windows
    friday: Windows

    @model_validator(mode="after")
    def _in_order(self) -> "OfficeWeek":
        self.as_opening_week()
        return self

    def as_opening_week(self) -> OpeningWeek:
        """The same hours as the clock takes them. ValueError when they overlap or a day has none."""
        return OpeningWeek(self.since, (self.monday, self.tuesday, self.wednesday, self.thursday, self.friday))


class _OfficeWeeks(Entry):
    weeks: list[OfficeWeek] = Field(min_length=1)


def load_office_hours(holidays: Container[date], root: Path = DATA) -> OfficeHours:
    """Read and check `root/office_hours.yaml`: weeks in order of the day they begin to hold."""
    file = root / "office_hours.yaml"
    weeks: list[OpeningWeek] = []
    for place, entry in enumerate(build(_OfficeWeeks, read_yaml(file), file).weeks):
        week = entry.as_opening_week()
        if weeks and week.since <= weeks[-1].since:
            raise CatalogueFault(file, f"weeks.{place}.from", f"{week.since} is not after {weeks[-1].since}")
        weeks.append(week)
    return OfficeHours(weeks, holidays)


@cache
def office_hours() -> OfficeHours:
    """The opening hours in the package, with the holidays in the package."""
    return load_office_hours(office_holidays())
