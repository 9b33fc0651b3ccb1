"""What a crash left behind: every process that carries the mark of this data folder."""

import os
import signal
import time
from pathlib import Path

from deploy.stack.home import MARK, Home
from deploy.stack.problem import StackProblem


def leftovers(home: Home) -> dict[int, str]:
    """Processes of this stack by number, with their command names. Never ourselves or those who started us."""
    mark = f"{MARK}={home.root}".encode()
    spared, found = _ancestry(), {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) in spared:
            continue
        try:
            if mark in (entry / "environ").read_bytes().split(b"\0"):
                found[int(entry.name)] = (entry / "comm").read_text().strip()
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue  # ended meanwhile, or somebody else's
    return found


def clear_leftovers(home: Home, patience: float = 15.0) -> dict[int, str]:
    """End them: SIGTERM so that broker and database close their files, SIGKILL after `patience` seconds.

    Returns what was found. They only live on for the seconds between the supervisor's death and their own clean end.
    """
    found = leftovers(home)
    _send(found, signal.SIGTERM)
    deadline = time.monotonic() + patience
    while (left := leftovers(home)) and time.monotonic() < deadline:
        time.sleep(0.05)
    _send(left, signal.SIGKILL)
    deadline = time.monotonic() + 5
    while left := leftovers(home):
        if time.monotonic() > deadline:
            raise StackProblem(f"these processes do not end even after SIGKILL: {left}")
        time.sleep(0.05)
    return found


def _send(processes: dict[int, str], number: signal.Signals) -> None:
    for pid in processes:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue  # ended by itself


def _ancestry() -> set[int]:
    spared, pid = set(), os.getpid()
    while pid > 1:
        spared.add(pid)
        pid = int((Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[1])
    return spared
