"""The whole office, with all its rooms, for tests that walk through it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from contracts import ROOMS
from deploy.stack.programs import BROWSER
from tests.conftest import Stack
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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, one for the tests of a file."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=f"/usr/bin/{BROWSER}")
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def home(people: People, stack: Stack) -> str:
    """The portal's address, with every room at work behind it."""
    return stack.environment("office")["PTSP_PUBLIC_URL"]
