"""1,000 payment notifications, each three times in random order, while rooms, portal, broker and database are killed.

    python -m bench.payments_chaos [--payments 1000] [--seed 165]

A private office of its own. Files stand with an SKRD each; the bank's signed notifications come in over HTTP for them,
some under unknown codes, some more than is owed, while a part is killed with kill -9 every one or two seconds. Then
the treasurer assigns all money under unknown codes, each command three times, under the same fire. Every rupiah must be
accounted for once: in the records of payments, in each file, in the ledger, in the recap. Exit code 1 when one is not.
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import urllib3

from bench.machine import keep
from contracts import ROOMS, retribution
from deploy import stack
from plumbing.messaging.book import Reader
from plumbing.messaging.calls import Away
from plumbing.messaging.doors import connect
from plumbing.messaging.envelope import new_id
from services.retribution import balancing
from services.retribution.bank import signature
from tests.people import People
from tests.turns import Turn

PAYMENTS, FILES, TIMES, SENDERS, DUE = 1_000, 8, 3, 6, 100_000
VICTIMS = ["retribution"] * 5 + ["noticeboard", "intake", "notification", "portal", "broker", "database"]
AT_MOST = {"broker": 2, "database": 2}
YEAR = (date(2016, 1, 1), date(2016, 12, 31))


def main() -> None:
    """Fire, count, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--payments", type=int, default=PAYMENTS)
    parser.add_argument("--seed", type=int, default=165)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        try:
            stack.up(home, ROOMS, owner=os.getpid(), deaths_allowed=1_000)
            result = given.__dict__ | measure(home, given.payments, random.Random(given.seed))
        finally:
            stack.down(home)
    print(keep("payments_chaos", result).read_text())
    sys.exit(1 if result["differences"] else 0)


def measure(home: Path, count: int, chance: random.Random) -> dict[str, Any]:
    """What was sent, what was killed, and in what the office's books differ from it: nothing, if all is well."""
    people = People(stack.environment(home, "office"))
    files = [Turn(people, "iptm", "baru").registered() for _ in range(FILES)]
    codes = [turn.demanded(DUE)["payment_code"] for turn in files]
    sent = [_payment(n, codes[n % FILES] if n % 10 else f"98765{n:05d}", chance, files[0]) for n in range(count)]
    queue = sent * TIMES
    chance.shuffle(queue)
    began = time.monotonic()
    with _killing(home, chance) as killed, ThreadPoolExecutor(SENDERS) as pool:
        bank = _Bank(home)
        taken = list(pool.map(bank.until_taken, queue))
        notified = time.monotonic() - began
        unknown = [words for words in sent if words["payment_code"] not in codes]
        orders = [_assignment(words, codes[n % FILES]) for n, words in enumerate(unknown)] * TIMES
        chance.shuffle(orders)
        answers = list(pool.map(lambda order: _until_answered(people, order), orders))
    outcomes = Counter({answer["bank_reference"]: answer["outcome"] for answer in taken}.values())
    return {
        "notifications": len(queue),
        "seconds": round(notified, 1),
        "assignments": len(orders),
        "assigned_to": len({answer["number"] for answer in answers}),
        "outcomes_first_heard": dict(outcomes),
        "sent_again_by_the_bank": bank.again,
        "killed": dict(Counter(killed)),
        "rupiah": sum(words["amount"] for words in sent),
        "differences": list(_differences(home, people, files, codes, sent, unknown)),
    }


def _payment(n: int, code: str, chance: random.Random, turn: Turn) -> dict[str, Any]:
    return {
        "notification_id": f"chaos-{turn.id[-8:]}-{n:05d}",
        "payment_code": code,
        "amount": chance.randrange(200, 2_000),
        "bank_reference": f"BJB-{turn.id[-8:]}-{n:05d}",
        "paid_at": turn.on(4 + n % 25, 8 + n % 8, n % 60),
    }


def _assignment(words: dict[str, Any], code: str) -> retribution.AssignMoney:
    return retribution.AssignMoney(
        command_id=new_id(),
        reference=words["bank_reference"],
        amount=words["amount"],
        payment_code=code,
        reason="Kode bayar salah ketik di bank.",
    )


class _Bank:
    """As the bank does: each notification again until it is taken."""

    def __init__(self, home: Path):
        self.url = f"{stack.environment(home, 'office')['PTSP_PUBLIC_URL']}/api/v1/bank/payments"
        self.secret = stack.environment(home, "retribution")["PTSP_BANK_SECRET"]
        self.again = 0

    def until_taken(self, words: dict[str, Any]) -> dict[str, Any]:
        for _ in range(300):
            body = json.dumps(words)
            signed = signature(self.secret, int(time.time()), body)
            headers = {"PTSP-Signature": signed, "Content-Type": "application/json"}
            try:
                answer = urllib3.request("POST", self.url, body=body, headers=headers, retries=False, timeout=30)
                if answer.status == 200:
                    return answer.json()
                if answer.status not in (429, 502, 503):
                    raise SystemExit(f"{answer.status}: {answer.data.decode()}")
            except urllib3.exceptions.HTTPError:
                pass  # the portal is killed, too
            self.again += 1
            time.sleep(0.5)
        raise SystemExit(f"never taken: {words['bank_reference']}")


def _until_answered(people: People, order: retribution.AssignMoney) -> dict[str, Any]:
    for _ in range(100):
        try:
            return people.ask("treasurer", order)
        except Away:
            time.sleep(0.5)
    raise SystemExit(f"never answered: {order.reference}")


@contextmanager
def _killing(home: Path, chance: random.Random) -> Iterator[list[str]]:
    killed: list[str] = []
    enough = threading.Event()

    def kill() -> None:
        while not enough.wait(chance.uniform(1, 2.5)):
            victim = chance.choice(VICTIMS)
            part = stack.parts(home).get(victim)
            if part is not None and part.well and killed.count(victim) < AT_MOST.get(victim, 999):
                os.kill(part.pid, signal.SIGKILL)
                killed.append(victim)

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    try:
        yield killed
    finally:
        enough.set()
        killer.join()


def _differences(
    home: Path, people: People, files: list[Turn], codes: list[str], sent: list[dict], unknown: list[dict]
) -> Iterator[str]:
    """Every way in which the books are not what was sent."""
    total = sum(words["amount"] for words in sent)
    due = Counter(dict.fromkeys(codes, 0))
    for words in sent:
        due[words["payment_code"]] += words["amount"] if words["payment_code"] in codes else 0
    for n, words in enumerate(unknown):
        due[codes[n % FILES]] += words["amount"]
    for turn, code in zip(files, codes, strict=True):
        found = _retried(lambda turn=turn: people.ask("treasurer", retribution.FindAssessment(application_id=turn.id)))
        if found["paid"] != due[code]:
            yield f"file {code}: {found['paid']} for {due[code]}"
        if found["overpaid"] != max(0, due[code] - DUE):
            yield f"file {code}: {found['overpaid']} too much"
        receipts = sum(each["what"] == "paid" for each in found["history"])
        if receipts != (due[code] >= DUE):
            yield f"file {code}: {receipts} receipts"
    recap = _retried(lambda: people.ask("treasurer", retribution.RecapOf(period="2016")))["total"]
    if (recap["received"], recap["unassigned"]) != (total, 0):
        yield f"recap: received {recap['received']} for {total}, unassigned {recap['unassigned']}"
    client = connect(stack.environment(home, "set_up")["PTSP_DATABASE_URL"])
    kept = {each["_id"]: each["amount"] for each in client["retribution"]["payments"].find()}
    if kept != {words["bank_reference"]: words["amount"] for words in sent}:
        yield "the payments on record are not those that were sent"
    yield from map(balancing.in_words, balancing.unbalanced(Reader(client["retribution"]), *YEAR))


def _retried(ask: Callable[[], Any]) -> Any:
    for _ in range(60):
        try:
            return ask()
        except Away:
            time.sleep(0.5)
    return ask()


if __name__ == "__main__":
    main()
