"""What was put aside is filed once, given back or given up, and audited; the bus is seen in one look."""

import threading
from uuid import uuid4

import jwt
import orjson
import pytest
from bus_toys import Hall, remember, shorten_pauses, until
from pymongo.errors import AutoReconnect

from contracts.people import Actor
from plumbing.messaging import topology
from plumbing.messaging.calls import Office
from plumbing.messaging.item import Door
from plumbing.messaging.operations.broker import Broker, BusAway
from plumbing.messaging.operations.status import look
from plumbing.messaging.parked import By, Parked, short
from plumbing.messaging.publisher import Letter, Publisher
from plumbing.messaging.topology import PARKED, commands_queue
from values.refusal import Refusal

ME = By("loket", "operator-1")
WHY = "pencetak sudah menyala lagi"


@pytest.fixture
def hall(stack, monkeypatch):
    shorten_pauses(monkeypatch.setattr)
    monkeypatch.setitem(topology.PARKS_WHAT_DIES, "x-delivery-limit", 2)
    hall = Hall(stack.environment("set_up"), uuid4().hex[:8])
    hall.set_up()
    yield hall
    hall.tear_down()


@pytest.fixture
def book(stack, hall):
    """The operator's tools with the operator's own rights on the broker."""
    office = stack.environment("office")
    broker = Broker(office["PTSP_MANAGEMENT_URL"], office["PTSP_OPERATOR_BROKER_URL"])
    yield Parked(broker, hall.client[f"bus_{hall.tag}"])
    broker.publisher.close()


def put_aside(hall: Hall, body: bytes = b"not json", headers: dict | None = None, queue: str | None = None) -> None:
    """Lay a message on the tray as a room does."""
    history = {"queue": queue or hall.hears_thing.queue, "room": hall.budi, "attempts": 3, "reason": "OSError: off"}
    times = {"first_failed": "2016-03-07T02:00:00+00:00", "last_failed": "2016-03-07T03:00:00+00:00"}
    publisher = Publisher(hall.broker_url)
    publisher.publish([Letter(PARKED, history["queue"], body, history | times | (headers or {}), "m-1")])
    publisher.close()


def only(book: Parked) -> dict:
    book.file()
    [entry] = book.open()
    return book.find(short(entry))


def refusal_code(act) -> str:
    with pytest.raises(Refusal) as caught:
        act()
    return caught.value.code


# --- filing ----------------------------------------------------------------------------------------------------------


def test_an_entry_says_what_where_since_when_why_and_how_often(hall, book):
    put_aside(hall, headers={"traceback": "Traceback: here", "odd": {"a": [1]}})
    entry = only(book)
    assert (entry["room"], entry["handler"], entry["queue"]) == (hall.budi, "on_thing", hall.hears_thing.queue)
    assert (entry["attempts"], entry["reason"], entry["traceback"]) == (3, "OSError: off", "Traceback: here")
    assert f"{entry['first_failed']:%H:%M}" == "02:00" and f"{entry['last_failed']:%H:%M}" == "03:00"
    assert (bytes(entry["body"]), entry["state"], entry["by"], entry["command"]) == (b"not json", "open", "room", False)


def test_the_same_message_on_the_tray_twice_is_one_entry(hall, book):
    put_aside(hall)
    put_aside(hall)
    assert book.file() == 2
    assert len(book.open()) == 1
    put_aside(hall, headers={"last_failed": "2016-03-08T03:00:00+00:00"})
    book.file()
    assert len(book.open()) == 2, "put aside again after another try is another entry"


def test_what_cannot_be_written_into_the_book_stays_on_the_tray(hall, book, monkeypatch):
    put_aside(hall)

    def away(*_, **__):
        raise AutoReconnect("gone")

    with monkeypatch.context() as patch:
        patch.setattr("pymongo.collection.Collection.bulk_write", away)
        with pytest.raises(AutoReconnect):
            book.file()
    until(lambda: hall.waiting(PARKED) == 1)
    assert book.file() == 1 and len(book.open()) == 1


def test_filing_again_never_opens_what_was_settled(hall, book):
    put_aside(hall)
    book.discard(only(book), ME, "sudah ditangani di loket")
    put_aside(hall)
    assert book.file() == 1
    assert book.open() == []


def test_hundreds_are_filed_in_one_go(hall, book):
    publisher = Publisher(hall.broker_url)
    publisher.publish([Letter(PARKED, "x", b"%d" % n, {"queue": hall.hears_thing.queue}, str(n)) for n in range(350)])
    publisher.close()
    assert book.file() == 350
    assert len(book.open()) == 350


def test_a_message_that_killed_its_room_again_and_again_is_parked_by_the_broker_and_said_so(hall, book):
    [id] = hall.saying().say(hall.Thing(application_id="killer"))
    until(lambda: hall.waiting(hall.hears_thing.queue) == 1)
    for _ in range(3):  # taken, and never heard of again
        with hall.broker.connect() as connection:
            channel = connection.channel()
            until(lambda channel=channel: channel.basic_get(hall.hears_thing.queue))
    until(lambda: hall.waiting(PARKED) == 1)
    entry = only(book)
    assert (entry["by"], entry["event"], entry["application"]) == ("broker", id, "killer")
    assert entry["queue"] == hall.hears_thing.queue and entry["reason"].startswith("DeliveryLimit")
    hall.listening(remember)
    book.replay(entry, ME, WHY)
    until(lambda: hall.effects() == {id: 1})


# --- replay and discard ----------------------------------------------------------------------------------------------


def test_what_was_put_aside_is_replayed_byte_for_byte_with_all_tries_before_it_and_takes_effect_once(hall, book):
    mended, seen = threading.Event(), []

    def act(book_, event):
        if not mended.is_set():
            raise OSError("the printer is off")
        remember(book_, event)

    room = hall.listening(act)
    [id] = hall.saying().say(hall.Thing(application_id="a1"))
    until(lambda: hall.waiting(PARKED) == 1)
    entry = only(book)
    assert entry["attempts"] == len(topology.PAUSES) + 1

    book.replay(entry, ME, WHY)  # not mended yet: the whole way again
    until(lambda: hall.waiting(PARKED) == 1)
    again = only(book)
    assert again["_id"] != entry["_id"] and again["attempts"] == entry["attempts"]
    assert bytes(again["body"]) == bytes(entry["body"]) and again["first_failed"] > entry["last_failed"]

    mended.set()
    take = room.listener.inlet.take
    room.listener.inlet.take = lambda item: (seen.append(item.headers), take(item))
    book.replay(again, ME, WHY)
    until(lambda: hall.effects() == {id: 1})
    assert not {"attempts", "first_failed", "reason", "traceback", "queue"} & set(seen[0])
    settled = book.find(short(again))
    assert settled["state"] == "replayed" and settled["audit"][0]["operator"] == "operator-1"
    assert [(a["what"], a["entry"], a["os_user"]) for a in book.bus.audit.find({})] == [
        ("replay", entry["_id"], "loket"),
        ("replay", again["_id"], "loket"),
    ]
    assert refusal_code(lambda: book.replay(settled, ME, WHY)) == "already_settled"


def test_replaying_what_has_taken_effect_meanwhile_changes_nothing(hall, book):
    hall.listening(remember)
    [id] = hall.saying().say(hall.Thing(application_id="a1"))
    until(lambda: hall.effects() == {id: 1})
    [fact] = hall.facts()
    put_aside(hall, orjson.dumps(fact))
    book.replay(only(book), ME, WHY)
    until(lambda: hall.client[hall.budi].tallies.find_one({"_id": "duplicates"}))
    assert hall.effects() == {id: 1}


def test_a_command_is_not_replayed_and_its_sender_is_named(hall, book):
    said = jwt.encode({"actor": {"id": "counter-1", "role": "counter"}}, "a key that no room of ours will ever believe")
    put_aside(hall, queue=commands_queue(hall.ada), headers={"statement": said})
    entry = only(book)
    with pytest.raises(Refusal) as caught:
        book.replay(entry, ME, WHY)
    assert caught.value.code == "command_not_replayed" and "counter-1" in caught.value.remedy
    assert book.find(short(entry))["state"] == "open"
    assert hall.waiting(commands_queue(hall.ada)) == 0


def test_a_message_whose_queue_is_gone_is_not_sent_into_the_void(hall, book):
    put_aside(hall, queue="budi.on_nothing.ada.Nothing")
    assert refusal_code(lambda: book.replay(only(book), ME, WHY)) == "no_such_queue"


def test_discarding_needs_a_reason_that_says_something_and_is_for_good(hall, book):
    put_aside(hall)
    entry = only(book)
    for reason in ("", "ok", "   selesai   "):
        assert refusal_code(lambda reason=reason: book.discard(entry, ME, reason)) == "reason_too_short"
    book.discard(entry, ME, "pemohon sudah dilayani langsung")
    settled = book.find(short(entry))
    assert settled["state"] == "discarded" and settled["audit"][0]["why"] == "pemohon sudah dilayani langsung"
    [line] = book.bus.audit.find({})
    assert (line["what"], line["why"], line["operator"]) == ("discard", "pemohon sudah dilayani langsung", "operator-1")
    for act in (lambda: book.replay(settled, ME, WHY), lambda: book.discard(settled, ME, "pemohon sudah dilayani")):
        assert refusal_code(act) == "already_settled"


def test_an_entry_is_found_by_the_beginning_of_its_id_and_by_nothing_else(hall, book):
    put_aside(hall)
    entry = only(book)
    assert book.find(entry["_id"][:4].upper())["_id"] == entry["_id"]
    for typed in ("", "abc", "zzzz", "../etc", "$gt", "0000"):
        assert refusal_code(lambda typed=typed: book.find(typed)) == "unknown_entry"
    book.bus.parked.insert_one(book.bus.parked.find_one({}) | {"_id": entry["_id"][:-1] + "z"})
    assert refusal_code(lambda: book.find(short(entry))) == "ambiguous_entry"


# --- one look --------------------------------------------------------------------------------------------------------


def test_the_look_tells_a_room_that_is_down_from_one_that_works(hall):
    hall.listening(remember)
    hall.saying().say(hall.Thing(application_id="a1"))
    until(lambda: len(hall.effects()) == 1)
    state = until(lambda: _look(hall, lambda s: s.rooms[1].closed == 0))
    ada, budi = state.rooms
    assert (ada.down, ada.closed, ada.doors) == (True, 2, 2)
    assert (budi.down, budi.closed, budi.doors) == (False, 0, 2), "a room answers commands also when it knows none"
    assert state.needs_somebody


def test_the_look_shows_what_waits_what_is_retried_and_what_needs_somebody(hall):
    room = hall.saying()
    room.say(*[hall.Thing(application_id=f"a{n}") for n in range(3)])
    until(lambda: _look(hall, lambda s: s.rooms[1].waiting == 3))
    gate = threading.Event()

    def act(book, event):
        if not gate.is_set():
            raise OSError("the printer is off")
        remember(book, event)

    hall.listening(act)
    state = until(lambda: _look(hall, lambda s: s.rooms[1].retrying > 0))
    trouble = state.troubles[0]
    assert trouble.room == hall.budi and trouble.reason.startswith("OSError") and trouble.attempts >= 1
    assert trouble.next_try > trouble.since
    until(lambda: _look(hall, lambda s: s.rooms[1].parked == 3 and s.rooms[1].retrying == 0))
    hall.client[hall.ada].outbox.insert_one({"_id": "00000000-0000-7000-8000-000000000000", "events": []})
    state = _look(hall, lambda s: True)
    assert state.rooms[0].unsent == 1 and state.rooms[0].oldest.year == 1970


def _look(hall: Hall, right):
    state = look(hall.broker, hall.client, f"bus_{hall.tag}", (hall.ada, hall.budi))
    return state if right(state) else None


def test_queues_that_go_while_they_are_counted_hide_no_other(hall, monkeypatch):
    there = hall.broker.figures()
    listed = hall.broker._get

    def with_ghosts(path: str) -> list[dict]:
        known = listed(path)
        return [{"name": "ghost.1"}, *known[:1], {"name": "ghost.2"}, {"name": "ghost.3"}, *known[1:]]

    monkeypatch.setattr(hall.broker, "_get", with_ghosts)
    assert hall.broker.figures().keys() == there.keys()


def test_a_note_left_over_from_what_has_succeeded_is_not_shown(hall):
    note = {"queue": "q", "type": "ptsp.a.B.v1", "subject": "a1", "reason": "OSError", "early": False, "attempts": 1}
    times = {"first_failed": "2016-03-07T02:00:00+00:00", "last_failed": "2016-03-07T02:00:00+00:00", "pause_ms": 1000}
    hall.client[hall.budi].troubles.insert_one({"_id": "on_thing:1"} | note | times)
    assert len(_look(hall, lambda s: True).troubles) == 1
    hall.client[hall.budi].handled.insert_one({"_id": "on_thing:1"})
    assert _look(hall, lambda s: True).troubles == []


def test_a_broker_or_database_that_is_away_is_said_in_words(hall):
    nowhere = Broker("http://operator:secret@127.0.0.1:1", hall.broker_url)
    with pytest.raises(BusAway, match="tidak dapat dihubungi") as caught:
        look(nowhere, hall.client, f"bus_{hall.tag}", (hall.ada,))
    assert "secret" not in str(caught.value)
    with pytest.raises(BusAway, match="tidak dapat dihubungi"):
        Broker("http://x:y@127.0.0.1:1", "amqp://operator:secret@127.0.0.1:1/ptsp").connect()
    intruder = Broker(hall.environment["PTSP_MANAGEMENT_URL"].replace("admin:", "admin:not"), hall.broker_url)
    with pytest.raises(BusAway, match="ditolak"):
        intruder.hearings()


def test_hearings_are_what_is_bound(hall):
    heard = [h for h in hall.broker.hearings() if hall.tag in h.room]
    assert [(h.room, h.handler, h.said_by, h.event) for h in heard] == [
        (hall.ada, "on_echo", hall.budi, "Echo"),
        (hall.budi, "on_thing", hall.ada, "Thing"),
    ]


def test_a_room_with_its_own_rights_only_says_hears_retries_parks_and_answers(stack, hall):
    """The rights of a real room on broker and database, for rooms of other names."""

    def act(book, event):
        if event.how == "poison":
            raise OSError("the printer is off")
        remember(book, event)

    hall.listening(act, **hall.rights_of(hall.budi))
    door = Door("do", hall.Do, lambda book, order: book.say(hall.Thing(application_id="a1", how=order.how)))
    officer = Actor(id="counter-1", role="counter")
    hall.room(hall.ada, {"commands": [door]}, authorise=lambda *_: officer, **hall.rights_of(hall.ada)).start()
    office = Office(stack.environment("office")["PTSP_BROKER_URL"])
    for how in ("well", "poison"):
        office.call(hall.Do(command_id=f"c-{hall.tag}-{how}", how=how), "x")
    until(lambda: len(hall.effects()) == 1)
    until(lambda: hall.waiting(PARKED) == 1)
    [entry] = hall.parked()
    assert (entry["room"], entry["attempts"]) == (hall.budi, len(topology.PAUSES) + 1)
    office.close()
