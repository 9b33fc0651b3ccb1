"""The bank's notifications over HTTP, each three times in random order while the room that keeps the money is killed
and comes back: every rupiah is accounted for once."""

import json
import random
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import urllib3

from contracts import retribution
from services.retribution.bank import signature
from tests.conftest import Stack
from tests.people import People, eventually
from tests.turns import SECONDS, Turn

COUNT = 40


@pytest.fixture
def turn(people: People) -> Turn:
    """A file whose SKRD waits to be paid."""
    turn = Turn(people, "iptm", "baru").registered()
    eventually(turn.assessed, SECONDS)
    turn.do("tertentu-1", retribution.PrepareNota, turn.on(3))
    turn.do("tertentu-head", retribution.SignNota, turn.on(3, 10))
    turn.do("administration-1", retribution.IssueSkrd, turn.on(3, 11))
    turn.do("head-2014", retribution.SignSkrd, turn.on(3, 12))
    return turn


def send(url: str, secret: str, words: dict) -> urllib3.BaseHTTPResponse:
    body = json.dumps(words)
    headers = {"PTSP-Signature": signature(secret, int(time.time()), body), "Content-Type": "application/json"}
    return urllib3.request("POST", url, body=body, headers=headers, retries=False, timeout=30)


def test_every_rupiah_is_counted_once_whatever_is_repeated_and_killed(people: People, stack: Stack, turn: Turn):
    url = f"{stack.environment('office')['PTSP_PUBLIC_URL']}/api/v1/bank/payments"
    secret = stack.environment("retribution")["PTSP_BANK_SECRET"]
    find = retribution.FindAssessment(application_id=turn.id)
    skrd = people.ask("treasurer", find)["skrd"]
    sent = [
        {
            "notification_id": f"notice-{turn.id[-8:]}-{n}",
            "payment_code": skrd["payment_code"] if n % 8 else f"98765{n:05d}",
            "amount": 1_000 + n,
            "bank_reference": f"BJB-{turn.id[-8:]}-{n:04d}",
            "paid_at": turn.on(10, 9, n % 60),
        }
        for n in range(COUNT)
    ]
    queue = sent * 3
    random.Random(turn.id).shuffle(queue)
    answers = []

    def until_taken(words: dict) -> None:
        """As the bank does: again until it is taken."""
        for _ in range(60):
            answer = send(url, secret, words)
            if answer.status == 200:
                answers.append(answer.json())
                return
            assert answer.status in (429, 503), answer.data
            time.sleep(1)
        raise AssertionError("never taken")

    with ThreadPoolExecutor(4) as pool:
        work = [pool.submit(until_taken, words) for words in queue]
        for _ in range(2):
            time.sleep(2)
            stack.kill("retribution")
        for each in work:
            each.result()
    mine = [words for words in sent if words["payment_code"] == skrd["payment_code"]]
    assert people.ask("treasurer", find)["paid"] == sum(words["amount"] for words in mine)
    assert len(answers) == len(queue)
    assert {answer["bank_reference"] for answer in answers} == {words["bank_reference"] for words in sent}
    assert {a["outcome"] for a in answers if a["bank_reference"] == sent[0]["bank_reference"]} == {"unknown_code"}


def test_a_notification_that_is_not_the_banks_is_turned_away_in_words(people: People, stack: Stack, turn: Turn):
    url = f"{stack.environment('office')['PTSP_PUBLIC_URL']}/api/v1/bank/payments"
    words = {"notification_id": "notice-0001", "payment_code": "201603000123", "amount": 1, "bank_reference": "BJB-1"}
    no = send(url, "guessed", words | {"paid_at": turn.on(10)})
    assert (no.status, no.json()["code"]) == (401, "not_signed")
    wrong = send(url, stack.environment("retribution")["PTSP_BANK_SECRET"], words | {"paid_at": "yesterday"})
    assert (wrong.status, wrong.json()["errors"][0]["field"]) == (422, "paid_at")
