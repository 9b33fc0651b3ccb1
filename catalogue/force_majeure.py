"""Force majeure as declared: from when until when, by which decree, for which files. The clock stands still meanwhile.

One declaration per file in `force_majeure/`. Without a decree no time is taken out of the clock.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from catalogue.editions import editions
from catalogue.licences import licence_types
from catalogue.office import organisation
from catalogue.officers import Dated
from catalogue.reading import DATA, CatalogueFault, Entry, build, read_yaml
from catalogue.standards_book import service_standards
from values.clock import Pause
from values.dates import JAKARTA


class Scope(Entry):
    """The files concerned: those in the hands of one of `units`, those of one of the licence `types`, and those of one
    of the `services` of the secretariat (codes of each)."""

    units: frozenset[str] = frozenset()
    types: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()

    @model_validator(mode="after")
    def _some(self) -> "Scope":
        if not self.units and not self.types and not self.services:
            raise ValueError("a scope names at least one unit, type or service, or is `all`")
        return self


class Declaration(Dated):
    """A decree that declares force majeure for whole days, the first and the last included.

    `until` empty: not lifted yet. `reason` is read by the public, so it is Indonesian. `fictional`: no source names
    this decree. A decree may be decided after its first day: it then reaches back.
    """

    decree: str = Field(min_length=3)
    decided_on: date
    fictional: bool = False
    source: str
    reason: str = Field(min_length=3)
    scope: Literal["all"] | Scope

    def covers(self, unit: str | None, offered: str | None) -> bool:
        """Whether a file in the hands of that unit, of that licence type or service, is concerned."""
        if self.scope == "all":
            return True
        return unit in self.scope.units or offered in self.scope.types or offered in self.scope.services

    def as_pause(self) -> Pause:
        """The declared days as a pause of the clock, midnight to midnight in Jakarta."""
        until = None if self.until is None else _midnight(self.until + timedelta(days=1))
        return Pause(_midnight(self.since), until, f"force_majeure:{self.decree}")


def load_force_majeure(
    root: Path = DATA, *, units: Collection[str], types: Collection[str], services: Collection[str]
) -> tuple[Declaration, ...]:
    """Read and check the declarations in `root/force_majeure`, in order of their first day.

    `units`, `types`, `services`: the codes a scope may name. `CatalogueFault` with file and key for dates out of order,
    an unknown key, unit, type or service, or a decree that stands twice.
    """
    declared: dict[str, Declaration] = {}
    for file in sorted((root / "force_majeure").glob("*.yaml")):
        declaration = build(Declaration, read_yaml(file), file)
        if declaration.decree in declared:
            raise CatalogueFault(file, "decree", f"{declaration.decree} stands twice")
        if declaration.scope != "all":
            for key, named, known in (
                ("scope.units", declaration.scope.units, units),
                ("scope.types", declaration.scope.types, types),
                ("scope.services", declaration.scope.services, services),
            ):
                if strangers := sorted(named - set(known)):
                    raise CatalogueFault(file, key, f"unknown: {strangers[0]!r}")
        declared[declaration.decree] = declaration
    return tuple(sorted(declared.values(), key=lambda declaration: (declaration.since, declaration.decree)))


@cache
def force_majeure() -> tuple[Declaration, ...]:
    """The declarations in the package, read once."""
    types = {code for edition in editions() for code in licence_types(edition)}
    return load_force_majeure(units=organisation().units, types=types, services=service_standards())


def force_majeure_pauses(
    unit: str | None = None, offered: str | None = None, *, declared: Iterable[Declaration] | None = None
) -> list[Pause]:
    """The pauses that concern a file in the hands of `unit`, of the licence type or service `offered` (codes); those
    for all concern every file.

    `declared`: other declarations than those in the package.
    """
    declarations = force_majeure() if declared is None else declared
    return [each.as_pause() for each in declarations if each.covers(unit, offered)]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, JAKARTA)
