"""One part of the stack, as the plan tells it to the supervisor."""

import os
import signal
import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path

from deploy.stack.home import MARK, Home

STAGE_ROOMS, STAGE_ENGINES, STAGE_LAST = 0, 1, 2  # `down` stops in this order


@dataclass(frozen=True)
class Part:
    """A process to run. Field meanings: see `deploy.supervisor`."""

    name: str
    argv: list[str]
    env: dict[str, str]
    after: list[str] = field(default_factory=list)
    once: bool = False
    stage: int = STAGE_ENGINES
    grace: float = 10.0
    orphan_signal: int = signal.SIGKILL
    ready_file: str | None = None
    port: int | None = None
    prompt: bool = False

    def as_dict(self) -> dict:
        """For the plan."""
        return asdict(self)


def base_environment(home: Home) -> dict[str, str]:
    """What every process of the stack gets, and nothing of the caller's environment beyond it: the same stack
    whoever starts it. HOME is a folder of the stack, so that no part reads a personal configuration."""
    return {
        "PATH": os.pathsep.join([os.environ.get("PATH", os.defpath), "/usr/sbin", "/sbin"]),
        "HOME": str(home.temporary),
        "TMPDIR": str(home.temporary),
        "LANG": "C.UTF-8",
        "PYTHONUNBUFFERED": "1",
        MARK: str(home.root),
    }


def tool(name: str) -> str:
    """A program that came with the Python packages, next to the interpreter that runs us."""
    return str(Path(sys.executable).with_name(name))
