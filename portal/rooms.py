"""What people ask of the rooms: by the bus, each time with a signed statement of who acts."""

import hashlib
from threading import Lock
from typing import Any

from contracts.base import Message
from contracts.people import Actor
from plumbing.messaging.calls import Office
from plumbing.statement import mint

BANK = "bank-bjb"  # the officer of the bank in the organisation data
ANSWER_SECONDS, LOOK_SECONDS = 8.0, 3.0


class Rooms:
    """The portal's end of the bus. It says who acts; what they may do is for the room to decide.

    Applicants and the bank it states itself, with a key that can state nobody else; officers' statements come from the
    gate. The line is opened when first needed: the public's pages need none.
    """

    def __init__(self, broker_url: str, statement_key: str):
        self._broker_url, self._key = broker_url, statement_key
        self._office: Office | None = None
        self._opening = Lock()

    def ask(self, account: str, message: Message, seconds: float = ANSWER_SECONDS, address: str | None = None) -> Any:
        """The room's answer to this applicant, who is at that address. Raises Refusal, Away (nothing is known to have
        happened: send the same command again) or Fault."""
        who = Actor(id=account, role="applicant", address=address)
        return self.ask_with(mint(who, self._key, by="portal"), message, seconds)

    def bank_says(self, message: Message, address: str | None = None) -> Any:
        """The room's answer to the bank; whether it is the bank, the signature tells the room. Raises as `ask`."""
        who = Actor(id=BANK, role="bank", address=address)
        return self.ask_with(mint(who, self._key, by="portal"), message)

    def ask_with(self, statement: str, message: Message, seconds: float = ANSWER_SECONDS) -> Any:
        """The room's answer to whom the statement names. Raises as `ask`."""
        return self._line().call(message, statement, seconds)

    def close(self) -> None:
        """Let go of the line."""
        if self._office is not None:
            self._office.close()

    def _line(self) -> Office:
        with self._opening:
            if self._office is None:
                self._office = Office(self._broker_url)
            return self._office


def command_id(account: str, given: str) -> str:
    """The id of a command from the one its form carries: the same for the same form, and never that of somebody
    else's."""
    return hashlib.sha256(f"{account}:{given}".encode()).hexdigest()[:40]
