"""`python -I deploy/image/health.py`: exit code 0 when the room in this container works.

It works when it has opened its doors (PTSP_READY_FILE, on a file system that is new at every start) and has a living
connection to the broker. A room whose broker is away is not well, though it only waits. Speaks to nobody, so that it
costs nothing; imports nothing of the project, so that it starts at once.
"""

import os
import sys
from pathlib import Path
from urllib.parse import urlsplit

_ESTABLISHED = "01"
_DEFAULT_PORTS = {"amqp": 5672, "amqps": 5671}


def trouble(environment: dict[str, str], tables: list[str]) -> str | None:
    """Why the room is not well, None when it is. `tables` are the kernel's tables of connections (/proc/net/tcp)."""
    if not Path(environment["PTSP_READY_FILE"]).exists():
        return "its doors are not open yet"
    port = broker_port(environment)
    return None if any(_has_connection(table, port) for table in tables) else f"no connection to the broker ({port})"


def broker_port(environment: dict[str, str]) -> int:
    """The port in PTSP_BROKER_URL, or in the file that PTSP_BROKER_URL_FILE names."""
    url = environment.get("PTSP_BROKER_URL") or Path(environment["PTSP_BROKER_URL_FILE"]).read_text()
    address = urlsplit(url.strip())
    return address.port or _DEFAULT_PORTS[address.scheme]


def _has_connection(table: str, port: int) -> bool:
    lines = (line.split() for line in table.splitlines()[1:])
    return any(line[3] == _ESTABLISHED and int(line[2].rsplit(":", 1)[1], 16) == port for line in lines)


def main() -> None:
    """Say why not, in one line, with exit code 1."""
    kernel = [path.read_text() for path in map(Path, ("/proc/net/tcp", "/proc/net/tcp6")) if path.exists()]
    sys.exit(trouble(dict(os.environ), kernel))


if __name__ == "__main__":
    main()
