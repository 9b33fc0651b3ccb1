"""The sweep of the reminders over many open files: what it costs by what is stored, and by what is due.

    python -m bench.sweep [--most 1000000]

A private database is filled with open files of one real shape, step by step up to `--most`. At each size the watch's
own look is timed as the room does it (`look_once` with a desk): with nothing due, then with 500 and with 5,000 files of
which each has one reminder to ring; at the last size also with 20,000. The look of before (500 files at a time,
each read whole and judged twice) is timed beside it in the same run. The relay is not part of it: facts stay in the
outbox.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import bson
from pymongo.database import Database

from bench.machine import keep
from catalogue.offering import offering
from contracts import intake
from deploy import stack
from plumbing.messaging.book import Book, Reader, Shelf
from plumbing.messaging.desk import Desk
from plumbing.messaging.doors import connect, set_up_database
from plumbing.messaging.envelope import Cause, new_id
from plumbing.messaging.watch import AT_ONCE, Due, look_once
from services.intake import bells, clock, store
from services.intake.model import Application, items_of
from values.happening import Happening

STEPS, DUE, MANY, LOOKS = (1_000, 10_000, 100_000, 1_000_000), (500, 5_000), 20_000, 5
BESIDE, CLOSED, OUTDATED, WAIT_BEFORE = 10_000, 10_000, 2_000, 15
NAME, AT_A_TIME = "intake", 2_000
Document = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=STEPS[-1])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        stack.up(home, (), set_up=None)
        try:
            result = Sweeps(stack.environment(home, "set_up")["PTSP_DATABASE_URL"]).measure(given.most)
        finally:
            stack.down(home)
    print(keep("sweep", result).read_text())


class Sweeps:
    """Intake's database, its desk, and the shapes of file it is filled with."""

    def __init__(self, url: str):
        set_up_database(url, NAME, store.COLLECTIONS)
        client = connect(url)
        self.database, self.desk = client[NAME], Desk(client, NAME, records=store.RECORDS)
        self.quiet, self.ringing = _document(datetime.now(UTC)), _with_one_bell_due()
        self.stored = 0

    def measure(self, most: int) -> dict:
        result: dict[str, Any] = {"document_bytes": len(bson.encode(self.quiet)), "in_one_transaction": AT_ONCE}
        sizes = result["by_open_files"] = {}
        for size in (step for step in STEPS if step <= most):
            began = time.perf_counter()
            self.fill(self.quiet, size - self.stored)
            sizes[size] = {"files_added_per_second": round((size - self.stored) / (time.perf_counter() - began))}
            self.stored = size
            sizes[size]["look_with_nothing_due_ms"] = self.idle(bells.due)
            sizes[size]["look_for_files_of_another_catalogue_ms"] = self.idle(bells.outdated)
            for due in DUE:
                sizes[size][f"{due}_due_seconds"] = self.sweep(due, bells.due)
            print(size, sizes[size], flush=True)
            if size == BESIDE:
                result |= self.beside(sizes[size])
        return result | _ratios(sizes) | {"after_long_downtime": {"due": MANY, "seconds": self.sweep(MANY, bells.due)}}

    def beside(self, now: dict) -> dict:
        """The look of before in the same database, then what closed files cost either, then planning anew."""
        due = DUE[-1]
        before, looks = self.sweep(due, by_500), -(-due // 500)
        self.fill({name: value for name, value in self.quiet.items() if name not in store.PLAN}, CLOSED)
        closed = {"before_ms": self.idle(by_500), "now_ms": self.idle(bells.due)}
        self.fill(self.quiet | {"planned_by": "0" * 16}, OUTDATED)
        began = time.perf_counter()
        planned = look_once(NAME, self.desk, "plan_bells_anew", bells.outdated)
        seconds = time.perf_counter() - began
        if planned != OUTDATED:
            raise SystemExit(f"{planned} of {OUTDATED} files were planned anew")
        self.stored += OUTDATED
        return {
            f"before_with_{due}_due_at_{BESIDE}_open_files": {
                "working_seconds": before,
                "working_ratio_to_now": round(before / now[f"{due}_due_seconds"], 2),
                "with_the_waiting_between_looks_seconds": round(before + (looks - 1) * WAIT_BEFORE),
            },
            f"look_with_nothing_due_and_{CLOSED}_closed_files": closed,
            "planned_anew_per_second": round(OUTDATED / seconds),
        }

    def fill(self, shape: Document, files: int) -> None:
        for start in range(0, files, AT_A_TIME):
            self.database.applications.insert_many(_copies(shape, min(AT_A_TIME, files - start)), ordered=False)

    def idle(self, look: Callable) -> float:
        """Milliseconds of a look that finds nothing, the median of some."""
        taken = []
        for _ in range(LOOKS):
            began = time.perf_counter()
            if look_once(NAME, self.desk, "bench", look):
                raise SystemExit("something was due")
            taken.append((time.perf_counter() - began) * 1000)
        return round(statistics.median(taken), 1)

    def sweep(self, due: int, look: Callable) -> float:
        """Seconds until nothing is due any more; each of the files must have rung exactly once."""
        self.fill(self.ringing, due)
        self.stored += due
        said, began = _said(self.database), time.perf_counter()
        while look_once(NAME, self.desk, "bench", look):
            pass
        seconds = time.perf_counter() - began
        if _said(self.database) - said != due:
            raise SystemExit(f"{_said(self.database) - said} reminders for {due} files")
        return round(seconds, 2)


def by_500(reader: Reader) -> list[Due]:
    """The look as it was: 500 files, read whole, a work for each bell."""
    found = reader.find("applications", {"bell_at": {"$lte": reader.now}}, limit=500)
    return [
        Due(f"{bell.mark}:{file.id}", file.id, partial(bells.ring, application_id=file.id))
        for file in (store.application_of(document) for document in found)
        for bell in clock.bells(file)
        if bell.at <= reader.now
    ]


def _ratios(sizes: dict) -> dict:
    first, last = min(sizes), max(sizes)
    few, many = (f"{due}_due_seconds" for due in DUE)
    return {
        "open_files_ratio": last / first,
        "cost_ratio_by_what_is_stored": {key: round(sizes[last][key] / sizes[first][key], 2) for key in (few, many)},
        "due_ratio": DUE[1] / DUE[0],
        "cost_ratio_by_what_is_due": {size: round(each[many] / each[few], 1) for size, each in sizes.items()},
        "files_rung_per_second_at_most_open_files": round(DUE[1] / sizes[last][many]),
    }


def _said(database: Database) -> int:
    return database.journal.estimated_document_count()


def _copies(shape: Document, files: int) -> Iterator[Document]:
    for _ in range(files):
        id = new_id()
        yield shape | {"_id": id} | ({"lane": store.lane_of(id)} if "lane" in shape else {})


def _with_one_bell_due() -> Document:
    """A file of the same shape, so old that just its first reminder is to be rung."""
    now = datetime.now(UTC)
    for hours in range(24 * 31):
        document = _document(now - timedelta(hours=hours))
        if document["bell_at"] <= now:
            return document
    raise SystemExit("no bell falls due within a month")


def _document(registered: datetime) -> Document:
    """An application for a building permit as intake keeps it, complete, registered then, and with the team since."""
    kind, example = offering("imb"), intake.SubmitApplication.example
    submitted = registered - timedelta(hours=1)

    def happened(what: str, at: datetime, **move: str) -> Happening:
        return Happening(what=what, at=at, recorded_at=at, cause=new_id(), actor="counter-2", role="counter", **move)

    attachment = intake.SubmitApplication.model_validate(example).attachments[0].document
    items = [
        item.model_copy(update={"state": "complete", "document": attachment, "inspected": True})
        for item in items_of(kind, "rumah_tinggal", [])
    ]
    application = Application(
        id=new_id(),
        licence_type=kind.code,
        edition=kind.edition,
        sub_kind="rumah_tinggal",
        channel="counter",
        account=None,
        applicant=example["applicant"],
        place=example["place"],
        quantities={"luas_m2": "100.00", "waktu": "tetap"},
        items=items,
        resi="R-2016-000005-1",
        promised_on=registered.date(),
        history=[
            happened("submitted", submitted),
            happened("complete", registered, step="completeness", outcome="complete"),
            happened("registered", registered),
            happened("due:technical_verification:1", registered),
        ],
    )
    shelf = Shelf(Reader(None))
    book = Book(shelf, Cause.first(), registered)
    store.save(book, application)
    book.keep()
    return shelf.written[store.RECORDS, application.id]


if __name__ == "__main__":
    main()
