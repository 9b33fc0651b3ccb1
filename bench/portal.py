"""The tracking page: pages per second and how long one takes, with more and more files stored; memory of the portal.

python -m bench.portal [--stored 1000 10000 100000]

Then 50 people who read for about a second between two pages, while the whole office works through a demonstration:
that is what 50 concurrent users feel; the askers before them never pause, and show what the portal can do at most.

A stack of its own with all parts; the files are put into the noticeboard's database as it keeps them. The portal that
is measured is a second one without a limit of questions. The askers are one process on the same machine.
"""

import argparse
import asyncio
import contextlib
import os
import random
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
from pymongo import MongoClient

from bench.machine import keep, percentiles
from contracts.intake import ApplicationMoved
from contracts.noticeboard import Notice
from deploy import stack
from deploy.stack.plan import GIVES_BACK
from deploy.stack.ports import free_port
from values.resi import Resi

SECONDS = 10.0
ASKERS = (1, 16, 50)
PEOPLE, READING = 50, 1.0  # people, seconds between two pages
AT_ONCE = 2000


def notice(n: int) -> dict:
    """The n-th file: registered within the last three weeks, in the hands of whoever initials."""
    began = datetime.now(UTC) - timedelta(days=2 + n % 20, minutes=n % 600)
    resi = Resi.format(n, 2016)
    ends = {"step": "completeness", "outcome": "complete"}
    history = [
        {"what": "submitted", "at": began},
        {"what": "complete", "at": began + timedelta(hours=2), **ends},
        {"what": "registered", "at": began + timedelta(hours=2)},
        {"what": "initialled", "at": began + timedelta(days=1), "step": "initial_bidang_head", "outcome": "initialled"},
    ]
    where = {"status": "in_issuance", "step": "initial_administration_head", "since": began + timedelta(days=1)}
    fields = {"application_id": f"bench-{n:08d}", "resi": resi, "history": history, **where}
    moved = ApplicationMoved.model_validate(ApplicationMoved.example | fields)
    kept = Notice(id=moved.application_id, told_at=began, handle=f"P-{n:012X}", resi=resi, moved=moved)
    document = kept.model_dump(mode="json")
    return {"_id": document.pop("id"), **document}


def store(database_url: str, first: int, last: int) -> None:
    """Put the files first to last (not included) onto the noticeboard."""
    with MongoClient(database_url) as client:
        for start in range(first, last, AT_ONCE):
            client.noticeboard.notices.insert_many([notice(n) for n in range(start, min(start + AT_ONCE, last))])


async def ask(port: int, stored: int, askers: int, seconds: float, reading: float = 0.0) -> tuple[float, list[float]]:
    """(pages per second, milliseconds of each page) of so many visitors who ask one page after the other, and read each
    for `reading` seconds, half as long or half as long again. Those who read do not all begin in the same instant: what
    that is like, the ones who never pause measure."""
    took: list[float] = []
    end = time.monotonic() + seconds

    async def visitor(seed: int) -> None:
        choice = random.Random(seed)
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.sleep(reading * choice.random())
        while time.monotonic() < end:
            resi = Resi.format(choice.randrange(1, stored), 2016)
            began = time.perf_counter()
            writer.write(f"GET /lacak/{resi} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
            body = await reader.readexactly(length)
            assert head.startswith(b"HTTP/1.1 200") and resi.encode() in body
            took.append((time.perf_counter() - began) * 1000)
            await asyncio.sleep(reading * choice.uniform(0.5, 1.5))
        writer.close()

    began = time.monotonic()
    await asyncio.gather(*(visitor(seed) for seed in range(askers)))
    return len(took) / (time.monotonic() - began), took


@contextmanager
def portal_without_limit(home: Path) -> Iterator[tuple[subprocess.Popen, int]]:
    """A second portal of the stack, scheduled as the launched one is, without a limit of questions; its port."""
    port = free_port()
    theirs = stack.environment(home, "portal") | GIVES_BACK
    theirs |= {"PTSP_PORTAL_PORT": str(port), "PTSP_QUESTIONS_PER_MINUTE": "0"}
    portal = subprocess.Popen([sys.executable, "-m", "portal"], env=os.environ | theirs, stderr=subprocess.DEVNULL)
    try:
        wait_for_port(port)
        yield portal, port
    finally:
        portal.terminate()
        portal.wait(15)


def measure(home: Path, sizes: list[int]) -> dict:
    """For each number of stored files: pages per second and their times, for each number of visitors."""
    database_url = stack.environment(home, "set_up")["PTSP_DATABASE_URL"]
    result, stored = {}, 1
    with portal_without_limit(home) as (portal, port):
        for size in sizes:
            store(database_url, stored, size)
            stored = size
            result[str(size)] = {
                str(askers): _told(*asyncio.run(ask(port, size, askers, SECONDS))) for askers in ASKERS
            }
            print(size, result[str(size)], flush=True)
        result["people"] = {"reading_s": READING, "stored": stored, **_while_the_office_works(home, port, stored)}
        result["portal_rss_mb"] = round(psutil.Process(portal.pid).memory_info().rss / 1e6, 1)
    return result


def _while_the_office_works(home: Path, port: int, stored: int) -> dict:
    """The pages of 50 people who read, at rest and while a demonstration runs to its end beside them."""
    at_rest = _told(*asyncio.run(ask(port, stored, PEOPLE, 2 * SECONDS, READING)))
    command = [sys.executable, "-m", "ptsp.main", "demo", "--count", "150", "--json", "--home", str(home)]
    demo = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    time.sleep(8)  # the first applications are on their way
    working = _told(*asyncio.run(ask(port, stored, PEOPLE, 2 * SECONDS, READING)))
    if demo.poll() is not None:
        raise RuntimeError("the demonstration ended before the measurement: give it more applications")
    if demo.wait(300):
        raise RuntimeError("the demonstration failed")
    return {"at_rest": at_rest, "while_the_office_works": working}


def _told(rate: float, took: list[float]) -> dict:
    return {"pages_per_second": round(rate), **{f"{name}_ms": value for name, value in percentiles(took).items()}}


def wait_for_port(port: int) -> None:
    """Until somebody listens there."""
    for _ in range(200):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise TimeoutError("the portal does not answer")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stored", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        try:
            stack.up(home)
            result = measure(home, given.stored)
        finally:
            stack.down(home)
    print(keep("portal", {"tracking_page": result}).read_text())


if __name__ == "__main__":
    main()
