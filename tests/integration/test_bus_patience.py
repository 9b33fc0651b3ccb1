"""People who ask a room wait for what they asked, not for everything else that waits there."""

import threading
import time
from uuid import uuid4

import pytest
from bus_toys import Hall, until

from plumbing.messaging import listener
from plumbing.messaging.calls import Office
from plumbing.messaging.item import Door

WHO = "whoever; the toy rooms believe everybody"


@pytest.fixture
def hall(stack):
    hall = Hall(stack.environment("set_up"), uuid4().hex[:8])
    hall.set_up()
    yield hall
    hall.tear_down()


class Desk:
    """The room `ada`, whose first command lasts until it is let go; `done` is what it did, in order."""

    def __init__(self, hall: Hall):
        self.hall, self.done = hall, []
        self.began, self.go_on = threading.Event(), threading.Event()
        commands = [Door("do", hall.Do, self._do), Door("ask", hall.Ask, lambda reader, asked, actor: asked.n)]
        echo = Door("on_echo", hall.Echo, lambda book, event: self._note(f"fact {event.n}"))
        self.room = hall.room(hall.ada, {"commands": commands, hall.hears_echo.queue: [echo]}).start()
        self.office = Office(hall.broker_url)

    def _do(self, book, order):
        if not self.began.is_set():
            self.began.set()
            self.go_on.wait(20)
        self._note(f"command {order.n}")
        return order.n

    def _note(self, what: str) -> None:
        self.done.append(what)

    def order(self, n: int):
        return self.hall.Do(command_id=uuid4().hex, n=n)


@pytest.fixture
def desk(hall):
    desk = Desk(hall)
    yield desk
    desk.go_on.set()
    desk.office.close()


def test_a_question_is_answered_while_a_transaction_lasts(hall, desk):
    lasting = desk.office.send(desk.order(1), WHO)
    until(desk.began.is_set)
    assert desk.office.call(hall.Ask(n=4), WHO) == 4
    assert not lasting.done()
    desk.go_on.set()
    assert desk.office.result(lasting) == 1


def test_a_command_goes_before_the_facts_that_wait_and_these_keep_their_order(hall, desk):
    first = desk.office.send(desk.order(1), WHO)
    until(desk.began.is_set)
    speaker = hall.room(hall.budi, {"commands": []}).start(listen=False)
    speaker.say(*[hall.Echo(application_id="one", n=n) for n in range(3)])
    until(lambda: len(desk.room.listener._waiting) == 3)
    second = desk.office.send(desk.order(2), WHO)
    until(lambda: len(desk.room.listener._waiting) == 4)
    desk.go_on.set()
    assert (desk.office.result(first), desk.office.result(second)) == (1, 2)
    until(lambda: len(desk.done) == 5)
    assert desk.done == ["command 1", "command 2", "fact 0", "fact 1", "fact 2"]


def test_where_works_are_slow_fewer_share_a_transaction_until_they_are_fast_again(hall, monkeypatch):
    monkeypatch.setattr(listener, "PATIENCE", 0.2)
    slow, sizes = 0.03, []
    fit = max(listener.FEWEST, int(0.2 / slow))
    room = hall.listening(lambda book, event: time.sleep(slow))
    settle = room.desk.settle
    monkeypatch.setattr(room.desk, "settle", lambda works: (sizes.append(len(works)), settle(works))[1])
    speaker = hall.saying()

    def say(facts: int) -> list[int]:
        """How many shared each transaction in which these were taken in."""
        sizes.clear()
        speaker.say(*[hall.Thing(application_id="one", n=n) for n in range(facts)])
        until(lambda: sum(sizes) == facts)
        return list(sizes)

    for _ in range(4):
        taken = say(24)
    assert max(taken) <= fit, taken
    slow = 0
    until(lambda: max(say(100)) > fit, 60)
