"""What will happen to each file: decided beforehand from the seed, the same for the same seed. Pure.

The mix of types and sub-kinds is that of 2016 by largest remainder; the shares of what goes wrong are chosen so that
every way a file can take is taken, and none so often that the office would be an unlikely one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Literal

from catalogue.offering import Offering, offering
from catalogue.quantity import Quantity
from catalogue.ways import Move
from catalogue.yearly_table import mix_2016, spread
from contracts.intake import Applicant, Place
from ptsp.demo.paper_clock import moment, working_day_from
from ptsp.demo.people import applicant, place

Ending = Literal["issued", "refused_by_bidang", "refused_by_team", "withdrawn"]
Stage = Literal["counter", "requests", "verification", "payment", "issuance"]
Kind = tuple[str, str | None]

YEAR = 2016
A_DOZEN = 12  # from so many files on, everything that can happen happens at least once
SHARES = {
    "lacking": 0.12,
    "refused_by_bidang": 0.02,
    "refused_by_team": 0.01,  # of those the team looks at
    "withdrawn": 0.02,
    "correction": 0.03,  # of those the team looks at
    "declined": 0.05,  # of those the team looks at
    "moved": 0.04,  # of those the team looks at
    "clash": 0.03,  # of those the team looks at
    "late": 0.04,  # of those that pay
    "repeated": 0.05,  # of those that pay
    "double_click": 0.05,
}
CLICKED = ("submit", "check", "accept", "book", "findings", "prepare_nota", "issue_skrd", "initial", "sign_licence")
PAYING_DAYS = (1, 14)


@dataclass(frozen=True)
class FilePlan:
    """One file and its fate. `number` counts from 1 in the order of submission."""

    number: int
    kind: Kind
    channel: Literal["counter", "online", "car_free_day"]
    applicant: Applicant
    place: Place
    quantities: dict[str, Any]
    starts_at: datetime
    ending: Ending = "issued"
    withdrawn_at: Stage | None = None
    missing: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()
    correction: bool = False
    declined: int = 0  # officers who decline before one accepts, at the first SKPD
    moved: bool = False
    clash: bool = False
    days_to_pay: int = 3
    payment_repeats: int = 0
    double_click: str | None = None
    receiver: Literal["holder", "proxy"] = "holder"
    way: tuple[Move, ...] = ()  # of a service: the steps taken, with their outcomes

    @property
    def type(self) -> Offering:
        return offering(self.kind[0])

    @property
    def verified(self) -> bool:
        """Whether the technical team looks at it."""
        return "technical_verification" in self.type.stretches

    @property
    def paying(self) -> bool:
        """Whether it carries a retribution."""
        return "retribution" in self.type.stretches


def mix(count: int) -> dict[Kind, int]:
    """How many of each type and sub-kind make up `count` files in the proportions of 2016, by largest remainder."""
    return {kind: share for kind, share in spread(count, {(c, s): n for c, s, n in mix_2016()}).items() if share}


def plan(count: int, seed: int) -> list[FilePlan]:
    """The fate of `count` files, in the order they are submitted. ValueError for fewer than one."""
    if count < 1:
        raise ValueError("a demonstration needs at least one file")
    rng = Random(f"ptsp/{seed}")
    kinds = [kind for kind, share in mix(count).items() for _ in range(share)]
    rng.shuffle(kinds)
    files = [one_file(rng, number, kind) for number, kind in enumerate(kinds, start=1)]
    files = _endings(rng, files)
    files = _troubles(rng, files)
    files = [replace(file, starts_at=_start(rng, file)) for file in files]
    files.sort(key=lambda file: (file.starts_at, file.number))
    return [replace(file, number=number) for number, file in enumerate(files, start=1)]


def one_file(rng: Random, number: int, kind: Kind) -> FilePlan:
    """A file of that kind to which nothing happens; when it begins is not yet said."""
    who = applicant(rng, number, kind[0])
    return FilePlan(
        number=number,
        kind=kind,
        channel=rng.choices(("counter", "online", "car_free_day"), (68, 28, 4))[0],
        applicant=who,
        place=place(rng, who.name, kind[0]),
        quantities={q.code: _quantity(rng, q, kind) for q in getattr(offering(kind[0]), "quantities", ())},
        starts_at=datetime.min,
        days_to_pay=rng.randint(*PAYING_DAYS),
        receiver=rng.choices(("holder", "proxy"), (80, 20))[0],
    )


LARGE = {"perumahan", "industri"}


def _quantity(rng: Random, quantity: Quantity, kind: Kind) -> int | str:
    """A likely answer: mostly what counts when nothing is said, the first choice, a small number."""
    if quantity.default is not None and rng.random() < 0.7:
        return quantity.default
    if quantity.kind == "choice":
        choices = tuple(quantity.choices)
        return choices[0] if rng.random() < 0.7 else rng.choice(choices)
    if quantity.kind == "decimal":
        most = 6000 if kind[1] in LARGE else 400
        return f"{rng.randint(30, most)}.{rng.choice(('00', '25', '50', '75'))}"
    if quantity.code == "lama_bulan":
        return rng.choice((6, 12))
    return min(int(quantity.maximum), rng.choice((1, 1, 1, 2, 2, 3, 5, 8)))


# --- what becomes of them --------------------------------------------------------------------------------------------


def _endings(rng: Random, files: list[FilePlan]) -> list[FilePlan]:
    """Each file ends in one way; nobody is refused twice."""
    chosen: dict[int, dict[str, Any]] = {}
    whole = len(files)
    seen = [f for f in files if f.verified]

    def free(file: FilePlan) -> bool:
        return file.number not in chosen

    for file in _pick(rng, whole, seen, "refused_by_team", len(seen)):
        chosen[file.number] = {"ending": "refused_by_team"}
    for file in _pick(rng, whole, [f for f in files if free(f)], "refused_by_bidang", whole):
        chosen[file.number] = {"ending": "refused_by_bidang"}
    for file in _pick(rng, whole, [f for f in files if free(f)], "withdrawn", whole):
        chosen[file.number] = {"ending": "withdrawn", "withdrawn_at": rng.choice(stages(file))}
    return [replace(file, **chosen.get(file.number, {})) for file in files]


def stages(file: FilePlan) -> tuple[Stage, ...]:
    """Where on its way a file can be taken back."""
    between = ("verification",) * file.verified + ("payment",) * file.paying
    return ("counter", "requests", *between, "issuance")


def _troubles(rng: Random, files: list[FilePlan]) -> list[FilePlan]:
    whole = len(files)
    changed = {file.number: file for file in files}

    def change(eligible: Sequence[FilePlan], share: str, of: int, **how: Any) -> None:
        for file in _pick(rng, whole, eligible, share, of):
            values = {key: value(file) if callable(value) else value for key, value in how.items()}
            changed[file.number] = replace(changed[file.number], **values)

    for file in files:
        if file.withdrawn_at == "requests":
            changed[file.number] = replace(file, **_lacking(rng, file))
    asked = [f for f in files if f.withdrawn_at not in ("counter", "requests")]
    for file in _pick(rng, whole, asked, "lacking", whole):
        changed[file.number] = replace(changed[file.number], **_lacking(rng, file))
    seen = [f for f in files if f.verified and f.withdrawn_at not in ("counter", "requests")]
    through = [
        f for f in seen if f.ending not in ("refused_by_team", "refused_by_bidang") and f.withdrawn_at != "verification"
    ]
    paying = [f for f in files if f.paying and f.ending == "issued"]
    change(through, "correction", len(seen), correction=True)
    change(seen, "declined", len(seen), declined=lambda _: rng.choice((1, 1, 1, 2)))
    change(through, "moved", len(seen), moved=True)
    change(through, "clash", len(seen), clash=True)
    change(paying, "late", len(paying), days_to_pay=lambda _: rng.randint(32, 95))
    change(paying, "repeated", len(paying), payment_repeats=lambda _: rng.randint(2, 3))
    change(files, "double_click", whole, double_click=lambda file: rng.choice(_clickable(file)))
    return list(changed.values())


def _clickable(file: FilePlan) -> tuple[str, ...]:
    """Steps this file certainly takes, where an impatient finger can click twice."""
    early = ("submit",) if file.withdrawn_at == "counter" else ("submit", "check")
    if file.ending != "issued":
        return early
    team = ("accept", "book", "findings") if file.verified else ()
    money = ("prepare_nota", "issue_skrd") if file.paying else ()
    return (*early, *team, *money, "initial", "sign_licence")


def _lacking(rng: Random, file: FilePlan) -> dict[str, tuple[str, ...]]:
    required = [r.code for r in file.type.required(sub_kind=file.kind[1])]
    chosen = rng.sample(required, min(len(required), rng.choice((1, 1, 2, 3))))
    cut = rng.randint(0, len(chosen))
    return {"missing": tuple(chosen[:cut]), "wrong": tuple(chosen[cut:])}


def _pick(rng: Random, whole: int, eligible: Sequence[FilePlan], share: str, of: int) -> list[FilePlan]:
    """So many of the eligible as the share of `of` says; one at least when there are a dozen files in all."""
    wanted = max(int(SHARES[share] * of + 0.5), int(whole >= A_DOZEN))
    return rng.sample(list(eligible), min(wanted, len(eligible)))


def _start(rng: Random, file: FilePlan) -> datetime:
    """A moment of 2016 early enough that the file can be closed within the year, whatever happens to it."""
    days = 40 + 25 * file.correction + 15 * bool(file.missing or file.wrong) + 20 * file.moved + file.days_to_pay
    first, last = date(YEAR, 1, 4), date(YEAR, 12, 16) - timedelta(days=days)
    return moment(working_day_from(first + timedelta(days=rng.randint(0, (last - first).days))), rng)
