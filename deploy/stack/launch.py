"""`up` and `down`: start and stop one stack on this machine."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence

from contracts import ROOMS
from deploy.stack.credentials import ensure_credentials
from deploy.stack.home import Home
from deploy.stack.leftovers import clear_leftovers
from deploy.stack.part import Part, base_environment
from deploy.stack.plan import (
    ROOM,
    SET_UP,
    add_to_plan,
    engine_parts,
    gate_part,
    planned_names,
    portal_part,
    room_part,
    set_up_part,
    write_plan,
)
from deploy.stack.ports import ensure_ports
from deploy.stack.problem import StackProblem, SupervisorGone
from deploy.stack.programs import ensure_installed
from deploy.stack.status import judge
from deploy.supervisor.clock import started_ticks

Say = Callable[[str], None]
_STOP_PATIENCE = 75.0  # seconds: the graces of the three stages, and some


def silent(_: str) -> None:
    """For callers who want no progress."""


def start(
    home: Home,
    rooms: Sequence[str] = ROOMS,
    *,
    set_up: Sequence[str] | None = SET_UP,
    room: Sequence[str] = ROOM,
    say: Say = silent,
    patience: float = 120.0,
    owner: int | None = None,
    deaths_allowed: int = 5,
) -> None:
    """Bring the stack up with these rooms (with all of them also gate and portal) and return when everything answers.

    Harmless when it is up: rooms that are missing are added, parts that had failed are tried again. `set_up` is the
    command run before the rooms (None: no such step), `room` the command of a room, its name appended. `owner` is a
    process whose end stops the stack; `deaths_allowed` how often a part may die within a minute and be restarted.
    Raises StackProblem, with the end of the log concerned, when something is missing or does not come up.
    """
    home.root.mkdir(mode=0o700, parents=True, exist_ok=True)
    with home.alone():
        _wait_for_a_stop_in_progress(home)
        if home.is_up():
            try:
                changed = _extend(home, _rooms(home, rooms, set_up, room), say)
                if not changed:
                    say(f"the stack in {home.root} is up already")
                return _follow(home, say if changed else silent, patience)
            except SupervisorGone:
                say("its supervisor has just died: starting anew")
        ensure_installed(say)
        _prepare(home, say)
        parts = [*engine_parts(home), *_rooms(home, rooms, set_up, room)]
        write_plan(home, parts, owner=_owner(owner), deaths_allowed=deaths_allowed)
        _start_supervisor(home)
        return _follow(home, say, patience)


def stop(home: Home, *, erase: bool = False, say: Say = silent) -> None:
    """Stop everything, rooms first; leaves no process, port or temporary file. Data stay unless `erase`.

    Raises StackProblem when the folder to erase is not a stack's.
    """
    if not home.root.exists():
        say(f"there is no stack in {home.root}")
        return
    with home.alone():
        if erase and not home.is_stack():
            raise StackProblem(f"{home.root} was not made by `ptsp up`: it is not erased")
        if home.is_up():
            _stop_supervisor(home, say)
        else:
            say(f"the stack in {home.root} is not up")
        for pid, name in clear_leftovers(home).items():
            say(f"ended a leftover: {name} ({pid})")
        if home.run.exists():
            shutil.rmtree(home.run)
        if erase:
            shutil.rmtree(home.root)
            say(f"erased {home.root}")
        else:
            say(f"nothing runs any more; data stay in {home.data}")


def _prepare(home: Home, say: Say) -> None:
    """Clean what a crash left, make folders, secrets and ports."""
    for pid, name in clear_leftovers(home).items():
        say(f"ended a leftover of an earlier run: {name} ({pid})")
    if home.run.exists():
        shutil.rmtree(home.run)
    home.make()
    if not home.is_stack():
        say(f"making keys and passwords in {home.etc}")
    ensure_credentials(home)
    ensure_ports(home)


def _rooms(home: Home, rooms: Sequence[str], set_up: Sequence[str] | None, room: Sequence[str]) -> list[Part]:
    first = [set_up_part(home, set_up)] if set_up else []
    after = ["set_up"] if set_up else ["broker", "database"]
    faces = [gate_part(home, after), portal_part(home, after)] if set(ROOMS) <= set(rooms) else []
    return [*first, *[room_part(home, name, room, after) for name in rooms], *faces]


def _extend(home: Home, wanted: Sequence[Part], say: Say) -> bool:
    """Add to the running stack what it lacks and try again what failed. False when it lacks nothing."""
    state = home.state()
    failed = [name for name, entry in state["parts"].items() if entry["state"] == "failed"]
    added = add_to_plan(home, wanted)
    if not failed and not added:
        return False
    say(f"the stack is up; starting also: {', '.join([*failed, *added])}")
    try:
        os.kill(state["pid"], signal.SIGHUP)
    except ProcessLookupError:
        raise SupervisorGone("the supervisor ended") from None
    deadline = time.monotonic() + 5
    while not _taken_up(home, added, failed):
        if time.monotonic() > deadline:
            raise StackProblem(f"the supervisor does not answer; see {home.log / 'supervisor.log'}")
        time.sleep(0.02)
    return True


def _taken_up(home: Home, added: Sequence[str], failed: Sequence[str]) -> bool:
    states = home.state()["parts"]
    return all(name in states for name in added) and all(states[name]["state"] != "failed" for name in failed)


def _owner(pid: int | None) -> dict | None:
    return {"pid": pid, "ticks": started_ticks(pid)} if pid else None


def _start_supervisor(home: Home) -> None:
    with (home.log / "supervisor.log").open("ab") as log:
        done = subprocess.run(
            [sys.executable, "-m", "deploy.supervisor", str(home.root)],
            cwd=home.run,
            env=base_environment(home),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            check=False,
        )
    if done.returncode != 0:
        raise StackProblem(f"the supervisor did not start:\n{tail(home, 'supervisor')}")


def _follow(home: Home, say: Say, patience: float) -> None:
    """Say each part once it is ready; return when all are."""
    began, ready, reasons = time.monotonic(), set(), {}
    wanted = planned_names(home)
    while wanted - ready:
        if not home.is_up():
            raise SupervisorGone(f"the supervisor ended:\n{tail(home, 'supervisor')}")
        for name, entry in (home.state() or {"parts": {}})["parts"].items():
            if name in ready:
                continue
            if entry["state"] == "failed":
                raise StackProblem(f"{name} does not start ({entry['last_exit']}):\n{tail(home, name)}")
            state, reasons[name] = judge(home, name, entry)
            if state in ("ready", "done"):
                ready.add(name)
                say(f"{time.monotonic() - began:5.1f} s  {name} is {state}")
        if time.monotonic() - began > patience:
            late = {name: reasons.get(name) for name in sorted(wanted - ready)}
            raise StackProblem(f"not ready after {patience:.0f} s: {late}\nlogs: {home.log}")
        time.sleep(0.05)


def _wait_for_a_stop_in_progress(home: Home) -> None:
    deadline = time.monotonic() + _STOP_PATIENCE
    while home.is_up() and (home.state() or {}).get("phase") in ("stopping", "stopped"):
        if time.monotonic() > deadline:
            raise StackProblem(f"an earlier stop does not end; see {home.log / 'supervisor.log'}")
        time.sleep(0.1)


def _stop_supervisor(home: Home, say: Say) -> None:
    deadline = time.monotonic() + _STOP_PATIENCE
    while (state := home.state()) is None and home.is_up() and time.monotonic() < deadline:
        time.sleep(0.05)  # it has only just started
    if state is None:
        raise StackProblem(f"the supervisor does not say who it is; see {home.log / 'supervisor.log'}")
    say("stopping: rooms first, then broker, database, sites and mail")
    os.kill(state["pid"], signal.SIGTERM)
    while home.is_up():
        if time.monotonic() > deadline:
            say(f"KILLED: the supervisor did not stop within {_STOP_PATIENCE:.0f} s")
            os.kill(state["pid"], signal.SIGKILL)
            return
        time.sleep(0.05)
    for name, entry in home.state()["parts"].items():
        if entry["killed"]:
            say(f"KILLED: {name} did not stop in its time; see {home.log / name}.log")


def tail(home: Home, name: str, lines: int = 15) -> str:
    """The end of a part's log."""
    path = home.log / f"{name}.log"
    if not path.exists():
        return f"({path} is empty)"
    return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])
