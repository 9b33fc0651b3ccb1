"""The catalogue as JSON: what other programs read of it, from the command line and from the API."""

from collections.abc import Mapping
from typing import Any

from catalogue.components import components
from catalogue.cost import cost_words, tariffs_on
from catalogue.editions import Edition
from catalogue.header import Header
from catalogue.licence_type import YEARS, LicenceType, YearlyCounts
from catalogue.office import Organisation
from catalogue.path import Path
from catalogue.standard import COMPONENTS, ServiceStandard
from catalogue.standards_book import StandardsDecree
from catalogue.transactions import REVOCATION, transactions
from catalogue.yearly_table import READINGS

USED = "E"
OWN = ("legal_basis", "requirements", "time")  # components with a key of their own in a type
SHAPED = ("steps", "fee", "staff_count")  # components that are more than a list
TOTAL = "total"


def counts(line: YearlyCounts) -> dict[str, int | None]:
    """Year to number; None where the table is blank."""
    return {str(year): line.count(year) for year in YEARS}


def listed_type(kind: LicenceType) -> dict[str, Any]:
    """A type in the list: who it is, what was counted and whether the yearly sum takes it, its sub-rows likewise."""
    return {
        "number": kind.number,
        "code": kind.code,
        "name": kind.name,
        "abbreviation": kind.abbreviation,
        "counts": counts(kind),
        "printed_total": kind.printed_total,
        "counted": kind.counted,
        "counted_reason": kind.counted_reason,
        "header": kind.header,
        "effective_from": kind.effective_from,
        "ended": kind.ended,
        "lines": [
            {
                "code": line.code,
                "name": line.name,
                "counts": counts(line),
                "printed_total": line.printed_total,
                "counted": line.counted,
                "counted_reason": line.reason,
                "offered": line.offered,
            }
            for line in kind.lines
        ],
    }


def listed_standard(standard: ServiceStandard, office: Organisation) -> dict[str, Any]:
    """A service of the secretariat in the list."""
    return {
        "code": standard.code,
        "name": standard.title,
        "unit": office.units[standard.unit].name,
        "time": standard.time.printed,
        "fee": standard.fee.amount,
        "steps": len(standard.path.steps),
    }


def whole_type(kind: LicenceType, office: Organisation, edition: Edition) -> dict[str, Any]:
    """Everything about a type in one edition; tariffs are those in force on the day of the edition.

    The fourteen components stand under the keys a service has them under.
    """
    return listed_type(kind) | {
        **worked_out(kind, office, edition),
        "edition": edition.code,
        "printed_name": kind.printed_name,
        "bidang": _unit(kind.bidang, office),
        "group": kind.group,
        "classification": kind.classification,
        "legal_basis": kind.legal_basis,
        "requirements": {side: requirements(kind, side) for side in ("administrative", "technical")},
        "skpd": [_unit(code, office) for code in kind.skpd],
        "verification": kind.verification,
        "path": path_steps(kind.path, office),
        "time": {"amount": kind.working_days, "unit": "working_day", "source": kind.source_of("working_days")},
        "cost": cost(kind, edition),
        "transactions": asked_about(kind),
        "quantities": [each.model_dump(mode="json") for each in kind.quantities],
        "product": kind.product,
        "validity": {"years": kind.validity_years, "source": kind.source_of("validity_years")},
        "initials": [_role(code, office) for code in kind.initials],
        "signed_by": _role(kind.signed_by, office),
        "sources": kind.sources,
        "note": kind.note,
    }


def asked_about(kind: LicenceType) -> list[dict[str, Any]]:
    """What may be asked about a licence of the type: the papers asked for beside the type's own (or only these), the
    steps of its way, and what becomes of the licence that exists."""
    found = [transactions()[REVOCATION]] if kind.revokes else [transactions()[code] for code in kind.ways]
    return [
        {
            "code": each.code,
            "name": each.name,
            "of": kind.revokes or kind.code,
            "asks": [paper.name for paper in kind.ways[each.code].asks] if each.code in kind.ways else [],
            "only_these": each.only_these,
            "steps": [step.code for step in kind.path_for(each.code).steps],
            "licence": each.licence,
        }
        for each in found
    ]


def worked_out(kind: LicenceType, office: Organisation, edition: Edition) -> dict[str, Any]:
    """The components a type has no data of its own for: steps, fee, products, and what the office states for all.

    Lists are of texts, as a decree prints them; `component_sources` names the papers behind each.
    """
    told = components(kind, office, edition.published)
    lists = {name: getattr(told, name) for name in COMPONENTS if name not in (*OWN, *SHAPED)}
    return {
        "steps": [step.model_dump(mode="json") for step in told.steps],
        "fee": told.fee.model_dump(mode="json"),
        "staff_count": told.staff_count.model_dump(mode="json"),
        **{name: [line.text for line in lines] for name, lines in lists.items()},
        "component_sources": {
            name: sources
            for name, lines in lists.items()
            if (sources := list(dict.fromkeys(line.source for line in lines if line.source)))
        },
    }


def requirements(kind: LicenceType, side: str) -> list[dict[str, Any]]:
    """What is asked for, administrative or technical. `only_for` names sub-kinds in their order, empty means all."""
    order = [line.code for line in kind.lines]
    return [
        {
            "code": each.code,
            "name": each.name,
            "source": each.source,
            "only_for": sorted(each.only_for, key=order.index),
        }
        for each in kind.requirements
        if each.kind == side
    ]


def cost(kind: LicenceType, edition: Edition) -> dict[str, Any]:
    """Free, or the rule and its tariffs. `placeholder`: the city's own figure is not known, another's stands in."""
    rows = tariffs_on(kind, edition.published)
    return {
        "free": kind.retribution is None,
        "words": cost_words(kind, edition.published),
        "source": kind.retribution.source if kind.retribution else kind.source_of("retribution"),
        "retribution": kind.retribution.model_dump(mode="json") if kind.retribution else None,
        "tariffs": [row.model_dump(mode="json") for row in rows],
        "placeholder": any(row.placeholder for row in rows),
    }


def path_steps(path: Path, office: Organisation) -> list[dict[str, Any]]:
    """The steps, each with the name of who does it."""
    return [step.model_dump(mode="json") | {"actor_name": office.roles[step.actor].name} for step in path.steps]


def whole_standard(standard: ServiceStandard, decree: StandardsDecree, office: Organisation) -> dict[str, Any]:
    """A service: its fourteen components as printed, the head over them, and its path."""
    printed = standard.model_dump(mode="json")
    return {
        "code": standard.code,
        "annex": standard.annex,
        "name": standard.name,
        "title": standard.title,
        "unit": _unit(standard.unit, office),
        "effective_from": standard.effective_from,
        "ended": standard.ended,
        **{component: printed[component] for component in COMPONENTS},
        "path": path_steps(standard.path, office),
        "decree": {
            "number": decree.number,
            "date": decree.date,
            "issued_by": decree.issued_by,
            "about": decree.about,
        },
        "vision": decree.vision,
        "mission": decree.mission,
        "promise": decree.promise,
        "maklumat": decree.maklumat,
        "chart": standard.chart,
        "slips": printed["slips"],
        "notes": standard.notes,
    }


def all_totals(
    sums: Mapping[str, Mapping[int, int]], types: Mapping[str, LicenceType], headers: Mapping[str, Header]
) -> dict[str, Any]:
    """Each reading of the table: its sums, whether each equals the printed bottom row; which one is used and why."""
    printed = _with_total(sums["printed"])
    readings = {
        reading: {
            "description": description,
            "counts": (these := _with_total(sums[reading])),
            "equals_printed": {cell: these[cell] == printed[cell] for cell in printed},
        }
        for reading, description in READINGS.items()
    }
    return {
        "readings": readings,
        "printed": {"counts": printed},
        "used": USED,
        "why": "only this reading equals the printed bottom row in every year and in the total",
        "counted": [
            *({"code": k.code, "counted": k.counted, "why": k.counted_reason} for k in types.values() if not k.counted),
            *(
                {"code": f"{kind.code}.{line.code}", "counted": True, "why": line.reason}
                for kind in types.values()
                for line in kind.lines
                if line.counted
            ),
            *({"code": head.code, "counted": head.counted, "why": head.reason} for head in headers.values()),
        ],
    }


def _with_total(by_year: Mapping[int, int]) -> dict[str, int]:
    return {str(year): number for year, number in by_year.items()} | {TOTAL: sum(by_year.values())}


def _unit(code: str, office: Organisation) -> dict[str, str]:
    return {"code": code, "name": office.units[code].name}


def _role(code: str, office: Organisation) -> dict[str, str]:
    return {"code": code, "name": office.roles[code].name}
