"""Who may sign and initial what on a day, by type and role: from the organisation data, as rooms decide it."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from catalogue.editions import edition_on
from catalogue.licences import licence_types
from catalogue.office import organisation
from catalogue.powers import for_type, powers_on
from portal.face import now
from portal.guard import an_insiders_question
from portal.offer_view import title_of
from portal.officers import Officer, any_officer, officers_page
from portal.words import ABSENCES, EXCEPTIONS, SIGNED_PAPERS
from values.dates import office_date

router = APIRouter(dependencies=[Depends(an_insiders_question)])


@router.get("/petugas/kewenangan", response_class=HTMLResponse)
def authority(
    request: Request,
    who: Annotated[Officer, Depends(any_officer)],
    pada: str = "",
    jenis: str = "",
    peran: str = "",
):
    """The day's authorities, initials, acting heads and exceptions; of one type, of one role."""
    office, today = organisation(), office_date(now())
    try:
        on, wrong = date.fromisoformat(pada) if pada else today, False
    except ValueError:
        on, wrong = today, True
    kinds = licence_types(edition_on(on).code)
    kind = kinds.get(jenis)
    found = powers_on(office, [kind] if kind else kinds.values(), on)
    roles = _roles(found)
    if peran in roles:
        found = _of_role(found, peran)
    papers = for_type(office, kind, on) if kind else []
    if peran in roles:
        papers = [each for each in papers if each["signature"] and each["signature"]["role"] == peran]
    context = {
        "on": on,
        "today": today,
        "wrong": wrong,
        "kind": kind,
        "kinds": {code: title_of(each) for code, each in sorted(kinds.items(), key=lambda one: title_of(one[1]))},
        "role": peran if peran in roles else "",
        "roles": {code: office.roles[code].name for code in office.roles if code in roles},
        "units": {code: unit.name for code, unit in office.units.items()},
    }
    words = {"papers_words": SIGNED_PAPERS, "absences": ABSENCES, "exceptions_words": EXCEPTIONS}
    return officers_page(
        request, who, "authority", 422 if wrong else 200, found=found, papers=papers, **context, **words
    )


def _roles(found: dict[str, Any]) -> set[str]:
    """The roles that sign, initial or may leave out an initial on that day."""
    signing = {each["role"] for each in found["signatures"]}
    initialling = {seat["role"] for chain in found["initials"] for seat in chain["order"]}
    return signing | initialling | {role for each in found["exceptions"] for role in each["invoked_by"]}


def _of_role(found: dict[str, Any], role: str) -> dict[str, Any]:
    """What of it concerns that role."""
    return found | {
        "signatures": [each for each in found["signatures"] if each["role"] == role],
        "initials": [each for each in found["initials"] if role in {seat["role"] for seat in each["order"]}],
        "acting": [each for each in found["acting"] if each["role"] == role],
        "coming": [each for each in found["coming"] if each["role"] == role],
        "exceptions": [each for each in found["exceptions"] if role in each["invoked_by"] or role in each["skips"]],
    }
