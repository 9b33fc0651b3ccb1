"""What every test may ask for: a private stack of real parts, in a folder of its own, on free ports."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings

from deploy import stack as launcher
from deploy.stack import PartStatus
from deploy.stack.home import Home
from deploy.stack.leftovers import leftovers

settings.register_profile("office", deadline=None)  # how long one example takes says nothing on a busy machine
settings.load_profile("office")


@dataclass(frozen=True)
class Stack:
    """A running stack. Tests that share it leave it as they found it: every part up."""

    home: Path

    def environment(self, who: str) -> dict[str, str]:
        """PTSP_ variables of a room, of `office` or of `set_up`."""
        return launcher.environment(self.home, who)

    def parts(self) -> dict[str, PartStatus]:
        """Every part by name, each freshly asked."""
        return launcher.parts(self.home)

    def kill(self, part: str) -> int:
        """kill -9 one part; returns the process number that is no more."""
        pid = self.parts()[part].pid
        os.kill(pid, signal.SIGKILL)
        return pid

    def set_up(self) -> None:
        """Declare the queues and indexes of all rooms."""
        launcher.up(self.home, ())

    def add_rooms(self, *rooms: str) -> None:
        """Start real rooms, after the set-up; those that run stay as they are."""
        launcher.up(self.home, rooms)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What shares a stack stays together: pages with one, what tries the parts themselves with another. The rest goes
    wherever there is time (`--dist loadgroup`)."""
    for item in items:
        folder = item.path.parent.name
        if folder in ("e2e", "integration"):
            pages = item.path.name.startswith(("test_portal", "test_api"))
            item.add_marker(pytest.mark.xdist_group("pages" if pages else "parts"))


@pytest.fixture(scope="session", autouse=True)
def nobodys_own_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test ever touches the data folder of whoever runs it, nor is told by their environment."""
    patch = pytest.MonkeyPatch()
    for name in [name for name in os.environ if name.startswith("PTSP_")]:
        patch.delenv(name)
    patch.setenv("PTSP_HOME", str(tmp_path_factory.mktemp("home") / "none"))
    yield
    patch.undo()


@contextmanager
def stack_of_its_own(home: Path) -> Iterator[Stack]:
    """Broker, database, two sites and mail, without rooms. It ends with the test session, however that ends."""
    try:
        launcher.up(home, (), set_up=None, owner=os.getpid(), deaths_allowed=100)
        yield Stack(home)
    finally:
        launcher.down(home)
        assert leftovers(Home.at(home)) == {}


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The parts that most tests share."""
    with stack_of_its_own(tmp_path_factory.mktemp("stack") / "home") as shared:
        yield shared


@pytest.fixture(scope="module")
def closed_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Parts for one test file, where no room has ever opened: what is put into a room's queue stays there."""
    with stack_of_its_own(tmp_path_factory.mktemp("closed") / "home") as own:
        own.set_up()
        yield own
