"""The room of the operators, on real parts: what they see, what they do, and what becomes of it when the room dies."""

import os
import signal
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import orjson
import pytest
from pymongo import MongoClient
from pymongo.errors import OperationFailure

from contracts import intake, operations
from contracts.operations import EntryShown, Picture, Settled, Tray
from deploy import stack as launcher
from plumbing.messaging.calls import Away
from plumbing.messaging.envelope import Cause, new_id, wrap
from plumbing.messaging.publisher import Letter, Publisher
from plumbing.messaging.topology import PARKED, commands_queue
from tests.away import kept_away
from tests.conftest import Stack, stack_of_its_own
from tests.people import People, eventually
from values.refusal import Refusal

QUEUE = "noticeboard.on_application_moved.intake.ApplicationMoved"
NIK = intake.APPLICANT_EXAMPLE["nik"]
WHY = "papan pengumuman sudah diperbaiki"
SECONDS = 30


@pytest.fixture(scope="module")
def order(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the room is told when to die."""
    return tmp_path_factory.mktemp("dying") / "moment"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, order: Path) -> Iterator[Stack]:
    with stack_of_its_own(tmp_path_factory.mktemp("operations") / "home") as own:
        own.add_rooms("noticeboard")
        dying = (sys.executable, str(Path(__file__).with_name("dying_operations.py")), str(order.parent))
        launcher.up(own.home, ("operations",), room=dying)
        yield own


@pytest.fixture(scope="module")
def people(office: Stack) -> Iterator[People]:
    people = People(office.environment("office"))
    yield people
    people.close()


@pytest.fixture(scope="module")
def admin(office: Stack) -> Iterator[MongoClient]:
    with MongoClient(office.environment("set_up")["PTSP_DATABASE_URL"], tz_aware=True) as client:
        yield client


def park(office: Stack, queue: str = QUEUE) -> tuple[str, str]:
    """Lay a message on the tray as a room does: (its application, the id of the fact)."""
    application = uuid4().hex
    kind = intake.ApplicationMoved if queue == QUEUE else intake.ApplicationSubmitted
    envelope = wrap(kind.make_example().model_copy(update={"application_id": application}), Cause.first(), _now())
    headers = {
        "queue": queue,
        "room": "noticeboard",
        "attempts": 6,
        "reason": "OSError: off",
        "first_failed": _now().isoformat(),
    }
    publisher = Publisher(office.environment("set_up")["PTSP_BROKER_URL"])
    publisher.publish([Letter(PARKED, queue, orjson.dumps(envelope), headers, envelope["id"])])
    publisher.close()
    return application, envelope["id"]


def _now() -> datetime:
    return datetime.now(UTC)


def tray(people: People) -> Tray:
    return Tray.model_validate(people.ask("operator-1", operations.ListParked()))


def number_of(people: People, application: str) -> str:
    """The entry of an application in the book."""
    return eventually(
        lambda: next((e.id for e in tray(people).entries if application in e.file), None), 10, "the entry"
    )


def audit_of(admin: MongoClient, entry: str) -> list[dict]:
    return list(admin.bus.audit.find({"entry": entry}))


def test_what_was_put_aside_is_told_in_words_replayed_and_audited_with_who_why_and_what(office, people, admin):
    application, fact = park(office)
    entry = number_of(people, application)
    seen = next(e for e in tray(people).entries if e.id == entry)
    assert seen.step == "Papan pengumuman, setelah keadaan berkas diumumkan" and seen.attempts == 6
    order = operations.ReplayParked(command_id=new_id(), entries=[entry], reason=WHY)
    [settled] = people.ask("operator-1", order)
    assert Settled.model_validate(settled).done
    eventually(lambda: admin.noticeboard.notices.find_one({"_id": application}), 10, "the notice")
    assert entry not in {e.id for e in tray(people).entries}
    [line] = audit_of(admin, entry)
    assert (line["what"], line["operator"], line["role"], line["why"]) == ("replay", "operator-1", "operator", WHY)
    assert line["about"]["application"] == application and line["about"]["queue"] == QUEUE
    assert (tray(people).acts[0].entry, tray(people).acts[0].why) == (entry[:8], WHY)
    # The same command again, as a page does whose answer was lost: the same answer, no second line, no second effect.
    assert people.ask("operator-1", order) == [settled]
    again = operations.ReplayParked(command_id=new_id(), entries=[entry], reason=WHY)
    assert people.ask("operator-1", again)[0]["code"] == "already_settled"
    assert len(audit_of(admin, entry)) == 1
    assert admin.noticeboard.handled.count_documents({"_id": f"on_application_moved:{fact}"}) == 1


@pytest.mark.parametrize(
    "moment", ["before the audit", "audited", "before it is sent", "sent", "before it is settled", "settled"]
)
def test_killed_at_any_moment_of_a_replay_nothing_is_lost_nothing_doubled_and_the_audit_is_there(
    moment, office, people, admin, order
):
    application, fact = park(office)
    entry = number_of(people, application)
    before = office.parts()["operations"].pid
    order.write_text(moment)
    command = operations.ReplayParked(command_id=new_id(), entries=[entry], reason=WHY)
    _again(people, command)  # the broker gives it to the room that comes up after the crash; who asked may not wait
    eventually(lambda: office.parts()["operations"].pid not in (None, before), SECONDS, "the restart")
    assert not order.exists(), "it did not die"
    settled = eventually(lambda: _again(people, command), SECONDS, "the answer")
    assert [each["done"] for each in settled] == [True]
    eventually(lambda: admin.noticeboard.notices.find_one({"_id": application}), 10, "the notice")
    assert [line["what"] for line in audit_of(admin, entry)] == ["replay"]
    book = admin.bus.parked.find_one({"_id": entry})
    assert book["state"] == "replayed" and len(book["audit"]) == 1
    assert admin.noticeboard.handled.count_documents({"_id": f"on_application_moved:{fact}"}) == 1


def _again(people: People, command) -> list[dict] | None:
    """The command, sent by somebody who waits a moment only."""
    try:
        return people.ask("operator-1", command, timeout=2)
    except Away:
        return None


def test_some_are_given_up_and_each_that_may_not_be_is_said(office, people, admin):
    application, _ = park(office)
    other, _ = park(office, queue=commands_queue("intake"))
    entries = [number_of(people, application), number_of(people, other)]
    replay = operations.ReplayParked(command_id=new_id(), entries=[entries[1], "0" * 8], reason=WHY)
    assert [each["code"] for each in people.ask("operator-1", replay)] == ["command_not_replayed", "unknown_entry"]
    give_up = operations.DiscardParked(command_id=new_id(), entries=entries, reason="pemohon sudah dilayani di loket")
    assert [each["done"] for each in people.ask("operator-1", give_up)] == [True, True]
    assert admin.noticeboard.notices.find_one({"_id": application}) is None
    for entry in entries:
        [line] = audit_of(admin, entry)
        assert (line["what"], line["why"]) == ("discard", "pemohon sudah dilayani di loket")


def test_the_content_is_shown_without_what_is_personal(office, people, admin):
    application, _ = park(office, queue=commands_queue("intake"))
    entry = number_of(people, application)
    answer = people.ask("operator-1", operations.ShowParked(entry=entry[:8]))
    told = EntryShown.model_validate(answer)
    body = bytes(admin.bus.parked.find_one({"_id": entry})["body"]).decode()
    assert NIK in body and "Siti" in body
    assert NIK not in str(answer) and "Siti" not in str(answer)
    fields = dict(told.content)
    assert fields["data.licence_type"] == "siup" and fields["data.applicant.nik"] is None
    assert told.size == len(body)
    give_up = operations.DiscardParked(command_id=new_id(), entries=[entry], reason="hanya untuk dilihat isinya")
    people.ask("operator-1", give_up)


def test_only_operators_are_answered(people):
    for question in (operations.LookAtBus(), operations.ListParked(), operations.ShowParked(entry="0" * 8)):
        with pytest.raises(Refusal, match="wrong_role"):
            people.ask("counter-1", question)
    with pytest.raises(Refusal, match="wrong_role"):
        order = operations.DiscardParked(command_id=new_id(), entries=["0" * 8], reason="bukan urusan saya ini")
        people.ask("head-2014", order)


def test_the_picture_names_rooms_queues_processes_and_what_is_on_the_tray_without_touching_it(office, people, admin):
    admin.archive.bundles.insert_one(
        {"_id": "b", "proven": False, "bundles": [{"sealed_at": "2016-03-10T03:00:00+00:00", "replicated_at": None}]}
    )
    application, _ = park(office)
    picture = eventually(lambda: (p := look(people)).parked == 1 and p, 10, "what is parked")
    assert picture.needs_somebody and picture.problem is None
    assert {room.room for room in picture.rooms if room.down} >= {"intake", "archive"}
    noticeboard = next(p for p in picture.processes if p.room == "noticeboard")
    assert noticeboard.instance == "1" and noticeboard.since < picture.at and noticeboard.release.startswith("0.")
    assert next(q for q in picture.queues if q.name == QUEUE).consumers == 1
    assert picture.second_site.waiting == 1 and picture.second_site.oldest.year == 2016
    admin.archive.bundles.delete_one({"_id": "b"})
    give_up = operations.DiscardParked(
        command_id=new_id(), entries=[number_of(people, application)], reason="hanya untuk dilihat saja"
    )
    people.ask("operator-1", give_up)


def look(people: People) -> Picture:
    return Picture.model_validate(people.ask("operator-1", operations.LookAtBus()))


def test_a_room_that_hangs_is_noticed_within_fifteen_seconds_while_the_broker_still_thinks_it_works(office, people):
    def hanging() -> list[str]:
        told = look(people)
        return [room.room for room in told.rooms if room.silent and not room.down and told.needs_somebody]

    pid = office.parts()["noticeboard"].pid
    os.kill(pid, signal.SIGSTOP)
    try:
        assert office.parts()["noticeboard"].state == "frozen"
        eventually(lambda: hanging() == ["noticeboard"], 15, "the silence")
    finally:
        os.kill(pid, signal.SIGCONT)
    eventually(lambda: hanging() == [], 10, "a sign of life")


def test_with_the_broker_away_the_last_picture_stays_with_what_is_wrong_and_since_when(office, people, admin):
    portal = MongoClient(office.environment("portal")["PTSP_DATABASE_URL"], tz_aware=True)
    eventually(lambda: portal.operations.pictures.find_one({"problem": None}), SECONDS, "the first picture")
    with kept_away(office, "broker"):
        kept = eventually(lambda: portal.operations.pictures.find_one({"problem": {"$ne": None}}), 60, "the problem")
        assert "tidak dapat dihubungi" in kept["problem"] and kept["rooms"] and kept["at"] < kept["problem_since"]
        with pytest.raises(OperationFailure):
            portal.bus.parked.find_one({})
    eventually(lambda: portal.operations.pictures.find_one({"problem": None}), 60, "the picture after it")
    portal.close()
