"""The service standards in force, read from `standards/` and checked against each other and the organisation."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from pydantic import Field

from catalogue.office import Organisation, load_organisation, organisation
from catalogue.path import APPLICANT
from catalogue.reading import DATA, CatalogueFault, Entry, build, read_yaml
from catalogue.standard import CODES, ServiceStandard, Text
from values.refusal import Refusal


class Revoked(Entry):
    """The decree this one takes the place of."""

    number: Text
    about: Text


class HeadSlip(Entry):
    """A place of the decree's own text, or of the head of every annex, that the scan got wrong."""

    place: Text
    printed_in_scan: Text
    mended: Text
    why: Text


class StandardsDecree(Entry):
    """The decree that sets the standards, and the head printed alike over each: vision, mission, promise, maklumat.

    `considering` is its Menimbang, `legal_basis` its Mengingat, `noting` its Memperhatikan, `decides` its dictums
    KESATU to KELIMA. In force from its `date` on (KELIMA).
    """

    number: Text
    date: date
    issued_by: Text
    about: Text
    considering: list[Text] = Field(min_length=1)
    legal_basis: list[Text] = Field(min_length=1)
    noting: list[Text] = Field(default_factory=list)
    decides: list[Text] = Field(min_length=1)
    revokes: Revoked
    agency: Text
    vision: Text
    mission: list[Text] = Field(min_length=1)
    promise: Text
    maklumat: Text
    slips: list[HeadSlip] = Field(default_factory=list)
    notes: list[Text] = Field(default_factory=list)


def load_standards_decree(root: Path = DATA) -> StandardsDecree:
    """Read `root/standards/decree.yaml`. `CatalogueFault` names the key that is wrong."""
    file = root / "standards" / "decree.yaml"
    return build(StandardsDecree, read_yaml(file), file)


def load_standards(root: Path = DATA, *, office: Organisation | None = None) -> Mapping[str, ServiceStandard]:
    """Read and check `root/standards`: the standards by code, in the order of the annexes.

    `office` is the organisation their paths may refer to; without it, it is read from `root`. `CatalogueFault` names
    the file and the key: a file named after another annex, a code twice or an annex missing, a standard older than its
    decree, a role or unit nobody knows, a seat nobody holds when the standard takes effect.
    """
    folder = root / "standards"
    office = office or load_organisation(root)
    decree = load_standards_decree(root)
    standards: dict[str, ServiceStandard] = {}
    for file in sorted(set(folder.glob("*.yaml")) - {folder / "decree.yaml"}):
        standard = build(ServiceStandard, read_yaml(file), file)
        if standard.code in standards:
            raise CatalogueFault(file, "code", f"{standard.code!r} stands twice; give each annex one file")
        if file.stem != file_stem(standard):
            raise CatalogueFault(
                file, "code", f"{standard.code} belongs into {file_stem(standard)}.yaml; rename the file"
            )
        _check_decree(file, standard, decree)
        _check_seats(file, standard, office)
        standards[standard.code] = standard
    for annex, code in enumerate(CODES, start=1):
        if code not in standards:
            raise CatalogueFault(
                folder / f"s_{annex:02d}.yaml", "annex", f"annex {annex} is missing; write its standard"
            )
    return MappingProxyType(standards)


def file_stem(standard: ServiceStandard) -> str:
    """What the file of a standard is called: `s_04` for annex IV."""
    return f"s_{standard.annex:02d}"


@cache
def service_standards() -> Mapping[str, ServiceStandard]:
    """The standards in the package by code, in the order of the annexes; read once."""
    return load_standards(office=organisation())


@cache
def standards_decree() -> StandardsDecree:
    """The decree in the package, read once."""
    return load_standards_decree()


def service_standard(code: str) -> ServiceStandard:
    """The standard with that code (`S-IV`); `Refusal(unknown_service)` when the secretariat has no such service."""
    try:
        return service_standards()[code]
    except (KeyError, TypeError):
        raise Refusal(
            "unknown_service",
            "Layanan ini tidak ada dalam daftar layanan Sekretariat Daerah.",
            field="code",
            remedy="Pilih layanan dari daftar, S-I sampai dengan S-XXI.",
        ) from None


def _check_decree(file: Path, standard: ServiceStandard, decree: StandardsDecree) -> None:
    if standard.decree != decree.number:
        raise CatalogueFault(file, "decree", f"{standard.decree!r} is not the decree in decree.yaml ({decree.number})")
    if standard.effective_from < decree.date:
        reason = (
            f"{standard.effective_from} is before the decree of {decree.date}; no standard is older than its decree"
        )
        raise CatalogueFault(file, "effective_from", reason)


def _check_seats(file: Path, standard: ServiceStandard, office: Organisation) -> None:
    for unit in (standard.unit, *(unit for unit in standard.seats.values() if unit is not None)):
        if unit not in office.units:
            raise CatalogueFault(file, "unit" if unit == standard.unit else "seats", f"unknown unit: {unit!r}")
    for place, step in enumerate(standard.path.steps):
        if step.actor not in office.roles:
            raise CatalogueFault(file, f"path.{place}.actor", f"nobody knows the role {step.actor!r}; see roles*.yaml")
    for role in sorted(standard.path.roles - {APPLICANT}):
        unit = standard.unit_of(role)
        if not office.officers_with(role, unit, on=standard.effective_from):
            reason = f"nobody is {role} in {unit or 'any unit'} on {standard.effective_from}; see officers_*.yaml"
            raise CatalogueFault(file, f"seats.{role}", reason)


@cache
def roles_in_services() -> tuple[str, ...]:
    """Every role that does something in a service, the applicant among them, in the order of the organisation."""
    acting = frozenset().union(*(standard.path.roles for standard in service_standards().values()))
    return tuple(role for role in organisation().roles if role in acting)
