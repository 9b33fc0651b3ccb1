"""The licence types of the office, read from `licence_types/` and checked against organisation and tariffs."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

from pydantic import Field, model_validator

from catalogue.licence_path import Stretch, Stretches, load_stretches, path_of
from catalogue.licence_type import YEARS, LicenceType, Requirement, YearlyCounts
from catalogue.office import Organisation, load_organisation, organisation
from catalogue.reading import DATA, CatalogueFault, Entry, build, read_yaml
from catalogue.tariff_book import TariffBook, load_tariff_book, tariff_book
from values.refusal import Refusal

FACTOR_KINDS = {"flat": set(), "per_unit": {"integer"}, "area_index": {"integer", "decimal", "choice"}}


class Difference(Entry):
    """Licences a header counts beyond its rows, and the row the yearly mix gives them to."""

    year: int
    count: int
    attributed_to: str
    reason: str


class Header(YearlyCounts):
    """An unnumbered line above rows that belong together. `counted`: the yearly sum takes it instead of its rows."""

    code: str
    name: str
    counted: bool
    reason: str
    differences: list[Difference] = Field(default_factory=list)


class _HeadersFile(Entry):
    headers: list[Header]
    bottom_row: YearlyCounts


class _Defaults(Entry):
    edition: str
    default_stretches: list[Stretch]
    default_verification: str
    initials: list[str]
    signed_by: str
    classification: str
    working_days: int
    administrative: list[str]


class _Documents(Entry):
    documents: dict[str, str]


class _RequirementLists(Entry):
    administrative: list[Any] = Field(default_factory=list)
    technical: list[Any] = Field(default_factory=list)

    @model_validator(mode="after")
    def _some(self) -> "_RequirementLists":
        if not self.administrative and not self.technical:
            raise ValueError("a type asks for at least one thing")
        return self


@dataclass(frozen=True)
class LicenceTable:
    """Table 3.2.4 as data: the numbered types by code, the unnumbered headers by code, the printed bottom row."""

    types: Mapping[str, LicenceType]
    headers: Mapping[str, Header]
    bottom_row: YearlyCounts


def load_licence_table(
    root: Path = DATA, *, office: Organisation | None = None, tariffs: TariffBook | None = None
) -> LicenceTable:
    """Read and check `root/licence_types`. `CatalogueFault` names the file and the key that is wrong.

    `office` and `tariffs` are what the types may refer to; without them they are read from `root`.
    """
    folder = root / "licence_types"
    office = office or load_organisation(root)
    tariffs = tariffs or load_tariff_book(root)
    defaults = build(_Defaults, read_yaml(folder / "defaults.yaml"), folder / "defaults.yaml")
    documents = build(_Documents, read_yaml(folder / "documents.yaml"), folder / "documents.yaml").documents
    sheet = build(_HeadersFile, read_yaml(folder / "headers.yaml"), folder / "headers.yaml")
    headers = {header.code: header for header in sheet.headers}

    stretches, role_names = load_stretches(folder), {role.code: role.name for role in office.roles.values()}
    types: dict[str, LicenceType] = {}
    for number, file in enumerate(sorted(folder.glob("[0-9][0-9]_*.yaml")), start=1):
        kind = _read_type(file, defaults, documents, stretches, role_names)
        if file.stem != f"{kind.number:02d}_{kind.code}":
            raise CatalogueFault(
                file, "number", f"the file name does not match number {kind.number}, code {kind.code!r}"
            )
        if kind.number != number:
            raise CatalogueFault(file, "number", f"row {number} of the table is missing")
        _check_references(file, kind, office, headers)
        _check_path(file, kind, office)
        _check_retribution(file, kind, tariffs)
        if kind.code in types:
            raise CatalogueFault(file, "code", f"{kind.code!r} stands twice")
        types[kind.code] = kind
    _check_headers(folder / "headers.yaml", headers, types)
    _check_scopes(root / "organisation" / "authorities.yaml", office, types)
    return LicenceTable(MappingProxyType(types), MappingProxyType(headers), sheet.bottom_row)


@cache
def licence_table() -> LicenceTable:
    """The table in the package, read once."""
    return load_licence_table(office=organisation(), tariffs=tariff_book())


def licence_types() -> Mapping[str, LicenceType]:
    """All licence types by code, in the order of table 3.2.4."""
    return licence_table().types


def licence_type(code: str) -> LicenceType:
    """The licence type with that code; `Refusal(unknown_licence_type)` when the office has none."""
    try:
        return licence_table().types[code]
    except (KeyError, TypeError):
        raise Refusal(
            "unknown_licence_type",
            "Jenis izin ini tidak ada dalam daftar layanan.",
            field="licence_type",
            remedy="Pilih jenis izin dari daftar layanan.",
        ) from None


def _read_type(
    file: Path, defaults: _Defaults, documents: dict[str, str], stretches: Stretches, role_names: dict[str, str]
) -> LicenceType:
    raw = read_yaml(file)
    if "path" in raw:
        raise CatalogueFault(file, "path", "is put together from `stretches`; write those")
    raw.setdefault("edition", defaults.edition)
    raw.setdefault("classification", defaults.classification)
    raw.setdefault("working_days", defaults.working_days)
    raw.setdefault("initials", defaults.initials)
    raw.setdefault("signed_by", defaults.signed_by)
    raw.setdefault("stretches", defaults.default_stretches)
    raw.setdefault("product", raw.get("name"))
    if "technical_verification" in raw["stretches"]:
        raw.setdefault("verification", defaults.default_verification)
    lists = build(
        _RequirementLists, raw.get("requirements", {"administrative": defaults.administrative, "technical": []}), file
    )
    source = (raw.get("sources") or {}).get("requirements")
    raw["requirements"] = [
        _requirement(file, item, kind, source, documents)
        for kind in ("administrative", "technical")
        for item in getattr(lists, kind)
    ]
    raw["path"] = path_of(
        raw["stretches"],
        stretches,
        initials=raw["initials"],
        signed_by=raw["signed_by"],
        role_names=role_names,
        file=file,
    )
    return build(LicenceType, raw, file)


def _requirement(file: Path, item: Any, kind: str, source: str | None, documents: dict[str, str]) -> Requirement:
    fields = {"code": item} if isinstance(item, str) else dict(item)
    key = f"requirements.{kind}.{fields.get('code')}"
    if fields.get("code") not in documents:
        raise CatalogueFault(file, key, "not in documents.yaml")
    if source is not None:
        fields.setdefault("source", source)
    return build(Requirement, {**fields, "name": documents[fields["code"]], "kind": kind}, file)


def _check_references(file: Path, kind: LicenceType, office: Organisation, headers: dict[str, Header]) -> None:
    def known(key: str, values: list[str], allowed: Any) -> None:
        for value in values:
            if value not in allowed:
                raise CatalogueFault(file, key, f"unknown: {value!r}")

    known("bidang", [kind.bidang], office.bidang)
    known("skpd", kind.skpd, office.skpd)
    known("initials", kind.initials, office.roles)
    known("signed_by", [kind.signed_by], office.roles)
    known("sources", list(kind.sources), LicenceType.model_fields)
    if kind.header is not None:
        known("header", [kind.header], headers)
    lines = [line.code for line in kind.lines]
    codes = [requirement.code for requirement in kind.requirements]
    for key, values in (("lines", lines), ("requirements", codes), ("quantities", [q.code for q in kind.quantities])):
        if len(values) != len(set(values)):
            raise CatalogueFault(file, key, "a code stands twice")
    for requirement in kind.requirements:
        known(f"requirements.{requirement.code}.only_for", sorted(requirement.only_for), lines)
    if not kind.counted and not kind.counted_reason:
        raise CatalogueFault(file, "counted_reason", "a row left out of the yearly sum says why")


def _check_path(file: Path, kind: LicenceType, office: Organisation) -> None:
    way = list(kind.stretches)
    if unknown := kind.path.unknown_roles(office.roles):
        raise CatalogueFault(file, "stretches", f"nobody has the role {unknown[0]!r}")
    if way[0] != "check_completeness" or way[-1] != "archive" or "issuance" not in way:
        raise CatalogueFault(file, "stretches", "runs from check_completeness by issuance to archive")
    if len(way) != len(set(way)):
        raise CatalogueFault(file, "stretches", "a stretch stands twice")
    if ("technical_verification" in way) != (kind.verification is not None):
        raise CatalogueFault(file, "verification", "belongs to a way with technical_verification, and is needed there")
    if "technical_verification" in way and not kind.skpd:
        raise CatalogueFault(file, "skpd", "technical_verification needs at least one agency")
    if ("retribution" in way) != (kind.retribution is not None):
        raise CatalogueFault(file, "retribution", f"belongs to a way with it; possible: {get_args(Stretch)}")


def _check_retribution(file: Path, kind: LicenceType, tariffs: TariffBook) -> None:
    rule = kind.retribution
    if rule is None:
        return
    if rule.tariff not in tariffs:
        raise CatalogueFault(file, "retribution.tariff", f"unknown: {rule.tariff!r}")
    quantities = {quantity.code: quantity for quantity in kind.quantities}
    for factor in rule.factors:
        if factor not in quantities:
            raise CatalogueFault(file, "retribution.factors", f"unknown: {factor!r}")
        if quantities[factor].kind not in FACTOR_KINDS[rule.formula]:
            raise CatalogueFault(file, "retribution.factors", f"{factor!r} cannot be a factor of {rule.formula}")
    if rule.formula != "flat" and not rule.factors:
        raise CatalogueFault(file, "retribution.factors", f"{rule.formula} needs factors")
    if rule.case_from is None:
        cases: set[str | None] = {None}
    elif rule.case_from == "sub_kind":
        cases = set(kind.sub_kinds)
    elif rule.case_from in quantities:
        cases = set(quantities[rule.case_from].choices)
    else:
        raise CatalogueFault(file, "retribution.case_from", f"unknown: {rule.case_from!r}")
    missing = cases - tariffs.cases(rule.tariff)
    if missing or not cases:
        raise CatalogueFault(file, "retribution.tariff", f"{rule.tariff!r} has no row for {sorted(map(str, missing))}")


def _check_headers(file: Path, headers: dict[str, Header], types: dict[str, LicenceType]) -> None:
    for header in headers.values():
        members = [kind for kind in types.values() if kind.header == header.code]
        if not members:
            continue
        noted = {difference.year: difference.count for difference in header.differences}
        for year in YEARS:
            rows = sum(kind.count(year) or 0 for kind in members)
            if (header.count(year) or 0) - rows != noted.get(year, 0):
                raise CatalogueFault(
                    file, f"{header.code}.{year}", f"the rows give {rows}; the difference is not noted"
                )
        for difference in header.differences:
            if difference.attributed_to not in {kind.code for kind in members}:
                raise CatalogueFault(file, f"{header.code}.differences", f"unknown: {difference.attributed_to!r}")


def _check_scopes(file: Path, office: Organisation, types: dict[str, LicenceType]) -> None:
    for authority in office.authorities:
        if authority.scope != "all":
            for code in sorted(authority.scope - types.keys()):
                raise CatalogueFault(file, f"authorities.{authority.id}.scope", f"unknown: {code!r}")
