"""Who may do what in the database: a room writes its own and sees no other; the operator reads all and keeps `bus`;
the portal reads what the noticeboard keeps for the public, and the picture of the bus that the room `operations` keeps,
and has a database of its own; so has the gate, which sees nothing else."""

from pymongo import MongoClient

from contracts import ROOMS

PORTAL = "portal"  # user, and the database of what only the portal needs
GATE = "gate"  # the same of the gate: who may sign in as an officer
BUS_DATABASE = "bus"  # the operator's own: what was replayed and discarded, by whom and why


def database_roles() -> dict[str, list[dict[str, str]]]:
    """MongoDB roles per user name."""
    roles = {room: [{"role": "readWrite", "db": room}] for room in ROOMS}
    roles["operator"] = [{"role": "read", "db": room} for room in ROOMS] + [{"role": "readWrite", "db": BUS_DATABASE}]
    told = [{"role": "read", "db": room} for room in ("noticeboard", "operations")]
    roles[PORTAL] = [*told, {"role": "readWrite", "db": PORTAL}]
    roles[GATE] = [{"role": "readWrite", "db": GATE}]
    roles["admin"] = [{"role": "root", "db": "admin"}]
    return roles


def make_users(client: MongoClient, passwords: dict[str, str]) -> None:
    """Create every user in the `admin` database, or bring its password and roles up to date when it exists."""
    known = {user["user"] for user in client.admin.command("usersInfo")["users"]}
    for name, roles in database_roles().items():
        verb = "updateUser" if name in known else "createUser"
        client.admin.command(verb, name, pwd=passwords[name], roles=roles, mechanisms=["SCRAM-SHA-256"])
