"""Licences issued: per day, week, month and year, as a chart, a table and CSV."""

import csv
import io
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response

from contracts.noticeboard import Day
from portal.chart import chart
from portal.face import face_of, language_of
from portal.guard import a_question
from portal.language import Language
from portal.offer_view import title_of, today, types_today, years_of_office

router = APIRouter(dependencies=[Depends(a_question)])
Span = Literal["hari", "minggu", "bulan", "tahun"]
Until = Annotated[date | None, Query(ge=date(2009, 1, 1), le=date(2999, 12, 31))]
FEWEST: dict[Span, int] = {"hari": 14, "minggu": 8, "bulan": 6, "tahun": 1}
SHOWN: dict[Span, int] = {"hari": 30, "minggu": 26, "bulan": 24, "tahun": 12}


@dataclass(frozen=True)
class Row:
    """One day, week, month or year: its first day, and what was done in it."""

    begins: date
    issued: int
    received: int
    finished: int


@router.get("/statistik", response_class=HTMLResponse)
def statistics(request: Request, per: Span = "tahun", sampai: Until = None):
    """The page. `sampai`: the last day shown; without it the last on which anything was done."""
    face, language = face_of(request), language_of(request)
    days = face.board.days()
    last = sampai or _last_day(days)
    days = _within(days, _first(per, last), last)
    rows = _rows(per, days, last)
    names = {code: title_of(kind) for code, kind in types_today().items()}
    by_type = sum((Counter(day.issued) for day in days), Counter())
    return face.page(
        request,
        "statistics",
        per=per,
        last=last,
        rows=rows,
        drawing=chart([(_label(language, per, row.begins), row.issued) for row in rows]),
        label=lambda row: _label(language, per, row.begins, whole=True),
        by_type=[(code, names.get(code, code), n) for code, n in by_type.most_common(12)],
        printed=years_of_office(),
        printed_drawing=chart([(str(year), n) for year, n in years_of_office().items()]),
        total=sum(row.issued for row in rows),
    )


@router.get("/statistik/per-{per}.csv")
def as_csv(request: Request, per: Span, sampai: Until = None):
    """The table as CSV, for spreadsheets: first day of the span, licences issued, files received and finished."""
    days = face_of(request).board.days()
    last = sampai or _last_day(days)
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["mulai", "izin_terbit", "berkas_diterima", "berkas_selesai"])
    for row in _rows(per, _within(days, _first(per, last), last), last):
        table.writerow([row.begins.isoformat(), row.issued, row.received, row.finished])
    named = f'attachment; filename="izin-terbit-per-{per}-{last.isoformat()}.csv"'
    return Response(text.getvalue(), media_type="text/csv", headers={"Content-Disposition": named})


@router.get("/statistik/laporan-2011-2016.csv")
def printed_as_csv():
    """The yearly sums of the annual report, as printed."""
    lines = ["tahun,izin_terbit", *(f"{year},{n}" for year, n in years_of_office().items())]
    named = 'attachment; filename="izin-terbit-laporan-2011-2016.csv"'
    return Response("\n".join(lines) + "\n", media_type="text/csv", headers={"Content-Disposition": named})


def _last_day(days: list[Day]) -> date:
    """The last day up to today on which anything was done, today when nothing ever was."""
    return max((day.id for day in days if day.id <= today()), default=today())


def _within(days: list[Day], first: date, last: date) -> list[Day]:
    return [day for day in days if first <= day.id <= last]


def _begin(per: Span, day: date) -> date:
    match per:
        case "hari":
            return day
        case "minggu":
            return day - timedelta(days=day.weekday())
        case "bulan":
            return day.replace(day=1)
        case "tahun":
            return day.replace(month=1, day=1)


def _before(per: Span, begins: date) -> date:
    return _begin(per, begins - timedelta(days=1))


def _first(per: Span, last: date) -> date:
    begins = _begin(per, last)
    for _ in range(SHOWN[per] - 1):
        begins = _before(per, begins)
    return begins


def _rows(per: Span, days: list[Day], last: date) -> list[Row]:
    """A row for every span up to the last day, empty ones too, but for a beginning in which nothing was done yet."""
    sums: dict[date, list[int]] = {}
    begins = _begin(per, last)
    for _ in range(SHOWN[per]):
        sums[begins] = [0, 0, 0]
        begins = _before(per, begins)
    for day in days:
        counted = sums[_begin(per, day.id)]
        counted[0] += sum(day.issued.values())
        counted[1] += day.received
        counted[2] += day.finished
    rows = [Row(begins, *counted) for begins, counted in sorted(sums.items())]
    first = next((n for n, row in enumerate(rows) if row.issued or row.received or row.finished), len(rows))
    return rows[min(first, len(rows) - FEWEST[per]) :]


def _label(language: Language, per: Span, begins: date, whole: bool = False) -> str:
    match per:
        case "hari":
            return language.weekday(begins) if whole else language.short_day(begins)
        case "minggu":
            return language.day(begins) if whole else language.short_day(begins)
        case "bulan":
            return language.month(begins, short=not whole)
        case "tahun":
            return str(begins.year)
