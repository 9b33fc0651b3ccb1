"""Who signs and initials what on a day, under which decree, acting for whom: as data for JSON and as a screen."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from catalogue.authority import EXCEPTION_NAMES, Authority
from catalogue.licence_type import LicenceType
from catalogue.office import Organisation
from catalogue.officers import ActingOfficer, Appointment, Decree, Officer
from values.dates import long_date

DOCUMENTS = {"licence": "Surat izin", "skrd": "SKRD", "nota_perhitungan": "Nota perhitungan"}


def told(office: Organisation, kinds: Iterable[LicenceType], on: date) -> dict[str, Any]:
    """Authorities in force on that day with who signs; who initials, for how many types; who acts for whom; what may
    be left out."""
    chains: dict[tuple[str, ...], int] = {}
    for kind in kinds:
        chains[tuple(kind.initials)] = chains.get(tuple(kind.initials), 0) + 1
    return {
        "on": on,
        "signatures": [_signature(office, each, on) for each in office.authorities.values() if each.holds_on(on)],
        "initials": [
            {"types": count, "order": [_seat(office, role, on) for role in chain]} for chain, count in chains.items()
        ],
        "acting": [_appointment(office, each) for each in office.appointments if each.holds_on(on)],
        "exceptions": [
            each.model_dump(by_alias=True, exclude={"decree"})
            | {key: sorted(getattr(each, key)) for key in ("skips", "invoked_by", "seen_by")}
            | {"skip_names": _names(office, each.skips), "invoked_by_names": _names(office, each.invoked_by)}
            | {"decree": _decree(each.decree)}
            for each in office.exceptions.values()
            if each.holds_on(on)
        ],
    }


def screen(found: dict[str, Any], on: date) -> RenderableType:
    """The same on the screen, readable at 100 columns."""
    signs = _table("Dokumen", "Ruang lingkup", "Ditandatangani oleh", "Berdasarkan")
    for each in found["signatures"]:
        scope = "semua jenis izin" if each["scope"] == "all" else ", ".join(each["scope"])
        scope = scope or "belum ada jenis izin yang disebut sumber"
        mark = " (sementara)" if each["placeholder"] else ""
        behalf = f"a.n. {each['on_behalf_of']}: " if each["on_behalf_of"] else ""
        who = "; ".join(map(_words, each["signatories"])) if each["scope"] else f"{each['role_name']} setempat"
        words = behalf + (who or "jabatan kosong")
        signs.add_row(DOCUMENTS[each["document"]], scope + mark, words, each["decree"]["number"])
    initials = _table("Urutan", "Paraf", "Oleh")
    for chain in found["initials"]:
        for place, seat in enumerate(chain["order"], start=1):
            initials.add_row(
                str(place), seat["role_name"], "; ".join(map(_words, seat["officers"])) or "jabatan kosong"
            )
        initials.add_row("", Text(f"untuk {chain['types']} jenis izin", "dim"), "")
    acting = _table("Pejabat", "Bertindak sebagai", "Alasan", "Selama", "Surat")
    for each in found["acting"]:
        reason = each["reason"].replace("_", " ")
        period = f"{long_date(each['from'])} sampai {long_date(each['until'])}"
        acting.add_row(each["name"], f"{each['kind']} {each['seat']}", reason, period, each["decree"]["number"])
    exceptions = _table("Naskah", "Tanpa paraf", "Dinyatakan oleh", "Berdasarkan")
    for each in found["exceptions"]:
        cells = [", ".join(each[key]) for key in ("skip_names", "invoked_by_names")]
        exceptions.add_row(EXCEPTION_NAMES[each["kind"]], *cells, each["decree"]["number"])
    return Group(
        Text(f"Kewenangan pada {long_date(on)}", "bold"),
        *_part("Tanda tangan", signs),
        *_part("Paraf surat izin", initials),
        *_part("Pelaksana harian dan pelaksana tugas", acting),
        *_part("Pengecualian paraf", exceptions),
    )


def _signature(office: Organisation, authority: Authority, on: date) -> dict[str, Any]:
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


def _seat(office: Organisation, role: str, on: date) -> dict[str, Any]:
    officers = [_person(office, officer) for officer in office.officers_with(role, on=on)]
    return {"role": role, "role_name": office.roles[role].name, "officers": officers}


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


def _words(person: dict[str, Any]) -> str:
    return f"{person['name']} ({person['position']})"


def _part(title: str, table: Table) -> list[RenderableType]:
    return [Text(), Text(title, "bold"), table if table.rows else Text("Tidak ada.", "dim")]


def _table(*columns: str) -> Table:
    table = Table(box=SIMPLE_HEAD, header_style="bold", padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
