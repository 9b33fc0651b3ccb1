"""The licence types of the office, edition by edition, read from data and checked against organisation and tariffs."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import Field, model_validator

from catalogue.editions import TYPE_FILE, check_history, load_editions, overlays, type_file, type_files
from catalogue.header import Header
from catalogue.licence_checks import check_headers, check_path, check_references, check_retribution, check_scopes
from catalogue.licence_path import Stretch, Stretches, check_actors, load_stretches, path_of
from catalogue.licence_type import LicenceType, Requirement, YearlyCounts
from catalogue.office import Organisation, load_organisation, organisation
from catalogue.reading import DATA, CatalogueFault, Entry, build, read_yaml
from catalogue.tariff_book import TariffBook, load_tariff_book, tariff_book
from catalogue.transactions import Transaction, load_transactions, transactions
from values.refusal import Refusal


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
    """Table 3.2.4 as data: the numbered types by code, the unnumbered headers by code, the printed bottom row.

    `files` are what one edition of it was read from, by their names.
    """

    types: Mapping[str, LicenceType]
    headers: Mapping[str, Header]
    bottom_row: YearlyCounts
    files: Mapping[str, Path]


def load_licence_table(
    root: Path = DATA,
    *,
    laid_over: Sequence[str] = (),
    office: Organisation | None = None,
    tariffs: TariffBook | None = None,
) -> LicenceTable:
    """Read and check one edition of the types in `root`. `CatalogueFault` names the file and the key that is wrong.

    `laid_over` are the codes of the later editions that make it up, in their order; none for the first. `office` and
    `tariffs` are what the types may refer to; without them they are read from `root`.
    """
    files = type_files(root, laid_over)
    office = office or load_organisation(root)
    tariffs = tariffs or load_tariff_book(root)

    def shared(model: type[Any], name: str) -> Any:
        file = files.get(name, root / "licence_types" / name)
        return build(model, read_yaml(file), file)

    defaults = shared(_Defaults, "defaults.yaml")
    documents = shared(_Documents, "documents.yaml").documents
    sheet = shared(_HeadersFile, "headers.yaml")
    headers = {header.code: header for header in sheet.headers}
    if laid_over:
        defaults = defaults.model_copy(update={"edition": laid_over[-1]})

    stretches_in = files.get("stretches.yaml", root / "licence_types" / "stretches.yaml").parent
    stretches = load_stretches(stretches_in)
    check_actors(stretches_in, stretches, office.roles)
    role_names = {role.code: role.name for role in office.roles.values()}
    asked = load_transactions(root).values() if root != DATA else transactions().values()
    types: dict[str, LicenceType] = {}
    for number, name in enumerate(sorted(name for name in files if TYPE_FILE.fullmatch(name)), start=1):
        file = files[name]
        kind = _read_type(file, defaults, documents, stretches, role_names, asked)
        if name != type_file(kind):
            raise CatalogueFault(
                file, "number", f"the file name does not match number {kind.number}, code {kind.code!r}"
            )
        if kind.number != number:
            raise CatalogueFault(file, "number", f"row {number} of the table is missing")
        check_references(file, kind, office, headers)
        check_path(file, kind, office)
        check_retribution(file, kind, tariffs)
        if kind.code in types:
            raise CatalogueFault(file, "code", f"{kind.code!r} stands twice")
        types[kind.code] = kind
    for kind in types.values():
        if kind.revokes is not None and kind.revokes not in types:
            raise CatalogueFault(files[type_file(kind)], "revokes", f"unknown: {kind.revokes!r}")
    check_headers(files["headers.yaml"], headers, types)
    check_scopes(root / "organisation" / "authorities.yaml", office, types)
    return LicenceTable(MappingProxyType(types), MappingProxyType(headers), sheet.bottom_row, MappingProxyType(files))


def load_licence_tables(
    root: Path = DATA, *, office: Organisation | None = None, tariffs: TariffBook | None = None
) -> dict[str, LicenceTable]:
    """Every edition in `root` by its code, in their order, each checked against the one before it."""
    codes = list(load_editions(root))
    office, tariffs = office or load_organisation(root), tariffs or load_tariff_book(root)
    tables: dict[str, LicenceTable] = {}
    for place, code in enumerate(codes):
        table = load_licence_table(root, laid_over=codes[1 : place + 1], office=office, tariffs=tariffs)
        if place:
            check_history(tables[codes[place - 1]].types, table.types, table.files)
        tables[code] = table
    return tables


def licence_table(edition: str | None = None) -> LicenceTable:
    """The table in the package, in that edition (None: the first), read once. `Refusal(unknown_edition)`."""
    later = () if edition is None else overlays(edition)
    return _later_table(later) if later else _first_table()


@cache
def _first_table() -> LicenceTable:
    return load_licence_table(office=organisation(), tariffs=tariff_book())


@cache
def _later_table(laid_over: tuple[str, ...]) -> LicenceTable:
    table = load_licence_table(laid_over=laid_over, office=organisation(), tariffs=tariff_book())
    before = _later_table(laid_over[:-1]) if len(laid_over) > 1 else _first_table()
    check_history(before.types, table.types, table.files)
    return table


def licence_types(edition: str | None = None) -> Mapping[str, LicenceType]:
    """All licence types of that edition (None: the first) by code, in the order of table 3.2.4."""
    return licence_table(edition).types


def licence_type(code: str, edition: str | None = None) -> LicenceType:
    """The licence type with that code, as that edition has it (None: the first).

    `Refusal(unknown_licence_type)` when the office has none, `Refusal(unknown_edition)` for no edition.
    """
    types = licence_types(edition)
    try:
        return types[code]
    except (KeyError, TypeError):
        raise Refusal(
            "unknown_licence_type",
            "Jenis izin ini tidak ada dalam daftar layanan.",
            field="licence_type",
            remedy="Pilih jenis izin dari daftar layanan.",
        ) from None


def _read_type(
    file: Path,
    defaults: _Defaults,
    documents: dict[str, str],
    stretches: Stretches,
    role_names: dict[str, str],
    asked: Collection[Transaction],
) -> LicenceType:
    raw = read_yaml(file)
    if "path" in raw:
        raise CatalogueFault(file, "path", "is put together from `stretches`; write those")
    if "edition" in raw:
        raise CatalogueFault(file, "edition", "is said by the folder the file lies in; leave it out")
    raw["edition"] = defaults.edition
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
    words = {"initials": raw["initials"], "signed_by": raw["signed_by"], "role_names": role_names}
    raw["path"] = path_of(raw["stretches"], stretches, **words, file=file)
    if "ways" in raw:
        raise CatalogueFault(file, "ways", "are put together from transactions.yaml; write `stretches`")
    raw["ways"] = (
        {}
        if raw.get("revokes")
        else {
            each.code: {
                "asks": [_requirement(file, code, "administrative", None, documents) for code in each.asks],
                "sub_kinds": each.sub_kinds,
                "only": each.only_these,
                "path": raw["path"]
                if each.leaves_out.isdisjoint(raw["stretches"])
                else path_of([s for s in raw["stretches"] if s not in each.leaves_out], stretches, **words, file=file),
            }
            for each in asked
            if each.about_a_licence
        }
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
