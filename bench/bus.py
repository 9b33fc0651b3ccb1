"""Events with exactly-once effect per second, against plain nameko doing the same single write, in one run.

    python -m bench.bus [--events 2000] [--rounds 3]

Every contender runs as its own process under eventlet, on the same private broker and database, and consumes the same
number of waiting events. Plain nameko is `event_handler` with one `insert_one`: at most once, and it forgets on error.
Ours is the room's own listener and desk: one write and the memory of it in a transaction, exactly once; "with a
follow-up" also says an event per effect, through journal, outbox, relay and confirms.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from pymongo import MongoClient

from bench.machine import keep, percentiles
from deploy import stack

CONTENDERS = ("plain_nameko", "ours", "ours_with_follow_up")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--events", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        stack.up(home, (), set_up=None)
        try:
            result = measure(stack.environment(home, "set_up"), given.events, given.rounds)
        finally:
            stack.down(home)
    print(keep("bus", result).read_text())


def measure(environment: dict[str, str], events: int, rounds: int) -> dict:
    speeds: dict[str, list[float]] = {name: [] for name in CONTENDERS}
    for round_ in range(rounds):
        for name in CONTENDERS:
            speeds[name].append(consume(environment, name, events, f"{name}_{round_}"))
    medians = {name: round(statistics.median(values), 1) for name, values in speeds.items()}
    base = medians["plain_nameko"]
    return {
        "events": events,
        "events_per_second": speeds,
        "median": medians,
        "ratio_to_plain_nameko": {name: round(value / base, 2) for name, value in medians.items()},
        "latency_ms_of_one_event_without_load": latency(environment),
    }


def consume(environment: dict[str, str], contender: str, events: int, database: str) -> float:
    """Fill the queue, start the consumer, and have it time itself from its first effect to its last."""
    child = _start("fill", contender, environment, database, str(events))
    if child.wait(120):
        raise SystemExit(f"{contender}: the queue could not be filled")
    child = _start("consume", contender, environment, database, str(events), stdout=subprocess.PIPE)
    out, _ = child.communicate(timeout=180)
    with MongoClient(environment["PTSP_DATABASE_URL"]) as client:
        effects = client[database].effects.count_documents({})
        client.drop_database(database)
    if effects != events:
        raise SystemExit(f"{contender}: {effects} effects of {events} events")
    return round(events / float(out), 1)


def latency(environment: dict[str, str]) -> dict:
    """From before the commit that says an event to the moment its effect is committed in another process."""
    child = _start("latency", "ours", environment, "latency", stdout=subprocess.PIPE)
    out, _ = child.communicate(timeout=120)
    return percentiles([float(line) for line in out.decode().split()])


def _start(job: str, contender: str, environment: dict[str, str], *arguments: str, **how) -> subprocess.Popen:
    command = [sys.executable, "-W", "ignore", "-m", "bench.bus_workers", job, contender, *arguments]
    return subprocess.Popen(command, env=environment | {"PATH": "/usr/bin:/bin"}, **how)


if __name__ == "__main__":
    main()
