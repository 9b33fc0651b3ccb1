"""The secrets of one stack: made once, at random, kept in the data folder with mode 600, never replaced."""

import base64
import json
import secrets

from deploy.database_users import database_roles
from deploy.stack.home import Home, write_private
from deploy.stack.problem import StackProblem
from plumbing.messaging.permissions import broker_users


def credentials(home: Home) -> dict:
    """The stack's secrets. Shape:

        {"cookie": str, "broker": {user: password}, "database": {user: password},
         "primary": {"access": str, "secret": str}, "second": {...},
         "storage_key": base64 of 32 bytes, "statement_private": base64, "statement_public": base64,
         "portal_private": base64, "portal_public": base64, "gate_secret": str, "bank_secret": str}

    Raises StackProblem when no stack was ever started here.
    """
    try:
        return json.loads((home.etc / "credentials.json").read_text())
    except FileNotFoundError:
        raise StackProblem(f"there is no stack in {home.root}: start one with `ptsp up`") from None


def ensure_credentials(home: Home) -> dict:
    """Make the secrets on the first start; add users that a newer version brought; otherwise just read them.

    Refuses to make new ones over existing data: documents sealed with the lost storage key would be lost.
    """
    if not home.is_stack():
        if any(home.data.iterdir()):
            raise StackProblem(
                f"{home.etc / 'credentials.json'} is gone but {home.data} holds data that needs it:\n"
                "put the file back, or move the folder away to start anew"
            )
        _make_signing_keys(home)
        write_private(home.etc / "credentials.json", json.dumps(_fresh(), indent=1))
    known = credentials(home)
    if not {"gate_secret", "bank_secret"} <= known.keys():
        known = _of_the_portal() | {"bank_secret": _password()} | known
        write_private(home.etc / "credentials.json", json.dumps(known, indent=1))
    grown = {
        "broker": {user.name: _password() for user in broker_users()} | known["broker"],
        "database": {name: _password() for name in database_roles()} | known["database"],
    }
    if any(grown[kind] != known[kind] for kind in grown):
        known |= grown
        write_private(home.etc / "credentials.json", json.dumps(known, indent=1))
    return known


def _fresh() -> dict:
    from deploy.stack.keys import statement_keys  # cryptography loads slowly, and is needed only this once

    private, public = statement_keys()
    return {
        "cookie": secrets.token_hex(20),
        "broker": {},
        "database": {},
        "primary": {"access": "primary", "secret": _password()},
        "second": {"access": "second", "secret": _password()},
        "storage_key": base64.b64encode(secrets.token_bytes(32)).decode(),
        "statement_private": private,
        "statement_public": public,
        **_of_the_portal(),
        "bank_secret": _password(),
    }


def _of_the_portal() -> dict:
    from deploy.stack.keys import statement_keys

    private, public = statement_keys()
    return {"portal_private": private, "portal_public": public, "gate_secret": _password()}


def _make_signing_keys(home: Home) -> None:
    from deploy.stack.keys import signing_certificate

    for name, pem in signing_certificate().items():
        write_private(home.etc / name, pem)


def _password() -> str:
    return secrets.token_urlsafe(24)
