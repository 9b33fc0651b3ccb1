"""Rates of exchange as the treasurer enters them; a retribution in dollars is paid by that of its day."""

from datetime import date, timedelta
from decimal import Decimal

from catalogue.exchange import ExchangeRate, exchange_rules, rate_on
from contracts import retribution
from plumbing.messaging.book import Book, Reader
from values.dates import long_date, office_date
from values.refusal import Refusal

COLLECTIONS = {"rates": []}
ENTERED = ("rupiah", "source", "by", "at")


def rate_for(source: Book | Reader, day: date) -> ExchangeRate:
    """The rate that counts on a day. `Refusal` when none was entered and none stands in."""
    days = (day - timedelta(days=n) for n in range(exchange_rules().holds_days))
    found = (source.get("rates", each.isoformat()) for each in days)
    return rate_on(day, [_rate(document) for document in found if document])


def record_rate(book: Book, order: retribution.RecordRate) -> dict:
    """Enter the rate of a day, once. Another figure for the same day takes a reason, and the first stays on record."""
    if order.day > office_date(book.now):
        raise Refusal("in_the_future", "Kurs hari yang belum tiba tidak dapat dicatat.", field="day")
    kept = book.get("rates", order.day.isoformat())
    if kept and Decimal(kept["rupiah"]) == Decimal(order.rupiah):
        return {"day": kept["_id"], "rupiah": kept["rupiah"]}
    if kept and order.reason is None:
        raise Refusal(
            "conflicting_repeat",
            f"Kurs {long_date(order.day)} sudah dicatat dengan angka lain: Rp {_written(kept['rupiah'])}.",
            field="reason",
            remedy="Bila angka itu salah, tulis alasannya; nota yang dihitung dengannya dibetulkan lewat nota "
            "pembetulan.",
        )
    if not order.sure:
        _require_near(book, order, kept)
    former = [*kept.get("former", []), {name: kept[name] for name in ENTERED}] if kept else []
    rate = {"_id": order.day.isoformat(), "rupiah": str(Decimal(order.rupiah)), "source": order.stated_by}
    who = {"by": book.actor.id, "at": book.now.isoformat(), "reason": order.reason}
    book.put("rates", rate | who | {"former": former})
    return {"day": rate["_id"], "rupiah": rate["rupiah"]}


def _require_near(book: Book, order: retribution.RecordRate, wrong: dict | None) -> None:
    """Two figures swapped or a dot misplaced make every nota of a week wrong: such a rate is looked at twice. A rate
    that is replaced was wrong, so it is no measure."""
    last = rate_for(book, order.day - timedelta(days=1) if wrong else order.day)
    jump = exchange_rules().jump_percent
    if abs(Decimal(order.rupiah) - last.rupiah) * 100 > jump * last.rupiah:
        raise Refusal(
            "implausible_rate",
            f"Kurs ini berbeda lebih dari {jump} persen dari yang berlaku sebelumnya: Rp {_written(last.rupiah)}.",
            field="sure",
            remedy="Periksa angkanya. Bila memang benar, nyatakan bahwa sudah diperiksa.",
        )


def rates_of(reader: Reader, question: retribution.RatesOf) -> dict:
    """What was entered, and the rate of today (`None` when there is none)."""
    found = sorted(reader.find("rates", {}), key=lambda each: each["_id"], reverse=True)
    try:
        today = rate_for(reader, office_date(reader.now)).model_dump(mode="json")
    except Refusal:
        today = None
    rows = [
        {"day": each["_id"], "reason": each.get("reason"), "former": each.get("former", [])}
        | {name: each[name] for name in ENTERED}
        for each in found
    ]
    return {"today": today, "rates": rows[: question.most], "holds_days": exchange_rules().holds_days}


def _written(rupiah: Decimal | str) -> str:
    """As Indonesians write it: `13.159,50`."""
    return f"{Decimal(rupiah):,f}".translate(str.maketrans(",.", ".,"))


def _rate(document: dict) -> ExchangeRate:
    return ExchangeRate(day=document["_id"], rupiah=document["rupiah"], source=document["source"])
