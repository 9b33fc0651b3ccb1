"""The fourteen components of anything the office offers: of a service as its decree prints them, of a licence type from
its own data and from what the office states once for all (`office_components.yaml`).

Everything here is in words for the public. A `source` is None where the office or its decree says so itself and
otherwise tells whence it is taken; `wording.ASSUMPTION` marks what this catalogue assumes.
"""

from datetime import date

from num2words import num2words

from catalogue.fee import Fee, Told, fee_of_type
from catalogue.licence_type import LicenceType, Requirement
from catalogue.offering import Offering
from catalogue.office import Organisation
from catalogue.office_components import OfficeComponents, Stated, office_components
from catalogue.path import APPLICANT, ENDS, Limit
from catalogue.reading import Entry
from catalogue.standard import Group, Item, PrintedStep, ServiceStandard
from catalogue.wording import ASSUMED_STEPS, listed, outcome_words, source_words
from catalogue.wording import ENDS as END_WORDS

APPLICANT_WORDS = "Pemohon"
WAITING = "wait_for_applicant"
NO_LIMIT = "Tidak dibatasi"


class Line(Entry):
    """One line of a component, as `depth` says below the line before it. `only_for`: names of the sub-kinds."""

    text: str
    depth: int = 0
    only_for: tuple[str, ...] = ()
    source: str | None = None


class Asked(Entry):
    """Requirements of one kind: administrative, technical, or (None) as a decree lists them."""

    kind: str | None
    lines: tuple[Line, ...]


class Way(Entry):
    """Where an outcome leads: a step by its number, or an end in words. `onward`: simply to what comes next."""

    answer: str
    to: int | str
    onward: bool


class ProcedureStep(Entry):
    """One step of component 3; `closes_after`: days after which waiting for the applicant ends."""

    number: int
    text: str
    actor: str
    by_applicant: bool
    limit: Limit | None = None
    closes_after: int | None = None
    branches: tuple[Way, ...] = ()


class Staffing(Told):
    """Component 11."""

    number: int


class Components(Entry):
    """The fourteen components; `validity` goes with the products of a licence and is None for a service."""

    name: str
    legal_basis: tuple[Line, ...]
    requirements: tuple[Asked, ...]
    steps: tuple[ProcedureStep, ...]
    steps_source: str | None = None
    time: Told
    fee: Fee
    products: tuple[Line, ...]
    validity: Told | None
    facilities: tuple[Line, ...]
    competencies: tuple[Line, ...]
    internal_oversight: tuple[Line, ...]
    complaint_channels: tuple[Line, ...]
    staff_count: Staffing
    service_guarantee: tuple[Line, ...]
    safety_guarantee: tuple[Line, ...]
    evaluation: tuple[Line, ...]


def components(
    offered: Offering, office: Organisation, day: date, stated: OfficeComponents | None = None
) -> Components:
    """The components of a type or service; tariffs are those in force on `day`."""
    if isinstance(offered, ServiceStandard):
        return _of_service(offered)
    return _of_type(offered, office, day, stated or office_components())


# --- licence types ---------------------------------------------------------------------------------------------------


def _of_type(kind: LicenceType, office: Organisation, day: date, stated: OfficeComponents) -> Components:
    agencies = listed([office.units[code].name for code in kind.skpd])
    words = {"bidang": office.units[kind.bidang].name, "agencies": agencies}
    team = [stated.team_competence] if kind.verification and agencies else []

    def said(lines: list[Stated]) -> tuple[Line, ...]:
        return tuple(Line(text=line.text.format(**words), source=line.source) for line in lines)

    sides = ("administrative", "technical")
    asked = [
        (side, tuple(_requirement(each, kind) for each in kind.requirements if each.kind == side)) for side in sides
    ]
    years = f"{kind.validity_years} tahun" if kind.validity_years else NO_LIMIT
    return Components(
        name=kind.name,
        legal_basis=tuple(Line(text=text) for text in kind.legal_basis),
        requirements=tuple(Asked(kind=side, lines=lines) for side, lines in asked if lines),
        steps=steps_of_type(kind, office),
        steps_source=ASSUMED_STEPS,
        time=Told(printed=kind.service_time, source=source_words(kind.source_of("working_days"))),
        fee=fee_of_type(kind, day),
        products=(Line(text=kind.product),),
        validity=Told(printed=years, source=source_words(kind.source_of("validity_years"))),
        facilities=said(stated.facilities),
        competencies=said([*stated.competencies, *team]),
        internal_oversight=said(stated.internal_oversight),
        complaint_channels=said(stated.complaint_channels),
        staff_count=_staff(kind, words["bidang"], stated),
        service_guarantee=said(stated.service_guarantee),
        safety_guarantee=said(stated.safety_guarantee),
        evaluation=said(stated.evaluation),
    )


def _requirement(each: Requirement, kind: LicenceType) -> Line:
    only = tuple(line.name for line in kind.lines if line.code in each.only_for)
    return Line(text=each.name, only_for=only, source=source_words(each.source))


def steps_of_type(kind: LicenceType, office: Organisation) -> tuple[ProcedureStep, ...]:
    """The path of the type, step by step, with every outcome and where it leads."""
    place = {step.code: number for number, step in enumerate(kind.path.steps, start=1)}
    following = [
        next((place[later.code] for later in kind.path.steps[number:] if later.act != WAITING), None)
        for number in place.values()
    ]
    return tuple(
        ProcedureStep(
            number=place[step.code],
            text=step.name,
            actor=office.roles[step.actor].name,
            by_applicant=step.actor == APPLICANT,
            limit=step.limit,
            closes_after=step.closes_after,
            branches=tuple(
                Way(
                    answer=outcome_words(outcome),
                    to=END_WORDS[target].lower() if target in ENDS else place[target],
                    onward=place.get(target) == onward if target not in ENDS else target == ENDS[0],
                )
                for outcome, target in step.outcomes.items()
            ),
        )
        for step, onward in zip(kind.path.steps, following, strict=True)
    )


def _staff(kind: LicenceType, bidang: str, stated: OfficeComponents) -> Staffing:
    counters, serving = stated.staff.counters, stated.staff.bidang[kind.bidang]
    total = counters + serving
    said = f"{total} ({num2words(total, lang='id')}) orang: {counters} petugas loket dan {serving} orang pada {bidang}"
    return Staffing(printed=said, number=total, source=stated.staff.source)


# --- services of the secretariat -------------------------------------------------------------------------------------


def _of_service(standard: ServiceStandard) -> Components:
    def flat(name: str) -> tuple[Line, ...]:
        return _flat(getattr(standard, name))

    return Components(
        name=standard.title,
        legal_basis=flat("legal_basis"),
        requirements=(Asked(kind=None, lines=flat("requirements")),),
        steps=tuple(_printed(step, standard) for step in standard.steps),
        time=Told(printed=standard.time.printed),
        fee=Fee(printed=standard.fee.printed, amount=standard.fee.amount),
        products=flat("products"),
        validity=None,
        facilities=flat("facilities"),
        competencies=flat("competencies"),
        internal_oversight=flat("internal_oversight"),
        complaint_channels=flat("complaint_channels"),
        staff_count=Staffing(printed=standard.staff_count.printed, number=standard.staff_count.number),
        service_guarantee=flat("service_guarantee"),
        safety_guarantee=flat("safety_guarantee"),
        evaluation=flat("evaluation"),
    )


def _flat(items: list[Item], depth: int = 0) -> tuple[Line, ...]:
    lines: list[Line] = []
    for item in items:
        if isinstance(item, Group):
            lines += [Line(text=item.text, depth=depth), *_flat(item.items, depth + 1)]
        else:
            lines.append(Line(text=item, depth=depth))
    return tuple(lines)


def _printed(step: PrintedStep, standard: ServiceStandard) -> ProcedureStep:
    numbers = [each.number for each in standard.steps]
    later = [number for number in numbers if number > step.number]
    return ProcedureStep(
        number=step.number,
        text=step.text,
        actor=step.actor,
        by_applicant=step.actor == APPLICANT_WORDS,
        limit=step.limit,
        branches=tuple(
            Way(
                answer=branch.answer,
                to="kembali ke Pemohon" if branch.to == "pemohon" else branch.to,
                onward=branch.to == (later[0] if later else "selesai"),
            )
            for branch in step.branches
        ),
    )
