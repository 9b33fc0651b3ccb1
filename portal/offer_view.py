"""What the office offers, as the catalogue pages show it. Pure: the catalogue and a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from catalogue.cost import cost_words, tariffs_on
from catalogue.editions import Edition, edition, edition_on
from catalogue.licence_type import YEARS, LicenceType
from catalogue.licences import licence_table, licence_types
from catalogue.offering import Offering, offering
from catalogue.office import organisation
from catalogue.path import Path, Step
from catalogue.standard import Group, ServiceStandard
from catalogue.standards_book import service_standards
from catalogue.tariff_book import TariffRow
from catalogue.yearly_table import totals
from portal.search import search
from values.dates import JAKARTA, office_date

BIDANG_IN_ORDER = ("jasa_usaha", "tertentu", "non_perizinan")


@dataclass(frozen=True)
class Drawn:
    """One step of a path as drawn. `back`: (outcome, name of the step it leads back to)."""

    place: int
    step: Step
    actor: str
    waits: bool
    back: list[tuple[str, str]]


def today() -> date:
    """The office's day."""
    return office_date(datetime.now(JAKARTA))


def types_today() -> dict[str, LicenceType]:
    """The licence types in force today."""
    return dict(licence_types(edition_on(today()).code))


def type_today(code: str) -> LicenceType | None:
    """The licence type with that code in the edition in force; None when there is none."""
    return types_today().get(code)


def found(question: str) -> list[Offering]:
    """What fits the question, the best first; what is no longer given comes last."""
    here = edition_on(today()).code
    finds = [offering(find.code, None if find.code.startswith("S-") else here) for find in search(question)]
    return sorted(finds, key=lambda kind: not kind.open_on(today()))


def is_service(kind: Offering) -> bool:
    """Whether it is a service of the secretariat rather than a licence."""
    return isinstance(kind, ServiceStandard)


def address_of(kind: Offering) -> str:
    """Its page."""
    return f"/layanan/{kind.code}" if is_service(kind) else f"/izin/{kind.code}"


def title_of(kind: Offering) -> str:
    """What it is called."""
    return kind.title if is_service(kind) else kind.name


def grouped() -> list[tuple[str, list[LicenceType], list[LicenceType]]]:
    """(bidang, types given today, types no longer given), each by name."""
    kinds = sorted(types_today().values(), key=lambda kind: kind.name)
    on = today()
    return [
        (
            bidang,
            [k for k in kinds if k.bidang == bidang and k.open_on(on)],
            [k for k in kinds if k.bidang == bidang and not k.open_on(on)],
        )
        for bidang in BIDANG_IN_ORDER
    ]


def services_by_unit() -> list[tuple[str, list[ServiceStandard]]]:
    """(name of the Bagian, its services), in the order of the annexes."""
    units: dict[str, list[ServiceStandard]] = {}
    for standard in service_standards().values():
        units.setdefault(organisation().units[standard.unit].name, []).append(standard)
    return list(units.items())


def drawn(path: Path) -> list[Drawn]:
    """The path as a list of steps, with the ways back."""
    place = {step.code: n for n, step in enumerate(path.steps, start=1)}
    roles = organisation().roles
    return [
        Drawn(
            place=place[step.code],
            step=step,
            actor=roles[step.actor].name,
            waits=step.actor == "applicant",
            back=[
                (outcome, path[target].name)
                for outcome, target in step.outcomes.items()
                if place.get(target, place[step.code] + 1) <= place[step.code]
            ],
        )
        for step in path.steps
    ]


def tariffs_today(kind: LicenceType) -> list[TariffRow]:
    """Its tariffs in force today."""
    return tariffs_on(kind, today())


def cost_today(kind: Offering) -> str:
    """What it costs, in a sentence without its full stop."""
    return kind.fee.printed if is_service(kind) else cost_words(kind, today())


def edition_of(kind: LicenceType) -> Edition:
    """The edition it is shown in."""
    return edition(kind.edition)


def items(component: Sequence[str | Group]) -> list[tuple[str, list]]:
    """A list of the decree as (text, what is listed below it)."""
    return [(each, []) if isinstance(each, str) else (each.text, items(each.items)) for each in component]


@cache
def years_of_office() -> dict[int, int]:
    """Licences per year as the annual report prints them."""
    table = licence_table()
    return {year: totals(table)["printed"][year] for year in YEARS}
