"""Broker or database restarted or cut off while working: the rooms keep their work, come back by themselves, go on."""

import os
import signal
import subprocess
import sys
import threading
import time
from uuid import uuid4

import pytest
from bus_toys import Hall, Line, remember, shorten_pauses, until
from kombu import Connection

from contracts.people import Actor
from plumbing.messaging import inlet
from plumbing.messaging.calls import Away, Office
from plumbing.messaging.desk import DatabaseAway, Work
from plumbing.messaging.envelope import Cause
from plumbing.messaging.item import Door


@pytest.fixture
def hall(stack, monkeypatch):
    shorten_pauses(monkeypatch.setattr)
    hall = Hall(stack.environment("set_up"), uuid4().hex[:8])
    hall.set_up()
    yield hall
    hall.tear_down()


@pytest.fixture
def line(hall):
    return hall.line(hall.broker_url)


class Traffic(threading.Thread):
    """States facts, a few at a time, whatever happens to the parts; each is stated once, for it says so itself."""

    def __init__(self, hall: Hall, room, facts: int):
        super().__init__(daemon=True)
        self.hall, self.room, self.facts, self.told = hall, room, facts, 0

    def run(self) -> None:
        while self.told < self.facts:
            few = range(self.told, min(self.told + 5, self.facts))
            works = [Work(f"tell:{n}", f"a{n}", self._act(n), Cause.first()) for n in few]
            try:
                outcomes = self.room.desk.settle(works)
            except DatabaseAway:
                time.sleep(0.1)
                continue
            assert {o.verdict for o in outcomes} <= {"done", "duplicate"}
            self.told += len(works)
            time.sleep(0.005)

    def _act(self, n: int):
        return lambda book: book.say(self.hall.Thing(application_id=f"a{n}", n=n))


def all_once(hall: Hall, count: int, seconds: float = 75) -> None:
    """Every fact stated and in effect exactly once, and nothing left anywhere. A line that was cut without a word is
    missed after two heartbeats, half a minute."""
    until(lambda: len(hall.effects()) == count, seconds)
    facts = hall.facts()
    assert len(facts) == count
    assert hall.effects() == {fact["id"]: 1 for fact in facts}
    until(lambda: hall.client[hall.ada].outbox.count_documents({}) == 0)
    until(lambda: hall.waiting(hall.hears_thing.queue) == 0)
    assert hall.parked() == []


@pytest.mark.parametrize("part", ["broker", "database"])
def test_a_part_is_killed_while_the_rooms_work_and_every_fact_takes_effect_once(stack, hall, part):
    hall.listening(remember)
    traffic = Traffic(hall, hall.saying(), 400)
    traffic.start()
    until(lambda: traffic.told > 100)
    stack.kill(part)
    until(lambda: stack.parts()[part].well, 30)
    traffic.join(30)
    assert traffic.told == 400
    all_once(hall, 400)


def test_a_line_that_is_cut_again_and_again_loses_and_doubles_nothing(hall, line):
    hall.listening(remember, broker_url=line.url)
    traffic = Traffic(hall, hall.saying(broker_url=line.url), 400)
    traffic.start()
    for told in (50, 150, 250, 350):
        until(lambda told=told: traffic.told >= told)
        line.cut()
        time.sleep(0.15)
        line.mend()
    traffic.join(20)
    all_once(hall, 400)


def test_a_room_that_finds_only_silence_where_the_broker_was_comes_back(hall, line, monkeypatch):
    """Connections are accepted and nothing is said on them, longer than a dialling takes to give up."""
    impatient = {"connect_timeout": 0.3}
    monkeypatch.setattr(inlet, "Connection", lambda url, **options: Connection(url, **options | impatient))
    hall.listening(remember, broker_url=line.url)
    hall.saying().say(hall.Thing(application_id="a0"))
    until(lambda: len(hall.effects()) == 1)
    line.cut()
    line.hold()
    time.sleep(3.5)  # dialled, waited two seconds, dialled again
    line.cut()
    line.mend()
    hall.rooms[-1].say(hall.Thing(application_id="a1"))
    until(lambda: len(hall.effects()) == 2, 8)


def test_after_the_line_was_cut_a_failure_is_still_sent_its_way(hall, line):
    """The first failure after a reconnection finds the old connection for retries and parking broken."""
    hall.listening(lambda book, event: 1 / 0, broker_url=line.url)
    room = hall.saying()
    room.say(hall.Thing(application_id="before"))
    until(lambda: hall.waiting("parked") == 1)
    line.cut()
    line.mend()
    room.say(hall.Thing(application_id="after"))
    until(lambda: {entry["application"] for entry in hall.parked()} == {"before", "after"}, 8)


def test_a_command_right_after_the_line_was_cut_is_answered(hall, line):
    door = Door("do", hall.Do, lambda book, order: {"n": order.n}, roles=("counter",))
    hall.room(hall.ada, {"commands": [door]}, authorise=lambda *_: Actor(id="counter-1", role="counter")).start()
    office = Office(line.url)
    assert office.call(hall.Do(command_id="c-00000001", n=1), "x")["n"] == 1
    line.cut()
    line.mend()
    time.sleep(1.2)  # both ends are back
    assert office.call(hall.Do(command_id="c-00000002", n=2), "x", timeout=3)["n"] == 2
    line.cut()
    with pytest.raises(Away):
        office.call(hall.Do(command_id="c-00000003", n=3), "x", timeout=1)
    line.mend()
    until(lambda: _answered(office, hall.Do(command_id="c-00000003", n=3)), 8)
    office.close()


def _answered(office: Office, order) -> bool:
    try:
        return office.call(order, "x", timeout=1)["n"] == order.n
    except Away:
        return False


@pytest.mark.parametrize("slow", [False, True])
def test_an_absent_database_is_waited_for_and_no_try_is_spent_on_it(hall, slow):
    """Longer than all pauses between tries together, and longer than the driver looks for a server."""
    line = hall.line(hall.database_url)
    act = (lambda reader, event: lambda book: remember(book, event)) if slow else remember
    hall.listening(act, slow=slow, database_url=line.url)
    room = hall.saying(instance="2")
    first = room.say(hall.Thing(application_id="a0"))
    until(lambda: len(hall.effects()) == 1)
    line.cut()
    ids = first + room.say(*[hall.Thing(application_id=f"a{n}") for n in range(10)])
    time.sleep(3.8 if slow else 1.5)
    line.mend()
    until(lambda: hall.effects() == dict.fromkeys(ids, 1), 20)
    assert hall.parked() == []
    assert hall.client[hall.budi].tallies.find_one({"_id": "retried"}) is None


@pytest.mark.parametrize("documents", [1, 40], ids=["small batch", "large batch"])
def test_a_write_under_way_when_the_database_goes_is_written_again_and_is_no_failure(hall, documents):
    line, tries = hall.line(hall.database_url), []
    room = hall.room(hall.ada, {"commands": []}, database_url=line.url)

    def act(book):
        tries.append(1)
        for n in range(documents):
            book.put("records", {"_id": f"{n}", "history": []})
        if len(tries) == 1:
            line.hold()  # what is written now is on its way and never arrives
            threading.Timer(0.2, line.cut).start()
            threading.Timer(0.6, line.mend).start()
        return "written"

    [outcome] = room.desk.settle([Work("once", "0", act, Cause.first())])
    assert (outcome.verdict, outcome.error, outcome.answer) == ("done", None, "written")
    assert hall.client[hall.ada].records.count_documents({}) == documents


@pytest.mark.parametrize("documents", [1, 40], ids=["small batch", "large batch"])
def test_two_instances_that_write_one_record_at_the_same_time_are_both_right(hall, documents):
    """The later one sees what the earlier one wrote and works anew; neither has failed."""
    first, second = (hall.room(hall.ada, {"commands": []}, instance=n) for n in "12")
    tries = []

    def add(book, name):
        record = book.get("records", "shared") or {"_id": "shared", "history": [], "names": []}
        book.put("records", record | {"names": [*record["names"], name]})
        for n in range(documents - 1):
            book.put("records", {"_id": f"{name}-{n}", "history": []})

    def act(book):
        tries.append(1)
        book.get("records", "shared")
        if len(tries) == 1:
            between = Work("second", "shared", lambda book: add(book, "second"), Cause.first())
            assert [o.verdict for o in second.desk.settle([between])] == ["done"]
        add(book, "first")

    opening = Work("opening", "shared", lambda book: add(book, "opening"), Cause.first())
    assert [o.verdict for o in second.desk.settle([opening])] == ["done"]
    [outcome] = first.desk.settle([Work("first", "shared", act, Cause.first())])
    assert (outcome.verdict, outcome.error) == ("done", None)
    assert hall.client[hall.ada].records.find_one({"_id": "shared"})["names"] == ["opening", "second", "first"]


# --- SIGTERM ---------------------------------------------------------------------------------------------------------


def test_sigterm_stops_a_room_within_ten_seconds_whatever_is_away(stack, tmp_path):
    """Real rooms as the launcher runs them, four at once: at rest, broker gone, broker silent, database silent."""
    stack.set_up()
    env = stack.environment("notification")
    broker, database = env["PTSP_BROKER_URL"], env["PTSP_DATABASE_URL"]
    lines = {"at rest": Line(broker), "broker gone": Line(broker), "broker silent": Line(broker)}
    lines |= {"database silent": Line(database)}
    rooms = {}
    for n, (name, line) in enumerate(lines.items()):
        where = {"PTSP_DATABASE_URL": line.url} if name == "database silent" else {"PTSP_BROKER_URL": line.url}
        settings = env | where | {"PTSP_READY_FILE": str(tmp_path / f"{n}"), "PTSP_INSTANCE": f"stop-{n}"}
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("PTSP_")}
        command = [sys.executable, "-m", "services", "notification"]
        rooms[name] = subprocess.Popen(command, env=inherited | settings, stderr=subprocess.DEVNULL)
    try:
        until(lambda: all((tmp_path / f"{n}").exists() for n in range(len(lines))), 30)
        lines["broker gone"].cut()
        lines["broker silent"].hold()
        lines["database silent"].hold()
        time.sleep(1)
        began = time.monotonic()
        for room in rooms.values():
            room.send_signal(signal.SIGTERM)
        took = {}
        while len(took) < len(rooms) and time.monotonic() - began < 15:
            ended = [name for name, room in rooms.items() if name not in took and room.poll() is not None]
            took |= dict.fromkeys(ended, time.monotonic() - began)
            time.sleep(0.02)
        assert set(took) == set(rooms), f"still running: {set(rooms) - set(took)}"
        assert max(took.values()) < 10, took
        assert [room.returncode for room in rooms.values()] == [0] * len(rooms)
    finally:
        for room in rooms.values():
            room.kill()
            room.wait()
        for line in lines.values():
            line.close()


@pytest.mark.parametrize("silent", [False, True], ids=["broker there", "broker silent"])
def test_sigterm_in_the_middle_of_work_stops_in_time_and_leaves_the_rest_to_the_successor(hall, line, silent):
    """What was begun is whole, nothing is doubled, and nobody waits for a broker that says nothing any more."""
    ids = hall.saying().say(*[hall.Thing(application_id=f"a{n}", n=n) for n in range(600)])
    child = hall.child(environment=hall.environment | {"PTSP_BROKER_URL": line.url})
    until(lambda: len(hall.effects()) > 0, 20)
    if silent:
        line.hold()
    began = time.monotonic()
    child.send_signal(signal.SIGTERM)
    assert child.wait(15) == 0
    assert time.monotonic() - began < 10
    line.cut()
    hall.listening(remember)
    until(lambda: len(hall.effects()) == 600, 20)
    assert hall.effects() == dict.fromkeys(ids, 1)
