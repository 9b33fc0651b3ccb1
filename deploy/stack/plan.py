"""The plan of one stack: every part in the order of its needs, written where the supervisor reads it."""

import json
import sys
from collections.abc import Sequence

from deploy.database_users import GATE, PORTAL
from deploy.stack.broker import broker_parts
from deploy.stack.credentials import credentials
from deploy.stack.database import database_parts
from deploy.stack.environments import environment_of
from deploy.stack.home import Home, write_private
from deploy.stack.mail import mail_part
from deploy.stack.part import STAGE_ROOMS, Part, base_environment
from deploy.stack.ports import ports
from deploy.stack.sites import site_parts

SET_UP = (sys.executable, "-m", "services", "--set-up")
# Uploads pass through the portal: the C library is to give their memory back, as in deploy/image/Dockerfile.
GIVES_BACK = {"MALLOC_ARENA_MAX": "2", "MALLOC_MMAP_THRESHOLD_": "262144", "MALLOC_TRIM_THRESHOLD_": "1048576"}
ROOM = (sys.executable, "-m", "services")  # the room's name follows


def engine_parts(home: Home) -> list[Part]:
    """Broker, database, the two sites, mail. Writes their configuration."""
    known, secrets = ports(home), credentials(home)
    return [
        *broker_parts(home, known, secrets),
        *database_parts(home, known, secrets),
        *site_parts(home, known, secrets),
        mail_part(home, known),
    ]


def set_up_part(home: Home, command: Sequence[str]) -> Part:
    """The step that waits for the engines and declares queues and indexes."""
    wait = [sys.executable, "-m", "deploy.stack.wait", str(home.root)]
    env = base_environment(home) | environment_of(home, "set_up")
    return Part("set_up", [*wait, *command], env, after=["broker", "database"], once=True)


def room_part(home: Home, room: str, command: Sequence[str], after: Sequence[str]) -> Part:
    """One room as a process of its own, with its own settings only."""
    return Part(
        room,
        [*command, room],
        base_environment(home) | environment_of(home, room),
        after=list(after),
        stage=STAGE_ROOMS,
        ready_file=str(home.run / f"{room}.ready"),
    )


def portal_part(home: Home, after: Sequence[str]) -> Part:
    """The public's door. It is stopped with the rooms."""
    return Part(
        PORTAL,
        [sys.executable, "-m", "portal"],
        base_environment(home) | environment_of(home, PORTAL) | GIVES_BACK,
        after=list(after),
        stage=STAGE_ROOMS,
        port=ports(home)[PORTAL],
        prompt=True,
    )


def gate_part(home: Home, after: Sequence[str]) -> Part:
    """Where officers sign in. The portal asks it; nobody else reaches it."""
    return Part(
        GATE,
        [sys.executable, "-m", "gate"],
        base_environment(home) | environment_of(home, GATE),
        after=list(after),
        stage=STAGE_ROOMS,
        port=ports(home)[GATE],
        prompt=True,
    )


def write_plan(home: Home, parts: Sequence[Part], *, owner: dict | None, deaths_allowed: int) -> None:
    """Write HOME/run/plan.json; its shape is told in `deploy.supervisor`."""
    plan = {"owner": owner, "deaths_allowed": deaths_allowed, "parts": [part.as_dict() for part in parts]}
    write_private(home.run / "plan.json", json.dumps(plan))


def add_to_plan(home: Home, parts: Sequence[Part]) -> list[str]:
    """Add the parts that the plan being carried out does not have yet; returns their names."""
    plan, known = _read(home), planned_names(home)
    added = [part for part in parts if part.name not in known]
    if added:
        plan["parts"] += [part.as_dict() for part in added]
        write_private(home.run / "plan.json", json.dumps(plan))
    return [part.name for part in added]


def planned_names(home: Home) -> set[str]:
    """Every part of the plan being carried out."""
    return {part["name"] for part in _read(home)["parts"]}


def _read(home: Home) -> dict:
    return json.loads((home.run / "plan.json").read_text())
