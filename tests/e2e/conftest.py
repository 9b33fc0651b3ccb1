"""The whole office, with all its rooms, for tests that walk through it."""

from collections.abc import Iterator

import pytest

from contracts import ROOMS
from tests.people import People
from tests.raw import off_the_tray


@pytest.fixture(scope="session")
def people(stack):
    stack.add_rooms(*ROOMS)
    people = People(stack.environment("office"))
    yield people
    people.close()


@pytest.fixture
def nothing_is_parked(people: People) -> Iterator[None]:
    """What was refused was refused: no message of the test is put aside."""
    tray = people.environment["PTSP_OPERATOR_BROKER_URL"]
    off_the_tray(tray)
    yield
    assert [why["reason"] for why in off_the_tray(tray)] == []
