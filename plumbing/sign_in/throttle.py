"""Signing in is slowed down where it fails: each account and each address waits longer after every further failure."""

import hashlib
from datetime import datetime, timedelta

from plumbing.database import OwnRecords

FREE = 5  # failures without a wait
FREE_FROM_ADDRESS = 30  # behind one address stand many people
FIRST, LONGEST = 15, 900  # seconds
FORGOTTEN_AFTER = timedelta(hours=12)
TRIES = 5  # when others count at the same moment


class WaitFirst(Exception):
    """Too many failures; again in `seconds`."""

    def __init__(self, seconds: int):
        super().__init__(f"again in {seconds} s")
        self.seconds = seconds


def wait_after(failures: int, free: int = FREE) -> int:
    """Seconds to wait after so many failures: none at first, then 15, doubled each time, at most 15 minutes."""
    return 0 if failures < free else min(LONGEST, FIRST * 2 ** min(failures - free, 10))


class Throttle:
    """Counts failures by name and by address. What is kept is a hash of either. Every method raises RecordsAway."""

    def __init__(self, records: OwnRecords):
        self._records = records

    def attempt(self, name: str, address: str, now: datetime) -> None:
        """Count an attempt as failed before it is looked at: a hundred at once are not one. Raises WaitFirst."""
        for key, free in self._keys(name, address):
            self._count(key, free, now)

    def succeeded(self, name: str, address: str) -> None:
        """It was no failure: forget those of this account, and take this attempt back from the address, behind which a
        whole office may sign in. The failures of others there stand."""
        self._records.remove("failures", {"_id": _key("name", name)})
        for _ in range(TRIES):
            found = self._records.find("failures", {"_id": _key("address", address)}, limit=1)
            if not found:
                return
            seen = {"_id": found[0]["_id"], "count": found[0]["count"]}
            if self._records.change("failures", seen, {"count": max(0, found[0]["count"] - 1)}):
                return

    def _count(self, key: str, free: int, now: datetime) -> None:
        for _ in range(TRIES):
            found = self._records.find("failures", {"_id": key}, limit=1)
            if not found:
                if self._records.add("failures", {"_id": key, "count": 1, "at": now.isoformat()}):
                    return
                continue
            count, at = found[0]["count"], datetime.fromisoformat(found[0]["at"])
            left = (at + timedelta(seconds=wait_after(count, free)) - now).total_seconds()
            if left > 0:
                raise WaitFirst(max(1, round(left)))
            fresh = now - at > FORGOTTEN_AFTER
            seen = {"_id": key, "count": count, "at": found[0]["at"]}
            if self._records.change("failures", seen, {"count": 1 if fresh else count + 1, "at": now.isoformat()}):
                return
        raise WaitFirst(1)  # many try at the same moment

    @staticmethod
    def _keys(name: str, address: str) -> list[tuple[str, int]]:
        return [(_key("name", name), FREE), (_key("address", address), FREE_FROM_ADDRESS)]


def _key(kind: str, value: str) -> str:
    return hashlib.sha256(f"{kind}:{value}".encode()).hexdigest()
