"""What the gate is asked and answers, over HTTP between the portal and the gate on the office's own network."""

from datetime import date
from typing import Literal

from pydantic import AwareDatetime, Field

from contracts.base import Shape, Words
from contracts.people import Role

TOKEN = Field(min_length=20, max_length=100)
Scope = Literal["read", "act", "webhooks"]
PASSPHRASE = Field(max_length=200)


class Seat(Shape):
    """A seat in which an officer acts today: role and unit, and what it is called on papers."""

    role: Role
    unit: str
    position: str


class SignIn(Shape):
    """`name` is an officer's id or NIP; `address` and `device` are the caller's, for the record and the waits."""

    name: str = Field(min_length=1, max_length=64)
    passphrase: str = PASSPHRASE
    address: str = Field(max_length=64)
    device: str = Field(max_length=200)


class Token(Shape):
    """An open session, by what only the officer's browser has."""

    token: str = TOKEN


class Inside(Shape):
    """Who has signed in and where they sit today. `must_change`: the passphrase was given by somebody else."""

    officer: str
    name: str
    seats: list[Seat]
    since: AwareDatetime
    must_change: bool


class SignedIn(Shape):
    """A new session; its token is told this once."""

    token: str
    inside: Inside


class StateWho(Shape):
    """State that the holder of this session acts in that seat; with the passphrase, that they confirmed this very
    act."""

    token: str = TOKEN
    role: Role
    unit: str
    passphrase: str | None = Field(None, max_length=200)
    address: str = Field(max_length=64)


class Statement(Shape):
    """A statement for the rooms (`plumbing.statement`), good for five minutes."""

    statement: str


class ChangePassphrase(Shape):
    """A new passphrase in place of the old one; every other session of the officer ends."""

    token: str = TOKEN
    old: str = PASSPHRASE
    new: str = PASSPHRASE
    address: str = Field(max_length=64)


class SignOut(Shape):
    """End this session, or every other one of the same officer."""

    token: str = TOKEN
    others: bool = False


class OpenSession(Shape):
    """Where else an officer is signed in. `here`: it is the session that asks."""

    since: AwareDatetime
    seen: AwareDatetime
    device: str
    here: bool


class MakeToken(Shape):
    """A token for a program that acts for the holder of this session in one of their seats, good for `days`. The
    passphrase confirms it."""

    token: str = TOKEN
    passphrase: str = PASSPHRASE
    address: str = Field(max_length=64)
    role: Role
    unit: str
    name: Words = Field(min_length=2, max_length=80)
    scopes: tuple[Scope, ...] = Field(min_length=1, max_length=3)
    days: int = Field(ge=1, le=366)


class MadeToken(Shape):
    """The program's token, told this once."""

    token: str


class KeptToken(Shape):
    """A token as its holder sees it: `until` is the last day on which it is good."""

    key: str
    role: str
    name: str
    scopes: tuple[Scope, ...]
    made: AwareDatetime
    until: date
    used: AwareDatetime | None


class EndToken(Shape):
    """A token of the holder of this session is good for nothing any more."""

    token: str = TOKEN
    key: str = Field(max_length=64)
    address: str = Field(max_length=64)


class StateByToken(Shape):
    """State that the holder of this program's token acts in its seat; `scope` is what for."""

    token: str = TOKEN
    scope: Scope
    address: str = Field(max_length=64)


class StatedByToken(Shape):
    """The statement, and who it names."""

    statement: str
    officer: str
    role: Role
    unit: str | None


class GivePassphrase(Shape):
    """An operator gives an officer a first or a new passphrase, to be changed at the next sign-in; one `to_keep` (for
    demonstrations) is not."""

    statement: str = Field(description="that an operator asks")
    officer: str = Field(max_length=64)
    to_keep: bool = False


class GivenPassphrase(Shape):
    """The passphrase, told this once."""

    officer: str
    passphrase: str


class Unfit(Shape):
    """Why not: `unknown` (name or passphrase do not fit), `ended` (no such session), `wait` (`seconds`), `no_seat`,
    `weak` (`why` as of plumbing.sign_in.passwords), `many` (tokens), `scope`, `unauthorised`,
    `unknown_officer`, `crowded`."""

    code: str
    seconds: int | None = None
    why: str | None = None
