"""Webhooks made, listed and ended by a program: the same as on the page, for the holder of the token."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from pydantic import AwareDatetime, Field
from starlette.concurrency import run_in_threadpool

from contracts.base import Shape
from portal.api.clients import Client, client
from portal.api.offer_shapes import Answer
from portal.api.problems import documented, invalid, not_found
from portal.face import now
from portal.webhooks.posting import LONGEST_ADDRESS, Unfit, require_address
from portal.webhooks.subscriptions import MOST, Holder, Subscription, TooMany, known_types

NO = ("no_token", "not_allowed", "too_large", "invalid_input", "too_many", "away")
router = APIRouter(tags=["webhooks"], responses=documented(*NO))
Known = Annotated[Client, Depends(client("webhooks"))]
Id = Annotated[str, Path(description="as it is listed", max_length=64)]
SECURED = {"security": [{"token": []}]}


class NewWebhook(Shape):
    """Where to be told, and of which licence types and services; none: all that are your business."""

    url: str = Field(min_length=8, max_length=LONGEST_ADDRESS)
    types: list[Annotated[str, Field(max_length=60)]] = Field(default_factory=list, max_length=40)


class Webhook(Answer):
    """A subscription. `stopped`: why it is told nothing any more."""

    id: str
    url: str
    types: list[str]
    since: AwareDatetime
    stopped: str | None


class MadeWebhook(Webhook):
    """With the key its calls are signed with, told this once."""

    secret: str


class Webhooks(Answer):
    """Your subscriptions, the oldest first."""

    items: list[Webhook]


@router.get("/webhooks", summary="Your webhooks", openapi_extra=SECURED)
def list_webhooks(request: Request, who: Known) -> Webhooks:
    """The addresses that are told when files move."""
    return Webhooks(items=[_told(each) for each in request.app.state.webhooks.subscriptions.of(_holder(who))])


@router.post("/webhooks", summary="One more webhook", openapi_extra=SECURED)
def add_webhook(request: Request, who: Known, wanted: NewWebhook) -> MadeWebhook:
    """From now on this address is told. The `secret` is told this once."""
    hooks, holder = request.app.state.webhooks, _holder(who)
    if unknown := [code for code in wanted.types if code not in known_types()]:
        raise invalid("types", "unknown_type", f"Tidak ada jenis dengan kode {unknown[0]}.", "Lihat /licence-types.")
    try:
        require_address(wanted.url, hooks.inside)
        id, secret = hooks.subscriptions.add(holder, wanted.url, tuple(wanted.types), now())
    except Unfit as no:
        raise invalid("url", no.code, "Alamat ini tidak dapat dipanggil.", "Pakai alamat https di internet.") from None
    except TooMany:
        raise invalid("url", "many", f"Paling banyak {MOST} langganan.", "Hapus salah satu lebih dahulu.") from None
    made = next(each for each in hooks.subscriptions.of(holder) if each.id == id)
    return MadeWebhook(**_told(made).model_dump(), secret=secret)


@router.delete("/webhooks/{id}", summary="End a webhook", openapi_extra=SECURED, responses=documented("not_found"))
async def end_webhook(request: Request, who: Known, id: Id) -> Webhooks:
    """It is told nothing any more; the answer is what is left."""
    hooks = request.app.state.webhooks.subscriptions
    if not await run_in_threadpool(hooks.remove, _holder(who), id):
        raise not_found("Anda tidak punya langganan ini.")
    return await run_in_threadpool(list_webhooks, request, who)


def _holder(who: Client) -> Holder:
    return Holder(who.id, who.role, who.unit)


def _told(hook: Subscription) -> Webhook:
    return Webhook(id=hook.id, url=hook.url, types=[*hook.types], since=hook.since, stopped=hook.stopped)
