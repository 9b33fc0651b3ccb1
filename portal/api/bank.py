"""The bank tells that money came in. The room that keeps the money checks whether it is the bank; here nothing is
believed and nothing is kept."""

import hashlib
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Header, Request
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from contracts.retribution import BankPayment, NotifyPayment
from plumbing.messaging.calls import Away, Fault
from portal.api.offer_shapes import Answer
from portal.api.problems import Trouble, documented, invalid
from portal.entrance import address_of
from portal.guard import an_insiders_question
from values.refusal import Refusal

LONGEST = 4_000  # letters
UNSIGNED = ("bad_signature", "stale")
router = APIRouter(tags=["payments"])


class TakenPayment(Answer):
    """What became of the money. `outcome`: `matched` (the principal is paid), `partial`, `interest`, `overpaid`,
    `unknown_code` (kept for the treasurer), `closed_file`. `repeated`: it had been taken before."""

    outcome: Literal["matched", "partial", "interest", "overpaid", "unknown_code", "closed_file"]
    repeated: bool
    bank_reference: str = Field(examples=["BJB-20160315-000981"])


@router.post(
    "/bank/payments",
    summary="The bank tells that money came in",
    dependencies=[Depends(an_insiders_question)],
    responses=documented("invalid_input", "not_signed", "too_large", "too_many", "room_away"),
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/json": {"schema": BankPayment.model_json_schema()}},
        }
    },
)
async def notify_payment(
    request: Request,
    signature: Annotated[
        str,
        Header(
            alias="PTSP-Signature",
            max_length=200,
            description="`t=<Unix time>,v1=<hex>`: HMAC-SHA256 over `t.body` with the secret of bank and office",
        ),
    ] = "",
) -> TakenPayment:
    """200 means that the office has it. Anything else: send it again; the same `bank_reference` is counted once,
    however often it is told."""
    raw = await request.body()
    try:
        body = raw.decode()
    except UnicodeDecodeError:
        raise invalid("body", "encoding", "Isi bukan teks UTF-8.", "Kirim JSON dalam UTF-8.") from None
    if not 2 <= len(body) <= LONGEST:
        raise invalid("body", "size", "Isi kosong atau terlalu panjang.", f"Kirim paling banyak {LONGEST} huruf.")
    return TakenPayment(**await run_in_threadpool(_told, request, body, signature))


def _told(request: Request, body: str, signature: str) -> dict[str, Any]:
    """The room's answer. A repeat with the same words and signature is the same command."""
    id = hashlib.sha256(f"bank:{signature}:{body}".encode()).hexdigest()[:40]
    try:
        order = NotifyPayment(command_id=id, body=body, signature=signature)
        said = request.app.state.rooms.bank_says(order, address_of(request))
    except ValueError:
        raise invalid("body", "letters", "Isi memuat huruf yang tidak dapat dibaca.", "Kirim JSON biasa.") from None
    except Refusal as no:
        if no.code in UNSIGNED:
            raise Trouble("not_signed", f"{no.message} {no.remedy or ''}".strip()) from None
        raise
    except (Away, Fault):
        raise Trouble("room_away", "Kantor belum menjawab. Kirim pemberitahuan yang sama sekali lagi.") from None
    return {name: said[name] for name in TakenPayment.model_fields}
