"""The people of the demonstration ask until they are answered, and a command keeps its id through every repeat."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import pytest

from contracts import intake
from contracts.people import Actor
from plumbing.messaging.calls import Away, Fault
from plumbing.messaging.publisher import BrokerAway
from ptsp.demo import asking, demonstration
from ptsp.demo.asking import Caller
from values.refusal import Refusal

COMMAND = intake.WithdrawApplication.make_example()
COUNTER = Actor(id="counter-1", role="counter", unit="administrasi")


class FakeOffice:
    """Answers as told: a value, an exception, or nothing at all."""

    def __init__(self, *answers: Any):
        self.answers, self.asked = list(answers), []

    def send(self, command, statement, timeout) -> Future:
        self.asked.append(command.command_id)
        answer = self.answers.pop(0)
        if isinstance(answer, Away):
            raise answer
        future: Future = Future()
        if answer is not None:
            future.set_result(answer)
        return future

    def result(self, future: Future) -> Any:
        answer = future.result(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def close(self) -> None:
        pass


class FakeActors:
    def statement(self, actor: Actor) -> str:
        return f"I am {actor.id}"


@pytest.fixture
def ask(monkeypatch) -> Callable[..., tuple[Any, FakeOffice, Caller]]:
    monkeypatch.setattr(asking, "AWAY_PAUSE", 0.0)
    monkeypatch.setattr(asking, "SHORTEST_PAUSE", 0.0)
    monkeypatch.setattr(asking, "ANSWER_SECONDS", 0.02)

    def ask(*answers: Any, clicks: int = 1) -> tuple[Any, FakeOffice, Caller]:
        office = FakeOffice(*answers)
        monkeypatch.setattr(asking, "Office", lambda url: office)
        caller = Caller("amqp://nowhere", FakeActors(), lambda: None)
        try:
            return asyncio.run(caller.ask(COMMAND, COUNTER, clicks)), office, caller
        finally:
            caller.close()

    return ask


def test_a_command_nobody_answered_is_asked_again_under_the_same_id(ask):
    answer, office, caller = ask(Away("broker"), None, {"status": "withdrawn"})
    assert answer == {"status": "withdrawn"}
    assert office.asked == [COMMAND.command_id] * 3
    assert caller.counts["away"] == 2


def test_whoever_is_too_early_asks_again_a_moment_later(ask):
    early = Refusal("not_yet_inspected", "dokumennya masih diperiksa sistem")
    answer, office, caller = ask(early, early, {"resi": "R"})
    assert answer == {"resi": "R"}
    assert (len(office.asked), caller.counts["early"]) == (3, 2)


def test_a_clear_no_is_passed_on_at_once(ask):
    with pytest.raises(Refusal, match="double_booking"):
        ask(Refusal("double_booking", "Sudah ada jadwal lain"), {"never": "reached"})


def test_a_fault_of_a_room_is_not_asked_again(ask):
    with pytest.raises(Fault):
        ask(Fault("r-1", "KeyError"), {"never": "reached"})


def test_a_double_click_is_two_messages_and_one_answer(ask):
    answer, office, caller = ask({"n": 1}, {"n": 1}, clicks=2)
    assert (answer, len(office.asked), caller.counts["clicked_again"]) == ({"n": 1}, 2, 1)


def test_a_double_click_answered_differently_is_a_fault(ask):
    with pytest.raises(Fault, match="answered differently"):
        ask({"n": 1}, {"n": 2}, clicks=2)


def test_looking_waits_while_a_part_of_the_office_is_away(monkeypatch):
    monkeypatch.setattr(demonstration, "SETTLING_PAUSE", 0.0)
    looks = iter([BrokerAway("gone"), BrokerAway("gone"), 7])

    def look() -> int:
        seen = next(looks)
        if isinstance(seen, Exception):
            raise seen
        return seen

    assert demonstration.patiently(look) == 7


def test_looking_gives_up_in_the_end_with_the_error_itself(monkeypatch):
    monkeypatch.setattr(demonstration, "SETTLING_PAUSE", 0.0)
    monkeypatch.setattr(demonstration, "STANDSTILL", 0.0)

    def look() -> None:
        raise BrokerAway("gone")

    with pytest.raises(BrokerAway, match="gone"):
        demonstration.patiently(look)
