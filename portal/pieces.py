"""Files that come in pieces, so that a line that dropped costs one piece and not the whole file.

They rest in the portal's own database, not on a disk of its process: a portal that was started again, or another one
beside it, takes the next piece. What is not finished within a day is removed. The protocol is tus 1.0
(`portal/pages/uploading.py`); what a file is, is looked at when it is whole (`portal/uploads.py`).
"""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from contracts.documents import Document
from plumbing.database import OwnRecords
from plumbing.messaging.envelope import new_id

WHOLE, PIECES = "uploads", "pieces"
INDEXES = {WHOLE: ["account", "until"], PIECES: ["upload", "until"]}
LASTS = timedelta(days=1)
MOST_OF_ONE = 12  # waiting files of one account; the oldest makes room
MOST_OF_ALL = 400  # waiting files of everybody, at most 4 GB


class Full(Exception):
    """So many files wait to be finished that no new one is begun; the plain form still takes them."""


class WrongPlace(Exception):
    """A piece that does not begin where the file ends so far: `received` bytes."""

    def __init__(self, received: int):
        super().__init__(f"{received} bytes are here")
        self.received = received


class Upload(NamedTuple):
    """A file that is coming: `received` of `length` bytes. `pieces` by their places; `taken` is the paper that was made
    of it."""

    id: str
    account: str
    length: int
    received: int
    until: datetime
    pieces: dict[str, str]
    taken: Document | None


class Pieces:
    """The files that are coming, each found by its owner only. Every method raises RecordsAway."""

    def __init__(self, records: OwnRecords):
        self._records = records

    def begin(self, account: str, length: int, now: datetime) -> Upload:
        """A new file of that many bytes. Raises Full."""
        self.clear(now)
        if len(self._records.find(WHOLE, {"taken": None}, limit=MOST_OF_ALL)) >= MOST_OF_ALL:
            raise Full
        own = self._records.find(WHOLE, {"account": account, "taken": None}, by="until")
        for old in own[: max(0, len(own) - MOST_OF_ONE + 1)]:
            self.drop(old["_id"])
        upload = Upload(new_id(), account, length, 0, now + LASTS, {}, None)
        fields = upload._asdict() | {"_id": upload.id, "until": upload.until.isoformat()}
        del fields["id"]
        self._records.add(WHOLE, fields)
        return upload

    def find(self, id: str, account: str, now: datetime) -> Upload | None:
        """The file, when it is this person's and its day is not over."""
        found = self._records.find(WHOLE, {"_id": id, "account": account}, limit=1)
        upload = _upload(found[0]) if found else None
        return upload if upload and now < upload.until else None

    def add(self, upload: Upload, at: int, data: bytes) -> int:
        """Keep a piece; how many bytes are here now. Raises WrongPlace, also when another window was quicker.
        ValueError for more than was announced."""
        if at != upload.received:
            raise WrongPlace(upload.received)
        if at + len(data) > upload.length:
            raise ValueError("more bytes than were announced")
        if not data:
            return upload.received
        piece = new_id()
        kept = {"_id": piece, "upload": upload.id, "data": data, "until": upload.until.isoformat()}
        self._records.add(PIECES, kept)
        here = {"_id": upload.id, "received": at}
        if not self._records.change(WHOLE, here, {f"pieces.{at}": piece, "received": at + len(data)}):
            self._records.remove(PIECES, {"_id": piece})
            raise WrongPlace(self._received(upload))
        return at + len(data)

    def whole(self, upload: Upload) -> bytes | None:
        """All its bytes; None while some are missing."""
        if upload.received != upload.length:
            return None
        rest = {kept["_id"]: kept["data"] for kept in self._records.find(PIECES, {"upload": upload.id})}
        return b"".join(rest[upload.pieces[at]] for at in sorted(upload.pieces, key=int))

    def take(self, upload: Upload, document: Document) -> None:
        """It became a paper: what it came in is gone, and asking again gives the same paper."""
        self._records.change(WHOLE, {"_id": upload.id}, {"taken": document.model_dump(mode="json"), "pieces": {}})
        self._records.remove(PIECES, {"upload": upload.id})

    def drop(self, id: str) -> None:
        """Gone, with its pieces."""
        self._records.remove(WHOLE, {"_id": id})
        self._records.remove(PIECES, {"upload": id})

    def clear(self, now: datetime) -> None:
        """What was not finished in its day is gone."""
        for collection in (WHOLE, PIECES):
            self._records.remove(collection, {"until": {"$lt": now.isoformat()}})

    def _received(self, upload: Upload) -> int:
        found = self._records.find(WHOLE, {"_id": upload.id}, limit=1)
        return found[0]["received"] if found else 0


def _upload(kept: dict[str, Any]) -> Upload:
    return Upload(
        id=kept["_id"],
        account=kept["account"],
        length=kept["length"],
        received=kept["received"],
        until=datetime.fromisoformat(kept["until"]),
        pieces=kept["pieces"],
        taken=kept["taken"] and Document.model_validate(kept["taken"]),
    )
