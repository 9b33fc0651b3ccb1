"""The whole office, with all its rooms, for tests that walk through it."""

import pytest

from contracts import ROOMS
from tests.people import People


@pytest.fixture(scope="session")
def people(stack):
    stack.add_rooms(*ROOMS)
    people = People(stack.environment("office"))
    yield people
    people.close()
