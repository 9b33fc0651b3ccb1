"""The MongoDB-wire server, and the step before its first start that makes its users."""

import hashlib
import json
import signal
import sys
from pathlib import Path

from deploy.database_users import database_roles
from deploy.stack.home import Home, write_private
from deploy.stack.part import Part, base_environment, tool


def database_parts(home: Home, ports: dict[str, int], secrets: dict) -> list[Part]:
    """Describe the server and, when its users are not as they should be, the step before it that makes them."""
    server = Part(
        "database",
        [*database_server(home, ports["database"]), "--auth", "--sync-on-commit"],
        base_environment(home),
        grace=20.0,
        orphan_signal=signal.SIGTERM,
        port=ports["database"],
    )
    if _users_are_made(home, secrets):
        return [server]
    maker = Part(
        "database_users",
        [sys.executable, "-m", "deploy.stack.first_users", str(home.root)],
        base_environment(home),
        once=True,
    )
    return [maker, Part(**(server.as_dict() | {"after": ["database_users"]}))]


def database_server(home: Home, port: int) -> list[str]:
    """The server's command line, without authentication."""
    # An explicit configuration file, though empty, keeps it from reading one in the user's home.
    empty = home.etc / "database.toml"
    write_private(empty, "")
    return [
        *[tool("secantusd-py"), "--config", str(empty), "--host", "127.0.0.1", "--port", str(port)],
        *["--storage-path", str(home.data / "database"), "--cache-size", "256M", "--log-level", "WARNING"],
    ]


def wanted_users(secrets: dict) -> str:
    """A fingerprint of users, roles and passwords, written down once the database knows them."""
    return hashlib.sha256(json.dumps([database_roles(), secrets["database"]], sort_keys=True).encode()).hexdigest()


def _users_are_made(home: Home, secrets: dict) -> bool:
    stamp = users_stamp(home)
    return stamp.exists() and stamp.read_text() == wanted_users(secrets)


def users_stamp(home: Home) -> Path:
    """Where the fingerprint of the users that the database knows is written down."""
    return home.data / "database_users"
