"""All that the office decided, read at once: a service that meets a fault in it does not start."""

import hashlib
from functools import cache
from pathlib import Path

import holidays

from catalogue.depends import licence_for
from catalogue.editions import editions
from catalogue.force_majeure import force_majeure
from catalogue.late_rules import interest_rules, late_notices
from catalogue.licences import licence_types
from catalogue.office_calendar import office_hours
from catalogue.office_components import office_components
from catalogue.reading import DATA
from catalogue.standards_book import service_standards


def load_everything() -> None:
    """Read and check all of it, late rules included; `CatalogueFault` names file and key."""
    for edition in editions():
        licence_types(edition)
    service_standards(), office_components(), office_hours(), force_majeure(), fingerprint()
    interest_rules(), late_notices(), licence_for("")


@cache
def fingerprint() -> str:
    """A mark of all that was decided, as this process reads it: another as soon as anything in it is another."""
    return fingerprint_of(DATA)


def fingerprint_of(root: Path) -> str:
    """Sixteen hex digits over every file of the catalogue in `root` and the release of the library of holidays."""
    mark = hashlib.sha256(holidays.__version__.encode())
    for file in sorted(root.rglob("*.yaml")):
        mark.update(hashlib.sha256(str(file.relative_to(root)).encode()).digest())
        mark.update(hashlib.sha256(file.read_bytes()).digest())
    return mark.hexdigest()[:16]
