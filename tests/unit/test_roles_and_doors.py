"""Every role at every door of every room: let in where the door names it, refused everywhere else, and a signature asks
for the passphrase. A door without roles, or with one that nobody can hold, fails here."""

from datetime import UTC, datetime
from functools import cache
from typing import get_args

import pytest

from catalogue.office import organisation
from contracts import ROOMS
from contracts.base import Command, Event, Message
from contracts.people import Actor, Role
from plumbing.messaging.doors import authorised, doors_of
from plumbing.messaging.item import Door
from plumbing.statement import OUTSIDERS, Keys, mint, public_key
from services.rooms import service_of
from tests.shelf import KEY
from values.dates import office_date
from values.refusal import Refusal

NOW = datetime.now(UTC)
KEYS = Keys(public_key(KEY), public_key(KEY))
SIGNATURES = {
    "issuance.SignLicence",
    "retribution.DecideChange",
    "retribution.DecideRefund",
    "retribution.SignNota",
    "retribution.SignRecap",
    "retribution.SignAgreement",
    "retribution.SignSkrd",
    "retribution.SignStrd",
    "retribution.SignTaxNote",
    "technical_team.AddAddendum",
    "technical_team.SignBeritaAcara",
}


def asked() -> list[tuple[str, type[Message], dict]]:
    """(room, what is asked, how) of every door that a person uses."""
    found = []
    for room in ROOMS:
        for _, how in doors_of(service_of(room)):
            if not issubclass(how["kind"], Event):
                found.append((room, how["kind"], how))
    return found


DOORS = asked()
NAMES = [f"{room}.{kind.__name__}" for room, kind, _ in DOORS]


@cache
def somebody(role: str) -> Actor | None:
    """Whoever holds that role today; None for a role that only the secretariat's larger tables have."""
    if role == "applicant":
        return Actor(id="somebodys-account", role="applicant")
    held = organisation().officers_with(role, on=office_date(NOW))
    return Actor(id=held[0].id, role=role, unit=held[0].unit) if held else None


def verdict(door: Door, actor: Actor, confirmed: bool = True, by: str = "office") -> str:
    """`in`, or the code of the refusal."""
    try:
        authorised(mint(actor, KEY, by=by, confirmed=confirmed), door, NOW, KEYS, door.kind.make_example())
    except Refusal as no:
        return no.code
    return "in"


def door_of(kind: type[Message], how: dict) -> Door:
    return Door(
        "door",
        kind,
        lambda *_: None,
        False,
        how.get("roles", ()),
        how.get("confirmed", False),
        how.get("proven", False),
    )


@pytest.mark.parametrize(("room", "kind", "how"), DOORS, ids=NAMES)
def test_each_role_is_let_in_exactly_where_the_door_names_it(room: str, kind: type[Message], how: dict):
    assert how["roles"], "a door that nobody may use"
    door = door_of(kind, how)
    for role in get_args(Role):
        actor = somebody(role)
        assert actor is not None, f"nobody is {role}"
        assert verdict(door, actor) == ("in" if role in how["roles"] else "wrong_role"), role


@pytest.mark.parametrize(("room", "kind", "how"), DOORS, ids=NAMES)
def test_a_signature_and_only_a_signature_takes_the_passphrase(room: str, kind: type[Message], how: dict):
    signs = f"{room}.{kind.__name__}" in SIGNATURES
    assert how.get("confirmed", False) == signs
    assert verdict(door_of(kind, how), somebody(how["roles"][0]), confirmed=False) == (
        "not_confirmed" if signs else "in"
    )


@pytest.mark.parametrize(("room", "kind", "how"), DOORS, ids=NAMES)
def test_what_the_portal_states_opens_the_doors_of_those_from_outside_and_no_other(room, kind, how):
    door = door_of(kind, how)
    for role in how["roles"]:
        actor = somebody(role)
        if role not in OUTSIDERS or (role == "bank" and not how.get("proven", False)):
            assert verdict(door, actor, by="portal") == "unauthorised"
        else:
            assert verdict(door, actor, by="portal") == "in"


def test_every_command_and_question_that_is_declared_has_a_door():
    declared = {name for name, kind in Message.registry.items() if not issubclass(kind, Event)}
    assert declared == set(NAMES)
    assert {name for name, kind in Message.registry.items() if issubclass(kind, Command)} >= SIGNATURES
