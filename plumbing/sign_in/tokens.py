"""Tokens for programs: each names a person and a seat, what it is good for, and until when. Only its hash is kept.

A token never signs: what wants a passphrase each time is refused to it by the room.
"""

from datetime import date, datetime, timedelta
from typing import Any, Literal, NamedTuple

from plumbing.database import OwnRecords
from plumbing.sign_in.sessions import key_of, new_token
from values.dates import office_date

Scope = Literal["read", "act", "webhooks"]
SCOPES: tuple[Scope, ...] = ("read", "act", "webhooks")
COLLECTION, INDEXES = "tokens", ["holder"]
MOST = 10  # of one person
LONGEST_DAYS = 366
USED_EVERY = timedelta(minutes=1)
MARK = {"applicant": "ptsp_p_", "officer": "ptsp_s_"}  # pemohon, staf: found by those who search for lost secrets


class Held(NamedTuple):
    """A token as it is kept: `key` names it; `until` is the last day on which it is good, in Jakarta."""

    key: str
    holder: str
    role: str
    unit: str | None
    name: str
    scopes: tuple[Scope, ...]
    made: datetime
    until: date
    used: datetime | None


class TooManyTokens(Exception):
    """The person has as many as one may have."""


class Tokens:
    """The tokens of all who have some. Every method raises RecordsAway."""

    def __init__(self, records: OwnRecords):
        self._records = records

    def make(
        self, holder: str, role: str, unit: str | None, name: str, scopes: tuple[Scope, ...], days: int, now: datetime
    ) -> str:
        """A new token, told this once. Raises TooManyTokens."""
        self._records.remove(COLLECTION, {"holder": holder, "until": {"$lt": office_date(now).isoformat()}})
        if len(self.of(holder)) >= MOST:
            raise TooManyTokens
        token = MARK["applicant" if role == "applicant" else "officer"] + new_token()
        until = office_date(now) + timedelta(days=min(max(days, 1), LONGEST_DAYS))
        fields = {"holder": holder, "role": role, "unit": unit, "name": name, "scopes": [*scopes], "used": None}
        self._records.add(
            COLLECTION, {"_id": key_of(token), **fields, "made": now.isoformat(), "until": until.isoformat()}
        )
        return token

    def find(self, token: str, now: datetime) -> Held | None:
        """The token while it is good."""
        found = self._records.find(COLLECTION, {"_id": key_of(token)}, limit=1)
        held = _held(found[0]) if found else None
        if held is None or held.until < office_date(now):
            return None
        if held.used is None or now - held.used > USED_EVERY:
            self._records.change(COLLECTION, {"_id": held.key}, {"used": now.isoformat()})
        return held

    def of(self, holder: str) -> list[Held]:
        """The tokens of one person, the oldest first."""
        return [_held(found) for found in self._records.find(COLLECTION, {"holder": holder}, by="made")]

    def end(self, holder: str, key: str) -> bool:
        """Good for nothing any more; False when the person has no such token."""
        return self._records.remove(COLLECTION, {"_id": key, "holder": holder}) > 0


def _held(document: dict[str, Any]) -> Held:
    used = document["used"]
    return Held(
        key=document["_id"],
        holder=document["holder"],
        role=document["role"],
        unit=document["unit"],
        name=document["name"],
        scopes=tuple(document["scopes"]),
        made=datetime.fromisoformat(document["made"]),
        until=date.fromisoformat(document["until"]),
        used=datetime.fromisoformat(used) if used else None,
    )
