"""The recap of a year of 57,025 files: how long it takes on the one-machine database, and what the ledger costs.

    python -m bench.retribution_recaps [--files 57025]

A private database is filled with that many paid files of one year, over the types that carry retribution, through the
room's own drawers and desk: a posting each for SKRD and payment, and the sums in the same transaction. Then the room's
own queries are timed, each from a cold reader, the median of some.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from bench.machine import keep
from catalogue.licences import licence_types
from contracts import retribution
from deploy import stack
from plumbing.messaging.book import Book, Reader
from plumbing.messaging.desk import Desk, Work
from plumbing.messaging.doors import connect, set_up_database
from plumbing.messaging.envelope import Cause, new_id
from services.retribution import balancing, cash, recap_printing, recap_signing, recaps, store
from services.retribution.model import Assessment, Payment
from tests.assessed import Assessed
from values.periods import period

FILES, YEAR, TIMES, AT_ONCE = 57_025, 2016, 5, 500
NAME = "retribution"


def main() -> None:
    """Fill, measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=FILES)
    files = parser.parse_args().files
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        stack.up(home, (), set_up=None)
        try:
            url = stack.environment(home, "set_up")["PTSP_DATABASE_URL"]
            set_up_database(url, NAME, store.COLLECTIONS)
            client = connect(url)
            filling = fill(Desk(client, NAME, records=store.RECORDS), files)
            result = filling | measure(Reader(client[NAME]))
        finally:
            stack.down(home)
    print(keep("retribution_recaps", result).read_text())


def fill(desk: Desk, files: int) -> dict:
    """Save every file twice, as the room does: with its SKRD, then with its payment."""
    shape, shuffled = Assessed().demanded().record, random.Random(57025)
    types = [kind for kind in licence_types().values() if kind.retribution]
    began = time.perf_counter()
    for start in range(0, files, AT_ONCE):
        records = [_file(shape, types[n % len(types)], n, shuffled) for n in range(start, min(files, start + AT_ONCE))]
        for act in (_demand, _pay):
            works = [
                Work(new_id(), each.id, partial(act, record=each), Cause.first(), may_be_known=False)
                for each in records
            ]
            bad = [outcome.error for outcome in desk.settle(works) if outcome.verdict != "done"]
            if bad:
                raise SystemExit(f"a file could not be kept: {bad[0]!r}")
    seconds = time.perf_counter() - began
    return {"files": files, "types": len(types), "saves_per_second_in_batches_of_500": round(2 * files / seconds)}


def _file(shape: Assessment, kind, n: int, shuffled: random.Random) -> Assessment:
    signed = datetime(YEAR, 1, 1, 3, tzinfo=UTC) + timedelta(days=shuffled.randrange(360))
    skrd = shape.skrd.model_copy(
        update={
            "number": f"{kind.retribution.account_code}/{n:05d}/{YEAR}",
            "account_code": kind.retribution.account_code,
            "signed_at": signed,
            "due_on": signed.date() + timedelta(days=30),
        }
    )
    changes = {"id": f"file-{n:06d}", "licence_type": kind.code, "bidang": kind.bidang, "skrd": skrd}
    return shape.model_copy(update=changes)


def _demand(book: Book, record: Assessment) -> None:
    store.save(book, record)


def _pay(book: Book, record: Assessment) -> None:
    number = int(record.id[-6:])
    payment = Payment(
        bank_reference=f"BJB-{number:06d}",
        amount=record.skrd.amount,
        paid_at=min(record.skrd.signed_at + timedelta(days=number % 40), datetime(YEAR, 12, 31, 3, tzinfo=UTC)),
        channel="bank" if number % 10 else "treasurer",
    )
    store.keep_payment(book, payment, record.skrd.payment_code, record.id, "matched")
    store.save(book, record.model_copy(update={"payments": [payment]}))


def measure(reader: Reader) -> dict:
    """Milliseconds of each question the room answers."""
    year, span = str(YEAR), period(str(YEAR))

    def asked(by: str) -> Callable[[], object]:
        return lambda: recaps.recap(reader, retribution.RecapOf(period=year, by=by))

    questions = {
        "recap_of_the_year_by_type_ms": asked("licence_type"),
        "recap_of_the_year_by_day_ms": asked("day"),
        "recap_of_a_month_ms": lambda: recaps.recap(reader, retribution.RecapOf(period=f"{year}-06")),
        "one_page_of_the_skrds_of_a_figure_of_the_year_ms": lambda: recaps.opened(
            reader, retribution.SkrdsOf(period=year, opened="received", licence_type="imb")
        ),
        "cash_book_of_a_day_ms": lambda: cash.cash_book(reader, retribution.CashBookOf(day=date(YEAR, 6, 15))),
        "check_of_a_month_against_its_payments_ms": lambda: balancing.require_balanced(reader, period(f"{year}-06")),
        "check_of_the_year_against_its_payments_ms": lambda: balancing.require_balanced(reader, span),
        "figures_and_workbook_of_the_year_after_its_check_ms": lambda: recap_printing.recap_sheet.workbook(
            span,
            {"number": None, "figures": recap_signing.figures(reader, span), "signed_at": "2017-01-02T09:00:00+07:00"},
        ),
    }
    return {name: _median_ms(do) for name, do in questions.items()}


def _median_ms(do: Callable[[], object]) -> float:
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        do()
        taken.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(taken), 1)


if __name__ == "__main__":
    main()
