"""What the gate is asked and answers, over HTTP between the portal and the gate on the office's own network."""

from pydantic import AwareDatetime, Field

from contracts.base import Shape
from contracts.people import Role

TOKEN = Field(min_length=20, max_length=100)
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
    `weak` (`why` as of plumbing.sign_in.passwords), `unauthorised`, `unknown_officer`, `crowded`."""

    code: str
    seconds: int | None = None
    why: str | None = None
