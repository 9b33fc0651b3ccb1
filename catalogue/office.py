"""Who works in the office: units, roles, officers, and who may sign what under which decree."""

from collections import defaultdict
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Literal

from pydantic import Field

from catalogue.reading import DATA, CatalogueFault, Entry, build, read_yaml
from values.refusal import Refusal

Document = Literal["licence", "skrd", "nota_perhitungan"]
SINGLE_SEATS = ("head", "tata_usaha_head", "administration_head", "bidang_head", "treasurer", "archivist")


class Dated(Entry):
    """Something that holds from one day up to and including another; `until` empty means still holding."""

    since: date = Field(alias="from")
    until: date | None = None

    def holds_on(self, on: date) -> bool:
        """Whether `on` lies within the period, both ends included."""
        return self.since <= on and (self.until is None or on <= self.until)


class Unit(Entry):
    """A unit of the office (kepala, bagian, bidang), an agency outside it (skpd) or the bank of the city's cash."""

    code: str
    name: str
    abbreviation: str | None = None
    kind: Literal["kepala", "bagian", "bidang", "skpd", "bank", "publik"]
    source: str
    mail_domain: str | None = None


class Role(Entry):
    """What somebody may do here. `name` is what the person's screen and papers say."""

    code: str
    name: str


class Officer(Dated):
    """A person in one role in one unit for a period. Every one in this catalogue is fictional, NIP included."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    name: str
    nip: str | None = Field(default=None, pattern=r"^\d{18}$")
    rank: str | None = None
    position: str | None = None
    role: str
    unit: str
    competence: str | None = None


class Decree(Entry):
    """The decision an authority rests on."""

    number: str
    date: date
    issued_by: str
    about: str


class Authority(Dated):
    """Leave to sign one kind of document, given to a role by a decree, for all types or for those named."""

    id: str
    document: Document
    role: str
    unit: str | None = None
    on_behalf_of: str | None = None
    scope: Literal["all"] | frozenset[str] = "all"
    decree: Decree
    source: str

    def covers(self, type_code: str) -> bool:
        """Whether the licence type lies within the scope."""
        return self.scope == "all" or type_code in self.scope


class _Units(Entry):
    units: list[Unit]


class _Roles(Entry):
    roles: list[Role]


class _Officers(Entry):
    officers: list[Officer]


class _Authorities(Entry):
    authorities: list[Authority]


class Organisation:
    """The office and the agencies around it, on any day since 2011. Get it from `organisation()`."""

    def __init__(self, units: list[Unit], roles: list[Role], officers: list[Officer], authorities: list[Authority]):
        self.units = {unit.code: unit for unit in units}
        self.roles = {role.code: role for role in roles}
        self.officers = {officer.id: officer for officer in officers}
        self.authorities = tuple(authorities)
        self.skpd = frozenset(unit.code for unit in units if unit.kind == "skpd")
        self.bidang = frozenset(unit.code for unit in units if unit.kind == "bidang")

    def officers_with(self, role: str, unit: str | None = None, *, on: date) -> list[Officer]:
        """Officers holding `role` (in `unit`, when given) on that day, in file order. KeyError: no such role."""
        self.roles[role]
        return [
            officer
            for officer in self.officers.values()
            if officer.role == role and unit in (None, officer.unit) and officer.holds_on(on)
        ]

    def holds(self, officer_id: str, role: str, on: date) -> bool:
        """Whether that officer holds that role on that day. An unknown id holds nothing."""
        officer = self.officers.get(officer_id)
        return officer is not None and officer.role == role and officer.holds_on(on)

    def mail_address(self, officer_id: str) -> str | None:
        """Where mail to an officer goes: their id at their unit's domain. None for a unit without one."""
        officer = self.officers[officer_id]
        domain = self.units[officer.unit].mail_domain
        return f"{officer.id}@{domain}" if domain else None

    def authority_to_sign(
        self, type_code: str, on: date, *, document: Document = "licence", unit: str | None = None
    ) -> Authority:
        """The authority under which `document` of that licence type is signed on that day.

        `unit` chooses among Bidang for the nota perhitungan (the Bidang of the type). `Refusal(no_authority)`
        when no decree in force gives it: the paper must wait, nobody may sign.
        """
        found = [
            authority
            for authority in self.authorities
            if authority.document == document
            and authority.unit in (None, unit)
            and authority.covers(type_code)
            and authority.holds_on(on)
        ]
        if not found:
            raise Refusal(
                "no_authority",
                "Belum ada pejabat yang berwenang menandatangani dokumen ini pada tanggal tersebut.",
                field="licence_type",
                remedy="Catat keputusan pelimpahan kewenangan yang berlaku terlebih dahulu.",
            )
        return max(found, key=lambda authority: authority.since)

    def signatory(self, authority: Authority, on: date) -> Officer:
        """The officer who signs under `authority` on that day; `Refusal(no_signatory)` when the seat is empty."""
        holders = self.officers_with(authority.role, authority.unit, on=on)
        if not holders:
            raise Refusal(
                "no_signatory",
                f"Jabatan {self.roles[authority.role].name} sedang kosong pada tanggal tersebut.",
                remedy="Tetapkan pejabat definitif atau pelaksana tugas terlebih dahulu.",
            )
        return holders[0]


def load_organisation(root: Path = DATA) -> Organisation:
    """Read and check `root/organisation`. `CatalogueFault` names the file and the key that is wrong."""
    folder = root / "organisation"
    units_file, roles_file = folder / "units*.yaml", folder / "roles*.yaml"
    authorities_file = folder / "authorities.yaml"
    units = [unit for file in _files(units_file) for unit in build(_Units, read_yaml(file), file).units]
    roles = [role for file in _files(roles_file) for role in build(_Roles, read_yaml(file), file).roles]
    authorities = build(_Authorities, read_yaml(authorities_file), authorities_file).authorities
    _unique(units_file, [unit.code for unit in units])
    _unique(roles_file, [role.code for role in roles])
    _unique(authorities_file, [authority.id for authority in authorities])

    known_units, known_roles = {unit.code for unit in units}, {role.code for role in roles}
    officers: list[Officer] = []
    for file in sorted(folder.glob("officers_*.yaml")):
        for officer in build(_Officers, read_yaml(file), file).officers:
            _known(file, f"officers.{officer.id}.unit", officer.unit, known_units)
            _known(file, f"officers.{officer.id}.role", officer.role, known_roles)
            officers.append(officer)
    officers_file = folder / "officers_*.yaml"
    _unique(officers_file, [officer.id for officer in officers])
    _one_holder_per_seat(officers_file, officers)
    for authority in authorities:
        _known(authorities_file, f"authorities.{authority.id}.role", authority.role, known_roles)
        if authority.unit is not None:
            _known(authorities_file, f"authorities.{authority.id}.unit", authority.unit, known_units)
    return Organisation(units, roles, officers, authorities)


@cache
def organisation() -> Organisation:
    """The organisation in the package, read once."""
    return load_organisation()


def _files(pattern: Path) -> list[Path]:
    files = sorted(pattern.parent.glob(pattern.name))
    if not files:
        raise CatalogueFault(pattern, "-", "the file is missing")
    return files


def _known(file: Path, key: str, value: str, known: set[str]) -> None:
    if value not in known:
        raise CatalogueFault(file, key, f"unknown: {value!r}")


def _unique(file: Path, keys: list[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise CatalogueFault(file, key, "stands twice")
        seen.add(key)


def _one_holder_per_seat(file: Path, officers: list[Officer]) -> None:
    seats: dict[tuple[str, str], list[Officer]] = defaultdict(list)
    for officer in officers:
        if officer.role in SINGLE_SEATS:
            seats[officer.role, officer.unit].append(officer)
    for holders in seats.values():
        holders.sort(key=lambda officer: officer.since)
        for earlier, later in pairwise(holders):
            if earlier.until is None or earlier.until >= later.since:
                raise CatalogueFault(file, f"officers.{later.id}.from", f"the seat is still held by {earlier.id}")
