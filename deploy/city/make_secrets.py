"""`python -m deploy.city.make_secrets [FOLDER]`: every secret of a city's stack, as files that only their owner reads.

What was made once is never replaced: run it again after an upgrade and it adds what a new version needs. The passwords
themselves are in `credentials.json`; every other file is derived from it or is a key. Copy the folder to a safe place.
"""

import argparse
import base64
import json
import os
import secrets
import shutil
import sys
from pathlib import Path
from urllib.parse import quote

from contracts import ROOMS
from deploy.broker_definitions import broker_definitions
from deploy.city.parts import BROKER, DATABASE_MEMBERS, REPLICA_SET, SITE_ADMIN, site_users
from deploy.database_users import database_roles
from deploy.stack.home import write_private
from deploy.stack.keys import signing_certificate, statement_keys
from plumbing.messaging.permissions import VHOST, broker_users
from plumbing.messaging.topology import PARKED, UNROUTED

IMAGE_USER = 10001  # who owns the secrets, and so runs the rooms, when root makes them: no room runs as root
# RabbitMQ 4 gives every quorum queue a delivery limit of 20 and drops what exceeds it where nothing else is said: an
# operator's tool that fails 21 times over the tray would empty it. 3.x has no limit, and takes -1 for 0.
_KEEP = {
    "vhost": VHOST,
    "name": "keep-what-was-put-aside",
    "pattern": f"^({PARKED}|{UNROUTED})$",
    "apply-to": "queues",
    "definition": {"delivery-limit": 1_000_000},
}
_EXAMPLE = Path(__file__).with_name("env.example")
Credentials = dict[str, dict[str, str]]


def make_secrets(folder: Path) -> None:
    """Write what is missing into the folder and everything that follows from it.

    Raises FileNotFoundError when derived files are there but `credentials.json` is not: new ones would lock the office
    out of its own data.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    if not (folder / "credentials.json").exists() and any(folder.iterdir()):
        raise FileNotFoundError(
            f"{folder}/credentials.json is gone but other secrets are there: bring it back from your copy"
        )
    known = _credentials(folder)
    if not (folder / "signing_key.pem").exists():
        for name, pem in signing_certificate().items():
            write_private(folder / name, pem)
    for name, text in _derived(known).items():
        write_private(folder / name, text)
    if not (folder / "smtp_password").exists():
        write_private(folder / "smtp_password", "")


def _credentials(folder: Path) -> Credentials:
    """What is kept, with whatever is new added."""
    path = folder / "credentials.json"
    known: Credentials = json.loads(path.read_text()) if path.exists() else {"keys": _keys()}
    wanted = {
        "broker": [user.name for user in broker_users()],
        "database": list(database_roles()),
        "primary": [SITE_ADMIN, *site_users("primary")],
        "second": [SITE_ADMIN, *site_users("second")],
    }
    grown = (
        known
        | {"keys": _of_the_portal(known["keys"]) | {"bank_secret": secrets.token_urlsafe(24)} | known["keys"]}
        | {
            part: {name: secrets.token_urlsafe(24) for name in names} | known.get(part, {})
            for part, names in wanted.items()
        }
    )
    if grown != known:
        write_private(path, json.dumps(grown, indent=1))
    return grown


def _keys() -> dict[str, str]:
    private, public = statement_keys()
    return {
        "statement_private_key": private,
        "statement_key": public,
        "storage_key": base64.b64encode(secrets.token_bytes(32)).decode(),
        # What the members of the replica set know each other by: at most 1,024 characters of base64.
        "mongo_keyfile": base64.b64encode(secrets.token_bytes(741)).decode(),
    }


def _of_the_portal(known: dict[str, str]) -> dict[str, str]:
    """What the portal states with and is known by at the gate; a version before the gate had neither."""
    if "gate_secret" in known:
        return {}
    private, public = statement_keys()
    return {
        "portal_statement_private_key": private,
        "portal_statement_key": public,
        "gate_secret": secrets.token_urlsafe(24),
    }


def _derived(known: Credentials) -> dict[str, str]:
    """Every file that follows from the credentials, by name."""
    files = dict(known["keys"])
    for name in (*ROOMS, "office", "operator", "admin"):
        files[f"{name}_broker_url"] = f"amqp://{_login(name, known['broker'])}@{BROKER}:5672/{VHOST}"
    for name in ("operator", "admin"):
        files[f"{name}_management_url"] = f"http://{_login(name, known['broker'])}@{BROKER}:15672"
    for name in known["database"]:
        files[f"{name}_database_url"] = _database_url(_login(name, known["database"]))
    for site in ("primary", "second"):
        for name, password in known[site].items():
            files[f"{name}_{site}_secret_key"] = password
        files[f"{site}_users.json"] = json.dumps({n: p for n, p in known[site].items() if n != SITE_ADMIN})
    files["broker_definitions.json"] = json.dumps(broker_definitions(known["broker"]) | {"policies": [_KEEP]}, indent=1)
    files["database_passwords.json"] = json.dumps(known["database"])
    files["admin_database_password"] = known["database"]["admin"]
    return files


def _database_url(login: str) -> str:
    """`w=majority` and `journal=true`: an acknowledged write survives the loss of one member and a kill -9."""
    options = f"replicaSet={REPLICA_SET}&authSource=admin&authMechanism=SCRAM-SHA-256&w=majority&journal=true"
    return f"mongodb://{login}@{','.join(DATABASE_MEMBERS)}/?{options}"


def _login(user: str, passwords: dict[str, str]) -> str:
    return f"{user}:{quote(passwords[user], safe='')}"


def _owner(folder: Path) -> tuple[int, int]:
    """Who owns the secrets: whoever ran this; not root, whose place the image's own user takes."""
    if os.geteuid() != 0:
        return os.geteuid(), os.getegid()
    for path in (folder, *folder.iterdir()):
        shutil.chown(path, IMAGE_USER, IMAGE_USER)
    return IMAGE_USER, IMAGE_USER


def main() -> None:
    """Make the secrets; make `.env` beside the folder from the example when there is none."""
    parser = argparse.ArgumentParser(prog="python -m deploy.city.make_secrets", description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("secrets"), help="default: ./secrets")
    folder = parser.parse_args().folder.resolve()
    try:
        make_secrets(folder)
    except FileNotFoundError as problem:
        sys.exit(str(problem))
    user, group = _owner(folder)
    settings = folder.parent / ".env"
    if not settings.exists():
        text = _EXAMPLE.read_text().replace("PTSP_UID=", f"PTSP_UID={user}").replace("PTSP_GID=", f"PTSP_GID={group}")
        write_private(settings, text)
        shutil.chown(settings, *((user, group) if os.geteuid() == 0 else (None, os.getegid())))
        print(f"made {settings}: fill in what is marked there")
    print(
        f"the secrets are in {folder}, owned by {user}:{group}; PTSP_UID and PTSP_GID in {settings} must say the same"
    )
    print("copy the folder to a safe place in another building now: without storage_key no document can ever be read")


if __name__ == "__main__":
    main()
