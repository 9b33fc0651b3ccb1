"""The treasurer's cash: the cash book of a day, and deposits into the regional treasury (STS), no more than is there.

What the bank received lies in the city's account already; what the treasurer received is at hand until it is deposited.
The book shows both; its balance is what is at hand. A refund is paid out of the city's account.
"""

from datetime import date, datetime, time, timedelta

from contracts import retribution
from plumbing.messaging.book import Book, Reader
from plumbing.numbering import allocate
from services.retribution import books, ledger, recaps, refund_store
from services.retribution.ledger import NOBODYS, Sums
from services.retribution.posting import Amounts
from values.dates import JAKARTA, office_date
from values.refusal import Refusal
from values.rupiah import format_rupiah, signed_rupiah

KINDS = ("cash", "bank", "deposited", "refunded", "compensated")


def cash_book(reader: Reader, question: retribution.CashBookOf) -> dict:
    """Every receipt, deposit and refund of a day in the order of their time, with what is at hand after each."""
    day = question.day
    balance = opening = _at_hand(recaps.total_until(reader, day - timedelta(days=1)))
    entries = []
    for entry in sorted(_entries(reader, day), key=lambda each: (each["at"], each["reference"])):
        balance += entry["cash"] - entry["deposited"]
        entries.append(entry | {"balance": balance})
    sums = {kind: sum(entry[kind] for entry in entries) for kind in KINDS}
    return {"day": day.isoformat(), "opening": opening, "entries": entries, "closing": balance, **sums}


def _entries(reader: Reader, day: date) -> list[dict]:
    received = [
        {
            "kind": "receipt",
            "at": _local(payment["paid_at"]),
            "reference": payment["_id"],
            "payment_code": payment["payment_code"],
            "application_id": payment["application_id"],
            "outcome": payment["outcome"],
            "cash": payment["amount"] if payment["channel"] == "treasurer" else 0,
            "bank": 0 if payment["channel"] == "treasurer" else payment["amount"],
        }
        for payment in books.payments_between(reader, day, day)
    ]
    deposited = [
        {
            "kind": "deposit",
            "at": _within(deposit["entered_at"], day),
            "reference": deposit["_id"],
            "number": deposit["number"],
            "deposited": deposit["amount"],
        }
        for deposit in books.deposits_between(reader, day, day)
    ]
    refunded = [
        {
            "kind": "refund",
            "at": datetime.combine(day, time(23, 59, 59), JAKARTA).isoformat(),
            "reference": refund.bank_reference,
            "number": refund.number,
            "application_id": refund.application_id,
            "refunded": refund.amount,
            "compensated": refund.paid_beside,
        }
        for refund in refund_store.paid_between(reader, day, day)
    ]
    return [dict.fromkeys(KINDS, 0) | entry for entry in received + deposited + refunded]


def _local(moment: str) -> str:
    return datetime.fromisoformat(moment).astimezone(JAKARTA).isoformat()


def _within(moment: str, day: date) -> str:
    """When it was entered, or the end of its day when it was entered later."""
    local = _local(moment)
    return local if local.startswith(day.isoformat()) else datetime.combine(day, time(23, 59, 59), JAKARTA).isoformat()


def _at_hand(sums: Sums) -> int:
    return sum(amounts.get("cash", 0) - amounts.get("deposited", 0) for amounts in sums.values())


def record_deposit(book: Book, order: retribution.RecordDeposit) -> dict:
    """Enter cash handed over to the bank for the regional treasury: numbered without gaps, once per reference, and
    never more than was at hand on that day or on any day since."""
    today = office_date(book.now)
    if known := books.deposit(book, order.reference):
        return _repeated(known, order)
    if order.day > today:
        raise Refusal("in_the_future", "Setoran tidak dapat bertanggal besok atau sesudahnya.", field="day")
    if order.amount > (least := _least_at_hand(book, order.day, today)):
        raise Refusal(
            "more_than_at_hand",
            f"Setoran {format_rupiah(order.amount)} melebihi kas di tangan, {signed_rupiah(least)}.",
            field="amount",
            remedy="Periksa jumlah pada slip setoran dan penerimaan tunai yang belum dicatat.",
        )
    number = f"STS-{order.day.year}-{allocate(book, f'sts/{order.day.year}', order.reference):05d}"
    books.keep_deposit(book, order, number)
    days: dict[str, Amounts] = {order.day.isoformat(): {"deposited": order.amount}}
    ledger.post(book, f"deposit:{order.reference}", NOBODYS, days, {}, {"number": number})
    return {"number": number, "amount": order.amount, "repeated": False}


def _repeated(known: dict, order: retribution.RecordDeposit) -> dict:
    if (known["amount"], known["day"]) != (order.amount, order.day.isoformat()):
        raise Refusal(
            "conflicting_repeat",
            f"Setoran {order.reference} sudah tercatat sebagai {known['number']} dengan jumlah atau tanggal lain.",
            field="reference",
            remedy="Periksa nomor slip; setoran yang sudah tercatat tidak diubah.",
        )
    return {"number": known["number"], "amount": known["amount"], "repeated": True}


def _least_at_hand(book: Book, since: date, today: date) -> int:
    """The least that was at hand at the end of any day from `since` to today."""
    balance = least = _at_hand(recaps.total_until(book, since))
    for sums in ledger.days(book, since + timedelta(days=1), today).values():
        balance += _at_hand(sums)
        least = min(least, balance)
    return least
