"""One call to a receiver: signed, to a public address only, following nothing, waiting for nobody long."""

import hmac
import ipaddress
import socket
from typing import NamedTuple
from urllib.parse import urlsplit

import urllib3

from portal.webhooks.subscriptions import secret_words

SECONDS = 5.0
LONGEST_ADDRESS = 500
PORTS = range(1, 65536)


class Unfit(Exception):
    """An address that is not called. `code`: form, tls, inside, unknown."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


class Answer(NamedTuple):
    """What the receiver said: its HTTP status, or None and why nothing came."""

    status: int | None
    reason: str

    @property
    def taken(self) -> bool:
        """Whether it took the message."""
        return self.status is not None and 200 <= self.status < 300


def signature(secret: bytes, at: int, body: bytes) -> str:
    """The header `PTSP-Signature`: `t` is the Unix time of the attempt, `v1` the HMAC-SHA256 over `t.body` in hex. A
    receiver refuses what is older than five minutes or whose `id` it has taken already."""
    digest = hmac.digest(secret_words(secret).encode(), f"{at}.".encode() + body, "sha256")
    return f"t={at},v1={digest.hex()}"


def require_address(url: str, inside: bool) -> tuple[str, str, int]:
    """(host, address, port) of a receiver. Raises Unfit. `inside`: also without TLS and within our own network, for an
    office on one machine."""
    if len(url) > LONGEST_ADDRESS or not url.isascii() or not url.isprintable() or " " in url:
        raise Unfit("form")
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        raise Unfit("form") from None
    if parts.scheme not in ("https", "http") or not parts.hostname or parts.username or parts.fragment:
        raise Unfit("form")
    if parts.scheme != "https" and not inside:
        raise Unfit("tls")
    try:
        found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unfit("unknown") from None
    addresses = [ipaddress.ip_address(each[4][0]) for each in found]
    if not inside and not all(address.is_global and not address.is_multicast for address in addresses):
        raise Unfit("inside")
    return parts.hostname, str(addresses[0]), port


def post(url: str, body: bytes, headers: dict[str, str], inside: bool) -> Answer:
    """Call the receiver at the address that was looked at, so that a name cannot lead elsewhere a moment later."""
    try:
        host, address, port = require_address(url, inside)
    except Unfit as no:
        return Answer(None, f"address: {no.code}")
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    options = {"timeout": SECONDS, "retries": False, "maxsize": 1}
    if parts.scheme == "https":
        pool = urllib3.HTTPSConnectionPool(address, port, server_hostname=host, assert_hostname=host, **options)
    else:
        pool = urllib3.HTTPConnectionPool(address, port, **options)
    try:
        answer = pool.request(
            "POST",
            target,
            body=body,
            headers={"Host": parts.netloc, **headers},
            redirect=False,
            preload_content=False,
        )
        answer.release_conn()
        return Answer(answer.status, f"HTTP {answer.status}")
    except urllib3.exceptions.HTTPError as error:
        return Answer(None, type(error).__name__)
    finally:
        pool.close()
