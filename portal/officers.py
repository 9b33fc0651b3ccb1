"""Officers at the portal: who has signed in, in which seat they act, and how they ask the rooms.

A page for officers takes `officer("head", "camat")` as a dependency, a form of theirs `officers_form(...)`; both give
an `Officer` in one of those roles. What they may do is for the room to decide, again.
"""

import hmac
from collections.abc import Callable
from typing import Annotated, Any, NamedTuple

from fastapi import Depends, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from contracts.base import Message
from contracts.gate import Inside, Seat
from plumbing.sign_in.sessions import form_mark
from portal.entrance import MARK, ForeignForm, Posted, address_of, entrance_of, posted, same_origin
from portal.face import face_of
from portal.gate import GateDoor
from portal.roads import Road, roads_of
from portal.rooms import ANSWER_SECONDS, Rooms

COOKIE, SEAT_COOKIE = "petugas", "jabatan"
BEFORE_THE_CHANGE = ("/petugas/akun", "/petugas/sandi", "/petugas/keluar")


class OfficerFirst(Exception):
    """The page is for officers and nobody has signed in (any more). `late`: a form came after the session had ended."""

    def __init__(self, page: str, late: bool = False):
        super().__init__(page)
        self.page, self.late = page, late


class ChangeFirst(Exception):
    """The passphrase was given by somebody else: nothing is shown or done before it is changed."""


class Officer(NamedTuple):
    """Who acts: signed in, in one seat. `address` is the caller's."""

    token: str
    inside: Inside
    seat: Seat
    address: str
    gate: GateDoor
    rooms: Rooms

    @property
    def roads(self) -> list[Road]:
        """The pages of the seat they act in."""
        return roads_of(self.seat.role)

    @property
    def id(self) -> str:
        """The officer's id in the organisation data."""
        return self.inside.officer

    def ask(self, message: Message, passphrase: str | None = None, seconds: float = ANSWER_SECONDS) -> Any:
        """The room's answer. With the passphrase: a signature. Raises Refusal, Away, Fault; GateSays (`unknown`: the
        passphrase does not fit, `wait`) and GateAway."""
        return self.rooms.ask_with(self.statement(passphrase), message, seconds)

    def statement(self, passphrase: str | None = None) -> str:
        """A statement for several commands sent at once; with the passphrase, for signatures. Raises GateSays and
        GateAway."""
        return self.gate.statement(self.token, self.seat, self.address, passphrase)


def gate_of(request: Request) -> GateDoor:
    """The way to the gate."""
    return request.app.state.gate


def any_officer(request: Request) -> Officer:
    """Dependency of pages for whoever works here. Raises OfficerFirst, ChangeFirst and GateAway."""
    token = request.cookies.get(entrance_of(request).cookie(COOKIE))
    inside = gate_of(request).inside(token) if token else None
    if inside is None:
        query = f"?{request.url.query}" if request.url.query else ""
        raise OfficerFirst(request.url.path + query)
    if not inside.seats:
        raise HTTPException(403)
    if inside.must_change and request.url.path not in BEFORE_THE_CHANGE:
        raise ChangeFirst
    return Officer(
        token, inside, _seat(request, inside), address_of(request), gate_of(request), request.app.state.rooms
    )


def officer(*roles: str) -> Callable[[Request], Officer]:
    """Dependency of pages for officers in one of these roles. 403 for another; they are told who may."""

    def in_role(request: Request) -> Officer:
        return _in_role(any_officer(request), roles)

    in_role.roles = roles
    return in_role


def officers_form(*roles: str) -> Callable[..., tuple[Officer, Posted]]:
    """The same for pages that change something: session, mark and origin hold."""

    def own(request: Request, form: Annotated[Posted, Depends(posted)]) -> tuple[Officer, Posted]:
        same_origin(request)
        try:
            who = any_officer(request)
        except OfficerFirst as no:
            raise OfficerFirst(no.page, late=True) from None
        if not hmac.compare_digest(form.fields.get(MARK, "").encode(), form_mark(who.token).encode()):
            raise ForeignForm("its mark is not the officer's")
        return (_in_role(who, roles) if roles else who), form

    own.roles = roles
    return own


class WrongRole(Exception):
    """The page is for others: `roles` are those it is for."""

    def __init__(self, roles: tuple[str, ...]):
        super().__init__(", ".join(roles))
        self.roles = roles


def officers_page(request: Request, who: Officer, template: str, status: int = 200, **context: Any) -> Response:
    """A page of an officer's: nobody keeps it, also not the browser."""
    mark = form_mark(who.token)
    answer = face_of(request).page(request, template, status, mark=mark, who=who, **context)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _in_role(who: Officer, roles: tuple[str, ...]) -> Officer:
    """In the seat they chose when it fits, otherwise in the first of theirs that does."""
    if who.seat.role in roles:
        return who
    fitting = next((seat for seat in who.inside.seats if seat.role in roles), None)
    if fitting is None:
        raise WrongRole(roles)
    return who._replace(seat=fitting)


def _seat(request: Request, inside: Inside) -> Seat:
    chosen = request.cookies.get(entrance_of(request).cookie(SEAT_COOKIE), "")
    return next((seat for seat in inside.seats if f"{seat.role}.{seat.unit}" == chosen), inside.seats[0])
