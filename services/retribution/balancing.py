"""The sums of the ledger against the payments, deposits and refunds they stand for, to the rupiah: before a recap is
printed, and each night for all days. A difference is a trouble, and nothing is printed.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from typing import NamedTuple

from plumbing.messaging.book import Book, Reader
from plumbing.messaging.watch import Due
from services.retribution import books, ledger, refund_store, store
from services.retribution.posting import received
from values.dates import JAKARTA
from values.periods import Period, period

FROM_HOUR = 2  # at night, by the clock in Jakarta
LOOKS = 3  # a payment may come in between two questions to the database: only what differs each time differs


class Unbalanced(NamedTuple):
    """A day on which the ledger does not agree: its sum, and what the records themselves come to."""

    day: str
    what: str
    ledger: int
    counted: int


class LedgerDiffers(Exception):
    """The sums that recaps are made of do not agree with the payments: a record was changed by other hands."""


def unbalanced(reader: Reader, since: date, until: date) -> list[Unbalanced]:
    """Every day between two days on which the sums differ from what they stand for; none when all is well."""
    found = _look(reader, since, until)
    for _ in range(LOOKS - 1):
        if found:
            found = [each for each in found if each in _look(reader, date.fromisoformat(found[0].day), until)]
    return found


def require_balanced(reader: Reader, span: Period) -> None:
    """`LedgerDiffers` names the days of the period on which the sums do not agree."""
    if found := unbalanced(reader, span.first, span.last):
        raise LedgerDiffers("; ".join(in_words(each) for each in found[:5]))


def in_words(each: Unbalanced) -> str:
    """One difference for the operators, with the day and both sums in whole rupiah."""
    return f"{each.day} {each.what}: buku {each.ledger}, tercatat {each.counted}"


def _look(reader: Reader, since: date, until: date) -> list[Unbalanced]:
    paid, deposited, by_channel, refunded, beside = Counter(), Counter(), Counter(), Counter(), Counter()
    for payment in books.payments_between(reader, since, until):
        paid[payment["paid_on"]] += payment["amount"]
        by_channel[payment["paid_on"]] += payment["amount"] if payment["channel"] == "treasurer" else 0
    for deposit in books.deposits_between(reader, since, until):
        deposited[deposit["day"]] += deposit["amount"]
    for refund in refund_store.paid_between(reader, since, until):
        refunded[refund.paid_on.isoformat()] += refund.amount
        beside[refund.paid_on.isoformat()] += refund.paid_beside
    sums, months = ledger.days(reader, since, until), Counter()
    found = []
    for day in sorted(sums.keys() | paid.keys() | deposited.keys() | refunded.keys()):
        amounts = list(sums.get(day, {}).values())
        compared = {
            "pembayaran": (sum(map(received, amounts)), paid[day]),
            "tunai": (sum(each.get("cash", 0) for each in amounts), by_channel[day]),
            "setoran": (sum(each.get("deposited", 0) for each in amounts), deposited[day]),
            "pengembalian": (sum(each.get("refunded", 0) for each in amounts), refunded[day]),
            "imbalan bunga": (sum(each.get("compensated", 0) for each in amounts), beside[day]),
        }
        found += [Unbalanced(day, what, mine, counted) for what, (mine, counted) in compared.items() if mine != counted]
        months[day[:7]] += paid[day]
    return found + _months(reader, since, until, months)


def _months(reader: Reader, since: date, until: date, paid: Counter[str]) -> list[Unbalanced]:
    """The sums of whole months, which are kept beside those of days."""
    kept = ledger.months(reader, f"{since:%Y-%m}", f"{until:%Y-%m}")
    whole = [month for month in kept.keys() | paid.keys() if _lies_within(month, since, until)]
    compared = {month: sum(map(received, kept.get(month, {}).values())) for month in sorted(whole)}
    return [
        Unbalanced(f"{m}-01", "pembayaran sebulan", mine, paid[m]) for m, mine in compared.items() if mine != paid[m]
    ]


def _lies_within(month: str, since: date, until: date) -> bool:
    span = period(month)
    return since <= span.first and span.last <= until


def nightly(reader: Reader, now: datetime | None = None) -> Iterator[Due]:
    """Once a night every day is compared. A day that differs is a trouble for the operators until it agrees. Files and
    payments kept by a version that knew no ledger are entered into it on the way, at any hour."""
    yield from (Due(f"post:{id}", id, partial(enter, application_id=id)) for id in books.unposted(reader))
    for reference in books.unposted_payments(reader):
        yield Due(f"post:{reference}", "", partial(books.enter_payment, reference=reference))
    now = (now or reader.now).astimezone(JAKARTA)
    tonight = f"ledger-{now.date().isoformat()}"
    if now.hour < FROM_HOUR or books.balanced(reader, tonight):
        return
    before = set(books.differed(reader))
    found = {each.day: each for year in _years(now.year) for each in unbalanced(reader, year.first, year.last)}
    for day in sorted(before | found.keys()):
        yield Due(f"ledger:{day}", "", partial(require_same, found=found.get(day)))
    yield Due(f"balanced:{tonight}", "", partial(books.keep_balance, night=tonight, different=sorted(found)))


def _years(until: int) -> Iterator[Period]:
    return (period(str(year)) for year in range(2000, until + 1))


def enter(book: Book, application_id: str) -> None:
    """A file kept by an older version is entered into the ledger."""
    store.save(book, store.heard_of(book, application_id))


def require_same(book: Book, found: Unbalanced | None) -> None:
    """`LedgerDiffers` when that day differed at tonight's look; one that agreed again is no trouble any more."""
    if found is not None:
        raise LedgerDiffers(in_words(found))
