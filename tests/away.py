"""A part of the stack that is kept from coming back, as in a long outage."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from deploy.stack.home import Home
from tests.conftest import Stack


@contextmanager
def kept_away(stack: Stack, part: str) -> Iterator[None]:
    """Kill -9 the part as often as it is started again; afterwards wait until it is well."""
    home, enough, killed = Home.at(stack.home), threading.Event(), threading.Event()

    def kill() -> None:
        last = None  # the state may still name a process that is no more, and its number be somebody else's by now
        while not enough.is_set():
            pid = home.state()["parts"][part]["pid"]
            if pid and pid != last:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                last = pid
                killed.set()
            enough.wait(0.05)

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    assert killed.wait(10)
    try:
        yield
    finally:
        enough.set()
        killer.join()
        stack.add_rooms()
