"""How many messages a room takes into one transaction: fewer when it is slow, fewer still while a person waits."""

import time

import pytest

from plumbing.messaging import listener
from plumbing.messaging.listener import (
    BATCH,
    FEWEST,
    FEWEST_FOR_PEOPLE,
    PATIENCE,
    PATIENCE_OF_PEOPLE,
    REMEMBERED,
    Listener,
)


@pytest.fixture
def room(monkeypatch) -> Listener:
    """A listener that is not started: nothing is dialled."""
    monkeypatch.setattr(listener, "Publisher", lambda url: None)
    monkeypatch.setattr(listener, "Reader", lambda database: None)
    monkeypatch.setattr(listener, "Inlet", lambda *parts: None)
    desk = type("Desk", (), {"database": None})()
    return Listener("amqp://nowhere", "intake", {"commands": []}, desk, authorise=lambda *asked: None)


def paced(room: Listener, seconds: float, times: int = 12) -> int:
    """The size of a batch after so many transactions of that length."""
    for _ in range(times):
        room._keep_pace(seconds, room._batch)
    return room._batch


def test_slow_transactions_make_batches_small_and_fast_ones_large_again(room):
    assert paced(room, 2 * PATIENCE) == FEWEST
    assert paced(room, PATIENCE / 4) == BATCH


def test_while_a_person_waits_transactions_are_short_and_a_while_after_it_is_as_before(room, monkeypatch):
    between = (PATIENCE_OF_PEOPLE + PATIENCE / 2) / 2
    assert paced(room, between) == BATCH, "no one waits"
    room._someone_waits = time.monotonic()
    assert paced(room, between) == FEWEST_FOR_PEOPLE
    later = time.monotonic() + REMEMBERED + 1
    monkeypatch.setattr(listener.time, "monotonic", lambda: later)
    assert paced(room, between) == BATCH
