"""The gate: who gets in as an officer, what it states, and what the portal's key cannot."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import urllib3

from contracts import intake, issuance
from contracts.gate import ChangePassphrase, GivePassphrase, Seat, SignIn
from contracts.people import Actor
from plumbing.messaging.doors import authorised
from plumbing.messaging.item import Door
from plumbing.sign_in.throttle import FREE
from plumbing.statement import Keys, mint, public_key, verify
from portal.gate import GateAway, GateDoor, GateSays
from services.intake import actions
from tests.builders import FILE, Drawers, officer, order, refused
from tests.shelf import KEY, OPERATOR, SECRET, gate_in_memory

OTHER = "AAAA" + KEY[4:]
KEYS = Keys(public_key(KEY), public_key(OTHER))
HEAD = "head-2014"
HEADS_SEAT = Seat(role="head", unit="kepala", position="Kepala Badan")
HERE = "192.0.2.7"


@pytest.fixture(scope="module")
def running() -> Iterator[tuple]:
    with gate_in_memory() as (url, shelf):
        yield url, shelf


@pytest.fixture
def door(running) -> Iterator[GateDoor]:
    running[1].kept.clear()
    door = GateDoor(running[0], SECRET)
    yield door
    door.close()


def give(door: GateDoor, officer: str, actor: Actor = OPERATOR, key: str = KEY, **more) -> urllib3.BaseHTTPResponse:
    asked = GivePassphrase(statement=mint(actor, key), officer=officer, **more)
    return urllib3.request("POST", f"{door._url}/give-passphrase", json=asked.model_dump(), retries=False)


def sign_in(door: GateDoor, passphrase: str, name: str = HEAD):
    return door.sign_in(SignIn(name=name, passphrase=passphrase, address=HERE, device="a browser"))


@pytest.fixture
def head(door) -> tuple[str, str]:
    """(token, passphrase) of the head, signed in."""
    passphrase = give(door, HEAD).json()["passphrase"]
    return sign_in(door, passphrase).token, passphrase


def said(code: str, act, **more) -> None:
    with pytest.raises(GateSays) as no:
        act()
    assert (no.value.unfit.code, no.value.unfit.model_dump(include=set(more))) == (code, more)


def test_an_officer_signs_in_with_what_an_operator_gave_and_is_told_to_change_it(door):
    passphrase = give(door, HEAD).json()["passphrase"]
    inside = sign_in(door, passphrase).inside
    assert (inside.officer, inside.must_change) == (HEAD, True)
    assert [(seat.role, seat.unit) for seat in inside.seats] == [("head", "kepala")]
    kept = give(door, "counter-1", to_keep=True).json()["passphrase"]
    assert sign_in(door, kept, "counter-1").inside.must_change is False


def test_wrong_passphrases_wrong_names_and_who_left_are_told_the_same(door, head):
    said("unknown", lambda: sign_in(door, "kambing makan rumput"))
    said("unknown", lambda: sign_in(door, head[1], "nobody"))
    assert give(door, "head-2011").status == 404, "who left the office gets no passphrase"
    said("unknown", lambda: sign_in(door, "kambing makan rumput", "head-2011"))


def test_after_some_failures_one_waits_also_with_the_right_passphrase(door, head):
    for _ in range(FREE):
        said("unknown", lambda: sign_in(door, "kambing makan rumput"))
    with pytest.raises(GateSays) as no:
        sign_in(door, head[1])
    assert (no.value.status, no.value.unfit.code) == (429, "wait")
    assert 0 < no.value.unfit.seconds <= 15


def test_it_states_a_seat_one_sits_in_and_no_other(door, head):
    statement = door.statement(head[0], HEADS_SEAT, HERE)
    assert verify(statement, KEYS, datetime.now(UTC))[:2] == (
        Actor(id=HEAD, role="head", unit="kepala", address=HERE),
        False,
    )
    said("no_seat", lambda: door.statement(head[0], Seat(role="treasurer", unit="kepala", position="x"), HERE))


def test_a_signature_takes_the_passphrase_each_time(door, head):
    sign = Door("sign", issuance.SignLicence, lambda *_: None, roles=("head",), confirmed=True)
    message, now = order(issuance.SignLicence), datetime.now(UTC)
    refused("not_confirmed", lambda: authorised(door.statement(head[0], HEADS_SEAT, HERE), sign, now, KEYS, message))
    said("unknown", lambda: door.statement(head[0], HEADS_SEAT, HERE, "kambing makan rumput"))
    confirmed = door.statement(head[0], HEADS_SEAT, HERE, head[1])
    assert authorised(confirmed, sign, now, KEYS, message).id == HEAD


def test_a_new_passphrase_ends_every_other_session(door, head):
    elsewhere = sign_in(door, head[1]).token

    def change(new: str, old: str = head[1]):
        door.change_passphrase(ChangePassphrase(token=head[0], old=old, new=new, address=HERE))

    said("weak", lambda: change("pendek"), why="short")
    said("weak", lambda: change(head[1]), why="same")
    said("unknown", lambda: change("kuda lumping di Bekasi", old="bukan ini sama sekali"))
    change("kuda lumping di Bekasi")
    assert door.inside(elsewhere) is None
    assert door.inside(head[0]).must_change is False
    assert sign_in(door, "kuda lumping di Bekasi").inside.officer == HEAD


def test_signing_out_ends_the_session_and_what_was_stated_with_it_is_not_handed_out_again(door, head):
    door.statement(head[0], HEADS_SEAT, HERE)
    door.sign_out(head[0])
    assert door.inside(head[0]) is None
    said("ended", lambda: door.statement(head[0], HEADS_SEAT, HERE))


def test_only_an_operator_gives_passphrases_and_only_the_portal_asks(door, running):
    assert give(door, HEAD, Actor(id=HEAD, role="head")).status == 403
    assert give(door, HEAD, key=OTHER).status == 401
    stranger = GateDoor(running[0], "guessed")
    with pytest.raises(GateAway):
        stranger.inside("x" * 40)
    with pytest.raises(GateAway):
        sign_in(stranger, "kambing makan rumput")


def test_passphrases_and_tokens_are_not_kept_as_they_are_and_each_visit_is(door, head, running):
    kept = running[1].kept
    assert head[0] not in repr(kept)
    assert head[1] not in repr(kept)
    said("unknown", lambda: sign_in(door, head[1], "my-passphrase-typed-as-name"))
    assert "my-passphrase-typed-as-name" not in repr(kept["visits"])
    outcomes = [(visit["officer"], visit["outcome"]) for visit in kept["visits"].values()]
    assert outcomes == [(HEAD, "given"), (HEAD, "in"), ("", "unknown")]


@pytest.mark.parametrize("role", ["head", "operator", "counter"])
def test_the_portals_key_states_no_officer(role):
    now = datetime.now(UTC)
    assert verify(mint(Actor(id="x", role="applicant"), OTHER, by="portal"), KEYS, now).actor.role == "applicant"
    refused("unauthorised", lambda: verify(mint(Actor(id="x", role=role), OTHER, by="portal"), KEYS, now))
    refused("unauthorised", lambda: verify(mint(Actor(id="x", role=role), OTHER, by="office"), KEYS, now))


def test_what_is_done_at_the_portal_is_kept_with_the_address_it_was_done_from(door, head):
    actor = verify(door.statement(head[0], HEADS_SEAT, HERE), KEYS, datetime.now(UTC)).actor
    assert actor.address == HERE
    drawers = Drawers()
    drawers.ask(
        actions.submit, intake.SubmitApplication(**intake.SubmitApplication.example | {"sub_kind": "kecil"}), actor
    )
    (submitted,) = drawers.documents["applications", FILE]["history"]
    assert (submitted["actor"], submitted["role"], submitted["address"]) == (HEAD, "head", HERE)
    told = intake.FindApplication(application_id=FILE)
    assert "address" not in actions.find(drawers, told, officer("counter-1"))["history"][0]
    assert actions.find(drawers, told, officer("operator-1"))["history"][0]["address"] == HERE
