"""How officers stand on papers: position, name, rank, NIP, and the words of an electronic signature."""

from datetime import datetime

from catalogue.office import organisation
from values.dates import JAKARTA, long_date, office_date


def clock_time(at: datetime) -> str:
    """`18 November 2016 pukul 15.20 WIB`"""
    return f"{long_date(office_date(at))} pukul {at.astimezone(JAKARTA):%H.%M} WIB"


def person(officer_id: str | None) -> dict:
    """An officer as a paper prints them. A system or an applicant has no officer."""
    officer = organisation().officers.get(officer_id or "")
    if officer is None:
        return {"position": "Sistem pelayanan", "name": "", "rank": "", "nip": ""}
    return {
        "position": officer.position or organisation().roles[officer.role].name,
        "name": officer.name,
        "rank": officer.rank or "",
        "nip": officer.nip or "",
    }


def signature(officer_id: str | None, at: datetime, authority: str = "") -> dict:
    """The signature block of a paper."""
    who = person(officer_id)
    return {
        "place": "Bekasi",
        "date": long_date(office_date(at)),
        "authority": authority,
        **who,
        "signed_at": clock_time(at),
    }


def initials_of(name: str) -> str:
    """The paraf as letters: `Pramudita Anginselatan, S.T.` → `PA`."""
    return "".join(word[0] for word in name.split(",")[0].split()[:3]).upper()


def unit_name(code: str) -> str:
    return organisation().units[code].name
