"""What operators read of a parked message: what it is about, never who a person is; and what is left unseen."""

import json
from datetime import UTC, datetime

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.base import Message
from plumbing.messaging.envelope import Cause, wrap
from plumbing.messaging.operations.contents import SHOWN, without_personal_data
from plumbing.messaging.presence import presence
from services.operations.model import unseen
from tests.builders import NOW

PERSONAL = {"name", "nik", "address", "phone", "email", "npwp", "applicant", "account", "note", "reason", "latitude"}


@pytest.mark.parametrize("message", Message.registry.values(), ids=lambda m: f"{m.room}.{m.__name__}")
def test_no_message_of_the_house_shows_a_person(message):
    body = orjson.dumps(wrap(message.make_example(), Cause.first(), datetime.now(UTC)))
    told = without_personal_data(body)
    assert dict(told)["type"] == message.cloud_type()
    for path, value in told:
        name = [part for part in path.split(".") if not part.isdigit()][-1]
        assert value is None or name in SHOWN, path
    assert not PERSONAL & SHOWN


@settings(max_examples=200, deadline=None)
@given(st.text(min_size=1, max_size=12).filter(lambda name: name != "resi"), st.text(min_size=3, max_size=40))
def test_a_field_that_nobody_knows_is_hidden_whatever_is_in_it(name, value):
    hidden = without_personal_data(orjson.dumps({name: {"deeper": [value]}, "resi": f"{value} itu"}))
    assert [told for path, told in hidden if "deeper" in path] == [None]


def test_words_of_a_person_are_hidden_in_a_known_field_too_and_codes_are_shown():
    told = dict(without_personal_data(json.dumps({"type": "Siti Rahmawati", "step": "initial_head"}).encode()))
    assert told == {"type": None, "step": "initial_head"}


@pytest.mark.parametrize("body", [b"", b"not json", b"[1, 2]", b'"text"', b"\xff\xfe"])
def test_what_is_no_message_has_no_fields(body):
    assert without_personal_data(body) == []


def test_a_message_without_end_is_cut():
    deep: dict = {"id": "x"}
    for _ in range(50):
        deep = {"id": deep, "more": list(range(20))}
    assert len(without_personal_data(orjson.dumps(deep))) <= 200


def test_a_bus_that_was_never_seen_needs_somebody_and_keeps_since_when_it_is_unseen():
    first = unseen(None, "Perantara pesan tidak dapat dihubungi.", NOW)
    assert first.needs_somebody and first.rooms == [] and first.problem_since == NOW
    later = datetime(2026, 1, 1, tzinfo=UTC)
    second = unseen(first, "Perantara pesan tidak dapat dihubungi.", later)
    assert (second.problem_since, second.tried_at, second.at) == (NOW, later, first.at)


def test_a_process_says_which_it_is_and_nothing_secret():
    said = presence("intake", "2", "0.1.0 4f9281d")
    assert said["connection_name"] == "intake 2" and said["ptsp_release"] == "0.1.0 4f9281d"
    assert datetime.fromisoformat(said["ptsp_since"]) <= datetime.now(UTC)
