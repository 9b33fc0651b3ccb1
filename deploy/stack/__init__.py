"""One whole office on one machine, from one command: broker, database, two sites, mail, and the rooms.

    up(home)                     start, or add what is missing; returns when everything answers
    down(home)                   stop everything; data stay
    parts(home)                  {"broker": PartStatus(...), ...}: state, pid, port, age, restarts, memory
    environment(home, "intake")  the PTSP_ variables of one room, of "office" or of "set_up"

The rooms know nothing of this package: they read environment variables and would run unchanged against any RabbitMQ,
MongoDB and S3 that those name.
"""

from pathlib import Path
from typing import Any

from deploy.stack.environments import environment_of
from deploy.stack.home import Home
from deploy.stack.launch import start, stop
from deploy.stack.problem import StackProblem
from deploy.stack.status import PartStatus, parts_of

__all__ = ["Home", "PartStatus", "StackProblem", "down", "environment", "parts", "up"]


def up(home: str | Path | None = None, *args: Any, **options: Any) -> None:
    """Start the stack in this data folder; options as `deploy.stack.launch.start`."""
    start(Home.at(home), *args, **options)


def down(home: str | Path | None = None, **options: Any) -> None:
    """Stop the stack in this data folder; options as `deploy.stack.launch.stop`."""
    stop(Home.at(home), **options)


def parts(home: str | Path | None = None) -> dict[str, PartStatus]:
    """Every part of the running stack; empty when it is down."""
    return parts_of(Home.at(home))


def environment(home: str | Path | None, who: str) -> dict[str, str]:
    """PTSP_ variables of one room, of `office` or of `set_up`. Raises StackProblem when there is no such stack."""
    return environment_of(Home.at(home), who)
