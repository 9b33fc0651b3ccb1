"""The register of licences for officers: all that were issued, found by number, name, type, days and standing; CSV."""

import csv
import io
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response
from pydantic import ValidationError

from catalogue.desks import may_see
from catalogue.licences import licence_types
from contracts import issuance
from plumbing.messaging.calls import Away, Fault
from portal import audit
from portal.acting import look
from portal.guard import an_insiders_question
from portal.offer_view import title_of, types_today
from portal.officers import Officer, officer, officers_page
from portal.roads import REGISTER
from portal.words import STANDINGS
from values.refusal import Refusal

router = APIRouter(dependencies=[Depends(an_insiders_question)])
HOME = "/petugas/daftar-izin"
ASKED = {"nomor": 80, "nama": 120, "jenis": 40, "mulai": 10, "sampai": 10, "keadaan": 20, "sebelum": 160}
MOST_ROWS, AT_ONCE, MOST_ANSWERS = 10_000, 500, 60  # of one CSV
COLUMNS = {
    "nomor": "number",
    "jenis": "licence_type",
    "rincian": "sub_kind",
    "transaksi": "transaction",
    "pemegang": "holder",
    "tempat": "place",
    "kecamatan": "kecamatan",
    "ditandatangani": "signed_on",
    "berlaku_sampai": "valid_until",
    "keadaan": "state",
    "diakhiri_oleh": "ended_by",
    "resi": "resi",
}
Reader = Annotated[Officer, Depends(officer(*REGISTER))]


@router.get(HOME, response_class=HTMLResponse)
def search(request: Request, who: Reader):
    """The latest licences, or those that fit what was typed; further ones by `sebelum`."""
    typed = _typed(request)
    return _page(request, who, typed)


@router.get(HOME + ".csv")
def as_csv(request: Request, who: Reader):
    """All that fit, for spreadsheets, at most MOST_ROWS; with more the page says so and nothing is given."""
    typed = _typed(request) | {"sebelum": ""}
    try:
        rows = _all(who, typed)
    except (ValidationError, ValueError, Refusal):
        return _page(request, who, typed)
    except (Away, Fault):
        return _page(request, who, typed, fault="away")
    if rows is None:
        return _page(request, who, typed, fault="many")
    audit.note(request, who.id, who.seat.role, "register", "csv")
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(COLUMNS)
    table.writerows([_cell(each[field]) for field in COLUMNS.values()] for each in rows)
    named = {"Content-Disposition": 'attachment; filename="daftar-izin.csv"', "Cache-Control": "no-store"}
    return Response(text.getvalue(), media_type="text/csv", headers=named)


def _all(who: Officer, typed: dict[str, str]) -> list[dict[str, Any]] | None:
    """Every licence that fits; None when there are too many to be given, or to be looked through."""
    rows: list[dict[str, Any]] = []
    for _ in range(MOST_ANSWERS):
        found = who.ask(_question(typed, AT_ONCE))
        rows += found["licences"]
        if len(rows) > MOST_ROWS:
            return None
        if found["next"] is None:
            return rows
        typed = typed | {"sebelum": found["next"]}
    return None


def _cell(text: str | None) -> str:
    """What a spreadsheet shows and does not compute: a name may begin like a formula."""
    return f"'{text}" if text and text[0] in "=+-@\t\r" else text or ""


def _page(request: Request, who: Officer, typed: dict[str, str], fault: str = "") -> Response:
    found, refusal = None, None
    try:
        found, refusal = look(who, _question(typed)) if not fault else (None, None)
        fault = fault or ("" if found or refusal else "away")
    except (ValidationError, ValueError):
        fault = "time"
    audit.note(request, who.id, who.seat.role, "register", "page")
    status = 503 if fault == "away" else 422 if fault or refusal else 200
    every = licence_types() | types_today()
    kinds = {code: title_of(kind) for code, kind in sorted(every.items(), key=lambda one: title_of(one[1]))}
    own = {code: name for code, name in kinds.items() if may_see(every[code], who.seat.role, who.seat.unit)}
    asked = {name: text for name, text in typed.items() if text and name != "sebelum"}
    context = {"typed": typed, "found": found, "fault": fault, "refusal": refusal, "asked": asked, "home": HOME}
    more = {"kinds": own, "names": kinds, "standings": STANDINGS, "day_of": date.fromisoformat, "most": MOST_ROWS}
    return officers_page(request, who, "licences", status, **context, **more)


def _typed(request: Request) -> dict[str, str]:
    return {name: request.query_params.get(name, "").strip()[:most] for name, most in ASKED.items()}


def _question(typed: dict[str, str], most: int = 25) -> issuance.SearchLicences:
    """Raises ValueError for a day that is none, ValidationError for a standing that is none."""
    since, until = (date.fromisoformat(typed[name]) if typed[name] else None for name in ("mulai", "sampai"))
    named = {"number": typed["nomor"], "name": typed["nama"], "licence_type": typed["jenis"]}
    named |= {"standing": typed["keadaan"], "before": typed["sebelum"]}
    given = {name: text for name, text in named.items() if text}
    return issuance.SearchLicences(since=since, until=until, most=most, **given)
