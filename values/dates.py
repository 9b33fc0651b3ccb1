"""Dates as the office writes them. Instants are stored in UTC; the office lives in Asia/Jakarta."""

import calendar
from datetime import date, datetime
from zoneinfo import ZoneInfo

JAKARTA = ZoneInfo("Asia/Jakarta")

MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def long_date(day: date) -> str:
    """Write a date in full, without a leading zero: `5 Maret 2016`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """Write a date in figures, day first: `05-03-2016`."""
    return f"{day.day:02d}-{day.month:02d}-{day.year:04d}"


def roman_month(month: int) -> str:
    """The month in Roman figures as letter numbers carry it: `3` becomes `III`. ValueError outside 1 to 12."""
    if not 1 <= month <= 12:
        raise ValueError(f"no month {month}")
    return ROMAN[month - 1]


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month: until then lasts a time that began with `day`."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def office_date(instant: datetime) -> date:
    """The calendar day in Jakarta at `instant`. ValueError for an instant without a time zone: it names no moment."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs its time zone before it has an office date")
    return instant.astimezone(JAKARTA).date()
