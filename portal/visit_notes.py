"""What a member of the team has typed on site, kept at each answer, so that a dropped line loses nothing."""

from datetime import datetime, timedelta
from typing import NamedTuple

from plumbing.database import OwnRecords

COLLECTION = "visit_notes"
KEPT = timedelta(days=180)  # what was typed and never recorded


class Notes(NamedTuple):
    """The answers as they were typed, and when the last of them came in. None: nothing was typed yet."""

    typed: dict[str, str]
    at: datetime | None


class VisitNotes:
    """The unfinished findings of all members; each is found by its own member. Every method raises RecordsAway."""

    def __init__(self, records: OwnRecords):
        self._records = records

    def find(self, officer: str, file: str, round: int) -> Notes:
        """What this member has typed about that file in this round."""
        found = self._records.find(COLLECTION, {"_id": _key(officer, file, round)}, limit=1)
        return Notes(found[0]["typed"], datetime.fromisoformat(found[0]["at"])) if found else Notes({}, None)

    def keep(self, officer: str, file: str, round: int, typed: dict[str, str], now: datetime) -> None:
        """The answers as they are now, in place of those before."""
        id, fields = _key(officer, file, round), {"typed": typed, "at": now.isoformat()}
        if not self._records.add(COLLECTION, {"_id": id, **fields}):
            self._records.change(COLLECTION, {"_id": id}, fields)

    def throw_away(self, officer: str, file: str, round: int) -> None:
        """They are recorded: the room has them now."""
        self._records.remove(COLLECTION, {"_id": _key(officer, file, round)})


def _key(officer: str, file: str, round: int) -> str:
    return f"{officer}/{file}/{round}"
