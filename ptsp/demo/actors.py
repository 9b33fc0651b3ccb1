"""Everyone who acts in the demonstration, each with a signed statement of who they are."""

import time
from datetime import date
from itertools import cycle

from catalogue.office import organisation
from catalogue.officers import Officer
from contracts.people import Actor
from plumbing.statement import LIFETIME, mint

REUSED_FOR = min(60.0, LIFETIME.total_seconds() / 2)  # seconds; rooms remember a statement they have verified


class Actors:
    """The people of the office on one day, and the applicants' accounts."""

    def __init__(self, private_key: str, today: date):
        self._key, self.today = private_key, today
        self._statements: dict[tuple[str | None, ...], tuple[float, str]] = {}
        self._turns: dict[tuple[str | None, ...], cycle[Actor]] = {}

    def officer(self, role: str, unit: str | None = None, on: date | None = None) -> Actor:
        """Whoever of that role (and unit) takes the next turn, of those who sit there on that day (None: today).
        KeyError when nobody does."""
        day = on or self.today
        holders = organisation().officers_with(role, unit, on=day)
        if not holders:
            raise KeyError(f"nobody is {role} of {unit or 'the office'} on {day}")
        actors = tuple(_as_actor(holder) for holder in holders)
        return next(self._turns.setdefault((role, unit, *(actor.id for actor in actors)), cycle(actors)))

    def named(self, officer_id: str) -> Actor:
        """One officer of the organisation by id."""
        return _as_actor(organisation().officers[officer_id])

    @staticmethod
    def applicant(account: str) -> Actor:
        """An applicant under their account."""
        return Actor(id=account, role="applicant")

    def statement(self, actor: Actor) -> str:
        """A statement that this person acts, minted once a minute."""
        key, now = (actor.id, actor.role, actor.unit), time.monotonic()
        minted_at, statement = self._statements.get(key, (0.0, ""))
        if not statement or now - minted_at > REUSED_FOR:
            statement = mint(actor, self._key, confirmed=True)  # in the demonstration everyone has a passphrase
            self._statements[key] = (now, statement)
        return statement


def _as_actor(officer: Officer) -> Actor:
    return Actor(id=officer.id, role=officer.role, unit=officer.unit)
