"""Who signs and initials what on a day, under which decree, acting for whom, as plain data: for the command line, for
JSON and for the page of officers."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from catalogue.authority import Authority, Document
from catalogue.licence_type import LicenceType
from catalogue.office import Organisation
from catalogue.officers import ActingOfficer, Appointment, Decree, Officer
from values.refusal import Refusal

DOCUMENTS: dict[Document, str] = {"licence": "Surat izin", "skrd": "SKRD", "nota_perhitungan": "Nota perhitungan"}


def powers_on(office: Organisation, kinds: Iterable[LicenceType], on: date) -> dict[str, Any]:
    """Authorities in force on that day with who signs; who initials, for how many types; who acts for whom, and who
    will later; what may be left out."""
    chains: dict[tuple[str, ...], list[str]] = {}
    for kind in kinds:
        chains.setdefault(tuple(kind.initials), []).append(kind.bidang)
    return {
        "on": on,
        "signatures": [signature(office, each, on) for each in office.authorities.values() if each.holds_on(on)],
        "initials": [
            {"types": len(bidang), "order": [_seat(office, role, set(bidang), on) for role in chain]}
            for chain, bidang in chains.items()
        ],
        "acting": [_appointment(office, each) for each in office.appointments if each.holds_on(on)],
        "coming": [_appointment(office, each) for each in office.appointments if each.since > on],
        "exceptions": [
            each.model_dump(by_alias=True, exclude={"decree"})
            | {key: sorted(getattr(each, key)) for key in ("skips", "invoked_by", "seen_by")}
            | {"skip_names": _names(office, each.skips), "invoked_by_names": _names(office, each.invoked_by)}
            | {"decree": _decree(each.decree)}
            for each in office.exceptions.values()
            if each.holds_on(on)
        ],
    }


def for_type(office: Organisation, kind: LicenceType, on: date) -> list[dict[str, Any]]:
    """Of each paper of that type its document and its signature on that day, or why nobody may sign it (`nobody`)."""
    papers: tuple[Document, ...] = ("licence", "nota_perhitungan", "skrd") if kind.retribution else ("licence",)
    return [{"document": paper} | _signs(office, kind, paper, on) for paper in papers]


def _signs(office: Organisation, kind: LicenceType, paper: Document, on: date) -> dict[str, Any]:
    try:
        authority = office.authority_to_sign(kind.code, on, document=paper, unit=kind.bidang)
    except Refusal as no:
        return {"signature": None, "nobody": f"{no.message} {no.remedy or ''}".strip()}
    return {"signature": signature(office, authority, on), "nobody": None}


def signature(office: Organisation, authority: Authority, on: date) -> dict[str, Any]:
    """An authority with those who sit in its seat on that day."""
    units = [unit.code for unit in office.units.values() if unit.kind == "kecamatan"]
    seats = units if authority.unit_of_place else [authority.unit]
    people = [officer for unit in seats for officer in office.officers_with(authority.role, unit, on=on)]
    return {
        "id": authority.id,
        "document": authority.document,
        "scope": authority.scope if authority.scope == "all" else sorted(authority.scope),
        "placeholder": authority.placeholder,
        "role": authority.role,
        "role_name": office.roles[authority.role].name,
        "unit": authority.unit,
        "unit_of_place": authority.unit_of_place,
        "on_behalf_of": authority.on_behalf_of,
        "signatories": [_person(office, officer) for officer in people],
        "from": authority.since,
        "until": authority.until,
        "decree": _decree(authority.decree),
        "source": authority.source,
    }


def _seat(office: Organisation, role: str, bidang: set[str], on: date) -> dict[str, Any]:
    """Who sits there; of the heads of Bidang those concerned."""
    seated = [each for each in office.officers_with(role, on=on) if role != "bidang_head" or each.unit in bidang]
    return {"role": role, "role_name": office.roles[role].name, "officers": [_person(office, each) for each in seated]}


def _person(office: Organisation, officer: Officer) -> dict[str, Any]:
    acting = officer.appointment.id if isinstance(officer, ActingOfficer) else None
    position = office.title(officer)
    return {"id": officer.id, "name": officer.name, "position": position, "unit": officer.unit, "acting": acting}


def _appointment(office: Organisation, appointment: Appointment) -> dict[str, Any]:
    return {
        "id": appointment.id,
        "kind": appointment.kind,
        "officer": appointment.officer,
        "name": office.officers[appointment.officer].name,
        "role": appointment.role,
        "unit": appointment.unit,
        "seat": f"{office.roles[appointment.role].name}, {office.units[appointment.unit].name}",
        "reason": appointment.reason,
        "from": appointment.since,
        "until": appointment.until,
        "decree": _decree(appointment.decree),
    }


def _names(office: Organisation, roles: frozenset[str]) -> list[str]:
    return [role.name for role in office.roles.values() if role.code in roles]


def _decree(decree: Decree) -> dict[str, Any]:
    return {"number": decree.number, "date": decree.date, "issued_by": decree.issued_by, "about": decree.about}
