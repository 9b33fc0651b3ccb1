"""Passwords: kept as argon2id hashes, worked out in the threads that serve pages, a few at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError
from argon2.low_level import Type

MEMORY_KIB, ROUNDS = 19_456, 2  # the least that OWASP asks of argon2id; about 40 ms
AT_ONCE, WAITING = 2, 12  # so many are worked out, so many may stand in line: the other threads serve pages
SHORTEST, LONGEST = 10, 200
TOO_COMMON = ("1234567890", "0123456789", "0987654321", "qwertyuiop", "password12", "katasandi1", "indonesia1")


class Crowded(Exception):
    """More people sign in at this moment than can be served; a few seconds later it works."""


class Passwords:
    """Makes hashes and checks passwords against them. Every method may raise Crowded."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher(ROUNDS, MEMORY_KIB, 1, type=Type.ID)
        self._working, self._inside = BoundedSemaphore(AT_ONCE), BoundedSemaphore(AT_ONCE + WAITING)
        self._nobodys = self._hasher.hash("a password that nobody has")

    def hash(self, password: str) -> str:
        """What is kept instead of the password."""
        with self._turn():
            return self._hasher.hash(password)

    def fits(self, password: str, kept: str | None) -> bool:
        """Whether it is the password behind the hash. Without a hash it takes just as long and is False, so that
        nobody learns by the clock which accounts exist."""
        with self._turn():
            try:
                return self._hasher.verify(kept or self._nobodys, password) and kept is not None
            except VerificationError:
                return False

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._inside.acquire(blocking=False):
            raise Crowded
        try:
            with self._working:
                yield
        finally:
            self._inside.release()


def weakness(password: str, name: str = "") -> str | None:
    """Why this password is not taken: `short`, `long`, `common`, `like_name`; None when it is good enough.

    Length counts, not kinds of characters (NIST SP 800-63B): a sentence is easier to remember and harder to guess.
    """
    plain = password.strip().lower()
    if len(plain) < SHORTEST:
        return "short"
    if len(password) > LONGEST:
        return "long"
    if plain in TOO_COMMON or len(set(plain)) < 4:
        return "common"
    known = name.strip().lower().partition("@")[0]
    return "like_name" if len(known) > 3 and known in plain else None
