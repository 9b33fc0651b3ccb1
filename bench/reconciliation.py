"""Books and bank statements of 60,000 payments compared, and a statement taken in, on the one-machine database.

    python -m bench.reconciliation [--payments 60000]

A private database is filled through the room's own drawers: payments of one year as the bank told of them, and as many
lines in statements of 2,000, of which some differ. Then the comparison as it runs each night is timed, its pure part
alone, and one statement of 2,000 lines with money nobody told of, from its text to the last posting.
"""

import argparse
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

from bench.machine import keep
from contracts import retribution
from contracts.people import Actor
from deploy import stack
from plumbing.messaging.book import Book, Reader
from plumbing.messaging.desk import Desk, Work
from plumbing.messaging.doors import connect, set_up_database
from plumbing.messaging.envelope import Cause, new_id
from services.retribution import matching, reconciling, statement_store, statements, store
from services.retribution.model import Payment
from tests.assessed import Assessed
from tests.statements import HEAD

PAYMENTS, YEAR, AT_ONCE, IN_A_FILE, AMOUNT = 60_000, 2016, 500, 2_000, 140_625
NAME = "retribution"
ODD = 2_000  # one line in so many differs: another amount, or not in the statement
TREASURER = Actor(id="treasurer", role="treasurer", unit="tata_usaha")


def main() -> None:
    """Fill, measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--payments", type=int, default=PAYMENTS)
    payments = parser.parse_args().payments
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        stack.up(home, (), set_up=None)
        try:
            url = stack.environment(home, "set_up")["PTSP_DATABASE_URL"]
            set_up_database(url, NAME, store.COLLECTIONS)
            client = connect(url)
            desk = Desk(client, NAME, records=store.RECORDS)
            fill(desk, payments)
            result = {"payments": payments} | compare(Reader(client[NAME])) | take_in(desk)
        finally:
            stack.down(home)
    print(keep("reconciliation", result).read_text())


def fill(desk: Desk, payments: int) -> None:
    """The bank told of every payment; its statements list all but a few, and a few with another amount."""
    _settle(desk, [partial(_told, n=n) for n in range(payments)])
    for start in range(0, payments, IN_A_FILE):
        numbers = range(start, min(payments, start + IN_A_FILE))
        lines = [_line(n, AMOUNT + (n % ODD == 1)) for n in numbers if n % ODD]
        _settle(desk, [partial(_hand_in, content="\n".join([HEAD, *lines]), name=f"{start}.csv")])


def _settle(desk: Desk, acts: list) -> list:
    answers = []
    for start in range(0, len(acts), AT_ONCE):
        works = [Work(new_id(), "", act, Cause.first(), TREASURER) for act in acts[start : start + AT_ONCE]]
        outcomes = desk.settle(works)
        if bad := [outcome.error for outcome in outcomes if outcome.verdict != "done"]:
            raise SystemExit(f"it could not be kept: {bad[0]!r}")
        answers += [outcome.answer for outcome in outcomes]
    return answers


def _told(book: Book, n: int) -> None:
    paid_at = datetime(YEAR, 1, 1, 3, tzinfo=UTC) + timedelta(days=_day(n))
    payment = Payment(bank_reference=f"BJB-{n:06d}", amount=AMOUNT, paid_at=paid_at, channel="bank")
    store.keep_payment(book, payment, _code(n), f"file-{n:06d}", "matched")


def _hand_in(book: Book, content: str, name: str) -> dict:
    return statements.take_in(book, retribution.ImportStatement(command_id=new_id(), name=name, content=content))


def _day(n: int) -> int:
    return n // 170 % 360


def _code(n: int) -> str:
    return f"{YEAR}01{n:06d}"


def _line(n: int, amount: int) -> str:
    return f"{date(YEAR, 1, 1) + timedelta(days=_day(n))},BJB-{n:06d},SKRD {_code(n)},{amount},masuk"


def compare(reader: Reader) -> dict:
    """Seconds of the whole comparison, and of what is reckoned in it once all is read."""
    began = time.perf_counter()
    found = reconciling.compare(reader)
    whole = time.perf_counter() - began
    read = reconciling.read(reader)
    began = time.perf_counter()
    again = [each for sides in read for each in matching.differences(*sides)]
    return {
        "differences": len(found),
        "same_twice": found == again,
        "reconciliation_seconds": round(whole, 2),
        "of_it_matching_seconds": round(time.perf_counter() - began, 2),
    }


def take_in(desk: Desk) -> dict:
    """One statement of 2,000 lines: half for SKRDs that wait for their money, half under unknown codes."""
    shape = Assessed().demanded().record
    _settle(desk, [partial(_demand, record=shape, n=n) for n in range(IN_A_FILE // 2)])
    codes = [f"{YEAR}02{n:06d}" for n in range(IN_A_FILE)]
    lines = [f"{YEAR}-12-15,NEW-{n:06d},{code},{AMOUNT},masuk" for n, code in enumerate(codes)]
    content = "\n".join([HEAD, *lines])
    began = time.perf_counter()
    told = statements.preview(Reader(desk.database), retribution.PreviewStatement(name="new.csv", content=content))
    previewed, began = time.perf_counter() - began, time.perf_counter()
    [answer] = _settle(desk, [partial(_hand_in, content=content, name="new.csv")])
    taken, began = time.perf_counter() - began, time.perf_counter()
    undo = retribution.UndoStatement(command_id=new_id(), number=answer["number"], reason="Measured and taken back")
    [undone] = _settle(desk, [lambda book: statements.undo(book, undo)])
    return {
        "lines_of_a_statement": len(told["lines"]),
        "payments_it_brings": answer["outcomes"],
        "preview_seconds": round(previewed, 2),
        "import_seconds": round(taken, 2),
        "undo_seconds": round(time.perf_counter() - began, 2),
        "taken_back": undone["taken_back"],
        "statements_kept": len(statement_store.every(Reader(desk.database))),
    }


def _demand(book: Book, record, n: int) -> None:
    skrd = record.skrd.model_copy(update={"number": f"4.1.2.03.01/{n:05d}/{YEAR}", "payment_code": f"{YEAR}02{n:06d}"})
    store.save(book, record.model_copy(update={"id": f"open-{n:06d}", "skrd": skrd}))
    store.remember_code(book, skrd.payment_code, f"open-{n:06d}")


if __name__ == "__main__":
    main()
