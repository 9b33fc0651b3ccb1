"""The way to the database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pymongo import MongoClient
from pymongo.errors import DuplicateKeyError, PyMongoError


def connect(database_url: str, patience_ms: int = 3000, answer_ms: int = 20_000) -> MongoClient:
    """A client that gives up soon, so that waiting is ours to see and to end."""
    return MongoClient(
        database_url,
        serverSelectionTimeoutMS=patience_ms,
        connectTimeoutMS=2000,
        socketTimeoutMS=answer_ms,
        retryWrites=False,
    )


class RecordsAway(Exception):
    """The database does not answer. What is in it is not lost."""


class Records:
    """The records of one database, to be read."""

    def __init__(self, database_url: str, name: str, patience_ms: int = 1000):
        self._client = connect(database_url, patience_ms)
        self._database = self._client[name]

    def find(
        self, collection: str, query: dict[str, Any], limit: int = 0, by: str | None = None
    ) -> list[dict[str, Any]]:
        """What matches, in ascending order of the field `by` when given, in descending order of `-by`. Raises
        RecordsAway when the database does not answer."""
        with _speaking():
            found = self._database[collection].find(query, limit=limit)
            return list(found.sort(by.removeprefix("-"), -1 if by.startswith("-") else 1) if by else found)

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()


class OwnRecords(Records):
    """The records of a database that this process keeps itself. Each write is one document and whole or not at all;
    every method raises RecordsAway."""

    def index(self, fields: dict[str, list[str]]) -> None:
        """Look these fields of each collection up by index from now on; harmless when repeated."""
        with _speaking():
            for collection, names in fields.items():
                for name in names:
                    self._database[collection].create_index(name)

    def add(self, collection: str, document: dict[str, Any]) -> bool:
        """Keep a new document; False when its `_id` is taken."""
        with _speaking():
            try:
                self._database[collection].insert_one(document)
            except DuplicateKeyError:
                return False
        return True

    def change(self, collection: str, query: dict[str, Any], fields: dict[str, Any]) -> bool:
        """Set these fields of the one document that matches; False when none does, for instance since another was
        quicker."""
        with _speaking():
            return self._database[collection].update_one(query, {"$set": fields}).matched_count == 1

    def remove(self, collection: str, query: dict[str, Any]) -> int:
        """Take away what matches; how many there were."""
        with _speaking():
            return self._database[collection].delete_many(query).deleted_count


@contextmanager
def _speaking() -> Iterator[None]:
    try:
        yield
    except PyMongoError as error:
        raise RecordsAway(f"{type(error).__name__}: {str(error)[:200]}") from error
