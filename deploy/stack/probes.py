"""How each part is asked whether it is well. Every probe is short and says why not in one line."""

import base64
import http.client
import json
import smtplib
import socket
from collections.abc import Callable

import urllib3
from minio import Minio
from pymongo import MongoClient
from pymongo.errors import PyMongoError

from deploy.stack.credentials import credentials
from deploy.stack.environments import database_url
from deploy.stack.home import Home
from deploy.stack.ports import ports
from deploy.stack.sites import BUCKET, SITES
from plumbing.messaging.permissions import VHOST

_SECONDS = 2.0


def probe(home: Home, name: str) -> str | None:
    """Ask one part. None when it is well, otherwise the reason."""
    try:
        return _PROBES[name](home)
    except (
        OSError,
        http.client.HTTPException,
        smtplib.SMTPException,
        PyMongoError,
        urllib3.exceptions.HTTPError,
    ) as error:
        return f"{type(error).__name__}: {str(error)[:200]}"


def _epmd(home: Home) -> str | None:
    socket.create_connection(("127.0.0.1", ports(home)["epmd"]), _SECONDS).close()
    return None


def _broker(home: Home) -> str | None:
    """RabbitMQ's own check of its virtual hosts, and a listener that accepts."""
    known, secrets = ports(home), credentials(home)
    connection = http.client.HTTPConnection("127.0.0.1", known["management"], timeout=_SECONDS)
    try:
        login = base64.b64encode(f"operator:{secrets['broker']['operator']}".encode()).decode()
        connection.request("GET", "/api/health/checks/virtual-hosts", headers={"Authorization": f"Basic {login}"})
        answer = connection.getresponse()
        body = answer.read()
    finally:
        connection.close()
    if answer.status != 200 or json.loads(body).get("status") != "ok":
        return f"virtual host {VHOST}: {answer.status} {body[:200].decode(errors='replace')}"
    socket.create_connection(("127.0.0.1", known["amqp"]), _SECONDS).close()
    return None


def _database(home: Home) -> str | None:
    """A ping by a user who had to log in."""
    url = database_url("operator", ports(home), credentials(home))
    with MongoClient(url, serverSelectionTimeoutMS=int(_SECONDS * 1000)) as client:
        client.admin.command("ping")
    return None


def _site(site: str) -> Callable[[Home], str | None]:
    def ask(home: Home) -> str | None:
        keys = credentials(home)[site]
        pool = urllib3.PoolManager(timeout=_SECONDS, retries=False)
        address = f"127.0.0.1:{ports(home)[SITES[site]]}"
        try:
            client = Minio(address, keys["access"], keys["secret"], secure=False, region="us-east-1", http_client=pool)
            return None if client.bucket_exists(BUCKET) else f"bucket {BUCKET} is missing"
        finally:
            pool.clear()

    return ask


def _face(name: str) -> Callable[[Home], str | None]:
    """Its own word: it answers, and its catalogue is read. What it knows of files may be old; it says so itself."""

    def ask(home: Home) -> str | None:
        connection = http.client.HTTPConnection("127.0.0.1", ports(home)[name], timeout=_SECONDS)
        try:
            connection.request("GET", "/hidup")
            answer = connection.getresponse()
            return None if answer.status == 200 else f"/hidup answers {answer.status}"
        finally:
            connection.close()

    return ask


def _mail(home: Home) -> str | None:
    with smtplib.SMTP("127.0.0.1", ports(home)["mail"], timeout=_SECONDS) as server:
        server.noop()
    return None


_ENGINES: dict[str, Callable[[Home], str | None]] = {
    "epmd": _epmd,
    "broker": _broker,
    "database": _database,
    "mail": _mail,
    **{part: _site(site) for site, part in SITES.items()},
}
ENGINES = tuple(_ENGINES)
_PROBES = _ENGINES | {"portal": _face("portal"), "gate": _face("gate")}
ASKED = tuple(_PROBES)
