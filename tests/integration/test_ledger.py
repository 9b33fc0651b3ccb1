"""The ledger on a real database: in the write of the record, each payment once, whatever is repeated, by any desk."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

import pytest

from contracts import retribution
from contracts.documents import example
from plumbing.messaging.book import Reader
from plumbing.messaging.desk import Desk, Work
from plumbing.messaging.doors import connect, set_up_database
from plumbing.messaging.envelope import Cause, new_id
from plumbing.messaging.watch import look_once
from services.retribution import balancing, cash, payment, recaps, store
from tests.assessed import Assessed
from tests.builders import officer, on, order

FILES, DUE = 12, 140_625
YEAR = date(2016, 1, 1), date(2016, 12, 31)


class Room:
    """A database of its own with retribution's collections, and desks on it."""

    def __init__(self, url: str):
        self.url, self.name = url, f"ledger_{new_id()[-12:]}"
        set_up_database(url, self.name, store.COLLECTIONS)
        self.clients = [connect(url)]
        self.reader = Reader(self.clients[0][self.name])

    def desk(self, instance: str) -> Desk:
        self.clients.append(connect(self.url))
        return Desk(self.clients[-1], self.name, instance, store.RECORDS)

    def close(self) -> None:
        for client in self.clients:
            client.close()


@pytest.fixture
def room(stack) -> Iterator[Room]:
    room = Room(stack.environment("set_up")["PTSP_DATABASE_URL"])
    yield room
    room.close()


def work(key: str, act, subject: str = "") -> Work:
    return Work(key, subject, act, Cause.first(), actor=officer("treasurer"), keeps_answer=True)


def kept(desk: Desk, works: list[Work]) -> None:
    outcomes = desk.settle(works)
    assert {outcome.verdict for outcome in outcomes} <= {"done", "duplicate"}, outcomes


def test_payments_repeated_in_any_order_by_two_desks_are_in_the_sums_once(room: Room):
    shape = Assessed().demanded().record
    files = [
        shape.model_copy(
            update={"id": f"file-{n:03d}", "skrd": shape.skrd.model_copy(update={"payment_code": f"2016030{n:05d}"})}
        )
        for n in range(FILES)
    ]
    first, second = room.desk("1"), room.desk("2")

    def demand(book, record):
        store.save(book, record)
        store.remember_code(book, record.skrd.payment_code, record.id)

    kept(first, [work(f"demand:{file.id}", partial(demand, record=file), file.id) for file in files])
    orders = [
        order(
            retribution.RecordPayment,
            payment_code=file.skrd.payment_code if n % 5 else "999999",
            amount=DUE // 2 + n,
            bank_reference=f"BJB-{n:03d}-{part}",
            paid_at=on(3, 10) + timedelta(days=n),
            channel="bank" if n % 3 else "treasurer",
        )
        for n, file in enumerate(files)
        for part in range(3)
    ]
    said = orders * 3
    random.Random(3).shuffle(said)
    for start in range(0, len(said), 9):
        desk = (first, second)[start // 9 % 2]
        kept(desk, [work(new_id(), lambda book, each=each: payment.record(book, each)) for each in said[start:][:9]])
    assert balancing.unbalanced(room.reader, *YEAR) == []
    total = recaps.recap(room.reader, retribution.RecapOf(period="2016"))["total"]
    assert (total["received"], total["payments"]) == (sum(each.amount for each in orders), len(orders))
    assert total["assessed"] == FILES * DUE and total["principal"] + total["outstanding"] == FILES * DUE
    by_day = recaps.recap(room.reader, retribution.RecapOf(period="2016", by="day"))["rows"]
    opened = recaps.opened(room.reader, retribution.SkrdsOf(period="2016", opened="received", most=500))["rows"]
    assert sum(row["received"] for row in by_day) == sum(row["amount"] for row in opened) == total["received"]


def test_a_sum_changed_by_hand_is_a_trouble_of_the_night_and_cash_stays_what_it_was(room: Room):
    record, desk = Assessed().demanded().record, room.desk("1")
    paid = order(
        retribution.RecordPayment,
        payment_code=record.skrd.payment_code,
        amount=DUE,
        bank_reference="KAS-1",
        paid_at=on(3, 10),
        channel="treasurer",
    )
    slip = {"day": date(2016, 3, 11), "amount": 40_000, "reference": "SLIP-1", "proof": example("attachment")}
    deposit = order(retribution.RecordDeposit, **slip)
    kept(desk, [work("demand", lambda book: store.save(book, record), record.id)])
    kept(desk, [work("code", lambda book: store.remember_code(book, record.skrd.payment_code, record.id))])
    kept(desk, [work("pay", lambda book: payment.record(book, paid))])
    kept(desk, [work(key, lambda book: cash.record_deposit(book, deposit)) for key in ("once", "again")])
    book = cash.cash_book(room.reader, retribution.CashBookOf(day=date(2016, 3, 11)))
    assert (book["opening"], book["closing"], len(book["entries"])) == (DUE, DUE - 40_000, 1)
    database = room.reader.database
    database.payments.update_one({"_id": "KAS-1"}, {"$set": {"amount": DUE + 1}})
    looked = partial(balancing.nightly, now=on(12, 1, 3))
    look_once("retribution", desk, "balance_ledger", looked)
    [trouble] = database.troubles.find({})
    assert "2016-03-10" in trouble["reason"] and database.proofs.find_one({"_id": "ledger-last"})["different"]
    database.payments.update_one({"_id": "KAS-1"}, {"$set": {"amount": DUE}})
    look_once("retribution", desk, "balance_ledger", partial(balancing.nightly, now=on(12, 2, 3)))
    assert list(database.troubles.find({})) == []
