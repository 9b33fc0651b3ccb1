"""Rates of exchange as the treasurer enters them; a retribution in dollars is paid by that of its day."""

from datetime import date, timedelta
from decimal import Decimal

from catalogue.exchange import ExchangeRate, exchange_rules, rate_on
from contracts import retribution
from plumbing.messaging.book import Book, Reader
from values.dates import long_date, office_date
from values.refusal import Refusal

COLLECTIONS = {"rates": []}


def rate_for(source: Book | Reader, day: date) -> ExchangeRate:
    """The rate that counts on a day. `Refusal` when none was entered and none stands in."""
    days = (day - timedelta(days=n) for n in range(exchange_rules().holds_days))
    found = (source.get("rates", each.isoformat()) for each in days)
    return rate_on(day, [_rate(document) for document in found if document])


def record_rate(book: Book, order: retribution.RecordRate) -> dict:
    """Enter the rate of a day, once; another figure for the same day is refused."""
    if order.day > office_date(book.now):
        raise Refusal("in_the_future", "Kurs hari yang belum tiba tidak dapat dicatat.", field="day")
    kept = book.get("rates", order.day.isoformat())
    if kept is None:
        kept = {"_id": order.day.isoformat(), "rupiah": str(Decimal(order.rupiah)), "source": order.stated_by}
        book.put("rates", kept | {"by": book.actor.id, "at": book.now.isoformat()})
    elif Decimal(kept["rupiah"]) != Decimal(order.rupiah):
        raise Refusal(
            "conflicting_repeat",
            f"Kurs {long_date(order.day)} sudah dicatat dengan angka lain.",
            field="rupiah",
            remedy="Nota yang dihitung dengannya tidak berubah; betulkan lewat nota pembetulan.",
        )
    return {"day": kept["_id"], "rupiah": kept["rupiah"]}


def rates_of(reader: Reader, question: retribution.RatesOf) -> dict:
    """What was entered, and the rate of today (`None` when there is none)."""
    found = sorted(reader.find("rates", {}), key=lambda each: each["_id"], reverse=True)
    try:
        today = rate_for(reader, office_date(reader.now)).model_dump(mode="json")
    except Refusal:
        today = None
    rows = [{"day": each["_id"], **{name: each[name] for name in ("rupiah", "source", "by", "at")}} for each in found]
    return {"today": today, "rates": rows[: question.most], "holds_days": exchange_rules().holds_days}


def _rate(document: dict) -> ExchangeRate:
    return ExchangeRate(day=document["_id"], rupiah=document["rupiah"], source=document["source"])
