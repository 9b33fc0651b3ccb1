"""What the office did, per day, week, month or year."""

from collections import Counter
from datetime import date, datetime, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field

from portal.api.offer_shapes import Answer
from portal.api.problems import documented
from portal.face import face_of
from portal.guard import a_question
from portal.offer_view import title_of, types_today, years_of_office
from portal.tallies import Span, first_day, last_day, rows_of, within

router = APIRouter(tags=["figures"], dependencies=[Depends(a_question)])
EARLIEST = date(2009, 1, 1)
Per = Literal["day", "week", "month", "year"]
Each = Annotated[Per, Query(description="what one sum is of")]
SPANS: dict[Per, Span] = {"day": "hari", "week": "minggu", "month": "bulan", "year": "tahun"}
Until = Annotated[
    date | None,
    Query(
        ge=EARLIEST,
        le=date(2999, 12, 31),
        description="the last day told of; without it the last on which anything was done",
        examples=["2016-03-31"],
    ),
]


class Sum(Answer):
    """One day, week, month or year by its first day: licences issued, files registered, files closed."""

    begins: date
    issued: int
    received: int
    finished: int


class IssuedOfType(Answer):
    """Licences of one type issued in the time told of."""

    code: str
    name: str
    issued: int


class Statistics(Answer):
    """Sums, the earliest first. `earlier`: where those before them are told (null: there is nothing before)."""

    per: Per
    until: date
    items: list[Sum]
    by_type: list[IssuedOfType]
    printed: dict[str, int] = Field(description="licences per year as the annual report prints them, 2011 to 2016")
    earlier: str | None
    seen_at: datetime | None = Field(description="when the noticeboard was last at work; null: never, or not known")


@router.get("/statistics", summary="What the office did", responses=documented("invalid_input", "too_many", "away"))
def get_statistics(request: Request, per: Each = "year", until: Until = None) -> Statistics:
    """Licences issued, files registered and finished, per day, week, month or year."""
    face, span = face_of(request), SPANS[per]
    everything = face.board.days()
    last = until or last_day(everything)
    first = first_day(span, last)
    days = within(everything, first, last)
    names = {code: title_of(kind) for code, kind in types_today().items()}
    by_type = sum((Counter(day.issued) for day in days), Counter())
    before = any(day.id < first for day in everything) and first > EARLIEST
    return Statistics(
        per=per,
        until=last,
        items=[
            Sum(begins=row.begins, issued=row.issued, received=row.received, finished=row.finished)
            for row in rows_of(span, days, last)
        ],
        by_type=[IssuedOfType(code=code, name=names.get(code, code), issued=n) for code, n in by_type.most_common()],
        printed={str(year): n for year, n in years_of_office().items()},
        earlier=f"/api/v1/statistics?per={per}&until={first - timedelta(days=1)}" if before else None,
        seen_at=face.freshness().seen,
    )
