"""Who opened which page of a file: kept by the portal itself, for officers and applicants alike.

A page that shows a file, a draft or a paper of one calls `note` before it answers. What is kept are ids, codes and
addresses of pages, never what the page showed and never a name, so that the record itself can be shown. A look that
cannot be kept is not given: `note` raises RecordsAway, and the page is the one for a database that is away.
"""

import hashlib
import re
from datetime import datetime, timedelta
from typing import NamedTuple

from fastapi import Request

from plumbing.database import OwnRecords
from portal.entrance import address_of
from portal.face import now

COLLECTION, INDEXES = "looks", ["file", "actor", "at"]
KEPT = timedelta(days=5 * 365)  # assumed: as long as the office keeps a closed file at hand
CODE = re.compile(r"[a-z][a-z_]{1,39}", re.ASCII)


class Look(NamedTuple):
    """One opening of one page. `page` is the page's address as the portal writes it down, `/saya/{id}`: what stood in
    its place is `file`; `what` says in a code what was shown (`file`, `paper`, `record`)."""

    at: datetime
    actor: str
    role: str
    address: str
    page: str
    what: str
    file: str


class Audit:
    """The record of looks; one per process, kept at `app.state.audit`. Every method raises RecordsAway."""

    def __init__(self, records: OwnRecords):
        self._records = records

    def keep(self, look: Look) -> None:
        """Keep it. The same look within the same minute, a page that renews itself for instance, is one."""
        fields = look._asdict() | {"at": look.at.isoformat()}
        minute = fields["at"][:16]
        key = ":".join([minute, look.actor, look.role, look.address, look.page, look.what, look.file])
        self._records.add(COLLECTION, {"_id": hashlib.sha256(key.encode()).hexdigest()[:40], **fields})

    def of_file(self, file_id: str, most: int = 200) -> list[Look]:
        """Who looked at this file, the latest first."""
        return self._latest({"file": file_id}, most)

    def of_actor(self, actor: str, most: int = 200) -> list[Look]:
        """What this officer or account looked at, the latest first."""
        return self._latest({"actor": actor}, most)

    def _latest(self, query: dict[str, str], most: int) -> list[Look]:
        found = self._records.find(COLLECTION, query, limit=most, by="-at")
        return [_look(kept) for kept in found]


def note(request: Request, actor_id: str, role: str, what: str, file_id: str) -> None:
    """Keep that this actor, in this role, is being shown `what` of that file. Raises RecordsAway: then nothing is
    shown. ValueError for a `what` that is no code, so that no name or number slips in."""
    if not CODE.fullmatch(what):
        raise ValueError(f"{what[:60]!r} is no code of something shown")
    page = getattr(request.scope.get("route"), "path", "")
    address = address_of(request)
    request.app.state.audit.keep(Look(now(), actor_id, role, address, page, what, file_id[:60]))


def _look(kept: dict) -> Look:
    return Look(datetime.fromisoformat(kept["at"]), *(kept[name] for name in Look._fields[1:]))
