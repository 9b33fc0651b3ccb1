"""The way to the gate, where officers sign in. The portal sees their sessions pass and cannot make one."""

import time
from collections import OrderedDict
from threading import Lock

import urllib3
from pydantic import TypeAdapter

from contracts.base import Shape
from contracts.gate import (
    ChangePassphrase,
    EndToken,
    Inside,
    KeptToken,
    MadeToken,
    MakeToken,
    OpenSession,
    Seat,
    SignedIn,
    SignIn,
    SignOut,
    StateByToken,
    StatedByToken,
    Statement,
    StateWho,
    Token,
    Unfit,
)

SECONDS = 4.0
REUSED_FOR = 60.0  # seconds; a statement is good for five minutes, and rooms look at seat and role each time
REMEMBERED = 500


class GateAway(Exception):
    """The gate does not answer: officers cannot sign in or act for the moment; nothing is lost."""


class GateSays(Exception):
    """The gate's no: `status` and `unfit` as it said them."""

    def __init__(self, status: int, unfit: Unfit):
        super().__init__(unfit.code)
        self.status, self.unfit = status, unfit


class GateDoor:
    """Questions to the gate. Every one raises GateAway, and GateSays where it answers with a no."""

    def __init__(self, url: str, secret: str):
        self._url, self._headers = url, {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
        self._pool = urllib3.PoolManager(maxsize=8, retries=False, timeout=SECONDS)
        self._stated: OrderedDict[tuple, tuple[float, str]] = OrderedDict()
        self._lock = Lock()

    def sign_in(self, asked: SignIn) -> SignedIn:
        """A new session."""
        return SignedIn.model_validate_json(self._ask("sign-in", asked))

    def inside(self, token: str) -> Inside | None:
        """Who holds this session; None when it is none (any more)."""
        try:
            return Inside.model_validate_json(self._ask("inside", Token(token=token)))
        except (GateSays, ValueError) as no:
            if isinstance(no, ValueError) or no.status == 401:
                return None
            raise

    def statement(self, token: str, seat: Seat, address: str, passphrase: str | None = None) -> str:
        """A statement that the holder acts in that seat; one without passphrase is used again for a minute."""
        asked = StateWho(token=token, role=seat.role, unit=seat.unit, passphrase=passphrase, address=address)
        if passphrase is not None:
            return Statement.model_validate_json(self._ask("statement", asked)).statement
        key, moment = (token, seat.role, seat.unit, address), time.monotonic()
        with self._lock:
            since, stated = self._stated.get(key, (0.0, ""))
        if not stated or moment - since > REUSED_FOR:
            stated = Statement.model_validate_json(self._ask("statement", asked)).statement
            with self._lock:
                self._stated[key] = (moment, stated)
                while len(self._stated) > REMEMBERED:
                    self._stated.popitem(last=False)
        return stated

    def change_passphrase(self, asked: ChangePassphrase) -> None:
        """From now on the new one."""
        self._ask("change-passphrase", asked)

    def sign_out(self, token: str, others: bool = False) -> None:
        """End this session, or every other one."""
        with self._lock:
            for key in [key for key in self._stated if key[0] == token]:
                del self._stated[key]
        self._ask("sign-out", SignOut(token=token, others=others))

    def open_sessions(self, token: str) -> list[OpenSession]:
        """Where the same officer is signed in."""
        return TypeAdapter(list[OpenSession]).validate_json(self._ask("open-sessions", Token(token=token)))

    def make_token(self, asked: MakeToken) -> str:
        """A token for a program, told this once."""
        return MadeToken.model_validate_json(self._ask("make-token", asked)).token

    def own_tokens(self, token: str) -> list[KeptToken]:
        """The tokens of the holder's programs."""
        return TypeAdapter(list[KeptToken]).validate_json(self._ask("own-tokens", Token(token=token)))

    def end_token(self, asked: EndToken) -> None:
        """Good for nothing any more: at once at the gate, and within five minutes at the rooms."""
        self._ask("end-token", asked)

    def state_by_token(self, asked: StateByToken) -> StatedByToken:
        """A statement that the holder of a program's token acts, made anew each time."""
        return StatedByToken.model_validate_json(self._ask("state-by-token", asked))

    def close(self) -> None:
        """Let go of the connections."""
        self._pool.clear()

    def _ask(self, what: str, asked: Shape) -> bytes:
        try:
            answer = self._pool.request(
                "POST", f"{self._url}/{what}", body=asked.model_dump_json(), headers=self._headers
            )
        except urllib3.exceptions.HTTPError as error:
            raise GateAway(f"{type(error).__name__}: {str(error)[:200]}") from error
        if answer.status >= 500 or (answer.status == 401 and b'"code"' not in answer.data):
            raise GateAway(f"the gate answers {answer.status}: {answer.data[:200]!r}")
        if answer.status >= 400:
            raise GateSays(answer.status, Unfit.model_validate_json(answer.data))
        return answer.data
