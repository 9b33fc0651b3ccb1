"""Printed numbers: gapless within their series, allocated exactly once, by a record that names the holder.

The number is taken in the same transaction as the act it numbers, so a failure leaves no gap, and a repeated attempt by
the same holder gets the same number.
"""

from plumbing.messaging.book import Book

COLLECTIONS = {"series": [], "numbers": []}


def allocate(book: Book, series: str, holder: str) -> int:
    """The holder's number in the series, e.g. `allocate(book, "resi/2016", application_id)`. Numbers begin at 1."""
    key = f"{series}|{holder}"
    if held := book.get("numbers", key):
        return held["number"]
    number = (book.get("series", series) or {"last": 0})["last"] + 1
    book.put("series", {"_id": series, "last": number})
    book.put("numbers", {"_id": key, "series": series, "number": number, "holder": holder, "at": book.now})
    return number
