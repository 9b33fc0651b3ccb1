"""The account of the bus finds what was lost, doubled or left out, and explains what merely waits."""

from uuid import uuid4

import pytest
from bus_toys import Hall, remember, until

from plumbing.messaging import account as accounting
from plumbing.messaging.account import Account, account
from plumbing.messaging.envelope import new_id


@pytest.fixture
def hall(stack):
    hall = Hall(stack.environment("set_up"), uuid4().hex[:8])
    hall.set_up()
    yield hall
    hall.tear_down()


def take(hall: Hall, queued: dict | None = None) -> Account:
    rooms = {room: hall.client[room] for room in (hall.ada, hall.budi)}
    heard = [h for h in hall.broker.hearings() if hall.tag in h.room]
    return account(rooms, heard, hall.client[f"bus_{hall.tag}"], queued)


def done(hall: Hall, count: int = 10) -> list[str]:
    """So many facts said and heard, all at rest."""
    hall.listening(remember)
    ids = hall.saying().say(*[hall.Thing(application_id=f"a{n}", n=n) for n in range(count)])
    until(lambda: len(hall.effects()) == count)
    until(lambda: hall.client[hall.ada].outbox.count_documents({}) == 0)
    return ids


def test_all_said_all_heard_adds_up(hall):
    done(hall)
    result = take(hall)
    assert (result.events_said, result.effects) == (10, 10)
    assert result == Account(events_said=10, effects=10) and result.adds_up


def test_nothing_said_adds_up_too(hall):
    assert take(hall) == Account()


@pytest.mark.parametrize("window", [1, 3, 7, 1000])
def test_however_it_is_cut_into_windows_every_fact_is_counted_once(hall, monkeypatch, window):
    monkeypatch.setattr(accounting, "WINDOW", window)
    ids = [new_id() for _ in range(60)]
    spread = [f"{int(i[:8], 16) + n * n:08x}{i[8:]}" for n, i in enumerate(ids)]  # uneven in time, up to years apart
    fact = {"envelope": {"type": hall.Thing.cloud_type()}}
    hall.client[hall.ada].journal.insert_many([{"_id": id, **fact} for id in spread])
    hall.client[hall.budi].handled.insert_many([{"_id": f"on_thing:{id}"} for id in spread[1:]])
    result = take(hall)
    assert (result.events_said, result.effects, result.lost) == (60, 59, 1)
    assert result.details["without_effect"] == [f"{hall.hears_thing.queue} {spread[0]}"]


def test_a_fact_without_its_effect_is_lost_unless_it_is_known_where_it_waits(hall):
    ids = done(hall)
    budi, book = hall.client[hall.budi], hall.client[f"bus_{hall.tag}"]
    budi.handled.delete_many({"_id": {"$in": [f"on_thing:{id}" for id in ids[:6]]}})
    assert (take(hall).lost, take(hall).effects) == (6, 4)

    budi.troubles.insert_one({"_id": f"on_thing:{ids[0]}"})
    hall.client[hall.ada].outbox.insert_one({"_id": new_id(), "events": [ids[1]]})
    entry = {"queue": hall.hears_thing.queue}
    book.parked.insert_many(
        [
            {"_id": "1", "event": ids[2], "state": "open"} | entry,
            {"_id": "2", "event": ids[3], "state": "discarded"} | entry,
            {"_id": "3", "event": ids[4], "state": "replayed"} | entry,
            {"_id": "4", "event": ids[5], "state": "open", "queue": "another.queue.of.Somebody"},
        ]
    )
    result = take(hall)
    assert (result.lost, result.waiting, result.parked, result.discarded) == (2, 2, 2, 1)
    assert not result.adds_up
    result = take(hall, {hall.hears_thing.queue: 5})
    assert (result.lost, result.waiting) == (0, 4)


def test_a_fact_nobody_hears_is_named(hall):
    hall.client[hall.ada].journal.insert_one({"_id": new_id(), "envelope": {"type": f"ptsp.{hall.ada}.Whisper.v1"}})
    assert take(hall).details == {"unheard": [f"{hall.ada}.Whisper"]}


def test_an_effect_that_happened_twice_shows_in_the_records(hall):
    done(hall, 3)
    records = hall.client[hall.budi].records
    record = records.find_one({})
    records.update_one({"_id": record["_id"]}, {"$push": {"history": {"$each": record["history"]}}})
    assert take(hall).doubled == 1
    different = [{"what": "Thing", "cause": "c", "note": "satu"}, {"what": "Thing", "cause": "c", "note": "dua"}]
    records.insert_one({"_id": "two of one cause", "history": different})
    assert take(hall).doubled == 1


def test_money_counted_twice_shows_wherever_it_was_counted(hall):
    records = hall.client[hall.budi].records
    payment = {"bank_reference": "BJB-1", "amount": 5}
    records.insert_one({"_id": "a", "history": [], "payments": [payment, payment | {"bank_reference": "BJB-2"}]})
    assert take(hall).doubled == 0
    records.insert_one({"_id": "b", "history": [], "payments": [payment]})
    result = take(hall)
    assert result.doubled == 1 and "BJB-1" in result.details["doubled"][0]


def test_a_number_given_twice_and_a_number_left_out_show(hall):
    ada = hall.client[hall.ada]
    held = [{"_id": f"resi/2016|a{n}", "series": "resi/2016", "number": n, "holder": f"a{n}"} for n in (1, 2, 3)]
    ada.numbers.insert_many(held)
    ada.series.insert_one({"_id": "resi/2016", "last": 3})
    assert take(hall).adds_up
    ada.numbers.insert_one({"_id": "resi/2016|b", "series": "resi/2016", "number": 3, "holder": "b"})
    assert (take(hall).doubled, take(hall).gaps) == (1, 0)
    ada.series.update_one({"_id": "resi/2016"}, {"$set": {"last": 5}})
    result = take(hall)
    assert result.gaps == 2 and "the first is 4" in result.details["gaps"][0]


def test_tallies_of_duplicates_and_retries_are_summed_over_the_rooms(hall):
    for room in (hall.ada, hall.budi):
        hall.client[room].tallies.insert_many([{"_id": "duplicates", "n": 2}, {"_id": "retried", "n": 3}])
    assert (take(hall).duplicates, take(hall).retried) == (4, 6)
