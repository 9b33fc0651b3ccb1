"""The bank's word: whether it is the bank's, of now, and what it says. Then it is money like any other."""

import hmac
import re
from datetime import datetime

from pydantic import ValidationError

from contracts import retribution
from plumbing.messaging.book import Book
from services.retribution import payment
from values.refusal import Refusal

HOLDS = 300  # seconds: an older notification is sent anew by the bank, with a new time
FORM = re.compile(r"t=([0-9]{1,12}),v1=([0-9a-f]{64})", re.ASCII)


def notified(book: Book, order: retribution.NotifyPayment, secret: str) -> dict:
    """Take the payment that the bank tells of. The same bank reference again gets the same answer, whoever repeats it.

    `Refusal`: `bad_signature` (not the bank's, or changed on the way), `stale` (older than five minutes, or from the
    future), `unreadable` (with the field that is wrong).
    """
    _require_signature(order, secret, book.now)
    told = _read(order.body)
    taken = retribution.RecordPayment(
        command_id=order.command_id,
        payment_code=told.payment_code,
        amount=told.amount,
        bank_reference=told.bank_reference,
        paid_at=told.paid_at,
        channel="bank",
    )
    return payment.record(book, taken) | {"bank_reference": told.bank_reference}


def signature(secret: str, at: int, body: str) -> str:
    """What the bank writes into `PTSP-Signature`."""
    digest = hmac.digest(secret.encode(), f"{at}.{body}".encode(), "sha256")
    return f"t={at},v1={digest.hex()}"


def _require_signature(order: retribution.NotifyPayment, secret: str, now: datetime) -> None:
    found = FORM.fullmatch(order.signature)
    right = found is not None and hmac.compare_digest(signature(secret, int(found[1]), order.body), order.signature)
    if not right:
        raise Refusal(
            "bad_signature",
            "Tanda tangan pemberitahuan bank tidak cocok.",
            field="signature",
            remedy="Tandatangani isi persis seperti dikirim dengan kunci bersama.",
        )
    if abs(now.timestamp() - int(found[1])) > HOLDS:
        raise Refusal(
            "stale",
            "Pemberitahuan bank lebih tua dari lima menit atau bertanggal di depan.",
            field="signature",
            remedy="Kirim lagi dengan waktu dan tanda tangan yang baru.",
        )


def _read(body: str) -> retribution.BankPayment:
    try:
        return retribution.BankPayment.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        place = ".".join(map(str, first["loc"])) or "body"
        raise Refusal(
            "unreadable",
            f"Isi pemberitahuan bank tidak terbaca pada {place}.",
            field=place,
            remedy="Jumlah dalam rupiah bulat tanpa tanda kutip; waktu dengan zona.",
        ) from None
