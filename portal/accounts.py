"""Accounts of applicants: reached by e-mail address or phone number, kept in the portal's own database.

`accounts` holds one document per person under an opaque id, which is all that a room ever learns; `names` leads from
an address or number to it, one each, so that two sign-ups at the same moment cannot both have it.
"""

import re
from datetime import datetime
from typing import NamedTuple

from plumbing.database import OwnRecords
from plumbing.messaging.envelope import new_id
from plumbing.sign_in.passwords import Passwords

EMAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]+@[A-Z0-9-]+(\.[A-Z0-9-]+)+", re.ASCII | re.IGNORECASE)
PHONE = re.compile(r"62[0-9]{8,13}", re.ASCII)
LONGEST_NAME = 200


class Account(NamedTuple):
    """One person: `name` is the e-mail address or phone number they sign in with."""

    id: str
    name: str

    @property
    def email(self) -> str | None:
        """The address letters go to; None for who signed up with a phone number."""
        return self.name if "@" in self.name else None


def tidy_name(typed: str) -> str | None:
    """An e-mail address in small letters, or a phone number as `628…`; None when it is neither."""
    plain = typed.strip().lower()
    if len(plain) > LONGEST_NAME:
        return None
    if "@" in plain:
        return plain if EMAIL.fullmatch(plain) else None
    digits = re.sub(r"[\s().-]", "", plain)
    if digits.startswith("+"):
        digits = digits[1:]
    elif digits.startswith("0"):
        digits = f"62{digits[1:]}"
    return digits if PHONE.fullmatch(digits) else None


class Accounts:
    """Who may sign in. Every method raises RecordsAway; those that see a password also Crowded."""

    def __init__(self, records: OwnRecords, passwords: Passwords):
        self._records, self._passwords = records, passwords

    def open(self, name: str, password: str, now: datetime) -> Account | None:
        """A new account; None when the name has one already (that takes as long)."""
        kept = self._passwords.hash(password)
        account = Account(new_id(), name)
        fields = {"name": name, "password": kept, "opened_at": now.isoformat()}
        self._records.add("accounts", {"_id": account.id, **fields})
        if self._records.add("names", {"_id": name, "account": account.id}):
            return account
        self._records.remove("accounts", {"_id": account.id})
        return None

    def check(self, name: str | None, password: str) -> Account | None:
        """The account, when the name has one and this is its password."""
        account = self.named(name) if name else None
        kept = self._records.find("accounts", {"_id": account.id}, limit=1) if account else []
        return account if self._passwords.fits(password, kept[0]["password"] if kept else None) else None

    def named(self, name: str) -> Account | None:
        """The account with that name."""
        found = self._records.find("names", {"_id": name}, limit=1)
        return Account(found[0]["account"], name) if found else None

    def by_id(self, account_id: str) -> Account | None:
        """The account with that id."""
        found = self._records.find("accounts", {"_id": account_id}, limit=1)
        return Account(account_id, found[0]["name"]) if found else None

    def change_password(self, account_id: str, password: str) -> None:
        """From now on this password and no other."""
        self._records.change("accounts", {"_id": account_id}, {"password": self._passwords.hash(password)})
