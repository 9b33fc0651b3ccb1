"""Free ports for the parts: chosen once per data folder, kept, and chosen again only when somebody took them."""

import json
import random
import socket
from pathlib import Path

from deploy.stack.home import Home, write_private
from deploy.stack.problem import StackProblem

NAMES = (
    "epmd",
    "distribution",
    "amqp",
    "management",
    "prometheus",
    "database",
    "primary_site",
    "second_site",
    "mail",
    "gate",
    "portal",  # reserved: the addresses in printed QR codes must stay
)


def ports(home: Home) -> dict[str, int]:
    """The ports by name, as they are now written down."""
    try:
        return json.loads((home.etc / "ports.json").read_text())
    except FileNotFoundError:
        raise StackProblem(
            f"no office was ever started in {home.root}. Start it with `ptsp up`, or name its data folder: --home DIR"
        ) from None


def ensure_ports(home: Home) -> dict[str, int]:
    """Keep every port that is still free, replace the others. Call it only while the stack is down."""
    path = home.etc / "ports.json"
    kept = {name: port for name, port in (ports(home) if path.exists() else {}).items() if _is_free(port)}
    chosen = dict(kept)
    for name in NAMES:
        while name not in chosen:
            port = random.randrange(10_000, _first_ephemeral())
            if port not in chosen.values() and _is_free(port):
                chosen[name] = port
    write_private(path, json.dumps(chosen, indent=1))
    return chosen


def free_port() -> int:
    """A port for something short-lived."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _is_free(port: int) -> bool:
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _first_ephemeral() -> int:
    """Below this the kernel gives no port to outgoing connections. Inside that range a client that keeps dialling a
    part that is down may take the part's port for its own end, and so keep it from coming back."""
    return int(Path("/proc/sys/net/ipv4/ip_local_port_range").read_text().split()[0])
