"""The portal served by a real web server in this process, with a noticeboard in memory, for tests of its answers."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn

from portal.app import create_app
from portal.board import Board
from tests.shelf import settings_of


class RecordsInMemory:
    """The records of the noticeboard, as a test puts them down."""

    def __init__(self, kept: dict[str, list[dict[str, Any]]]):
        self.kept = kept

    def find(self, collection: str, query: dict[str, Any], limit: int = 0) -> list[dict[str, Any]]:
        """What matches, as the database would find it."""
        kept = self.kept.get(collection, [])
        found = [each for each in kept if all(each.get(key) == value for key, value in query.items())]
        return found[:limit] if limit else found


@contextmanager
def served(
    authority: Path, kept: dict[str, list[dict[str, Any]]] | None, questions_per_minute: int = 0
) -> Iterator[str]:
    """The address of a portal that knows this. `kept` None: its database does not answer, for there is none."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    changes = {"portal_port": port, "signing_authority": authority, "questions_per_minute": questions_per_minute}
    settings = settings_of(f"http://127.0.0.1:{port}", authority.parent).model_copy(update=changes)
    app = create_app(settings)
    if kept is not None:
        app.state.face.board = Board(RecordsInMemory(kept))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_config=None, access_log=False, server_header=False))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the portal did not start"
        thread.join(0.02)
    try:
        yield settings.public_url
    finally:
        server.should_exit = True
        thread.join(10)
