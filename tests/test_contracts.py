"""Contracts: what a message accepts and refuses, and that it survives the journey in its envelope."""

import json
from datetime import UTC, datetime

import pytest
from jsonschema import Draft202012Validator
from pydantic import ValidationError

from contracts import ROOMS, intake, retribution
from contracts.base import Command, Event, Message, Query, messages
from contracts.documents import Document, Kind
from contracts.documents import example as paper
from contracts.people import Actor
from deploy.maps import schemas
from plumbing.messaging.envelope import Cause, Undecodable, cause_of, content, read, wrap

NOW = datetime(2016, 3, 10, 3, tzinfo=UTC)
DECLARED = [message for message in messages(Message) if message.room in ROOMS]
EVENTS = [message for message in DECLARED if issubclass(message, Event)]
COMMANDS = [message for message in DECLARED if issubclass(message, Command)]


def named(message: type[Message]) -> str:
    return f"{message.room}.{message.__name__}"


each_message = pytest.mark.parametrize("message", DECLARED, ids=named)
each_event = pytest.mark.parametrize("event", EVENTS, ids=named)
each_command = pytest.mark.parametrize("command", COMMANDS, ids=named)


def test_every_room_has_something_to_say_or_to_be_asked():
    assert {message.room for message in DECLARED} == set(ROOMS) - {"noticeboard"}  # it listens; the portal reads it
    assert all(issubclass(message, Event | Command | Query) for message in DECLARED)


@each_message
def test_the_example_is_a_message_and_comes_back_the_same_from_json(message):
    made = message.make_example()
    assert message.model_validate(json.loads(made.model_dump_json())) == made


@each_message
def test_an_unknown_key_is_refused(message):
    with pytest.raises(ValidationError, match="favour"):
        message.model_validate(message.example | {"favour": "please"})


@each_message
def test_nothing_but_an_object_is_a_message(message):
    for wrong in (None, [], "text", 7):
        with pytest.raises(ValidationError):
            message.model_validate(wrong)


@each_message
def test_a_message_does_not_change_after_it_was_made(message):
    made = message.make_example()
    for field in message.model_fields:
        with pytest.raises(ValidationError):
            setattr(made, field, None)


@each_event
def test_an_event_is_about_one_application_and_its_type_says_who_said_it(event):
    of_many = dict.fromkeys((retribution.RecapSigned, retribution.RecapIssued), "recap-2016-03")
    sheet = "pencocokan-jasa_usaha-2016-03"
    of_many |= dict.fromkeys((retribution.AgreementSigned, retribution.AgreementIssued), sheet)
    assert event.make_example().application_id == of_many.get(event, intake.APPLICATION)
    assert event.cloud_type() == f"ptsp.{event.room}.{event.__name__}.v{event.version}"
    with pytest.raises(ValidationError):
        event.model_validate(event.example | {"application_id": ""})


@each_event
def test_an_event_keeps_its_words_on_its_way_through_the_envelope(event):
    said = event.make_example()
    travelled = read(json.dumps(wrap(said, Cause.first("kabid-1", "bidang_head", id="before"), NOW)).encode())
    assert content(travelled, event) == said
    assert travelled["subject"] == said.application_id
    assert cause_of(travelled).id == travelled["id"]
    Draft202012Validator(schemas.schema(event)).validate(travelled)


@each_command
def test_a_command_needs_an_id_of_its_sender(command):
    without = {k: v for k, v in command.example.items() if k != "command_id"}
    for wrong in (without, without | {"command_id": "short"}, without | {"command_id": "x" * 65}):
        with pytest.raises(ValidationError, match="command_id"):
            command.model_validate(wrong)


@each_command
def test_a_command_may_be_entered_late_but_its_moment_needs_a_time_zone(command):
    late = command.model_validate(command.example | {"acted_at": "2016-03-07T09:15:00+07:00"})
    assert late.moment(NOW) == datetime(2016, 3, 7, 2, 15, tzinfo=UTC)
    assert command.make_example().moment(NOW) == NOW
    with pytest.raises(ValidationError, match="acted_at"):
        command.model_validate(command.example | {"acted_at": "2016-03-07T09:15:00"})


@pytest.mark.parametrize("amount", [187_625.0, "187625", True, 0, -1, 100_000_000_001, None])
def test_money_that_is_not_a_fair_number_of_whole_rupiah_is_refused(amount):
    with pytest.raises(ValidationError, match="amount"):
        retribution.RecordPayment.model_validate(retribution.RecordPayment.example | {"amount": amount})


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("nik", "327501010180000"),
        ("nik", "32750101018000011"),
        ("nik", "327501010180000A"),
        ("phone", "not a phone"),
        ("email", "nobody"),
        ("npwp", "12"),
        ("name", "x" * 121),
        ("address", "x"),
    ],
)
def test_wrong_data_of_an_applicant_are_refused_by_field(field, wrong):
    with pytest.raises(ValidationError, match=field):
        intake.Applicant.model_validate(intake.APPLICANT_EXAMPLE | {field: wrong})


def test_a_submission_cannot_be_made_too_large():
    attachment = intake.SubmitApplication.example["attachments"][0]
    for field, too_much in (
        ("attachments", [attachment] * 61),
        ("quantities", {f"q{n}": 1 for n in range(41)}),
        ("licence_type", "x" * 61),
    ):
        with pytest.raises(ValidationError, match=field):
            intake.SubmitApplication.model_validate(intake.SubmitApplication.example | {field: too_much})


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("sha256", "0F" * 32),
        ("sha256", "0f" * 31),
        ("size", 0),
        ("size", 50_000_001),
        ("media_type", "text/html"),
        ("kind", "love_letter"),
        ("name", ""),
    ],
)
def test_a_document_that_cannot_be_one_is_refused(field, wrong):
    with pytest.raises(ValidationError, match=field):
        Document.model_validate(paper("resi") | {field: wrong})


def test_every_kind_of_paper_can_be_spoken_of():
    assert [Document.model_validate(paper(kind)).kind for kind in Kind.__args__] == list(Kind.__args__)


def test_an_actor_has_a_role_the_office_knows():
    assert Actor(id="kabid-1", role="bidang_head", unit="jasa_usaha").role == "bidang_head"
    with pytest.raises(ValidationError, match="role"):
        Actor(id="somebody", role="wizard")


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"not json", b"[]", b"7", b"{}", b'{"id": "x", "type": "y"}'])
def test_bytes_that_are_no_envelope_are_undecodable(body):
    with pytest.raises(Undecodable):
        read(body)


def test_the_complaint_about_a_wrong_message_names_fields_and_never_values():
    envelope = {"data": {"application_id": "a", "applicant": {"nik": "3275010101800001XYZ", "name": "Siti"}}}
    with pytest.raises(Undecodable) as complaint:
        content(envelope, intake.ApplicationSubmitted)
    assert "applicant.nik" in str(complaint.value) and "licence_type" in str(complaint.value)
    assert "3275010101800001" not in str(complaint.value) and "Siti" not in str(complaint.value)
    assert complaint.value.__cause__ is None


def test_the_trace_goes_on_and_each_message_is_a_span_of_its_own():
    first = Cause.first()
    said = intake.ApplicationWithdrawn.make_example()
    one, two = wrap(said, first, NOW), wrap(said, first, NOW)
    traces = [first.traceparent.split("-"), one["traceparent"].split("-"), two["traceparent"].split("-")]
    assert len({trace[1] for trace in traces}) == 1
    assert len({trace[2] for trace in traces}) == 3
    assert one["id"] < two["id"], "ids sort by the time they were made"
