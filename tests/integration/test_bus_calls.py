"""Commands and questions: asked by somebody who may, answered once, repeated safely, refused in words."""

import base64
import threading
import time
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import jwt
import orjson
import pytest
from bus_toys import Hall, shorten_pauses, until
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from contracts.people import Actor
from plumbing.messaging.calls import Away, Fault, Office
from plumbing.messaging.doors import authorised
from plumbing.messaging.envelope import Cause
from plumbing.messaging.item import Door
from plumbing.messaging.publisher import Letter, Publisher
from plumbing.messaging.topology import COMMANDS, commands_queue
from plumbing.statement import Keys, mint
from values.refusal import Refusal

COUNTER = Actor(id="counter-1", role="counter")
APPLICANT = Actor(id="akun-1", role="applicant")


def keys() -> tuple[str, str]:
    private = Ed25519PrivateKey.generate()
    raw = private.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return base64.b64encode(raw).decode(), base64.b64encode(public).decode()


PRIVATE, PUBLIC = keys()


class Counter:
    """The room `ada` with a command and a question, and somebody's end of the line."""

    def __init__(self, hall: Hall):
        self.hall, self.done = hall, []
        doors = [
            Door("do", hall.Do, self._do, roles=("counter",)),
            Door("ask", hall.Ask, self._ask, roles=("counter",)),
        ]
        self.room = hall.room(
            hall.ada,
            {"commands": doors},
            authorise=lambda said, door, now, it: authorised(said, door, now, Keys(PUBLIC, PUBLIC), it),
        ).start()
        self.office = Office(hall.broker_url)
        self.statement = mint(COUNTER, PRIVATE)

    def _do(self, book, order):
        if order.how == "refuse":
            raise Refusal("wrong_state", "Berkas sudah ditutup.", field="application_id", remedy="Muat ulang.")
        if order.how == "break":
            raise ZeroDivisionError("a bug")
        if order.how == "hold":
            time.sleep(0.6)
        self.done.append((order.command_id, book.actor))
        book.say(self.hall.Thing(application_id=order.application_id, n=order.n))
        record = book.get("records", "turns") or {"_id": "turns", "history": []}
        turns = [*record["history"], {"what": "Do", "cause": book.cause.id}]
        book.put("records", record | {"history": turns})
        return {"n": order.n, "turn": len(turns)}

    def _ask(self, reader, question, actor):
        self.done.append(("asked", actor))
        return {"n": question.n, "by": actor.id}

    def order(self, n: int = 0, **fields):
        return self.hall.Do(**({"command_id": f"c-{uuid4().hex}", "n": n} | fields))

    def call(self, message, statement: str | None = None, **options):
        return self.office.call(message, self.statement if statement is None else statement, **options)


@pytest.fixture(scope="module")
def one_counter(stack):
    with pytest.MonkeyPatch.context() as patch:
        shorten_pauses(patch.setattr)
        hall = Hall(stack.environment("set_up"), uuid4().hex[:8])
        hall.set_up()
        counter = Counter(hall)
        yield counter
        counter.office.close()
        hall.tear_down()


@pytest.fixture
def counter(one_counter):
    """The same room for every test, with nothing in its books."""
    yield one_counter
    hall = one_counter.hall
    hall.parked()
    hall.client[f"bus_{hall.tag}"].parked.delete_many({})
    for collection in ("journal", "handled", "outbox"):
        hall.client[hall.ada][collection].delete_many({})
    one_counter.done.clear()
    one_counter.hall.client[one_counter.hall.ada].records.delete_many({})


def refused(call) -> Refusal:
    with pytest.raises(Refusal) as caught:
        call()
    return caught.value


def test_a_command_is_done_and_answered_and_its_fact_names_the_actor(counter):
    assert counter.call(counter.order(n=5)) == {"n": 5, "turn": 1}
    [fact] = counter.hall.facts()
    assert (fact["actorid"], fact["actorrole"]) == ("counter-1", "counter")
    assert counter.done[0][1] == COUNTER


def test_the_trace_of_whoever_asks_goes_on_in_the_fact(counter):
    cause = Cause.first()
    counter.call(counter.order(), cause=cause)
    [fact] = counter.hall.facts()
    assert fact["traceparent"].split("-")[1] == cause.traceparent.split("-")[1]
    assert fact["causationid"]


def test_a_repeated_command_is_the_same_command_and_gets_the_same_answer(counter):
    order = counter.order(n=3)
    answers = [counter.call(order) for _ in range(3)]
    assert answers == [{"n": 3, "turn": 1}] * 3
    assert len(counter.hall.facts()) == 1


def test_a_double_click_in_one_batch_takes_effect_once(counter):
    order = counter.order(n=8)
    futures = [counter.office.send(order, counter.statement) for _ in range(10)]
    answers = [counter.office.result(future) for future in futures]
    assert answers == [{"n": 8, "turn": 1}] * 10
    assert len(counter.hall.facts()) == 1


def test_the_same_command_id_of_another_person_is_another_command(counter):
    order = counter.order()
    counter.call(order)
    assert counter.call(order, mint(Actor(id="counter-2", role="counter"), PRIVATE))["turn"] == 2


def test_a_refusal_reaches_the_caller_whole_and_is_neither_parked_nor_remembered(counter):
    no = refused(lambda: counter.call(counter.order(command_id="c-again-1", how="refuse")))
    assert (no.code, no.field, no.remedy) == ("wrong_state", "application_id", "Muat ulang.")
    assert no.message == "Berkas sudah ditutup."
    assert counter.hall.parked() == []
    assert counter.call(counter.order(command_id="c-again-1"))["turn"] == 1


def test_a_bug_is_told_with_its_reference_and_parked_at_once_under_it(counter):
    with pytest.raises(Fault) as caught:
        counter.call(counter.order(how="break"))
    [entry] = until(counter.hall.parked)
    assert entry["event"] == caught.value.reference
    assert entry["command"] and entry["attempts"] == 1 and entry["asker"] == "counter-1 (counter)"
    assert counter.call(counter.order(n=1))["n"] == 1


def test_the_wrong_role_is_refused_and_told_which_would_do(counter):
    no = refused(lambda: counter.call(counter.order(), mint(APPLICANT, PRIVATE)))
    assert no.code == "wrong_role" and "Petugas Loket" in no.remedy
    assert counter.done == []


def test_an_officer_the_organisation_does_not_know_is_refused(counter):
    no = refused(lambda: counter.call(counter.order(), mint(Actor(id="counter-99", role="counter"), PRIVATE)))
    assert no.code == "not_in_office"
    wrong_unit = Actor(id="counter-1", role="counter", unit="jasa_usaha")
    assert refused(lambda: counter.call(counter.order(), mint(wrong_unit, PRIVATE))).code == "not_in_office"
    assert counter.done == []


def forged() -> dict[str, str]:
    header, body, signature = mint(COUNTER, PRIVATE).split(".")
    claims = {"aud": "ptsp", "exp": datetime.now(UTC) + timedelta(minutes=5), "actor": COUNTER.model_dump()}
    return {
        "missing": "",
        "not a statement": "hello",
        "by another key": mint(COUNTER, keys()[0]),
        "changed": f"{header}.{body[:-4]}AAAA.{signature}",
        "without signature": jwt.encode(claims, None, algorithm="none"),
        "signed with the public key": jwt.encode(claims, PUBLIC, algorithm="HS256"),
        "for another house": jwt.encode(claims | {"aud": "x"}, Ed25519PrivateKey.generate(), algorithm="EdDSA"),
    }


@pytest.mark.parametrize(("how", "statement"), forged().items())
def test_a_statement_that_is_missing_or_forged_is_refused(counter, how, statement):
    assert refused(lambda: counter.call(counter.order(), statement)).code == "unauthorised", how
    assert counter.done == []


def test_an_expired_statement_is_refused(counter):
    old = mint(COUNTER, PRIVATE, timedelta(seconds=-1))
    assert refused(lambda: counter.call(counter.order(), old)).code == "statement_expired"
    assert counter.done == []


def post(counter: Counter, body: bytes, headers: dict | None = None) -> None:
    publisher = Publisher(counter.hall.broker_url)
    publisher.publish([Letter(COMMANDS, counter.hall.ada, body, headers or {}, "raw")])
    publisher.close()


def envelope(counter: Counter, **change) -> dict:
    order = counter.order()
    return {
        "specversion": "1.0",
        "id": uuid4().hex,
        "source": "/ptsp/office",
        "type": f"ptsp.{counter.hall.ada}.Do.v1",
        "subject": "",
        "time": "2016-03-07T09:00:00Z",
        "traceparent": Cause.first().traceparent,
        "data": order.model_dump(mode="json"),
    } | change


def test_what_is_no_command_is_parked_and_the_room_goes_on(counter):
    odd = [{"type": "ptsp.ada.Nothing.v1"}, {"type": ["ptsp"]}, {"type": None}, {"id": None}, {"id": {"a": 1}}]
    odd += [{"traceparent": 7}, {"data": {}}, {"data": {"command_id": "short"}}, {"data": []}]
    odd += [{"data": {"command_id": "c-00000001", "n": 1, "favour": True}}]
    for change in odd:
        post(counter, orjson.dumps(envelope(counter, **change)), {"statement": counter.statement})
    assert counter.call(counter.order(n=1))["n"] == 1
    until(lambda: counter.hall.waiting("parked") == len(odd), 6)
    assert len(counter.done) == 1


def test_garbage_is_parked_byte_for_byte_and_the_room_goes_on(counter):
    bodies = [b"", b"\x00\xff" * 500, b"[" * 100_000, b'"' + b"x" * 5_000_000 + b'"']
    for body in bodies:
        post(counter, body, {"statement": counter.statement})
    assert counter.call(counter.order(n=1))["n"] == 1
    until(lambda: counter.hall.waiting("parked") == len(bodies), 6)
    assert sorted(bytes(entry["body"]) for entry in counter.hall.parked()) == sorted(bodies)


@pytest.mark.parametrize("kind", ["Do", "Ask"])
def test_odd_headers_of_a_command_or_question_do_not_stop_the_room(counter, kind):
    odd = [{"statement": 5}, {"statement": {"a": "b"}}, {"statement": ["x"]}, {"answer_until": "soon"}]
    odd += [{"answer_until": {"a": 1}}, {"attempts": "x"}]
    for headers in odd:
        data = {"n": 1} if kind == "Ask" else counter.order().model_dump(mode="json")
        body = orjson.dumps(envelope(counter, type=f"ptsp.{counter.hall.ada}.{kind}.v1", data=data))
        post(counter, body, {"statement": counter.statement} | headers)
    for n in range(6):  # more questions than threads that answer them
        assert counter.call(counter.hall.Ask(n=n), timeout=4)["n"] == n
    assert counter.call(counter.order(n=1), timeout=4)["n"] == 1


def test_a_caller_is_told_what_was_not_understood(counter):
    class Lookalike:
        """A caller's own idea of the command."""

        room = counter.hall.ada

        def cloud_type(self):
            return counter.hall.Do.cloud_type()

        def model_dump(self, mode):
            return {"command_id": "c-00000001", "n": "not a number"}

    no = refused(lambda: counter.call(Lookalike()))
    assert no.code == "not_understood" and "n:" in no.message


def test_a_question_is_answered_by_whom_it_may_and_changes_nothing(counter):
    assert counter.call(counter.hall.Ask(n=4)) == {"n": 4, "by": "counter-1"}
    assert refused(lambda: counter.call(counter.hall.Ask(n=4), mint(APPLICANT, PRIVATE))).code == "wrong_role"
    assert counter.hall.client[counter.hall.ada].handled.count_documents({}) == 0


def test_a_question_nobody_waits_for_any_more_is_not_looked_into(counter):
    ask = envelope(counter, type=f"ptsp.{counter.hall.ada}.Ask.v1", data={"n": 1})
    post(counter, orjson.dumps(ask), {"statement": counter.statement, "answer_until": str(time.time() - 1)})
    assert counter.call(counter.hall.Ask(n=2))["n"] == 2
    assert len(counter.done) == 1
    until(lambda: counter.hall.waiting(commands_queue(counter.hall.ada)) == 0)


def test_a_command_nobody_waits_for_any_more_is_done_all_the_same(counter):
    with pytest.raises(Away):
        counter.call(counter.order(n=9, how="hold"), timeout=0.1)
    until(lambda: len(counter.hall.facts()) == 1)
    assert counter.hall.facts()[0]["data"]["n"] == 9


def test_many_calls_from_many_threads_each_get_their_own_answer(counter):
    answers: dict[int, int] = {}

    def ask(n: int) -> None:
        answers[n] = counter.call(counter.order(n=n))["n"]

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(60)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(15)
    assert answers == {n: n for n in range(60)}


def test_a_room_that_is_away_is_said_and_the_command_waits_for_it(counter):
    """The last test here: it changes the room for another."""
    counter.room.listener.stop(8)
    counter.room.listens = False
    order = counter.order(n=6)
    with pytest.raises(Away):
        counter.call(order, timeout=0.4)
    assert counter.hall.facts() == []
    until(lambda: counter.hall.waiting(commands_queue(counter.hall.ada)) == 1)
    again = Counter(counter.hall)
    until(lambda: len(counter.hall.facts()) == 1)
    assert again.call(order)["n"] == 6 and len(counter.hall.facts()) == 1
    again.office.close()
