"""What the office offers: licence types and services, a list of each and a page for each."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.exceptions import HTTPException

from catalogue.office import organisation
from catalogue.standards_book import service_standards, standards_decree
from catalogue.wording import listed, outcome_words, source_words
from portal import offer_view
from portal.face import face_of
from portal.words import BIDANG, UNITS

router = APIRouter()


@router.get("/izin", response_class=HTMLResponse)
def types(request: Request):
    """All licence types, by the Bidang that gives them."""
    return face_of(request).page(request, "types", groups=offer_view.grouped(), bidang=BIDANG, units=UNITS)


@router.get("/izin/{code}", response_class=HTMLResponse)
def one_type(request: Request, code: str):
    """Everything about one licence type, in the edition in force."""
    kind = offer_view.type_today(code.lower())
    if kind is None:
        raise HTTPException(404)
    if code != kind.code:
        return RedirectResponse(f"/izin/{kind.code}", 308)
    office = organisation()
    return face_of(request).page(
        request,
        "type",
        kind=kind,
        open=kind.open_on(offer_view.today()),
        bidang=BIDANG[kind.bidang],
        unit=office.units[kind.bidang],
        steps=offer_view.drawn(kind.path),
        units=UNITS,
        tariffs=offer_view.tariffs_today(kind),
        cost=offer_view.cost_today(kind),
        edition=offer_view.edition_of(kind),
        skpd=listed([office.units[code].name for code in kind.skpd]),
        signer=office.roles[kind.signed_by].name,
        outcome_words=outcome_words,
        source_words=source_words,
    )


@router.get("/layanan", response_class=HTMLResponse)
def services(request: Request):
    """The 21 services of the secretariat, by Bagian."""
    return face_of(request).page(request, "services", groups=offer_view.services_by_unit(), decree=standards_decree())


@router.get("/layanan/{code}", response_class=HTMLResponse)
def one_service(request: Request, code: str):
    """The fourteen components of one service as its standard prints them."""
    standard = service_standards().get(code.upper())
    if standard is None:
        raise HTTPException(404)
    if code != standard.code:
        return RedirectResponse(f"/layanan/{standard.code}", 308)
    return face_of(request).page(
        request,
        "service",
        standard=standard,
        open=standard.open_on(offer_view.today()),
        unit=organisation().units[standard.unit].name,
        steps=offer_view.drawn(standard.path),
        units=UNITS,
        decree=standards_decree(),
        items=offer_view.items,
        outcome_words=outcome_words,
        source_words=source_words,
    )
