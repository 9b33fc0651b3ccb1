"""For those who lead: what came in, what was finished and how much of it in time, the revenue; by month and type."""

import csv
import io
from collections import Counter
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response

from contracts import retribution
from plumbing.messaging.calls import Away, Fault
from portal.chart import chart
from portal.face import face_of, language_of
from portal.guard import an_insiders_question
from portal.offer_view import title_of, today, types_today
from portal.officers import Officer, officer, officers_page
from portal.roads import LEADERS
from portal.tallies import year_of
from portal.words import N_
from values.refusal import Refusal

router = APIRouter(prefix="/petugas/pimpinan", dependencies=[Depends(an_insiders_question)])
Leader = Annotated[Officer, Depends(officer(*LEADERS))]
Year = Annotated[int | None, Query(ge=2009, le=2999)]
MILLION, THOUSAND = 1_000_000, 1_000
UNITS = {MILLION: N_("juta"), THOUSAND: N_("ribu")}
HEAD = ("bulan", "berkas_diterima", "berkas_selesai", "selesai_tepat_waktu", "izin_terbit", "penerimaan_rp")


@router.get("", response_class=HTMLResponse)
def dashboard(request: Request, who: Leader, tahun: Year = None):
    """One year: a chart, a table of its months, a table of the types. Revenue is left out while the room is away."""
    year, language = tahun or today().year, language_of(request)
    months = year_of(face_of(request).board.days(), year)
    by_month, by_type = _revenue(who, year, "month"), _revenue(who, year, "licence_type")
    issued = sum((each.issued for each in months), Counter())
    names = {code: title_of(kind) for code, kind in types_today().items()}
    types = sorted(issued.keys() | (by_type or {}).keys(), key=lambda code: (-issued[code], code))
    money = [(by_month or {}).get(f"{each.begins:%Y-%m}", 0) for each in months]
    scale = MILLION if max(money) >= 10 * MILLION else THOUSAND
    labels = [language.month(each.begins, short=True).split()[0] for each in months]
    return officers_page(
        request,
        who,
        "leaders",
        year=year,
        this_year=today().year,
        months=list(zip(months, money, strict=True)),
        known=by_month is not None,
        finished_drawing=chart([(label, each.finished) for label, each in zip(labels, months, strict=True)]),
        money_drawing=chart([(label, amount // scale) for label, amount in zip(labels, money, strict=True)]),
        unit=language.say(UNITS[scale]),
        types=[(names.get(code, code), issued[code], (by_type or {}).get(code, 0)) for code in types if code],
        total={name: sum(getattr(each, name) for each in months) for name in ("received", "finished", "in_time")},
        revenue=sum(money),
    )


@router.get("/per-bulan.csv")
def as_csv(request: Request, who: Leader, tahun: Year = None):
    """The months as CSV, revenue in whole rupiah; empty where the room could not be asked."""
    year = tahun or today().year
    by_month, text = _revenue(who, year, "month"), io.StringIO()
    table = csv.writer(text)
    table.writerow(HEAD)
    for each in year_of(face_of(request).board.days(), year):
        month = f"{each.begins:%Y-%m}"
        money: Any = "" if by_month is None else by_month.get(month, 0)
        table.writerow([month, each.received, each.finished, each.in_time, each.issued.total(), money])
    named = f'attachment; filename="kinerja-{year}.csv"'
    headers = {"Content-Disposition": named, "Cache-Control": "no-store"}
    return Response(text.getvalue(), media_type="text/csv", headers=headers)


def _revenue(who: Officer, year: int, by: str) -> dict[str, int] | None:
    """Received by month or type; None while the room does not answer, or does not answer this seat."""
    try:
        answer = who.ask(retribution.RecapOf(period=str(year), by=by))
    except (Away, Fault, Refusal):
        return None
    return {row["key"]: row["received"] for row in answer["rows"]}
