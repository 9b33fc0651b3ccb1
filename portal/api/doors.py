"""Every command and question of the rooms, for programs with a token: what a room lets its holder do at a desk, it
lets their program do. Made from the contracts; the room decides."""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Request
from pydantic import Field, ValidationError
from starlette.concurrency import run_in_threadpool

from contracts.base import Command, Message, Query, messages
from contracts.retribution import NotifyPayment
from plumbing.database import OwnRecords
from portal.api.clients import Client, client
from portal.api.offer_shapes import Answer
from portal.api.problems import WRONG, Trouble, WrongField, documented, invalid
from portal.face import now
from portal.rooms import LOOK_SECONDS, command_id

COLLECTION, INDEXES = "api_commands", ["at"]
REMEMBERED = timedelta(days=30)  # which body a key came with; the rooms remember the command itself for ever
ELSEWHERE = {NotifyPayment}  # the bank's, at an address of its own
KEY = r"^[\x21-\x7e]{8,100}$"
NO = ("no_token", "not_allowed", "too_large", "invalid_input", "too_many", "room_away")
router = APIRouter()


class Answered(Answer):
    """What the room answered."""

    answer: Any = Field(description="as the room gives it; its shape is the room's own")


def bus_schema(message: type[Message]) -> str:
    """The name of a message's schema in the document."""
    return f"{message.room}.{message.__name__}"


def asked_for(kind: type[Message]) -> list[type[Message]]:
    """The messages programs may send, in the order of their rooms and names."""
    return [each for each in messages(kind) if each not in ELSEWHERE]


def example_of(message: type[Message]) -> dict[str, Any]:
    """The body that makes the message's example."""
    return {name: value for name, value in message.example.items() if name != "command_id"}


def _commanded(kind: type[Command]) -> Callable:
    async def command(
        request: Request,
        who: Annotated[Client, Depends(client("act"))],
        key: Annotated[
            str,
            Header(
                alias="Idempotency-Key",
                pattern=KEY,
                description="made by you for this one act, 8 to 100 printable letters; the same on every repeat",
            ),
        ],
    ) -> Answered:
        raw = await request.body()
        return await run_in_threadpool(_sent, request, who, kind, key, raw)

    return command


def _asked(kind: type[Query]) -> Callable:
    async def query(request: Request, who: Annotated[Client, Depends(client("read"))]) -> Answered:
        raw = await request.body()
        return await run_in_threadpool(lambda: Answered(answer=who.ask(_built(kind, _read(raw)), LOOK_SECONDS)))

    return query


def _sent(request: Request, who: Client, kind: type[Command], key: str, raw: bytes) -> Answered:
    """The same key is the same command: the room answers what it answered. With another body it is refused."""
    body = _read(raw)
    if "command_id" in body:
        raise invalid("command_id", "unknown_key", "Isian ini dibuat dari Idempotency-Key.", "Hapus isian ini.")
    id = command_id(f"{who.role}:{who.id}", f"api/{kind.__name__}/{key}")
    message = _built(kind, body | {"command_id": id})
    _require_same(request.app.state.commands, id, message)
    return Answered(answer=who.ask(message))


def _require_same(records: OwnRecords, id: str, message: Command) -> None:
    digest = hashlib.sha256(message.model_dump_json().encode()).hexdigest()
    if records.add(COLLECTION, {"_id": id, "digest": digest, "at": now().isoformat()}):
        return
    if records.find(COLLECTION, {"_id": id}, limit=1)[0]["digest"] != digest:
        said = "Kunci ini sudah dipakai untuk kiriman lain."
        raise invalid("Idempotency-Key", "reused", said, "Buat kunci baru untuk kiriman baru.")


def _read(raw: bytes) -> dict[str, Any]:
    try:
        body = json.loads(raw or b"{}", parse_constant=_no_number, object_pairs_hook=_each_once)
    except (ValueError, RecursionError):
        raise invalid(
            "body",
            "json",
            "Isi bukan JSON yang dapat dibaca, atau satu nama tertulis dua kali.",
            "Kirim satu objek JSON dalam UTF-8, setiap nama satu kali.",
        ) from None
    if not isinstance(body, dict):
        raise invalid("body", "object", "Isi bukan sebuah objek JSON.", "Kirim satu objek JSON.")
    return body


def _no_number(name: str) -> None:
    raise ValueError(name)


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """ValueError for a key that stands twice in one object: which of both was meant nobody can know."""
    body = dict(pairs)
    if len(body) != len(pairs):
        raise ValueError("a key stands twice")
    return body


def _built(kind: type[Message], body: dict[str, Any]) -> Message:
    try:
        return kind.model_validate(body)
    except (ValidationError, RecursionError) as error:
        found = error.errors(include_url=False) if isinstance(error, ValidationError) else []
        raise Trouble(
            "invalid_input", "Periksa isian yang disebut dalam `errors`.", [_field(e) for e in found][:20]
        ) from None


def _field(error: dict[str, Any]) -> WrongField:
    where = ".".join(str(part) for part in error["loc"])[:80] or "body"
    said = WRONG.get(error["type"], "Nilai ini tidak sesuai dengan bentuk yang ditulis dokumen API.")
    return WrongField(field=where, code=error["type"], detail=said, remedy="Lihat skemanya di /openapi.json.")


def _add(kind: type[Message], way: str, made: Callable, summary: str) -> None:
    router.add_api_route(
        f"/{way}/{kind.room}/{kind.__name__}",
        made,
        methods=["POST"],
        name=f"{way}.{bus_schema(kind)}",
        tags=[way],
        summary=summary,
        description=" ".join((kind.__doc__ or "").split()),
        responses=documented(*NO, *(["away"] if way == "commands" else [])),
        openapi_extra={
            "security": [{"token": []}],
            "requestBody": {
                "required": True,
                "content": {
                    "application/json": {
                        "schema": {"$ref": f"#/components/schemas/{bus_schema(kind)}"},
                        "example": example_of(kind),
                    }
                },
            },
        },
    )


for _kind in asked_for(Command):
    _add(_kind, "commands", _commanded(_kind), f"{_kind.__name__}: a command to {_kind.room}")
for _kind in asked_for(Query):
    _add(_kind, "queries", _asked(_kind), f"{_kind.__name__}: a question to {_kind.room}")
