"""Loading the whole catalogue anew, part by part, as a service does at its start: how many of each, and how long."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import yaml

from catalogue.force_majeure import load_force_majeure
from catalogue.licences import load_licence_tables
from catalogue.office import load_organisation
from catalogue.office_calendar import load_office_holidays, load_office_hours
from catalogue.office_components import load_office_components
from catalogue.reading import DATA, CatalogueFault
from catalogue.standards_book import load_standards
from catalogue.tariff_book import load_tariff_book
from values.refusal import Refusal

REMEDY = "Perbaiki bagian itu, lalu ulangi `ptsp catalogue check`."


@dataclass(frozen=True)
class Loaded:
    """One part of the catalogue that is sound: how many of what, and the seconds it took."""

    part: str
    count: int
    seconds: float


@dataclass(frozen=True)
class Faulty:
    """The first thing that is wrong. `line` is that of the key in its file, None where it has none."""

    file: str
    line: int | None
    key: str
    reason: str
    remedy: str = REMEDY

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def check(root: Path = DATA) -> Iterator[Loaded]:
    """Load every part below `root`, in the order in which they rest on each other. `CatalogueFault` at the first fault.

    `Refusal(no_catalogue)` when there is no such folder.
    """
    if not root.is_dir():
        raise Refusal("no_catalogue", f"Tidak ada folder {root}.", field="root", remedy="Sebutkan folder katalog.")
    began = perf_counter()

    def loaded(part: str, count: int) -> Loaded:
        nonlocal began
        last, began = began, perf_counter()
        return Loaded(part, count, began - last)

    office = load_organisation(root)
    yield loaded("units", len(office.units))
    yield loaded("roles", len(office.roles))
    yield loaded("officers", len(office.officers))
    yield loaded("authorities", len(office.authorities))
    yield loaded("acting", len(office.appointments))
    yield loaded("exceptions", len(office.exceptions))
    tariffs = load_tariff_book(root)
    yield loaded("tariffs", len(tariffs.rows))
    tables = load_licence_tables(root, office=office, tariffs=tariffs)
    yield loaded("editions", len(tables))
    types = {code: kind for table in tables.values() for code, kind in table.types.items()}
    yield loaded("types", len(types))
    yield loaded("requirements", sum(len(kind.requirements) for kind in types.values()))
    standards = load_standards(root, office=office)
    yield loaded("standards", len(standards))
    yield loaded("steps", sum(len(each.path.steps) for each in (*types.values(), *standards.values())))
    yield loaded("office_components", len(load_office_components(root).model_fields_set))
    holidays = load_office_holidays(root)
    yield loaded("holidays", len(list((root / "holidays").glob("*.yaml"))))
    yield loaded("hours", len(load_office_hours(holidays, root).weeks))
    declared = load_force_majeure(root, units=office.units, types=types, services=standards)
    yield loaded("force_majeure", len(declared))


def told(fault: CatalogueFault, root: Path) -> Faulty:
    """A fault as somebody looks for it: the file below `root`, the line of the key, why it is wrong."""
    file = fault.file.relative_to(root) if fault.file.is_relative_to(root) else fault.file
    return Faulty(str(file), line_of(fault.file, fault.key), fault.key, fault.reason)


def line_of(file: Path, key: str) -> int | None:
    """The line of a key such as `editions.1.published`: as far as its parts are found. None: no such place.

    A part is a key, the place in a list, or the code or id of an entry of a list.
    """
    if (number := key.removeprefix("line ")) != key and number.isdigit():
        return int(number)
    try:
        node = yaml.compose(file.read_bytes(), Loader=yaml.CSafeLoader)
    except (OSError, yaml.YAMLError):
        return None
    line = None
    for part in key.split("."):
        step = _below(node, part)
        if step is None:
            break
        line, node = step
    return line


def _below(node: yaml.Node | None, part: str) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == part:
                return name.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode):
        for place, each in enumerate(node.value):
            names = [each.value] if isinstance(each, yaml.ScalarNode) else _names(each)
            if part == str(place) or part in names:
                return each.start_mark.line + 1, each
    return None


def _names(node: yaml.Node) -> list[str]:
    if not isinstance(node, yaml.MappingNode):
        return []
    return [value.value for name, value in node.value if name.value in ("code", "id")]
