"""Spans of time that recaps are made for, as people name them: a day, a month, a quarter, a year."""

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from values.dates import MONTHS, long_date

PATTERN = r"^(20[0-9]{2})(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?|-Q[1-4])?$"


class Period(NamedTuple):
    """`code` as it is asked for (`2016`, `2016-Q1`, `2016-03`, `2016-03-15`), and its first and last day."""

    code: str
    first: date
    last: date

    @property
    def name(self) -> str:
        """In words: `Tahun 2016`, `Triwulan I 2016`, `Maret 2016`, `15 Maret 2016`."""
        match len(self.code), "Q" in self.code:
            case 4, _:
                return f"Tahun {self.code}"
            case 7, True:
                return f"Triwulan {('I', 'II', 'III', 'IV')[int(self.code[-1]) - 1]} {self.first.year}"
            case 7, False:
                return f"{MONTHS[self.first.month - 1]} {self.first.year}"
        return long_date(self.first)


def period(code: str) -> Period:
    """The period of that name. ValueError when it is none, for instance 30 February."""
    if not re.fullmatch(PATTERN, code):
        raise ValueError(f"no period {code!r}")
    year, rest = int(code[:4]), code[5:]
    if not rest:
        return Period(code, date(year, 1, 1), date(year, 12, 31))
    if rest.startswith("Q"):
        last = 3 * int(rest[1])
        return Period(code, date(year, last - 2, 1), _end(year, last))
    if len(rest) == 2:
        return Period(code, date(year, int(rest), 1), _end(year, int(rest)))
    day = date.fromisoformat(code)
    return Period(code, day, day)


def _end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def quarter_of(month: str) -> str:
    """`2016-03` lies in `2016-Q1`."""
    return f"{month[:4]}-Q{(int(month[5:7]) + 2) // 3}"
