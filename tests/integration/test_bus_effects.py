"""State and facts are one write, each fact takes effect exactly once; a failure waits, is tried again, and parks."""

import threading
import time
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import amqp
import orjson
import pytest
from bus_toys import PAUSES, Hall, ToyRoom, message, remember, shorten_pauses, until
from kombu import Connection

from contracts.base import Event
from plumbing.messaging import relay, topology
from plumbing.messaging.book import NotYet
from plumbing.messaging.desk import Work
from plumbing.messaging.envelope import Cause, wrap
from plumbing.messaging.publisher import Letter, Publisher
from plumbing.messaging.relay import letter
from values.refusal import Refusal


@pytest.fixture
def hall(stack, monkeypatch):
    shorten_pauses(monkeypatch.setattr)
    hall = Hall(stack.environment("set_up"), uuid4().hex[:8])
    hall.set_up()
    yield hall
    hall.tear_down()


def things(hall: Hall, count: int, **fields) -> list:
    return [hall.Thing(application_id=f"a{n}", n=n, **fields) for n in range(count)]


def send(hall: Hall, queue: str, body: bytes, headers: dict | None = None, times: int = 1) -> None:
    """Put raw bytes into one queue, as a broken program might."""
    publisher = Publisher(hall.broker_url)
    publisher.publish([Letter("", queue, body, headers or {}, "raw-1")] * times)
    publisher.close()


# --- one write, once -------------------------------------------------------------------------------------------------


def test_a_fact_reaches_its_listener_and_takes_effect_once(hall):
    hall.listening(remember)
    ids = hall.saying().say(*things(hall, 25))
    until(lambda: len(hall.effects()) == 25)
    assert hall.effects() == dict.fromkeys(ids, 1)
    until(lambda: hall.client[hall.ada].outbox.count_documents({}) == 0)
    until(lambda: hall.waiting(hall.hears_thing.queue) == 0)


def test_a_work_that_fails_leaves_neither_state_nor_fact(hall):
    room = hall.saying()

    def half(book):
        book.put("records", {"_id": "half", "history": []})
        book.say(hall.Thing(application_id="half"))
        raise RuntimeError("stopped half way")

    good = Work("good", "whole", lambda book: book.say(hall.Thing(application_id="whole")), Cause.first())
    outcomes = room.desk.settle([Work("bad", "half", half, Cause.first()), good])
    assert [o.verdict for o in outcomes] == ["failed", "done"]
    assert hall.client[hall.ada].records.count_documents({}) == 0
    assert [e["subject"] for e in hall.facts()] == ["whole"]
    assert [d["_id"] for d in hall.client[hall.ada].handled.find({})] == ["good"]


def test_facts_of_a_process_killed_between_commit_and_publish_are_published_by_its_successor(hall):
    hall.listening(remember)
    child = hall.child(say=7)
    assert child.wait(20) == -9
    assert len(hall.facts()) == 7
    assert hall.client[hall.ada].outbox.count_documents({}) == 1
    assert hall.effects() == {}
    hall.saying()
    until(lambda: len(hall.effects()) == 7)
    until(lambda: hall.client[hall.ada].outbox.count_documents({}) == 0)


@pytest.mark.parametrize("moment", ["inside", "after"])
def test_a_listener_killed_while_it_works_does_it_once_in_the_end(hall, moment):
    """`inside` its transaction, which stays open and locks what it touched, or between commit and acknowledgement."""
    ids = hall.saying().say(*things(hall, 5))
    assert hall.child(die=moment).wait(20) == -9
    assert (len(hall.effects()) > 0) == (moment == "after")

    def act(book, event):
        remember(book, event)
        book.say(hall.Echo(application_id=event.application_id))

    hall.listening(act)
    until(lambda: len(hall.effects()) == 5)
    assert hall.effects() == dict.fromkeys(ids, 1)
    until(lambda: hall.waiting(hall.hears_echo.queue) == 5)
    assert len(hall.facts(hall.budi)) == 5


def test_a_fact_delivered_many_times_takes_effect_once(hall):
    room = hall.saying()
    room.say(*things(hall, 3))
    publisher = Publisher(hall.broker_url)
    publisher.publish([letter(e) for e in hall.facts() for _ in range(20)])
    publisher.close()
    hall.listening(remember)
    until(lambda: hall.waiting(hall.hears_thing.queue) == 0 and len(hall.effects()) == 3)
    until(lambda: (hall.client[hall.budi].tallies.find_one({"_id": "duplicates"}) or {"n": 0})["n"] == 60)
    assert set(hall.effects().values()) == {1}


def test_two_relays_at_once_publish_everything_and_effects_stay_single(hall):
    child = hall.child(say=40)
    assert child.wait(20) == -9
    hall.listening(remember)
    relays = [ToyRoom(hall, hall.ada, {"commands": []}, instance=str(n)) for n in range(2)]
    for room in relays:
        hall.rooms.append(room.start(listen=False))
    until(lambda: len(hall.effects()) == 40)
    until(lambda: hall.client[hall.ada].outbox.count_documents({}) == 0)
    until(lambda: hall.waiting(hall.hears_thing.queue) == 0)
    assert set(hall.effects().values()) == {1}


def test_what_a_dead_process_left_is_taken_up_by_a_relay_that_is_never_at_rest(hall, monkeypatch):
    monkeypatch.setattr(relay, "SWEEP_SECONDS", 0.2)
    monkeypatch.setattr(relay, "LEFT_BEHIND", timedelta(seconds=0.3))
    hall.listening(remember)
    busy = hall.saying()
    assert hall.child(say=3).wait(20) == -9
    left, deadline = {fact["id"] for fact in hall.facts()}, time.monotonic() + 4
    while not left <= set(hall.effects()) and time.monotonic() < deadline:
        busy.say(hall.Thing(application_id="busy"))
        time.sleep(0.05)
    assert left <= set(hall.effects()), "they wait for a quiet moment that never comes"


def test_two_instances_of_a_room_share_the_work_and_do_it_once(hall):
    ids = hall.saying().say(*things(hall, 300))
    for n in range(2):
        hall.listening(remember, instance=str(n))
    until(lambda: len(hall.effects()) == 300, 20)
    assert hall.effects() == dict.fromkeys(ids, 1)


def test_a_listener_that_starts_a_day_late_has_missed_nothing(hall):
    ids = hall.saying().say(*things(hall, 50))
    until(lambda: hall.waiting(hall.hears_thing.queue) == 50)
    hall.listening(remember)
    until(lambda: len(hall.effects()) == 50)
    assert hall.effects() == dict.fromkeys(ids, 1)


def test_what_nobody_hears_is_noticed(hall):
    before = hall.broker.unrouted()
    unheard = message(Event, "Whisper", hall.ada)
    hall.saying().say(unheard(application_id="a1"))
    until(lambda: hall.broker.unrouted() == before + 1)
    with hall.broker.connect() as connection:
        connection.channel().queue_purge("unrouted")


def test_facts_of_one_file_arrive_in_the_order_they_were_stated(hall):
    seen = []
    hall.listening(lambda book, event: (seen.append(event.n), remember(book, event)))
    room = hall.saying()
    for n in range(0, 60, 3):
        room.say(*[hall.Thing(application_id="one", n=n + k) for k in range(3)])
    until(lambda: len(seen) == 60)
    assert seen == sorted(seen)


# --- failures --------------------------------------------------------------------------------------------------------


def test_one_poisoned_message_is_tried_to_the_end_and_parks_while_its_batch_mates_succeed(hall):
    def act(book, event):
        if event.how == "poison":
            book.put("records", {"_id": "poison", "history": [{"cause": "poison"}]})
            raise ZeroDivisionError("an ink blot")
        remember(book, event)

    room = hall.saying()
    ids = room.say(*things(hall, 10), hall.Thing(application_id="p", n=99, how="poison"), *things(hall, 10))
    hall.listening(act)
    until(lambda: hall.waiting("parked") > 0)
    good = {id for id, fact in zip(ids, things(hall, 21), strict=True)} - {ids[10]}
    assert set(hall.effects()) == good
    [entry] = hall.parked()
    assert (entry["event"], entry["application"], entry["queue"]) == (ids[10], "p", hall.hears_thing.queue)
    assert entry["attempts"] == len(PAUSES) + 1
    assert "ZeroDivisionError: an ink blot" in entry["reason"] and "in act" in entry["traceback"]
    assert entry["first_failed"] < entry["last_failed"]
    assert hall.client[hall.budi].troubles.count_documents({}) == 0


def test_what_cannot_be_decoded_parks_at_once_and_good_facts_beside_it_take_effect(hall):
    broken = {b"\xff\xfe": "not JSON", b"[1, 2]": "JSON object", b'{"specversion": "1.0"}': "lacks", b"": "not JSON"}
    for body in broken:
        send(hall, hall.hears_thing.queue, body)
    ids = hall.saying().say(*things(hall, 2))
    hall.listening(remember)
    until(lambda: hall.waiting("parked") == len(broken) and hall.effects() == dict.fromkeys(ids, 1))
    entries = {bytes(entry["body"]): entry for entry in hall.parked()}
    assert entries.keys() == broken.keys()
    for body, word in broken.items():
        assert entries[body]["reason"].startswith("Undecodable") and word in entries[body]["reason"]
        assert entries[body]["attempts"] == 1


def test_a_fact_with_an_unknown_key_or_a_wrong_type_parks_at_once_and_does_not_repeat_its_contents(hall):
    hall.listening(remember)
    hall.saying()
    base = wrap(hall.Thing(application_id="a"), Cause.first(), hall.rooms[0].desk.clock())
    wrong = [
        base | {"data": base["data"] | {"n": "NIK 3275010101800001"}},
        base | {"data": base["data"] | {"favour": 1}},
    ]
    for each in wrong:
        send(hall, hall.hears_thing.queue, orjson.dumps(each))
    until(lambda: hall.waiting("parked") == 2)
    entries = hall.parked()
    assert {"n:" in e["reason"] or "favour:" in e["reason"] for e in entries} == {True}
    assert not any("3275010101800001" in e["reason"] + e["traceback"] for e in entries)


@pytest.mark.parametrize("slow", [False, True])
def test_a_refusal_in_a_handler_parks_at_once_and_is_never_retried(hall, slow):
    def act(*_):
        raise Refusal("wrong_state", "Berkas sudah ditutup.")

    hall.listening(act, slow=slow)
    hall.saying().say(*things(hall, 1))
    until(lambda: hall.waiting("parked") > 0)
    [entry] = hall.parked()
    assert entry["reason"].startswith("Refusal: wrong_state") and entry["attempts"] == 1
    assert hall.client[hall.budi].tallies.find_one({"_id": "retried"}) is None


@pytest.mark.parametrize("slow", [False, True])
def test_an_early_fact_waits_and_then_succeeds(hall, slow):
    gate, tries = threading.Event(), []

    def act(book, event):
        tries.append(1)
        if not gate.is_set():
            raise NotYet("the file is not here yet")
        remember(book, event)

    hall.listening((lambda reader, event: act_slow(event)) if slow else act, slow=slow)

    def act_slow(event):
        return lambda book: act(book, event)

    hall.saying().say(*things(hall, 1))
    trouble = until(lambda: hall.client[hall.budi].troubles.find_one({"early": True}))
    assert trouble["attempts"] >= 1 and trouble["subject"] == "a0"
    gate.set()
    until(lambda: hall.effects())
    assert set(hall.effects().values()) == {1} and len(tries) >= 2
    until(lambda: hall.client[hall.budi].troubles.count_documents({}) == 0)
    assert hall.parked() == []


@pytest.mark.parametrize("slow", [False, True])
def test_a_handler_that_fails_twice_and_then_works_leaves_no_trouble(hall, slow):
    def fail_twice():
        if (hall.client[hall.budi].tallies.find_one({"_id": "retried"}) or {"n": 0})["n"] < 2:
            raise OSError("the printer is off")

    def act(book, event):
        fail_twice()
        remember(book, event)

    def act_slow(reader, event):
        fail_twice()
        return lambda book: remember(book, event)

    hall.listening(act_slow if slow else act, slow=slow)
    [id] = hall.saying().say(*things(hall, 1))
    until(lambda: hall.effects() == {id: 1})
    until(lambda: hall.client[hall.budi].troubles.count_documents({}) == 0, 3)
    assert hall.client[hall.budi].tallies.find_one({"_id": "retried"})["n"] >= 2
    assert hall.parked() == []


def test_a_retry_carries_attempts_times_and_reason_and_the_same_bytes(hall):
    """Seen on the wire: the message between its tries."""
    hall.listening(lambda book, event: 1 / 0)
    [id] = hall.saying().say(*things(hall, 1))
    name = f"seen.{hall.tag}"
    with Connection(hall.broker_url) as connection:
        channel = connection.channel()
        channel.queue_declare(name, exclusive=True)
        channel.queue_bind(name, topology.retry_exchange(PAUSES[-1]))
        seen: amqp.Message = until(lambda: channel.basic_get(name, no_ack=True))
    assert seen.headers["attempts"] == len(PAUSES) and seen.headers["reason"].startswith("ZeroDivisionError")
    assert seen.headers["first_failed"] < seen.headers["last_failed"]
    assert seen.properties["message_id"] == id and seen.properties["delivery_mode"] == 2
    until(lambda: hall.waiting("parked") > 0)
    [entry] = hall.parked()
    assert bytes(entry["body"]) == bytes(seen.body)


def test_documents_that_cannot_be_stored_fail_alone_and_the_room_lives(hall):
    values = {"decimal": Decimal("1.5"), "date": date(2016, 3, 7), "huge": 2**70, "17 MB": "x" * 17_000_000}

    def act(book, event):
        remember(book, event)
        if event.how:
            book.put("records", {"_id": event.how, "history": [], "value": values[event.how]})

    bad = [hall.Thing(application_id=how, how=how) for how in values]
    ids = hall.saying().say(*things(hall, 3), *bad)
    hall.listening(act)
    until(lambda: hall.waiting("parked") == len(values), 20)
    assert hall.effects() == dict.fromkeys(ids[:3], 1)
    assert {entry["application"] for entry in hall.parked()} == set(values)


def test_envelopes_with_odd_fields_park_and_good_facts_beside_them_take_effect(hall):
    odd = [{"id": {"a": 1}}, {"id": 7}, {"type": ["x"]}, {"subject": None}, {"traceparent": "nonsense"}]
    odd += [{"traceparent": 5}, {"data": "nothing"}, {"data": None}]
    saying = hall.saying()
    fact = wrap(hall.Thing(application_id="odd"), Cause.first(), saying.desk.clock())
    bodies = [orjson.dumps(fact | change) for change in odd]
    for body in bodies:
        send(hall, hall.hears_thing.queue, body)
    ids = saying.say(*things(hall, 3))
    hall.listening(lambda book, event: (remember(book, event), book.say(hall.Echo(application_id="x"))))
    until(lambda: hall.waiting("parked") == len(odd))
    until(lambda: hall.effects() == dict.fromkeys(ids, 1))
    assert {bytes(entry["body"]) for entry in hall.parked()} == set(bodies)


def test_odd_headers_do_not_stop_the_room(hall):
    saying = hall.saying()
    odd = [{"attempts": "many"}, {"attempts": {"a": 1}}, {"first_failed": 5, "attempts": -3}, {"attempts": 10**12}]
    facts = [wrap(hall.Thing(application_id="odd"), Cause.first(), saying.desk.clock()) for _ in odd]
    for fact, headers in zip(facts, odd, strict=True):
        send(hall, hall.hears_thing.queue, orjson.dumps(fact), headers)
    ids = saying.say(*things(hall, 3))
    hall.listening(remember)
    until(lambda: set(ids) <= set(hall.effects()), 6)
    until(lambda: hall.waiting("parked") + len(hall.effects()) == len(odd) + len(ids), 6)


# --- the chain -------------------------------------------------------------------------------------------------------


def test_cause_trace_and_actor_are_carried_from_fact_to_fact(hall):
    def echo(book, event):
        book.say(hall.Echo(application_id=event.application_id, n=event.n + 1))

    hall.listening(echo)
    cause = Cause("told-by-hand", "00-" + "ab" * 16 + "-" + "cd" * 8 + "-01", "counter-1", "counter")
    [first] = hall.saying().say(hall.Thing(application_id="a1", n=1), cause=cause)
    [second] = until(lambda: hall.facts(hall.budi))
    [fact] = hall.facts()
    assert fact["id"] == first and fact["causationid"] == "told-by-hand"
    assert second["causationid"] == first
    traces = [e["traceparent"].split("-") for e in (fact, second)]
    assert {t[1] for t in traces} == {"ab" * 16} and len({t[2] for t in traces}) == 2
    assert {(e["actorid"], e["actorrole"]) for e in (fact, second)} == {("counter-1", "counter")}
    assert second["specversion"] == "1.0" and second["type"] == f"ptsp.{hall.budi}.Echo.v1"
    assert (second["source"], second["subject"]) == (f"/ptsp/{hall.budi}", "a1")
    assert second["data"] == {"application_id": "a1", "n": 2}
