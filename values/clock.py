"""The clock of a file: how much of a time limit is used, what is left, when it ends, whether it runs, and if not, why.

Pure: limit, moments, pauses and the calendar are handed in, so tracking, dashboards and reports all read the same. The
clock is told nothing about the applicant, and so cannot run differently for a large or a small one (report of the BPPT
Kota Bekasi 2016, 1.3 c 3: "tanpa memperhatikan skala usaha pemohon").

How each unit is counted:

- `minute`, `hour`: open time only, from the very moment the limit begins. Nights, noon and days off do not stop the
  clock, they are just no time.
- `working_day` (hari kerja): Monday to Friday without holidays and joint leave. `day` (hari): every calendar day, also
  when the limit then ends on a Sunday. The day on which the limit begins never counts. A day is used when it is over,
  or when the file ends on it; the limit ends with the end of its last day.
- `month`: to the same date of a later month, or to that month's last day where it is shorter.

What a pause takes out: of minutes and hours exactly its open time; of days every day it touches, if only for an hour. A
standard promises days on which the office holds the file; a day it holds it only in part is no such day, just as the
day of receipt is none. Since a day counts as used only when it is over, a pause that begins today can never take back
what was already counted; since a pause only ever removes days, it can never bring the end of a limit nearer. A month
is lengthened by the days touched. A pause still open is taken to last until the moment of asking.
"""

from calendar import monthrange
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import Any, Literal, NamedTuple, Protocol

from values.dates import JAKARTA
from values.office_hours import DAY, OfficeHours
from values.working_days import add_working_days, working_days_between

Unit = Literal["minute", "hour", "day", "working_day", "month"]
LENGTH = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1)}
HUNDREDTH = Decimal("0.01")
INSTANT = timedelta.resolution
NOT_BEGUN, ENDED = "not_begun", "ended"


class Allowance(Protocol):
    """What a standard allows: so many of a unit. `catalogue.path.Limit` is one."""

    @property
    def amount(self) -> int: ...

    @property
    def unit(self) -> Unit: ...


@dataclass(frozen=True, slots=True)
class Pause:
    """Time that is not the office's: `since` included, `until` not; None while it lasts.

    `reason` says why in the words of the log: `applicant`, `force_majeure:<decree number>`. ValueError for instants
    without a time zone, an end before the beginning, or no reason.
    """

    since: datetime
    until: datetime | None
    reason: str

    def __post_init__(self) -> None:
        _local(self.since)
        if self.until is not None and _local(self.until) < self.since:
            raise ValueError(f"a pause cannot end at {self.until}, before it began at {self.since}")
        if not self.reason:
            raise ValueError("a pause says why")

    def holds_at(self, moment: datetime) -> bool:
        """Whether the clock stands still at `moment` because of this pause."""
        return self.since <= moment and (self.until is None or moment < self.until)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the clock says. `used` and `left` are in `unit`; days and minutes whole, hours and months to a hundredth.

    `used` is rounded down, also beyond the limit; `left` is never below zero. `due` is the moment the limit ends, in
    Jakarta time. `stopped_because`: None while it runs, else `not_begun`, `ended`, or the reason of the pause.
    """

    unit: Unit
    limit: int
    used: Decimal | int
    left: Decimal | int
    due: datetime
    running: bool
    stopped_because: str | None
    overdue: bool


class Milestone(NamedTuple):
    """A moment at which the office is told about a limit."""

    name: Literal["remind", "due", "escalate"]
    at: datetime


class _Count(NamedTuple):
    """One way to count: `between` two positions (the first left out), and the position `after` so much of it.

    Positions are dates and amounts whole days, or positions are instants and amounts open time. `begin`: the position
    from which the limit counts; `amount`: the limit; `gaps`: pauses as (last before, last within), apart and in order.
    """

    between: Callable[[Any, Any], Any]
    after: Callable[[Any, Any], Any]
    begin: Any
    amount: Any
    gaps: list[tuple[Any, Any]]

    def used(self, now: Any) -> Any:
        taken = self.between(self.begin, max(now, self.begin))
        for start, end in self.gaps:
            if start < now:
                taken -= self.between(start, min(end, now))
        return taken

    def end(self, amount: Any) -> Any:
        """The position at which `amount` is used, the gaps left out."""
        here = self.begin
        for start, end in self.gaps:
            if (before := self.between(here, start)) >= amount:
                break
            amount -= before
            here = end
        return self.after(here, amount)


def read_clock(
    limit: Allowance,
    began: datetime,
    asked: datetime,
    pauses: Sequence[Pause],
    office: OfficeHours,
    ended: datetime | None = None,
) -> Reading:
    """The clock of a limit that began at `began`, as it stood at `asked`; it stands still from `ended` on.

    Asked before it began, nothing is used. `pauses` may overlap, lie outside, or be open. `used` never falls as
    `asked` grows. ValueError for an instant without a time zone, or an end before the beginning.
    """
    began, asked = _local(began), _local(asked)
    if ended is not None and _local(ended) < began:
        raise ValueError(f"a limit cannot end at {ended}, before it began at {began}")
    over = ended is not None and ended <= asked
    moment = max(_local(ended) if over else asked, began)
    count = _count(limit, began, moment, pauses, office)
    if limit.unit in LENGTH:
        used = _rounded(limit.unit, count.used(moment))
    else:
        used = count.used(moment.date() if over else moment.date() - DAY)
        used = _months(began.date(), used) if limit.unit == "month" else used
    due = _moment(count.end(count.amount))
    why = _stopped_because(moment, pauses) if asked >= began else NOT_BEGUN
    why = ENDED if over else why
    left = max(limit.amount - used, used * 0)
    return Reading(limit.unit, limit.amount, used, left, due, why is None, why, moment > due)


def due_at(
    limit: Allowance, began: datetime, asked: datetime, pauses: Sequence[Pause], office: OfficeHours
) -> datetime:
    """The moment the limit ends, with the pauses known at `asked`; a further pause can only move it later.

    For days and months the last instant of the last day, so that its date in Jakarta is the date promised.
    """
    count = _count(limit, _local(began), max(_local(asked), _local(began)), pauses, office)
    return _moment(count.end(count.amount))


def milestones(
    limit: Allowance, began: datetime, asked: datetime, pauses: Sequence[Pause], office: OfficeHours
) -> list[Milestone]:
    """When the office is reminded of a limit, when it ends, and when its lateness goes one level up, in this order.

    `remind`: when three quarters are used. For days and months that is the opening of the day that uses them up, or
    of a working day before it, and at least one working day before the end, but never before the limit began. `due`:
    as `due_at`. `escalate`: the same time of day one working day after `due`, whatever pauses came after the end.
    While a pause is open these are the moments that hold if it ended at `asked`: fix them when the clock runs again.
    """
    began = _local(began)
    count = _count(limit, began, max(_local(asked), began), pauses, office)
    last = count.end(count.amount)
    due = _moment(last)
    if limit.unit in LENGTH:
        remind = count.end(count.amount * 3 / 4)
    else:
        most_used = count.end(-(-count.amount * 3 // 4))
        day = office.working_day_up_to(min(most_used, last - DAY))
        remind = max(began, office.open_on(day)[0][0]) if day >= began.date() else began
    day_after = add_working_days(due.date(), 1, office.holidays)
    escalate = datetime.combine(day_after, due.timetz())
    return [Milestone("remind", remind), Milestone("due", due), Milestone("escalate", escalate)]


def _count(limit: Allowance, began: datetime, moment: datetime, pauses: Sequence[Pause], office: OfficeHours) -> _Count:
    if limit.unit in LENGTH:
        spans = [(pause.since, pause.until or moment) for pause in pauses]
        gaps = _apart(began, [(_local(since), _local(until)) for since, until in spans])
        return _Count(office.open_between, office.open_after, began, limit.amount * LENGTH[limit.unit], gaps)
    first = began.date()
    gaps = _apart(first, [days for pause in pauses if (days := _days_of(pause, moment))])
    if limit.unit == "working_day":
        holidays = office.holidays
        return _Count(
            lambda start, end: working_days_between(start, end, holidays),
            lambda start, days: add_working_days(start, days, holidays),
            first,
            limit.amount,
            gaps,
        )
    days = limit.amount if limit.unit == "day" else (_add_months(first, limit.amount) - first).days
    return _Count(lambda start, end: (end - start).days, lambda start, n: start + n * DAY, first, days, gaps)


def _days_of(pause: Pause, moment: datetime) -> tuple[date, date] | None:
    """The days a pause touches, as (the day before, the last day); None when it takes no time at all."""
    since = _local(pause.since)
    if pause.until is not None:
        return (since.date() - DAY, _local(pause.until - INSTANT).date()) if pause.until > since else None
    return since.date() - DAY, moment.date()


def _apart(begin: Any, gaps: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """The gaps after `begin`, in order, those that touch or overlap made one."""
    apart: list[tuple[Any, Any]] = []
    for start, end in sorted(gaps):
        start = max(start, begin)
        if end <= start:
            continue
        if apart and start <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(apart[-1][1], end))
        else:
            apart.append((start, end))
    return apart


def _stopped_because(moment: datetime, pauses: Sequence[Pause]) -> str | None:
    """The reason of the pause that has lasted longest at `moment`."""
    holding = [(pause.since, pause.reason) for pause in pauses if pause.holds_at(moment)]
    return min(holding)[1] if holding else None


def _rounded(unit: Unit, used: timedelta) -> Decimal | int:
    if unit == "minute":
        return used // LENGTH["minute"]
    return (Decimal(used // INSTANT) / (LENGTH["hour"] // INSTANT)).quantize(HUNDREDTH, ROUND_FLOOR)


def _months(first: date, days: int) -> Decimal:
    """`days` after `first` as months: the whole ones, and of the next one the part gone."""
    reached = first + days * DAY
    whole = (reached.year - first.year) * 12 + reached.month - first.month
    if _add_months(first, whole) > reached:
        whole -= 1
    start, end = _add_months(first, whole), _add_months(first, whole + 1)
    return (whole + Decimal((reached - start).days) / (end - start).days).quantize(HUNDREDTH, ROUND_FLOOR)


def _add_months(day: date, months: int) -> date:
    """The same date so many months later, or the last day of that month where it has no such date."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _moment(position: date | datetime) -> datetime:
    """An instant as it is; of a day its last instant in Jakarta."""
    return position if isinstance(position, datetime) else datetime.combine(position, time.max, JAKARTA)


def _local(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a clock is read in instants, and an instant has a time zone")
    return moment.astimezone(JAKARTA)
