"""Passphrases of officers: argon2id hashes under the id, given by an operator, changed by the officer."""

import secrets
from datetime import datetime

from catalogue.office import organisation
from plumbing.database import OwnRecords
from plumbing.sign_in.passwords import Passwords
from values.dates import office_date

SYLLABLES = [f"{c}{v}" for c in "bdfghjklmnprst" for v in "aeiou"]  # 70 of them; nine are 55 bits
NOT_HERE = ("bank",)  # outside: it sends signed notifications and signs in nowhere


class Officers:
    """Who may sign in as an officer. Every method raises RecordsAway; those that see a passphrase also Crowded."""

    def __init__(self, records: OwnRecords, passwords: Passwords):
        self._records, self._passwords = records, passwords

    def named(self, typed: str, now: datetime) -> str | None:
        """The id of the officer with that id or NIP, while they work here; None otherwise."""
        office, plain = organisation(), typed.strip().lower()
        found = next((o.id for o in office.officers.values() if plain in (o.id, o.nip)), None)
        if found is None or not office.in_office(found, office_date(now)):
            return None
        return None if office.officers[found].role in NOT_HERE else found

    def check(self, officer: str | None, passphrase: str) -> bool:
        """Whether it is that officer's passphrase; takes as long when there is none."""
        kept = self._kept(officer) if officer else None
        return self._passwords.fits(passphrase, kept and kept["password"]) and kept is not None

    def must_change(self, officer: str) -> bool:
        """Whether the passphrase is one that somebody else gave them."""
        kept = self._kept(officer)
        return kept is not None and kept["given_by"] is not None

    def give(self, officer: str, by: str | None, now: datetime) -> str:
        """A new passphrase, told once. Given `by` somebody it is to be changed at the next sign-in."""
        told = "-".join("".join(secrets.choice(SYLLABLES) for _ in range(3)) for _ in range(3))
        self._keep(officer, told, now, given_by=by)
        return told

    def change(self, officer: str, passphrase: str, now: datetime) -> None:
        """From now on this one and no other."""
        self._keep(officer, passphrase, now, given_by=None)

    def _keep(self, officer: str, passphrase: str, now: datetime, given_by: str | None) -> None:
        fields = {"password": self._passwords.hash(passphrase), "since": now.isoformat(), "given_by": given_by}
        if not self._records.add("officers", {"_id": officer, **fields}):
            self._records.change("officers", {"_id": officer}, fields)

    def _kept(self, officer: str) -> dict | None:
        found = self._records.find("officers", {"_id": officer}, limit=1)
        return found[0] if found else None
