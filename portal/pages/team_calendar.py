"""A member's meetings and visits, by week or by day."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from contracts import technical_team
from portal.acting import look
from portal.face import now
from portal.guard import an_insiders_question
from portal.officers import Officer, officer, officers_page
from values.dates import office_date

router = APIRouter(dependencies=[Depends(an_insiders_question)])
YEARS = (2000, 2100)


@router.get("/petugas/kalender", response_class=HTMLResponse)
def calendar(
    request: Request, who: Annotated[Officer, Depends(officer("technical_officer"))], mulai: str = "", hari: str = ""
):
    """The week of a day (`mulai`, today when empty), or one day of it (`hari`)."""
    today = office_date(now())
    one = _day(hari)
    first = one or _monday(_day(mulai) or today)
    days = [first] if one else [first + timedelta(days=n) for n in range(7)]
    found, _ = look(who, technical_team.CalendarOf(since=first, days=len(days)))
    busy = found["members"][0]["busy"] if found else None
    week = [(day, [each for each in busy or [] if office_date(each["starts_at"]) == day]) for day in days]
    step = timedelta(days=len(days))
    context = {"before": first - step, "after": first + step, "today": today, "one": one, "monday": _monday(first)}
    return officers_page(request, who, "team_calendar", week=week, away=found is None, **context)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if YEARS[0] < day.year < YEARS[1] else None
