"""The envelope: what every message carries, and what is not one of our messages."""

import re
from datetime import UTC, datetime, timedelta, timezone

import orjson
import pytest

from contracts import intake
from contracts.base import Event, messages
from plumbing.messaging.envelope import Cause, Undecodable, acted_by, cause_of, content, new_id, read, wrap

NOW = datetime(2016, 3, 7, 9, 15, tzinfo=timezone(timedelta(hours=7)))
TRACEPARENT = re.compile(r"00-[0-9a-f]{32}-[0-9a-f]{16}-01")


def wrapped(**change) -> dict:
    return wrap(intake.ResiIssued.make_example(), Cause.first(), NOW) | change


def bytes_of(envelope: dict, without: str | None = None) -> bytes:
    return orjson.dumps({name: value for name, value in envelope.items() if name != without})


@pytest.mark.parametrize("event", messages(Event), ids=lambda e: f"{e.room}.{e.__name__}")
def test_every_fact_comes_out_of_its_envelope_as_it_went_in(event):
    said = event.make_example()
    envelope = read(orjson.dumps(wrap(said, Cause.first(), NOW)))
    assert content(envelope, event) == said
    assert envelope["type"] == f"ptsp.{event.room}.{event.__name__}.v{event.version}"
    assert (envelope["source"], envelope["subject"]) == (f"/ptsp/{event.room}", said.application_id)


def test_an_envelope_is_a_cloud_event_in_universal_time():
    envelope = wrapped()
    assert envelope["specversion"] == "1.0" and envelope["datacontenttype"] == "application/json"
    assert envelope["time"] == "2016-03-07T02:15:00+00:00"
    assert TRACEPARENT.fullmatch(envelope["traceparent"])
    assert all(re.fullmatch(r"[a-z0-9]{1,20}", name) for name in envelope), "CloudEvents attribute names"


def test_ids_are_new_each_time_and_sort_by_the_time_they_were_made():
    ids = [new_id() for _ in range(2000)]
    assert len(set(ids)) == 2000
    assert sorted(ids, key=lambda id: id[:13]) == ids
    assert abs(int(ids[0].replace("-", "")[:12], 16) / 1000 - datetime.now(UTC).timestamp()) < 60


def test_cause_trace_and_actor_go_on_from_message_to_message():
    first = wrap(intake.ResiIssued.make_example(), acted_by(Cause.first(), "counter-1", "counter"), NOW)
    second = wrap(intake.ResiIssued.make_example(), cause_of(read(orjson.dumps(first))), NOW)
    assert second["causationid"] == first["id"] and second["id"] != first["id"]
    assert second["traceparent"].split("-")[1] == first["traceparent"].split("-")[1]
    assert second["traceparent"] != first["traceparent"]
    assert (second["actorid"], second["actorrole"]) == ("counter-1", "counter")


def test_the_first_message_of_a_story_has_no_cause_and_a_trace_of_its_own():
    one, other = wrapped(), wrapped()
    assert one["causationid"] == "" and "actorid" not in one
    assert one["traceparent"].split("-")[1] != other["traceparent"].split("-")[1]


@pytest.mark.parametrize("name", ["specversion", "id", "source", "type", "subject", "time", "traceparent", "data"])
def test_what_lacks_is_named(name):
    with pytest.raises(Undecodable, match=f"lacks {name}"):
        read(bytes_of(wrapped(), without=name))


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"\xff", b"null", b"[]", b'"text"', b"1", b"[" * 5000, b'{"a": 1} trailing', "é".encode("latin-1")],
)
def test_what_is_no_envelope_is_undecodable_and_nothing_else(body):
    with pytest.raises(Undecodable):
        read(body)


@pytest.mark.parametrize(
    "change",
    [
        {"id": None},
        {"id": ""},
        {"id": 7},
        {"id": {"$gt": ""}},
        {"type": ["ptsp"]},
        {"subject": None},
        {"traceparent": "nonsense"},
        {"traceparent": 5},
        {"traceparent": "00-" + "g" * 32 + "-" + "0" * 16 + "-01"},
    ],
    ids=str,
)
def test_an_envelope_with_fields_of_the_wrong_kind_is_undecodable(change):
    with pytest.raises(Undecodable):
        read(bytes_of(wrapped(**change)))


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ({}, "application_id"),
        ({"application_id": "a", "document": 5}, "document"),
        ({"application_id": "a" * 65, "document": None}, "application_id"),
        ([], ""),
        (None, ""),
        ("text", ""),
    ],
)
def test_content_that_does_not_fit_names_every_place(data, place):
    with pytest.raises(Undecodable, match="ResiIssued") as caught:
        content({"data": data}, intake.ResiIssued)
    assert place in str(caught.value)


def test_an_unknown_key_is_refused():
    data = intake.ResiIssued.example | {"favour": "please"}
    with pytest.raises(Undecodable, match="favour"):
        content({"data": data}, intake.ResiIssued)


def test_what_was_sent_is_not_repeated_in_the_error_for_it_may_be_personal():
    applicant = intake.APPLICANT_EXAMPLE | {"nik": "NIK-3275010101800001", "phone": "rahasia"}
    data = intake.ApplicationSubmitted.example | {"applicant": applicant}
    with pytest.raises(Undecodable) as caught:
        content({"data": data}, intake.ApplicationSubmitted)
    assert "applicant.nik" in str(caught.value)
    assert "3275010101800001" not in str(caught.value) and "rahasia" not in str(caught.value)
    assert caught.value.__cause__ is None, "the cause would hold the input"
