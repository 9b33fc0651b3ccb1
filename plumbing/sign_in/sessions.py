"""Sessions: kept by the portal under the hash of a random token, which only the browser has.

A session ends after half an hour without a page, after twelve hours in any case, and at sign-out. One that ended by
itself is known a day longer, so that its holder meets "sign in again" and not a stranger's page.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from plumbing.database import OwnRecords

IDLE, ABSOLUTE = timedelta(minutes=30), timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
KEPT = timedelta(days=1)


class Session(NamedTuple):
    """An open session. `key` names it in the records; `entrusted` is a form that came too late, to be taken up again:
    (page, fields)."""

    key: str
    account: str
    started: datetime
    seen: datetime
    device: str
    entrusted: tuple[str, dict[str, str]] | None = None

    def open_at(self, now: datetime) -> bool:
        """Whether it still holds."""
        return now - self.seen < IDLE and now - self.started < ABSOLUTE


def new_token() -> str:
    """256 random bits, for a cookie or a link."""
    return secrets.token_urlsafe(32)


def key_of(token: str) -> str:
    """What is kept instead of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def form_mark(token: str) -> str:
    """What each form of the holder of this token carries: nobody else can know it."""
    return hashlib.sha256(f"form:{token}".encode()).hexdigest()


class Sessions:
    """The sessions of all accounts. Every method raises RecordsAway."""

    def __init__(self, records: OwnRecords):
        self._records = records

    def begin(self, account: str, device: str, now: datetime, entrusted: tuple | None = None) -> str:
        """A new session; its token is told this once."""
        token, told = new_token(), now.isoformat()
        fields = {"account": account, "started": told, "seen": told, "device": device[:120], "entrusted": entrusted}
        self._records.add("sessions", {"_id": key_of(token), **fields})
        self._records.remove("sessions", {"account": account, "started": {"$lt": (now - ABSOLUTE - KEPT).isoformat()}})
        return token

    def find(self, token: str, now: datetime) -> Session | None:
        """The session of this token while it holds; being found keeps it from falling asleep."""
        found = self._records.find("sessions", {"_id": key_of(token)}, limit=1)
        session = _session(found[0]) if found else None
        if session is None or not session.open_at(now):
            return None
        if now - session.seen > SEEN_EVERY:
            self._records.change("sessions", {"_id": session.key}, {"seen": now.isoformat()})
        return session

    def of(self, account: str, now: datetime) -> list[Session]:
        """The open sessions of one person, the latest first."""
        found = map(_session, self._records.find("sessions", {"account": account}))
        return sorted((s for s in found if s.open_at(now)), key=lambda s: s.seen, reverse=True)

    def taken_up(self, session: Session) -> None:
        """What was entrusted has been shown again."""
        self._records.change("sessions", {"_id": session.key}, {"entrusted": None})

    def end(self, key: str) -> None:
        """Over, at once and for good."""
        self._records.remove("sessions", {"_id": key})

    def end_token(self, token: str) -> None:
        """The same by its token."""
        self.end(key_of(token))

    def end_all(self, account: str, but: str | None = None) -> int:
        """End every session of a person (except one); how many there were."""
        return self._records.remove("sessions", {"account": account} | ({"_id": {"$ne": but}} if but else {}))


def _session(document: dict[str, Any]) -> Session:
    entrusted = document.get("entrusted")
    return Session(
        key=document["_id"],
        account=document["account"],
        started=datetime.fromisoformat(document["started"]),
        seen=datetime.fromisoformat(document["seen"]),
        device=document["device"],
        entrusted=(entrusted[0], dict(entrusted[1])) if entrusted else None,
    )
