"""What the office offers, as JSON: licence types, services, and finding either by everyday words."""

from collections.abc import Sequence
from functools import cache
from typing import Annotated, TypeVar

from fastapi import APIRouter, Path, Query

from catalogue import plain
from catalogue.editions import edition, edition_on
from catalogue.licences import licence_types
from catalogue.office import organisation
from catalogue.standards_book import service_standards, standards_decree
from portal import offer_view
from portal.api.offer_shapes import (
    Find,
    Finds,
    LicenceTypeAnswer,
    ServiceAnswer,
    ServiceInList,
    Services,
    TypeInList,
    Types,
)
from portal.api.problems import documented, invalid, not_found

router = APIRouter(tags=["catalogue"])
LONGEST = 80  # letters of a question
Each = TypeVar("Each")
Offset = Annotated[int, Query(ge=0, le=10_000, description="how many to leave out")]
Limit = Annotated[int, Query(ge=1, le=100, description="how many at most")]
InEdition = Annotated[
    str | None,
    Query(alias="edition", description="edition of the catalogue; without it the one in force", examples=["2016-11"]),
]
TypeCode = Annotated[str, Path(description="code of the type", examples=["imb"])]
ServiceCode = Annotated[str, Path(description="code of the service", examples=["S-IV"])]


@router.get("/licence-types", summary="All licence types", responses=documented("invalid_input"))
def list_licence_types(edition: InEdition = None, offset: Offset = 0, limit: Limit = 100) -> Types:
    """The 66 licence types in the order of the annual report, in the edition in force or in the one named."""
    here = _edition(edition)
    kinds = sorted(licence_types(here).values(), key=lambda kind: kind.number)
    piece, following = _piece(kinds, offset, limit)
    query = f"&edition={here}" if edition else ""
    return Types(
        total=len(kinds),
        next=f"/api/v1/licence-types?{following}{query}" if following else None,
        edition=here,
        items=[TypeInList.model_validate(plain.listed_type(kind)) for kind in piece],
    )


@router.get("/licence-types/{code}", summary="One licence type", responses=documented("not_found", "invalid_input"))
def get_licence_type(code: TypeCode, edition: InEdition = None) -> LicenceTypeAnswer:
    """Requirements, path with limits, time, cost with tariffs, legal basis: as `ptsp catalogue show` tells it."""
    here = _edition(edition)
    if code.lower() not in licence_types(here):
        raise not_found("Tidak ada jenis izin dengan kode ini. Daftarnya ada di /api/v1/licence-types.")
    return _whole_type(code.lower(), here)


@router.get("/services", summary="All services of the secretariat", responses=documented("invalid_input"))
def list_services(offset: Offset = 0, limit: Limit = 100) -> Services:
    """The 21 services of the secretariat in the order of the annexes."""
    standards = list(service_standards().values())
    piece, following = _piece(standards, offset, limit)
    return Services(
        total=len(standards),
        next=f"/api/v1/services?{following}" if following else None,
        items=[ServiceInList.model_validate(plain.listed_standard(each, organisation())) for each in piece],
    )


@router.get("/services/{code}", summary="One service", responses=documented("not_found", "invalid_input"))
def get_service(code: ServiceCode) -> ServiceAnswer:
    """The fourteen components of its standard as printed, and its path."""
    if code.upper() not in service_standards():
        raise not_found("Tidak ada layanan dengan kode ini. Daftarnya ada di /api/v1/services.")
    return _whole_service(code.upper())


@router.get("/search", summary="Find a type or service by everyday words", responses=documented("invalid_input"))
def search(
    q: Annotated[str, Query(min_length=1, max_length=LONGEST, description="everyday words", examples=["buka usaha"])],
) -> Finds:
    """What fits, the best first; slips of the finger are forgiven. Nothing fitting is an empty list."""
    return Finds(question=q, items=[_find(kind) for kind in offer_view.found(q)])


def _find(kind: offer_view.Offering) -> Find:
    service = offer_view.is_service(kind)
    return Find(
        kind="service" if service else "licence_type",
        code=kind.code,
        name=offer_view.title_of(kind),
        open=kind.open_on(offer_view.today()),
        time=kind.service_time,
        cost=offer_view.cost_today(kind),
        address=f"/api/v1/{'services' if service else 'licence-types'}/{kind.code}",
        page=offer_view.address_of(kind),
    )


def _edition(asked: str | None) -> str:
    """The edition asked for, or the one in force. `Refusal` (422) when there is none with that code."""
    return edition_on(offer_view.today()).code if asked is None else edition(asked).code


def _piece(everything: Sequence[Each], offset: int, limit: int) -> tuple[Sequence[Each], str | None]:
    """(the piece, the query of the following one or None). 422 beyond the end."""
    if offset and offset >= len(everything):
        raise invalid("offset", "beyond_the_end", "Daftar ini lebih pendek.", f"Paling besar {len(everything) - 1}.")
    end = offset + limit
    return everything[offset:end], f"offset={end}&limit={limit}" if end < len(everything) else None


@cache
def _whole_type(code: str, here: str) -> LicenceTypeAnswer:
    kind = licence_types(here)[code]
    return LicenceTypeAnswer.model_validate(plain.whole_type(kind, organisation(), edition(here)))


@cache
def _whole_service(code: str) -> ServiceAnswer:
    told = plain.whole_standard(service_standards()[code], standards_decree(), organisation())
    return ServiceAnswer.model_validate(told)
