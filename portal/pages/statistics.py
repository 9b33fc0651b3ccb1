"""Licences issued: per day, week, month and year, as a chart, a table and CSV."""

import csv
import io
from collections import Counter
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response

from portal.chart import chart
from portal.face import face_of, language_of
from portal.guard import a_question
from portal.language import Language
from portal.offer_view import title_of, types_today, years_of_office
from portal.tallies import Span, first_day, last_day, rows_of, within

router = APIRouter(dependencies=[Depends(a_question)])
Until = Annotated[date | None, Query(ge=date(2009, 1, 1), le=date(2999, 12, 31))]


@router.get("/statistik", response_class=HTMLResponse)
def statistics(request: Request, per: Span = "tahun", sampai: Until = None):
    """The page. `sampai`: the last day shown; without it the last on which anything was done."""
    face, language = face_of(request), language_of(request)
    days = face.board.days()
    last = sampai or last_day(days)
    days = within(days, first_day(per, last), last)
    rows = rows_of(per, days, last)
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
    last = sampai or last_day(days)
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["mulai", "izin_terbit", "berkas_diterima", "berkas_selesai"])
    for row in rows_of(per, within(days, first_day(per, last), last), last):
        table.writerow([row.begins.isoformat(), row.issued, row.received, row.finished])
    named = f'attachment; filename="izin-terbit-per-{per}-{last.isoformat()}.csv"'
    return Response(text.getvalue(), media_type="text/csv", headers={"Content-Disposition": named})


@router.get("/statistik/laporan-2011-2016.csv")
def printed_as_csv():
    """The yearly sums of the annual report, as printed."""
    lines = ["tahun,izin_terbit", *(f"{year},{n}" for year, n in years_of_office().items())]
    named = 'attachment; filename="izin-terbit-laporan-2011-2016.csv"'
    return Response("\n".join(lines) + "\n", media_type="text/csv", headers={"Content-Disposition": named})


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
