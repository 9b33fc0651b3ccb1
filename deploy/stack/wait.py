"""`python -m deploy.stack.wait HOME COMMAND...`: wait until every engine answers, then become the command."""

import os
import sys
import time

from deploy.stack.home import Home
from deploy.stack.probes import ENGINES, probe

_PATIENCE = 90.0  # seconds


def main() -> None:
    """Ends with 1 and the reasons when an engine does not answer in time."""
    home, command = Home.at(sys.argv[1]), sys.argv[2:]
    deadline = time.monotonic() + _PATIENCE
    while reasons := {name: why for name in ENGINES if (why := probe(home, name)) is not None}:
        if time.monotonic() > deadline:
            sys.exit(f"no answer: {reasons}")
        time.sleep(0.1)
    os.execvp(command[0], command)


if __name__ == "__main__":
    main()
