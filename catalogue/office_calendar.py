"""The days the office is closed beside weekends: national holidays, joint leave (cuti bersama), and decrees."""

from collections.abc import Container
from datetime import date, datetime
from functools import cache
from pathlib import Path

import holidays
from pydantic import Field

from catalogue.reading import DATA, Entry, build, read_yaml

FIRST_YEAR, LAST_YEAR = 1946, 2100


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
    """Read and check the decrees in `root/holidays`. A later decree overrules an earlier one."""
    files = sorted((root / "holidays").glob("*.yaml"))
    return OfficeHolidays([build(HolidayDecree, read_yaml(file), file) for file in files])


@cache
def office_holidays() -> OfficeHolidays:
    """The calendar in the package; knows any day since 1946 and is worked out year by year."""
    return load_office_holidays()


def holidays_of(year: int) -> frozenset[date]:
    """The holidays of one year: national, joint leave, and what decrees changed."""
    return office_holidays().of(year)
