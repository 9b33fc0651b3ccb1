"""What a licence type may refer to, and what must fit together in it; a `CatalogueFault` names the file and the key."""

from datetime import date
from pathlib import Path
from typing import Any, get_args

from catalogue.header import Header
from catalogue.licence_path import Stretch
from catalogue.licence_type import YEARS, LicenceType
from catalogue.nota_lines import compute
from catalogue.office import Organisation
from catalogue.reading import CatalogueFault
from catalogue.retribution.formulas import FORMULAS
from catalogue.tariff_book import TariffBook
from values.refusal import Refusal

LIKELY_DAY = date(2016, 11, 1)
FACTOR_KINDS = {"flat": set(), "per_unit": {"integer"}, "area_index": {"integer", "decimal", "choice"}}


def check_references(file: Path, kind: LicenceType, office: Organisation, headers: dict[str, Header]) -> None:
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
    if kind.effective_from and kind.ended and kind.ended < kind.effective_from:
        raise CatalogueFault(file, "ended", f"{kind.ended} is before {kind.effective_from}, the day the type began")
    for requirement in kind.requirements:
        known(f"requirements.{requirement.code}.only_for", sorted(requirement.only_for), lines)
    if not kind.counted and not kind.counted_reason:
        raise CatalogueFault(file, "counted_reason", "a row left out of the yearly sum says why")


def check_path(file: Path, kind: LicenceType, office: Organisation) -> None:
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


def check_retribution(file: Path, kind: LicenceType, tariffs: TariffBook) -> None:
    rule = kind.retribution
    if rule is None:
        return
    if rule.tariff not in tariffs and not (rule.inputs and rule.tariff is None):
        raise CatalogueFault(file, "retribution.tariff", f"unknown: {rule.tariff!r}")
    if rule.inputs:
        _check_inputs(file, kind, tariffs)
    else:
        _check_factors(file, kind, tariffs)


def _check_factors(file: Path, kind: LicenceType, tariffs: TariffBook) -> None:
    rule = kind.retribution
    if rule.formula not in FACTOR_KINDS:
        raise CatalogueFault(file, "retribution.formula", f"{rule.formula!r} needs inputs, or is unknown")
    quantities = {quantity.code: quantity for quantity in kind.quantities}
    for factor in rule.factors:
        if factor not in quantities:
            raise CatalogueFault(file, "retribution.factors", f"unknown: {factor!r}")
        if quantities[factor].kind not in FACTOR_KINDS[rule.formula]:
            raise CatalogueFault(file, "retribution.factors", f"{factor!r} cannot be a factor of {rule.formula}")
    if rule.formula != "flat" and not rule.factors:
        raise CatalogueFault(file, "retribution.factors", f"{rule.formula} needs factors")
    if rule.case_from not in (None, "sub_kind", *quantities):
        raise CatalogueFault(file, "retribution.case_from", f"unknown: {rule.case_from!r}")
    cases = kind.tariff_cases()
    missing = cases - tariffs.cases(rule.tariff)
    if missing or not cases:
        raise CatalogueFault(file, "retribution.tariff", f"{rule.tariff!r} has no row for {sorted(map(str, missing))}")


def _check_inputs(file: Path, kind: LicenceType, tariffs: TariffBook) -> None:
    """The formula is known, each input comes from somewhere, and a likely file can be computed by it."""
    rule, quantities = kind.retribution, {quantity.code: quantity for quantity in kind.quantities}
    if rule.formula not in FORMULAS:
        raise CatalogueFault(file, "retribution.formula", f"unknown: {rule.formula!r}")
    if rule.factors or rule.case_from or not rule.said:
        raise CatalogueFault(file, "retribution.inputs", "stands instead of factors and case_from, and needs said")
    for key, source in rule.inputs.items():
        if isinstance(source, dict):
            fits = set(source) == set(kind.sub_kinds)
        else:
            code, _, what = source.partition(".")
            fits = source in ("@rate", "@rate_day") or source[:1] == "=" or (source == "sub_kind" and kind.sub_kinds)
            fits = fits or (code in quantities and (not what or (what == "index" and quantities[code].choices)))
        if not fits:
            raise CatalogueFault(file, f"retribution.inputs.{key}", f"comes from nowhere: {source!r}")
    likely = {q.code: next(iter(q.choices)) if q.choices else int(q.maximum) for q in kind.quantities}
    day = max((row.effective_from for row in (tariffs.of(rule.tariff) if rule.tariff else ())), default=LIKELY_DAY)
    for sub_kind in kind.sub_kinds or (None,):
        try:
            compute(kind, sub_kind, likely, day, tariffs)
        except (Refusal, ValueError) as no:
            raise CatalogueFault(file, "retribution.inputs", f"a likely file cannot be computed: {no}") from no


def check_headers(file: Path, headers: dict[str, Header], types: dict[str, LicenceType]) -> None:
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


def check_scopes(file: Path, office: Organisation, types: dict[str, LicenceType]) -> None:
    for authority in office.authorities.values():
        if authority.scope != "all":
            for code in sorted(authority.scope - types.keys()):
                raise CatalogueFault(file, f"authorities.{authority.id}.scope", f"unknown: {code!r}")
