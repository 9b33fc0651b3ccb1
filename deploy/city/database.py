"""`python -m deploy.city.database --passwords FILE HOST:PORT...`: make the replica set and the users of the database.

Harmless when repeated: a set that exists stays as it is, users are brought up to date. Run once by the compose file,
and again after every upgrade, since a new room brings a new user.
"""

import argparse
import json
import time
from pathlib import Path

from pymongo import MongoClient
from pymongo.errors import OperationFailure, PyMongoError

from deploy.city.parts import REPLICA_SET
from deploy.database_users import make_users

PATIENCE = 120.0  # seconds; the first start of an empty server makes its files first
_NOT_YET_INITIALISED = 94
_ADMIN = {
    "username": "admin",
    "authSource": "admin",
    "authMechanism": "SCRAM-SHA-256",
    "serverSelectionTimeoutMS": 3000,
}


def set_of(members: list[str]) -> dict:
    """The configuration of a new replica set. The first member, which holds the first user, is preferred as primary."""
    return {
        "_id": REPLICA_SET,
        "members": [{"_id": n, "host": host, "priority": 2 if n == 0 else 1} for n, host in enumerate(members)],
    }


def initiate(first: MongoClient, members: list[str]) -> bool:
    """Make the set, speaking to its first member only. False when it is made already."""
    try:
        first.admin.command("replSetGetStatus")
    except OperationFailure as error:
        if error.code != _NOT_YET_INITIALISED:
            raise
        first.admin.command("replSetInitiate", set_of(members))
        return True
    return False


def patiently(attempt, patience: float = PATIENCE):
    """The result of the first attempt that succeeds; raises the last error when none does in time."""
    deadline = time.monotonic() + patience
    while True:
        try:
            return attempt()
        except PyMongoError:
            if time.monotonic() > deadline:
                raise
            time.sleep(1.0)


def main() -> None:
    """Raises PyMongoError when the members do not answer, or do not agree on a primary, within two minutes."""
    parser = argparse.ArgumentParser(prog="python -m deploy.city.database", description=__doc__)
    parser.add_argument("--passwords", type=Path, required=True, help="JSON: a password per user name")
    parser.add_argument("members", nargs="+", metavar="HOST:PORT")
    given = parser.parse_args()
    passwords = json.loads(given.passwords.read_text())
    login = _ADMIN | {"password": passwords["admin"]}
    with MongoClient(given.members[0], directConnection=True, **login) as first:
        made = patiently(lambda: initiate(first, given.members))
    with MongoClient(given.members, replicaSet=REPLICA_SET, **login) as client:
        patiently(lambda: make_users(client, passwords))
    print(f"replica set {REPLICA_SET} {'made' if made else 'was there'}; users: {', '.join(sorted(passwords))}")


if __name__ == "__main__":
    main()
