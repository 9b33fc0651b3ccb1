"""Who is told of which files: kept by the portal, the secret sealed with the office's storage key."""

import base64
import secrets
from datetime import datetime
from typing import Any, NamedTuple

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from catalogue.desks import may_see
from catalogue.licences import licence_types
from catalogue.offering import Offering
from catalogue.standards_book import service_standards
from contracts.noticeboard import Notice
from plumbing.database import OwnRecords
from plumbing.messaging.envelope import new_id

MOST = 5  # subscriptions of one holder


class Holder(NamedTuple):
    """Whose subscription it is: an applicant's account (then `role` is `applicant`) or an officer in a seat."""

    id: str
    role: str
    unit: str | None = None

    def may_see(self, notice: Notice, kind: Offering) -> bool:
        """Whether a file may be told to them."""
        if self.role == "applicant":
            return notice.account == self.id
        return may_see(kind, self.role, self.unit)


class Subscription(NamedTuple):
    """One address that is told. `types`: only these licence types and services; none: all one may see.

    `resting_until` and `failures` slow down an address that does not answer; `stopped` says why it is told nothing
    any more (`gone`: it answered 410)."""

    id: str
    holder: Holder
    url: str
    types: tuple[str, ...]
    secret: bytes
    since: datetime
    failures: int
    resting_until: datetime | None
    stopped: str | None

    def wants(self, notice: Notice, kind: Offering) -> bool:
        """Whether this file is told to this address."""
        return (not self.types or kind.code in self.types) and self.holder.may_see(notice, kind)


class TooMany(Exception):
    """The holder has as many subscriptions as one may have."""


class Subscriptions:
    """All subscriptions. Every method raises RecordsAway."""

    def __init__(self, records: OwnRecords, key: bytes):
        self._records, self._cipher = records, AESGCM(key)

    def add(self, holder: Holder, url: str, types: tuple[str, ...], now: datetime) -> tuple[str, str]:
        """(id, secret): the secret is told this once. Raises TooMany."""
        if len(self.of(holder)) >= MOST:
            raise TooMany
        id, secret = new_id(), secrets.token_bytes(32)
        fields = {
            "holder": list(holder),
            "owner": _owner(holder),
            "url": url,
            "types": list(types),
            "secret": self._sealed(id, secret),
            "since": now.isoformat(),
            "failures": 0,
            "resting_until": None,
            "stopped": None,
        }
        self._records.add("webhooks", {"_id": id, **fields})
        return id, secret_words(secret)

    def of(self, holder: Holder) -> list[Subscription]:
        """The holder's own, the oldest first."""
        return [self._read(found) for found in self._records.find("webhooks", {"owner": _owner(holder)}, by="since")]

    def told(self) -> list[Subscription]:
        """All that are told."""
        return [self._read(found) for found in self._records.find("webhooks", {"stopped": None})]

    def remove(self, holder: Holder, id: str) -> bool:
        """Told nothing any more, what waits included; False when the holder has no such subscription."""
        gone = self._records.remove("webhooks", {"_id": id, "owner": _owner(holder)}) > 0
        if gone:
            self._records.remove("webhook_posts", {"hook": id})
        return gone

    def answered(self, id: str) -> None:
        """It took what it was told: it is not slowed down any more."""
        self._records.change("webhooks", {"_id": id}, {"failures": 0, "resting_until": None})

    def failed(self, hook: Subscription, resting_until: datetime) -> None:
        """It is left alone for a while."""
        fields = {"failures": hook.failures + 1, "resting_until": resting_until.isoformat()}
        self._records.change("webhooks", {"_id": hook.id}, fields)

    def stop(self, id: str, why: str) -> None:
        """Told nothing any more, and its holder sees why."""
        self._records.change("webhooks", {"_id": id}, {"stopped": why})

    def _sealed(self, id: str, secret: bytes) -> str:
        nonce = secrets.token_bytes(12)
        return base64.b64encode(nonce + self._cipher.encrypt(nonce, secret, f"webhook:{id}".encode())).decode()

    def _opened(self, id: str, sealed: str) -> bytes:
        raw = base64.b64decode(sealed)
        return self._cipher.decrypt(raw[:12], raw[12:], f"webhook:{id}".encode())

    def _read(self, found: dict[str, Any]) -> Subscription:
        resting = found["resting_until"]
        return Subscription(
            id=found["_id"],
            holder=Holder(*found["holder"]),
            url=found["url"],
            types=tuple(found["types"]),
            secret=self._opened(found["_id"], found["secret"]),
            since=datetime.fromisoformat(found["since"]),
            failures=found["failures"],
            resting_until=datetime.fromisoformat(resting) if resting else None,
            stopped=found["stopped"],
        )


def known_types() -> set[str]:
    """The codes of licence types and services that a subscription may name."""
    return licence_types().keys() | service_standards().keys()


def secret_words(secret: bytes) -> str:
    """The secret as it is told, and as the receiver uses it: these very letters are the key of the HMAC."""
    return "whsec_" + base64.urlsafe_b64encode(secret).decode().rstrip("=")


def _owner(holder: Holder) -> str:
    return f"{'applicant' if holder.role == 'applicant' else 'officer'}:{holder.id}"
