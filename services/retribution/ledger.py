"""Drawers of the ledger: one posting per file and day, and the sums of each day and month that recaps are read from.

Postings and sums are written together with the record they come from, in its transaction: what a record posted before
lies with it, and only the difference is added. So each message counts once, and a recap of a year reads twelve
documents, whatever was paid.
"""

from datetime import date, timedelta
from typing import NamedTuple

from plumbing.messaging.book import Book, Reader
from services.retribution.posting import MEASURES, Amounts, Days, only

COLLECTIONS = {"postings": ["day"], "day_sums": [], "month_sums": []}


class Account(NamedTuple):
    """What sums are kept by. All three are empty for money that belongs to no SKRD, and for deposits."""

    account_code: str = ""
    licence_type: str = ""
    bidang: str = ""


NOBODYS = Account()
Sums = dict[Account, Amounts]


def post(book: Book, holder: str, account: Account, days: Days, before: Days, about: dict | None = None) -> None:
    """What a record brings now, after it had brought `before`. `about`: how lists name the record."""
    for day in sorted(days.keys() | before.keys()):
        now, then = days.get(day, {}), before.get(day, {})
        if now == then:
            continue
        if then:  # it is there: read, it is replaced and not inserted
            book.get("postings", f"{day}|{holder}")
        posting = {"_id": f"{day}|{holder}", "day": day, "holder": holder, **account._asdict(), **(about or {})}
        book.put("postings", posting | {"amounts": now})
        change = {measure: now.get(measure, 0) - then.get(measure, 0) for measure in MEASURES}
        for collection, id in (("day_sums", day), ("month_sums", day[:7])):
            _add(book, collection, id, account, change)


def holder_of(reference: str, times: int = 1) -> str:
    """The holder of money that has no file. `times`: it came again after it was taken back."""
    return f"payment:{reference}" + (f" #{times}" if times > 1 else "")


def _add(book: Book, collection: str, id: str, account: Account, change: Amounts) -> None:
    sums = _sums_of(book.get(collection, id))
    mine = sums.get(account, {})
    sums[account] = only({measure: mine.get(measure, 0) + change[measure] for measure in MEASURES})
    rows = [{**key._asdict(), "amounts": amounts} for key, amounts in sorted(sums.items())]
    book.put(collection, {"_id": id, "rows": rows})


def _sums_of(document: dict | None) -> Sums:
    return {
        Account(row["account_code"], row["licence_type"], row["bidang"]): row["amounts"]
        for row in (document or {}).get("rows", [])
    }


def days(source: Book | Reader, since: date, until: date) -> dict[str, Sums]:
    """The sums of each day on which anything was posted, in order."""
    count = (until - since).days + 1
    return _read(source, "day_sums", [(since + timedelta(days=n)).isoformat() for n in range(count)])


def months(source: Book | Reader, since: str, until: str) -> dict[str, Sums]:
    """The sums of each month (`2016-03`) in which anything was posted, in order."""
    first, last = (int(month[:4]) * 12 + int(month[5:]) - 1 for month in (since, until))
    return _read(source, "month_sums", [f"{n // 12}-{n % 12 + 1:02d}" for n in range(first, last + 1)])


def _read(source: Book | Reader, collection: str, ids: list[str]) -> dict[str, Sums]:
    """In an action by name, so that all that is staged is seen; from the database by their range."""
    if not ids:
        return {}
    if isinstance(source, Book):
        source.fetch(collection, ids)
        found = [document for id in ids if (document := source.get(collection, id))]
    else:
        found = source.find(collection, {"_id": {"$gte": ids[0], "$lte": ids[-1]}})
    return {document["_id"]: _sums_of(document) for document in sorted(found, key=lambda each: each["_id"])}


def postings_of(reader: Reader, day: str) -> list[dict]:
    """Every posting of one day, in the order of the files."""
    return sorted(reader.find("postings", {"day": day}), key=lambda each: each["_id"])


def total(many: dict[str, Sums]) -> Sums:
    """The sums of several days or months together."""
    together: Sums = {}
    for sums in many.values():
        for account, amounts in sums.items():
            mine = together.setdefault(account, {})
            for measure, amount in amounts.items():
                mine[measure] = mine.get(measure, 0) + amount
    return together
