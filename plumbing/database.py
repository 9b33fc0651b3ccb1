"""The way to the database."""

from typing import Any

from pymongo import MongoClient
from pymongo.errors import PyMongoError


def connect(database_url: str, patience_ms: int = 3000) -> MongoClient:
    """A client that gives up soon, so that waiting is ours to see and to end."""
    return MongoClient(
        database_url,
        serverSelectionTimeoutMS=patience_ms,
        connectTimeoutMS=2000,
        socketTimeoutMS=20000,
        retryWrites=False,
    )


class RecordsAway(Exception):
    """The database does not answer. What is in it is not lost."""


class Records:
    """The records of one database, to be read."""

    def __init__(self, database_url: str, name: str, patience_ms: int = 1000):
        self._client = connect(database_url, patience_ms)
        self._database = self._client[name]

    def find(self, collection: str, query: dict[str, Any], limit: int = 0) -> list[dict[str, Any]]:
        """What matches. Raises RecordsAway when the database does not answer."""
        try:
            return list(self._database[collection].find(query, limit=limit))
        except PyMongoError as error:
            raise RecordsAway(f"{type(error).__name__}: {str(error)[:200]}") from error

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()
