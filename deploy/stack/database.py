"""The MongoDB-wire server, and (as a program of its own) the making of its users on the first start."""

import hashlib
import json
import signal
import subprocess
import sys

from pymongo import MongoClient

from deploy.database_users import database_roles, make_users
from deploy.stack.credentials import credentials
from deploy.stack.home import Home, write_private
from deploy.stack.part import Part, base_environment, tool
from deploy.stack.ports import free_port


def database_parts(home: Home, ports: dict[str, int], secrets: dict) -> list[Part]:
    """Describe the server and, when its users are not as they should be, the step before it that makes them."""
    server = Part(
        "database",
        [*_server(home, ports["database"]), "--auth", "--sync-on-commit"],
        base_environment(home),
        grace=20.0,
        orphan_signal=signal.SIGTERM,
        port=ports["database"],
    )
    if _users_are_made(home, secrets):
        return [server]
    maker = Part(
        "database_users",
        [sys.executable, "-m", "deploy.stack.database", str(home.root)],
        base_environment(home),
        once=True,
    )
    return [maker, Part(**(server.as_dict() | {"after": ["database_users"]}))]


def _server(home: Home, port: int) -> list[str]:
    # An explicit configuration file, though empty, keeps it from reading one in the user's home.
    empty = home.etc / "database.toml"
    write_private(empty, "")
    return [
        *[tool("secantusd-py"), "--config", str(empty), "--host", "127.0.0.1", "--port", str(port)],
        *["--storage-path", str(home.data / "database"), "--cache-size", "256M", "--log-level", "WARNING"],
    ]


def _wanted_users(secrets: dict) -> str:
    """A fingerprint of users, roles and passwords."""
    return hashlib.sha256(json.dumps([database_roles(), secrets["database"]], sort_keys=True).encode()).hexdigest()


def _users_are_made(home: Home, secrets: dict) -> bool:
    stamp = home.data / "database_users"
    return stamp.exists() and stamp.read_text() == _wanted_users(secrets)


def _make_users(home: Home) -> None:
    """Run the server without authentication on a passing port just long enough to make the users: it knows no
    localhost exception, so with authentication on an empty folder nobody could ever make the first one."""
    secrets, port = credentials(home), free_port()
    server = subprocess.Popen(_server(home, port))
    try:
        with MongoClient("127.0.0.1", port, directConnection=True, serverSelectionTimeoutMS=30_000) as client:
            make_users(client, secrets["database"])
    finally:
        server.terminate()
        server.wait(20)
    write_private(home.data / "database_users", _wanted_users(secrets))


if __name__ == "__main__":
    _make_users(Home.at(sys.argv[1]))
