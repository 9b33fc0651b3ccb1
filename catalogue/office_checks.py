"""What must hold between the parts of the organisation; a `CatalogueFault` names the file, the key and why."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations, pairwise
from pathlib import Path

from catalogue.authority import Authority, InitialException
from catalogue.officers import Appointment, Officer, Unit
from catalogue.reading import CatalogueFault
from catalogue.seats import SINGLE_SEATS


def check_known(file: Path, key: str, value: str, known: Collection[str]) -> None:
    """`value` is one of `known`."""
    if value not in known:
        raise CatalogueFault(file, key, f"unknown: {value!r}")


def check_unique(file: Path, keys: Sequence[str]) -> None:
    """No key stands twice."""
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise CatalogueFault(file, key, "stands twice")
        seen.add(key)


def check_one_holder_per_seat(file: Path, officers: Sequence[Officer]) -> None:
    """A seat of one person has one holder a day."""
    seats: dict[tuple[str, str], list[Officer]] = defaultdict(list)
    for officer in officers:
        if officer.role in SINGLE_SEATS:
            seats[officer.role, officer.unit].append(officer)
    for holders in seats.values():
        holders.sort(key=lambda officer: officer.since)
        for earlier, later in pairwise(holders):
            if earlier.overlaps(later):
                raise CatalogueFault(file, f"officers.{later.id}.from", f"the seat is still held by {earlier.id}")


def check_appointments(file: Path, appointments: Sequence[Appointment], officers: Sequence[Officer]) -> None:
    """Who acts is in office and free for the whole period, the seat exists and is of one person; a Plh. stands in for a
    holder who is away the whole time, a Plt. sits where there is no holder; one acts in a seat at a time."""
    check_unique(file, [each.id for each in appointments])
    by_id = {officer.id: officer for officer in officers}
    seats = {(officer.role, officer.unit) for officer in officers if officer.role in SINGLE_SEATS}
    for each in appointments:
        key = f"acting.{each.id}"
        check_known(file, f"{key}.officer", each.officer, by_id)
        if (each.role, each.unit) not in seats:
            raise CatalogueFault(file, f"{key}.role", f"no seat of one person: {each.role!r} of {each.unit!r}")
        actor = by_id[each.officer]
        if not actor.covers_period(each):
            raise CatalogueFault(file, f"{key}.officer", f"{actor.id} is not in office for the whole period")
        if (actor.role, actor.unit) == (each.role, each.unit):
            raise CatalogueFault(file, f"{key}.officer", f"{actor.id} holds that seat")
        _check_holder(file, key, each, officers)
    for one, other in combinations(appointments, 2):
        if not one.overlaps(other):
            continue
        if (one.role, one.unit) == (other.role, other.unit):
            raise CatalogueFault(file, f"acting.{other.id}.from", f"overlaps with {one.id}")
        for acting, away in ((one, other), (other, one)):
            actor = by_id[acting.officer]
            if (actor.role, actor.unit) == (away.role, away.unit):
                raise CatalogueFault(file, f"acting.{acting.id}.officer", f"{actor.id} is away then: {away.id}")


def _check_holder(file: Path, key: str, each: Appointment, officers: Sequence[Officer]) -> None:
    seat = (each.role, each.unit)
    holders = [o for o in officers if (o.role, o.unit) == seat and o.overlaps(each)]
    if each.kind == "Plt." and holders:
        raise CatalogueFault(file, f"{key}.kind", f"the seat is not vacant: {holders[0].id} holds it")
    if each.kind == "Plh." and not (len(holders) == 1 and holders[0].covers_period(each)):
        raise CatalogueFault(file, f"{key}.kind", "nobody holds the seat for the whole period; that is a Plt.")


def check_authorities(
    file: Path,
    authorities: Sequence[Authority],
    units: Mapping[str, Unit],
    roles: Collection[str],
    officers: Sequence[Officer],
) -> None:
    """Roles and units exist, each authority sits in a seat of one person (a Camat's in the kecamatan of the place), and
    no two rival each other."""
    check_unique(file, [authority.id for authority in authorities])
    seats = {(officer.role, officer.unit) for officer in officers if officer.role in SINGLE_SEATS}
    for authority in authorities:
        key = f"authorities.{authority.id}"
        check_known(file, f"{key}.role", authority.role, roles)
        if authority.unit is not None:
            check_known(file, f"{key}.unit", authority.unit, units)
        if (authority.role == "camat") != authority.unit_of_place:
            raise CatalogueFault(file, f"{key}.unit_of_place", "belongs to the role camat, and is needed there")
        mine = [unit for role, unit in seats if role == authority.role and authority.unit in (None, unit)]
        if not mine or (len(mine) > 1 and not authority.unit_of_place):
            raise CatalogueFault(file, f"{key}.unit", f"{len(mine)} seats of one person fit; one is needed")
    for earlier, later in combinations(authorities, 2):
        if earlier.rivals(later):
            raise CatalogueFault(file, f"authorities.{later.id}.from", f"overlaps with {earlier.id}")


def check_exceptions(file: Path, exceptions: Sequence[InitialException], roles: Collection[str]) -> None:
    """Roles exist, and one exception of a kind holds for a document at a time."""
    check_unique(file, [exception.id for exception in exceptions])
    for exception in exceptions:
        for name in ("skips", "invoked_by", "seen_by"):
            for role in sorted(getattr(exception, name)):
                check_known(file, f"exceptions.{exception.id}.{name}", role, roles)
    for earlier, later in combinations(exceptions, 2):
        if (earlier.kind, earlier.document) == (later.kind, later.document) and earlier.overlaps(later):
            raise CatalogueFault(file, f"exceptions.{later.id}.from", f"overlaps with {earlier.id}")
