"""How officers stand on papers: position, name, rank, NIP, and the words of an electronic signature."""

from datetime import date, datetime

from catalogue.office import organisation
from values.dates import JAKARTA, long_date, office_date

Seat = tuple[str, str | None]  # role and unit; no unit where the role sits in one only


def clock_time(at: datetime) -> str:
    """`18 November 2016 pukul 15.20 WIB`"""
    return f"{long_date(office_date(at))} pukul {at.astimezone(JAKARTA):%H.%M} WIB"


def person(officer_id: str | None, seat: Seat | None = None, on: date | None = None) -> dict:
    """An officer as a paper prints them: in the seat in which they acted on that day (`Plh. …`), else in their own. A
    system or an applicant has no officer."""
    office = organisation()
    officer = office.officers.get(officer_id or "")
    if officer is None:
        return {"position": "Sistem pelayanan", "name": "", "rank": "", "nip": ""}
    if seat and on:
        officer = office.seated(officer.id, seat[0], on, seat[1]) or officer
    return {
        "position": office.title(officer),
        "name": officer.name,
        "rank": officer.rank or "",
        "nip": officer.nip or "",
    }


def signature(officer_id: str | None, at: datetime, authority: str = "", seat: Seat | None = None) -> dict:
    """The block under a paper: who stands for it in that seat, and when. Whether it was signed, verified or issued in
    their name is said by the template, which knows what the act was."""
    who = person(officer_id, seat, office_date(at))
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
