"""The organisation on any day since 2011: who works where, who acts for whom, who may sign what under which decree."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

from catalogue.authority import Authority, Document, ExceptionKind, InitialException, Signing
from catalogue.office_checks import (
    check_appointments,
    check_authorities,
    check_exceptions,
    check_known,
    check_one_holder_per_seat,
    check_unique,
)
from catalogue.officers import Appointment, Officer, Role, Unit
from catalogue.reading import DATA, CatalogueFault, Entry, build, read_yaml
from catalogue.seats import Seats
from values.dates import long_date
from values.refusal import Refusal


class _Units(Entry):
    units: list[Unit]


class _Roles(Entry):
    roles: list[Role]


class _Officers(Entry):
    officers: list[Officer]


class _Acting(Entry):
    acting: list[Appointment]


class _Authorities(Entry):
    authorities: list[Authority]


class _Exceptions(Entry):
    exceptions: list[InitialException]


class Organisation:
    """The office and the agencies around it, on any day since 2011. Get it from `organisation()`."""

    def __init__(
        self,
        units: Sequence[Unit],
        roles: Sequence[Role],
        officers: Sequence[Officer],
        authorities: Sequence[Authority],
        appointments: Sequence[Appointment] = (),
        exceptions: Sequence[InitialException] = (),
    ):
        self.units = {unit.code: unit for unit in units}
        self.roles = {role.code: role for role in roles}
        self.officers = {officer.id: officer for officer in officers}
        self.authorities = {authority.id: authority for authority in authorities}
        self.appointments = tuple(appointments)
        self.exceptions = {exception.id: exception for exception in exceptions}
        self.skpd = frozenset(unit.code for unit in units if unit.kind == "skpd")
        self.bidang = frozenset(unit.code for unit in units if unit.kind == "bidang")
        self._kecamatan = {_plain(unit.name): unit for unit in units if unit.kind == "kecamatan"}
        self._seats = Seats(self.officers, self.appointments, self.roles)

    def officers_with(self, role: str, unit: str | None = None, *, on: date) -> list[Officer]:
        """Those who act in `role` (in `unit`, when given) on that day, in file order: holders who are there, and those
        who act for one (`ActingOfficer`). KeyError: no such role."""
        self.roles[role]
        seated = (seat for id in self.officers for seat in self._seats.of(id, on))
        return [officer for officer in seated if officer.role == role and unit in (None, officer.unit)]

    def seated(self, officer_id: str, role: str, on: date, unit: str | None = None) -> Officer | None:
        """The officer as they stand in that role (and unit) on that day; None when they do not act in it."""
        seats = self._seats.of(officer_id, on)
        return next((seat for seat in seats if seat.role == role and unit in (None, seat.unit)), None)

    def seats_of(self, officer_id: str, on: date) -> list[Officer]:
        """Every seat in which that officer acts on that day, their own first; none for an unknown id."""
        return self._seats.of(officer_id, on)

    def holds(self, officer_id: str, role: str, on: date, unit: str | None = None) -> bool:
        """Whether that officer acts in that role on that day. An unknown id holds nothing."""
        return self.seated(officer_id, role, on, unit) is not None

    def in_office(self, officer_id: str, on: date) -> bool:
        """Whether that officer works here on that day, in whatever seat, present or away."""
        return officer_id in self.officers and self.officers[officer_id].holds_on(on)

    def require_seat(self, officer_id: str, role: str, on: date, unit: str | None = None) -> Officer:
        """The officer as they stand in that role; `Refusal(not_in_office)` says why not, with the period."""
        found = self.seated(officer_id, role, on, unit)
        if found is None:
            raise Refusal(
                "not_in_office",
                self._seats.why_not(officer_id, role, on, unit),
                remedy="Bertindaklah dalam jabatan yang dipegang pada tanggal itu.",
            )
        return found

    def mail_address(self, officer_id: str) -> str | None:
        """Where mail to an officer goes: their id at their unit's domain. None for a unit without one."""
        officer = self.officers[officer_id]
        domain = self.units[officer.unit].mail_domain
        return f"{officer.id}@{domain}" if domain else None

    def kecamatan(self, name: str) -> Unit | None:
        """The district of that name, however its words are joined (`Medan Satria`, `Medansatria`); None: not the
        city's."""
        return self._kecamatan.get(_plain(name))

    def authority_to_sign(
        self, type_code: str, on: date, *, document: Document = "licence", unit: str | None = None
    ) -> Authority:
        """The authority under which `document` of that licence type is signed on that day. One that names the type goes
        before one over all types.

        `unit` chooses among Bidang for the nota perhitungan (the Bidang of the type). `Refusal(no_authority)`
        when no decree in force gives it: the paper must wait, nobody may sign.
        """
        found = [
            authority
            for authority in self.authorities.values()
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
        return min(found, key=lambda authority: authority.scope == "all")

    def signatory(self, authority: Authority, on: date, kecamatan: str | None = None) -> Officer:
        """The one officer who signs under `authority` on that day; `kecamatan` is that of the place.

        `Refusal(no_signatory)` when the seat is empty, `Refusal(outside_the_city)` when a Camat signs and the place
        lies in no kecamatan of the city.
        """
        unit = self._unit_of_place(kecamatan) if authority.unit_of_place else authority.unit
        seated = self.officers_with(authority.role, unit, on=on)
        if not seated:
            raise Refusal(
                "no_signatory",
                f"Jabatan {self.roles[authority.role].name} sedang kosong pada {long_date(on)}.",
                remedy="Tetapkan pejabat definitif atau pelaksana tugas terlebih dahulu.",
            )
        return seated[0]

    def signing(
        self,
        type_code: str,
        on: date,
        *,
        document: Document = "licence",
        unit: str | None = None,
        kecamatan: str | None = None,
    ) -> Signing:
        """Who may sign that paper on that day, and under which authority: exactly one person, or a `Refusal` as of
        `authority_to_sign` and `signatory`."""
        authority = self.authority_to_sign(type_code, on, document=document, unit=unit)
        return Signing(authority, self.signatory(authority, on, kecamatan))

    def require_signatory(self, officer_id: str, role: str, signing: Signing, on: date) -> None:
        """`Refusal(no_authority)` unless that officer, in that role, is the one who may sign; it says who may, and if
        it is not theirs for reasons of time, which period counts."""
        signatory = signing.signatory
        if (officer_id, role) == (signatory.id, signatory.role):
            return
        reason = f"Kewenangan menandatangani pada {long_date(on)} ada pada {self.title(signatory)}."
        if role == signatory.role:
            reason += f" {self._seats.why_not(officer_id, role, on, signatory.unit)}"
        raise Refusal("no_authority", reason, field="application_id", remedy="Serahkan kepada yang berwenang.")

    def initial_exception(self, kind: ExceptionKind, document: Document, on: date) -> InitialException:
        """The leave to skip initials of an urgent or secret paper on that day; `Refusal(no_exception)` when none is in
        force."""
        for exception in self.exceptions.values():
            if (exception.kind, exception.document) == (kind, document) and exception.holds_on(on):
                return exception
        raise Refusal(
            "no_exception",
            f"Pada {long_date(on)} tidak ada ketentuan yang membolehkan paraf dilewati.",
            field="exception",
            remedy="Lengkapi paraf sesuai urutan.",
        )

    def title(self, officer: Officer) -> str:
        """What an officer is called in their seat: `Plh. Kepala Badan Pelayanan Perizinan Terpadu`."""
        return officer.position or self.roles[officer.role].name

    def _unit_of_place(self, kecamatan: str | None) -> str:
        unit = self.kecamatan(kecamatan or "")
        if unit is None:
            raise Refusal(
                "outside_the_city",
                f"Izin ini ditandatangani Camat, dan {kecamatan or 'tempatnya'} bukan kecamatan di Kota Bekasi.",
                field="place.kecamatan",
                remedy="Perbaiki kecamatan tempatnya.",
            )
        return unit.code


def load_organisation(root: Path = DATA) -> Organisation:
    """Read and check `root/organisation`. `CatalogueFault` names the file and the key that is wrong."""
    folder = root / "organisation"
    units_file, roles_file, officers_file = (folder / f"{name}*.yaml" for name in ("units", "roles", "officers_"))
    acting_file, authorities_file, exceptions_file = (
        folder / f"{name}.yaml" for name in ("acting", "authorities", "exceptions")
    )
    units = [unit for file in _files(units_file) for unit in build(_Units, read_yaml(file), file).units]
    roles = [role for file in _files(roles_file) for role in build(_Roles, read_yaml(file), file).roles]
    appointments = build(_Acting, read_yaml(acting_file), acting_file).acting
    authorities = build(_Authorities, read_yaml(authorities_file), authorities_file).authorities
    exceptions = build(_Exceptions, read_yaml(exceptions_file), exceptions_file).exceptions
    check_unique(units_file, [unit.code for unit in units])
    check_unique(units_file, [_plain(unit.name) for unit in units if unit.kind == "kecamatan"])
    check_unique(roles_file, [role.code for role in roles])

    known_units, known_roles = {unit.code: unit for unit in units}, {role.code for role in roles}
    officers: list[Officer] = []
    for file in _files(officers_file):
        for officer in build(_Officers, read_yaml(file), file).officers:
            check_known(file, f"officers.{officer.id}.unit", officer.unit, known_units)
            check_known(file, f"officers.{officer.id}.role", officer.role, known_roles)
            officers.append(officer)
    check_unique(officers_file, [officer.id for officer in officers])
    check_one_holder_per_seat(officers_file, officers)
    check_appointments(acting_file, appointments, officers)
    check_authorities(authorities_file, authorities, known_units, known_roles, officers)
    check_exceptions(exceptions_file, exceptions, known_roles)
    return Organisation(units, roles, officers, authorities, appointments, exceptions)


@cache
def organisation() -> Organisation:
    """The organisation in the package, read once."""
    return load_organisation()


def _files(pattern: Path) -> list[Path]:
    files = sorted(pattern.parent.glob(pattern.name))
    if not files:
        raise CatalogueFault(pattern, "-", "the file is missing")
    return files


def _plain(name: str) -> str:
    words = name.casefold().split()
    return "".join(words[1:] if words[:1] == ["kecamatan"] else words)
