"""What a room looks for by itself, on a real database: all that is due, each once, nothing in the way of the rest."""

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest

from plumbing.messaging.book import Reader
from plumbing.messaging.desk import Desk
from plumbing.messaging.doors import connect, set_up_database
from plumbing.messaging.envelope import new_id
from plumbing.messaging.watch import AT_ONCE, Due, Watch, look_once
from services.intake import bells, clock, store
from tests.integration.bus_toys import until
from tests.unit.test_rooms_intake_clock import Desk as Counter
from tests.unit.test_rooms_intake_clock import at
from values.clock import Pause

MANY = 2 * AT_ONCE + 50
LATER = datetime.now(UTC) + timedelta(days=3650)


class Room:
    """A database of its own with intake's collections, and as many desks as are asked for."""

    def __init__(self, url: str):
        self.url, self.name = url, f"watch_{new_id()[-12:]}"
        set_up_database(url, self.name, store.COLLECTIONS)
        self.client = connect(url)
        self.clients = [self.client]

    @property
    def files(self):
        return self.client[self.name].applications

    @property
    def said(self) -> list[dict]:
        return [document["envelope"] for document in self.client[self.name].journal.find({})]

    def desk(self, instance: str = "1") -> Desk:
        self.clients.append(connect(self.url))
        return Desk(self.clients[-1], self.name, instance, store.RECORDS)

    def put(self, shape: dict, files: int, **changes) -> list[str]:
        ids = [new_id() for _ in range(files)]
        self.files.insert_many([{**shape, **changes, "_id": id, "lane": store.lane_of(id)} for id in ids])
        return ids

    def close(self) -> None:
        for client in self.clients:
            client.close()


@pytest.fixture
def room(stack) -> Iterator[Room]:
    room = Room(stack.environment("set_up")["PTSP_DATABASE_URL"])
    yield room
    room.close()


@pytest.fixture
def registered() -> dict:
    """A file as intake keeps it, with the team since 1 March 2016: all its six bells are long past."""
    counter = Counter(luas_m2="100.00", waktu="tetap").check()
    return counter.drawers.get("applications", counter.file.id)


def test_one_look_takes_all_that_is_due_the_oldest_first_and_each_rings_once(room, registered):
    today = datetime.now(UTC)
    old, older = (room.put(registered, MANY, bell_at=today - timedelta(days=days)) for days in (1, 400))
    room.put(registered, 5, bell_at=LATER)
    found = list(store.with_bell_due(Reader(room.client[room.name])))
    assert (set(found[:MANY]), set(found[MANY:])) == (set(older), set(old))
    assert look_once("intake", room.desk(), "ring_bells", bells.due) == 2 * MANY
    assert len(room.said) == 6 * 2 * MANY
    assert look_once("intake", room.desk(), "ring_bells", bells.due) == 0
    assert len(room.said) == 6 * 2 * MANY


def test_two_instances_that_look_at_the_same_time_ring_each_bell_once(room, registered):
    files = room.put(registered, MANY)
    start = threading.Barrier(2)

    def look(desk: Desk) -> None:
        start.wait()
        look_once("intake", desk, "ring_bells", bells.due)

    both = [threading.Thread(target=look, args=(room.desk(instance),)) for instance in ("1", "2")]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    while look_once("intake", room.desk("3"), "ring_bells", bells.due):
        pass
    told = [(envelope["subject"], envelope["type"], envelope["data"].get("level")) for envelope in room.said]
    bells_of_each = 6
    assert {subject for subject, *_ in told} == set(files) and len(told) == bells_of_each * MANY
    for file in room.files.find({}):
        rung = [each["what"] for each in file["history"] if each["what"].startswith("rang:")]
        assert len(rung) == len(set(rung)) == bells_of_each


def test_files_whose_bells_moved_later_leave_the_look_and_a_file_behind_them_rings(room, registered, monkeypatch):
    """More than five hundred files stood before the one whose bell is due; a declaration had moved their limits."""
    lasting = [Pause(at(2), LATER, "force_majeure:1")]
    concerned, real = set(room.put(registered, 550, bell_at=at(3))), clock.pauses_of
    (behind,) = room.put(registered, 1, bell_at=at(4))
    monkeypatch.setattr(clock, "pauses_of", lambda a, way=None: lasting if a.id in concerned else real(a, way))
    desk = room.desk()
    look_once("intake", desk, "ring_bells", bells.due)
    assert {envelope["subject"] for envelope in room.said} == {behind}
    assert look_once("intake", desk, "ring_bells", bells.due) == 0
    moved = room.files.count_documents({"bell_at": {"$gt": LATER}})
    assert moved == len(concerned)


def test_files_that_another_catalogue_planned_are_planned_anew_and_what_is_overdue_rings(room, registered):
    files = room.put(registered, MANY, bell_at=LATER, planned_by="0" * 16)
    room.put(registered, 5, bell_at=LATER)
    desk = room.desk()
    assert look_once("intake", desk, "ring_bells", bells.due) == 0
    assert look_once("intake", desk, "plan_bells_anew", bells.outdated) == MANY
    assert {envelope["subject"] for envelope in room.said} == set(files)
    assert look_once("intake", desk, "plan_bells_anew", bells.outdated) == 0


def test_what_fails_is_noted_once_stands_in_nobodys_way_and_is_cleared_when_it_succeeds(room, registered):
    spoiled = room.put(registered, 3, edition="no such edition", bell_at=at(1))
    sound = room.put(registered, AT_ONCE)
    desk = room.desk()
    for _ in range(2):
        look_once("intake", desk, "ring_bells", bells.due)
    assert {envelope["subject"] for envelope in room.said} == set(sound)
    assert sorted(trouble["subject"] for trouble in room.client[room.name].troubles.find({})) == sorted(spoiled)
    room.files.update_many({"_id": {"$in": spoiled}}, {"$set": {"edition": registered["edition"]}})
    assert look_once("intake", desk, "ring_bells", bells.due) == 3
    assert room.client[room.name].troubles.count_documents({}) == 0


def test_a_watch_looks_by_itself_and_finds_again_what_comes_back_under_the_same_key(room):
    """What is due is seen by its record: no memory beside it says that it was done before."""
    files = room.client[room.name].applications

    def settle(book, id: str) -> None:
        book.put("applications", book.get("applications", id) | {"due": False})

    def look(reader: Reader) -> list[Due]:
        return [
            Due(f"toy:{d['_id']}", d["_id"], partial(settle, id=d["_id"]))
            for d in reader.find("applications", {"due": True})
        ]

    watch = Watch("toy", room.desk(), [("toy", 0.05, look)])
    watch.start()
    try:
        for _ in range(2):
            files.replace_one({"_id": "1"}, {"_id": "1", "due": True}, upsert=True)
            until(lambda: files.find_one({"_id": "1"})["due"] is False)
    finally:
        watch.stop(5)
    assert room.client[room.name].handled.count_documents({}) == 0
