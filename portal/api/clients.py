"""Programs that act for a person: known by a token, stated to the rooms as that person in that seat, never as a
signature."""

from collections.abc import Callable
from typing import Any, NamedTuple

from fastapi import Request

from contracts.base import Message
from contracts.gate import StateByToken
from plumbing.messaging.calls import Away, Fault
from plumbing.sign_in.tokens import MARK, Scope
from portal.api.problems import Trouble
from portal.entrance import address_of, entrance_of
from portal.face import now
from portal.gate import GateAway, GateSays
from portal.guard import a_question, an_insiders_question
from portal.officers import gate_of
from portal.rooms import ANSWER_SECONDS, Rooms
from values.refusal import Refusal

AGAIN = "Belum ada jawaban. Kirim yang sama sekali lagi, dengan kunci yang sama."
NOT_ALLOWED = ("wrong_role", "unauthorised", "not_confirmed", "not_in_office", "no_seat", "wrong_bidang")


class Client(NamedTuple):
    """Who asks through a program. `statement` is None for an applicant, whom the portal states itself."""

    id: str
    role: str
    unit: str | None
    address: str
    rooms: Rooms
    statement: str | None = None

    def ask(self, message: Message, seconds: float = ANSWER_SECONDS) -> Any:
        """The room's answer. Raises Trouble (403 where the room does not let them, 503 while it is away) and Refusal
        for what it refuses."""
        try:
            if self.statement is None:
                return self.rooms.ask(self.id, message, seconds, self.address)
            return self.rooms.ask_with(self.statement, message, seconds)
        except Refusal as no:
            if no.code in NOT_ALLOWED:
                raise Trouble("not_allowed", f"{no.message} {no.remedy or ''}".strip()) from None
            raise
        except (Away, Fault):
            raise Trouble("room_away", AGAIN) from None


def client(scope: Scope) -> Callable[[Request], Client]:
    """Dependency of what takes a token with that scope. Counts as a tenth of a question; a wrong token as a whole
    one. Raises Trouble."""

    def known(request: Request) -> Client:
        an_insiders_question(request)
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        token = token.strip()
        if kind.lower() != "bearer" or not 20 <= len(token) <= 100 or not token.isascii():
            raise Trouble("no_token", "Sertakan Authorization: Bearer dan token dari halaman akun Anda.")
        look_up = _officer if token.startswith(MARK["officer"]) else _applicant
        found = look_up(request, token, scope)
        if found is None:
            a_question(request)
            raise Trouble("no_token", "Token ini tidak dikenal, sudah habis masanya, atau sudah dicabut.")
        return found

    return known


def _applicant(request: Request, token: str, scope: Scope) -> Client | None:
    held = request.app.state.tokens.find(token, now())
    if held is None or entrance_of(request).accounts.by_id(held.holder) is None:
        return None
    if scope not in held.scopes:
        raise _beyond(scope)
    return Client(held.holder, held.role, held.unit, address_of(request), request.app.state.rooms)


def _officer(request: Request, token: str, scope: Scope) -> Client | None:
    address = address_of(request)
    try:
        stated = gate_of(request).state_by_token(StateByToken(token=token, scope=scope, address=address))
    except GateSays as no:
        if no.unfit.code == "scope":
            raise _beyond(scope) from None
        return None
    except GateAway:
        raise Trouble("room_away", "Pintu petugas belum menjawab. Kirim yang sama sekali lagi.") from None
    rooms = request.app.state.rooms
    return Client(stated.officer, stated.role, stated.unit, address, rooms, stated.statement)


def _beyond(scope: Scope) -> Trouble:
    return Trouble("not_allowed", f"Token ini tidak memuat lingkup `{scope}`.")
