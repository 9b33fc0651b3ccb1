"""Books and bank statements compared: each night, after each import, and what differs said until it agrees.

What was found is kept (`proofs`, `statements-last`); each of the first hundred differences is a trouble for the
operators. One that agrees since (a payment was told of late) is taken back within a minute; the rest is looked at anew
whenever a statement comes or goes, and each night.
"""

from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import NamedTuple

from contracts import retribution
from plumbing.messaging.book import Book, Reader
from plumbing.messaging.watch import Due
from services.retribution import books, refund_store
from services.retribution import statement_store as drawers
from services.retribution.matching import REMEDY, Booked, Covered, Difference, Stated, differences
from values.dates import JAKARTA

FROM_HOUR = 3  # at night, by the clock in Jakarta
SAID, KEPT = 100, 1_000  # differences that are troubles, and that are kept


class StatementDiffers(Exception):
    """Our books and a bank statement do not agree: file, reason and remedy follow."""


class Sides(NamedTuple):
    """What books and statements have of money that moved one way, and the days that statements cover."""

    ours: list[Booked]
    stated: list[Stated]
    covered: list[Covered]


def compare(reader: Reader) -> list[Difference]:
    """Everything in which the books and the standing statements do not agree, in the order of days."""
    found = [each for sides in read(reader) for each in differences(*sides)]
    return sorted(found, key=lambda each: (each.day, each.reference, each.kind))


def read(reader: Reader) -> tuple[Sides, Sides]:
    """What came in (payments and the treasurer's deposits) and what went out (refunds). Of other money that went out
    the books know nothing: it is shown with its import, and not compared."""
    statements = drawers.standing(reader)
    covered = [Covered(each["first_day"], each["last_day"], each["_id"], each["name"]) for each in statements]
    lines = [(each, line) for each in statements for line in drawers.lines_of(reader, each["_id"])]
    came = [_stated(*each) for each in lines if each[1]["direction"] == "in"]
    ours = [each for since, until in _spans(covered) for each in _booked(reader, since, until)]
    known = {each.reference for each in ours}
    elsewhere = [line.reference for line in came if line.reference not in known]
    payments = drawers.many(reader, "payments", elsewhere).values()
    deposits = drawers.many(reader, "deposits", elsewhere).values()
    more = [*(_payment(each) for each in payments if _stands(each)), *map(_deposit, deposits)]
    refunds = {each.reference: each for each in _refunds(reader)}
    went = [_stated(*each) for each in lines if each[1]["direction"] == "out" and each[1]["reference"] in refunds]
    return Sides([*ours, *more], came, covered), Sides([*refunds.values()], went, covered)


def _stated(statement: dict, line: dict) -> Stated:
    about = (statement["_id"], statement["name"], line["number"])
    return Stated(line["reference"], line["day"], line["amount"], line["code"] or "", *about)


def _spans(covered: list[Covered]) -> list[tuple[date, date]]:
    """The days that statements cover, each once."""
    spans: list[list[str]] = []
    for first, last, *_ in sorted(covered):
        if spans and first <= spans[-1][1]:
            spans[-1][1] = max(spans[-1][1], last)
        else:
            spans.append([first, last])
    return [(date.fromisoformat(first), date.fromisoformat(last)) for first, last in spans]


def _booked(reader: Reader, since: date, until: date) -> Iterator[Booked]:
    yield from (_payment(each) for each in books.payments_between(reader, since, until) if _stands(each))
    yield from map(_deposit, books.deposits_between(reader, since, until))


def _stands(payment: dict) -> bool:
    """Money at the bank; what the treasurer received is on no statement until it is deposited."""
    return payment["channel"] == "bank" and not payment.get("taken_back")


def _payment(document: dict) -> Booked:
    code, application = document["payment_code"], document["application_id"] or ""
    return Booked(document["_id"], document["paid_on"], document["amount"], code, application)


def _deposit(document: dict) -> Booked:
    return Booked(document["_id"], document["day"], document["amount"])


def _refunds(reader: Reader) -> list[Booked]:
    """One transfer may carry several refunds."""
    paid: dict[str, Booked] = {}
    for refund in refund_store.refunds(reader, every=True):
        if refund.state == "paid":
            day, file, before = refund.paid_on.isoformat(), refund.application_id or "", paid.get(refund.bank_reference)
            amount = refund.amount + refund.paid_beside + (before.amount if before else 0)
            paid[refund.bank_reference] = Booked(refund.bank_reference, day, amount, "", file)
    return list(paid.values())


# --- by the clock ----------------------------------------------------------------------------------------------------


def look(reader: Reader) -> Iterator[Due]:
    """Compare when a statement came or went since the last time, and once each night; in between, take back what
    agrees by now."""
    asked, last = drawers.asked(reader), drawers.compared(reader) or {}
    if asked is None:
        return
    now = reader.now.astimezone(JAKARTA)
    night = now.date().isoformat() if now.hour >= FROM_HOUR else last.get("night", "")
    before = {_key(each): each for each in map(_kept, last.get("different", [])[:SAID])}
    if (asked, night) == (last.get("asked"), last.get("night")):
        for key, each in before.items():
            if _agrees_by_now(reader, each):
                yield Due(key, each.application_id, partial(agree, reference=each.reference))
        return
    found = compare(reader)
    said = {_key(each): each for each in found[:SAID]}
    for key, each in (before | said).items():
        yield Due(key, each.application_id, partial(require_agreed, found=said.get(key)))
    kept = {
        "asked": asked,
        "night": night,
        "at": reader.now.isoformat(),
        "count": len(found),
        "different": [each._asdict() for each in found[:KEPT]],
    }
    yield Due(f"compared:{asked}:{night}", "", partial(drawers.keep_compared, found=kept))


def require_agreed(book: Book, found: Difference | None) -> None:
    """`StatementDiffers` when the last comparison found it; what agreed then is no trouble any more."""
    if found is not None:
        raise StatementDiffers(found.said)


def agree(book: Book, reference: str) -> None:
    """It agrees by now: it leaves what is kept of the last comparison."""
    last = drawers.compared(book)
    left = [each for each in last["different"] if each["reference"] != reference]
    drawers.keep_compared(book, last | {"different": left, "count": last["count"] - len(last["different"]) + len(left)})


def _agrees_by_now(reader: Reader, each: Difference) -> bool:
    """Money that was missing in the books and was told of since."""
    if each.kind != "not_in_books":
        return False
    payment, deposit = reader.get("payments", each.reference), reader.get("deposits", each.reference)
    amounts = [payment["amount"]] if payment and _stands(payment) else []
    amounts += [deposit["amount"]] if deposit else []
    return amounts == [each.stated]


def _key(each: Difference) -> str:
    return f"statement:{each.kind}:{each.reference}"


def _kept(kept: dict) -> Difference:
    return Difference(**kept)


# --- asked -----------------------------------------------------------------------------------------------------------


def reconciliation(reader: Reader, question: retribution.ReconciliationOf) -> dict:
    """What the last comparison found, the oldest day first, with file, reason and remedy in `said`. `waits`: a
    statement came or went since, and is looked at within a minute."""
    last = drawers.compared(reader) or {"at": None, "count": 0, "different": [], "asked": None}
    shown = last["different"][: question.most]
    return {
        "at": last["at"],
        "waits": drawers.asked(reader) != last["asked"],
        "count": last["count"],
        "different": [each | {"said": _kept(each).said, "remedy": REMEDY[each["kind"]]} for each in shown],
        "more": last["count"] > len(shown),
    }
