"""Both sites compared, object by object, by reading every byte of both."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from plumbing.object_store import Missing, ObjectStore

READERS = 4
NAMED = 20


@dataclass
class Sites:
    """What the bundles name, and what of it lies where. `named` tells the first few of each finding."""

    wanted: int = 0
    primary: int = 0
    second: int = 0
    missing_primary: int = 0
    missing_second: int = 0
    mismatches: int = 0
    unbundled: int = 0
    named: dict[str, list[str]] = field(default_factory=dict)

    def name(self, finding: str, what: str) -> None:
        names = self.named.setdefault(finding, [])
        if len(names) < NAMED:
            names.append(what)


def compare(primary: ObjectStore, second: ObjectStore, wanted: Mapping[str, str]) -> Sites:
    """`wanted`: object name → the application that needs it. The encrypted bytes must be equal on both sites."""
    result = Sites(wanted=len(wanted))
    with ThreadPoolExecutor(READERS) as readers:
        for name, application, here, there in readers.map(lambda item: _look(primary, second, *item), wanted.items()):
            result.primary += here is not None
            result.second += there is not None
            if here is None:
                result.missing_primary += 1
                result.name("missing_primary", f"{name} ({application})")
            if there is None:
                result.missing_second += 1
                result.name("missing_second", f"{name} ({application})")
            if here and there and here != there:
                result.mismatches += 1
                result.name("mismatches", f"{name} ({application})")
    return result


def _look(
    primary: ObjectStore, second: ObjectStore, name: str, application: str
) -> tuple[str, str, str | None, str | None]:
    return name, application, _digest(primary, name), _digest(second, name)


def _digest(site: ObjectStore, name: str) -> str | None:
    try:
        return site.digest_of_stored(name)
    except Missing:
        return None
