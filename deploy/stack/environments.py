"""The settings of each process of the stack, as the environment variables that `plumbing.settings` reads."""

from urllib.parse import quote

from contracts import ROOMS
from deploy.database_users import GATE, PORTAL
from deploy.stack.credentials import credentials
from deploy.stack.home import Home
from deploy.stack.mail import SENDER
from deploy.stack.ports import ports
from deploy.stack.problem import StackProblem
from deploy.stack.release import release
from deploy.stack.sites import BUCKET, SITES
from plumbing.messaging.permissions import VHOST


def environment_of(home: Home, who: str) -> dict[str, str]:
    """PTSP_ variables for a room, `portal`, `gate`, `office` (the command line) or `set_up` (queues and indexes)."""
    known, secrets = ports(home), credentials(home)
    if who in ROOMS:
        return _room(home, who, known, secrets)
    if who == PORTAL:
        return {
            "PTSP_DATABASE_URL": database_url(PORTAL, known, secrets),
            "PTSP_BROKER_URL": broker_url("office", known, secrets),
            "PTSP_STATEMENT_PRIVATE_KEY": secrets["portal_private"],
            "PTSP_GATE_URL": gate_url(known),
            "PTSP_GATE_SECRET": secrets["gate_secret"],
            "PTSP_STORAGE_KEY": secrets["storage_key"],
            **_site("primary", known, secrets),
            **_mail(known),
            "PTSP_PUBLIC_URL": public_url(known),
            "PTSP_PORTAL_PORT": str(known["portal"]),
            "PTSP_WEBHOOKS_INSIDE": "true",
            "PTSP_SIGNING_AUTHORITY": str(home.etc / "signing_authority.pem"),
        }
    if who == GATE:
        return {
            "PTSP_DATABASE_URL": database_url(GATE, known, secrets),
            "PTSP_STATEMENT_PRIVATE_KEY": secrets["statement_private"],
            "PTSP_GATE_SECRET": secrets["gate_secret"],
            "PTSP_GATE_PORT": str(known[GATE]),
        }
    if who == "office":
        return {
            "PTSP_BROKER_URL": broker_url("office", known, secrets),
            "PTSP_OPERATOR_BROKER_URL": broker_url("operator", known, secrets),
            "PTSP_MANAGEMENT_URL": management_url("operator", known, secrets),
            "PTSP_DATABASE_URL": database_url("operator", known, secrets),
            "PTSP_STATEMENT_PRIVATE_KEY": secrets["statement_private"],
            "PTSP_STORAGE_KEY": secrets["storage_key"],
            "PTSP_PUBLIC_URL": public_url(known),
            "PTSP_GATE_URL": gate_url(known),
            **_site("primary", known, secrets),
            **_site("second", known, secrets),
        }
    if who == "set_up":
        return {
            "PTSP_BROKER_URL": broker_url("admin", known, secrets),
            "PTSP_MANAGEMENT_URL": management_url("admin", known, secrets),
            "PTSP_DATABASE_URL": database_url("admin", known, secrets),
        }
    raise StackProblem(f"nobody here is called {who!r}: one of {', '.join(ROOMS)}, portal, gate, office, set_up")


def broker_url(user: str, known: dict[str, int], secrets: dict) -> str:
    """AMQP address of the stack's virtual host for one user."""
    return f"amqp://{_login(user, secrets['broker'])}@127.0.0.1:{known['amqp']}/{VHOST}"


def management_url(user: str, known: dict[str, int], secrets: dict) -> str:
    """Address of RabbitMQ's HTTP API for one user."""
    return f"http://{_login(user, secrets['broker'])}@127.0.0.1:{known['management']}"


def database_url(user: str, known: dict[str, int], secrets: dict) -> str:
    """MongoDB address for one user. `journal=true`: an acknowledged write survives a kill -9."""
    options = "authSource=admin&authMechanism=SCRAM-SHA-256&directConnection=true&w=majority&journal=true"
    return f"mongodb://{_login(user, secrets['database'])}@127.0.0.1:{known['database']}/?{options}"


def public_url(known: dict[str, int]) -> str:
    """Where the portal of this machine answers; printed in QR codes, so it keeps its port."""
    return f"http://localhost:{known['portal']}"


def gate_url(known: dict[str, int]) -> str:
    """Where the portal and the command line reach the gate."""
    return f"http://127.0.0.1:{known['gate']}"


def _room(home: Home, room: str, known: dict[str, int], secrets: dict) -> dict[str, str]:
    settings = {
        "PTSP_BROKER_URL": broker_url(room, known, secrets),
        "PTSP_DATABASE_URL": database_url(room, known, secrets),
        "PTSP_DATABASE": room,
        "PTSP_STATEMENT_KEY": secrets["statement_public"],
        "PTSP_PORTAL_STATEMENT_KEY": secrets["portal_public"],
        "PTSP_INSTANCE": "1",
        "PTSP_READY_FILE": str(home.run / f"{room}.ready"),
        "PTSP_RELEASE": release(),
    }
    if room == "noticeboard":
        return settings  # it makes and reads no paper
    if room == "operations":
        return settings | {
            "PTSP_OPERATOR_BROKER_URL": broker_url("operator", known, secrets),
            "PTSP_MANAGEMENT_URL": management_url("operator", known, secrets),
            "PTSP_OPERATOR_DATABASE_URL": database_url("operator", known, secrets),
        }
    settings |= {"PTSP_STORAGE_KEY": secrets["storage_key"], **_site("primary", known, secrets)}
    if room == "archive":
        settings |= _site("second", known, secrets)
    else:
        settings["PTSP_PUBLIC_URL"] = public_url(known)
    if room in ("issuance", "archive"):
        settings |= {
            "PTSP_SIGNING_KEY": str(home.etc / "signing_key.pem"),
            "PTSP_SIGNING_CERTIFICATE": str(home.etc / "signing_certificate.pem"),
            "PTSP_SIGNING_AUTHORITY": str(home.etc / "signing_authority.pem"),
        }
    if room == "retribution":
        settings["PTSP_BANK_SECRET"] = secrets["bank_secret"]
    if room == "notification":
        settings |= _mail(known)
    return settings


def _mail(known: dict[str, int]) -> dict[str, str]:
    return {
        "PTSP_SMTP_HOST": "127.0.0.1",
        "PTSP_SMTP_PORT": str(known["mail"]),
        "PTSP_SMTP_SECURITY": "none",
        "PTSP_MAIL_FROM": SENDER,
    }


def _site(site: str, known: dict[str, int], secrets: dict) -> dict[str, str]:
    return {
        f"PTSP_{site.upper()}_URL": f"http://127.0.0.1:{known[SITES[site]]}",
        f"PTSP_{site.upper()}_ACCESS_KEY": secrets[site]["access"],
        f"PTSP_{site.upper()}_SECRET_KEY": secrets[site]["secret"],
        f"PTSP_{site.upper()}_BUCKET": BUCKET,
    }


def _login(user: str, passwords: dict[str, str]) -> str:
    return f"{user}:{quote(passwords[user], safe='')}"
