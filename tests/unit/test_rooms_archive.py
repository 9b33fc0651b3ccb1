"""The archive: sealed here, proven there, the same bytes however often; a changed byte is seen."""

import json

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts import archive, intake
from plumbing.object_store import AlreadyDifferent, Missing, content_key
from services.archive import actions
from services.archive.gateways import seal_holds
from services.archive.model import manifest_name, manifest_of, to_bytes
from services.archive.store import NotYet, heard_of
from tests.builders import FILE, fact, officer, on, refused
from tests.closed import OTHER_CERTIFICATE, OTHER_KEY, Closed, InMemory


def test_a_file_is_sealed_with_every_paper_and_its_record():
    file = Closed()
    sealed = file.seal()
    assert sealed.objects == [document["sha256"] for document in file.documents]
    assert sealed.manifest == f"bundles/2016/03/{FILE}-3.json"
    stored = file.stored(sealed)
    assert [d["sha256"] for d in stored["manifest"]["documents"]] == sealed.objects
    assert stored["manifest"]["record"] == file.due.record and stored["manifest"]["outcome"] == "issued"
    assert seal_holds(stored)


def test_sealing_again_makes_the_same_bytes_and_the_same_bundle_is_no_conflict():
    file = Closed()
    first, again = file.seal(), file.seal()
    assert first.manifest_sha256 == again.manifest_sha256
    assert InMemory().seal(manifest_of(file.due)) == file.sites.seal(manifest_of(file.due))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_changed_byte_of_the_manifest_breaks_the_seal(data):
    file = Closed(1)
    stored = to_bytes(manifest_of(file.due))
    where = data.draw(st.integers(0, len(stored) - 1))
    changed = bytearray(stored)
    changed[where] ^= data.draw(st.integers(1, 127))
    sealed = json.loads(file.sites.seal(manifest_of(file.due)))
    try:
        sealed["manifest"] = orjson.loads(bytes(changed))
    except orjson.JSONDecodeError:
        return  # it is not even readable any more
    same = to_bytes(sealed["manifest"]) == stored if isinstance(sealed["manifest"], dict) else False
    assert seal_holds(sealed) == same


def test_the_seal_of_another_key_does_not_pass_for_ours():
    file = Closed()
    ours = json.loads(file.sites.seal(manifest_of(file.due)))
    theirs = json.loads(InMemory(OTHER_KEY, OTHER_CERTIFICATE).seal(manifest_of(file.due)))
    assert seal_holds(ours) and seal_holds(theirs)
    assert not seal_holds(ours | {"seal": ours["seal"] | {"certificate": OTHER_CERTIFICATE.decode()}})
    assert not seal_holds(ours | {"seal": ours["seal"] | {"signature": theirs["seal"]["signature"]}})


def test_the_order_in_which_a_record_was_written_does_not_matter():
    record = {"b": 1, "a": {"d": 2, "c": 3}}
    turned = {"a": {"c": 3, "d": 2}, "b": 1}
    assert to_bytes(record) == to_bytes(turned)


def test_a_paper_that_is_not_there_is_never_passed_over():
    file = Closed()
    del file.sites.primary.held[content_key(file.documents[1]["sha256"])]
    with pytest.raises(Missing):
        file.seal()
    assert file.drawers.said == []


def test_archived_is_said_when_the_second_site_has_everything():
    file = Closed()
    sealed = file.seal()
    assert file.sites.second.held == {}
    proven = file.replicate(sealed)
    assert proven.objects == 4 and proven.manifest_sha256 == sealed.manifest_sha256
    assert set(file.sites.second.held) == {*map(content_key, sealed.objects), sealed.manifest}
    assert file.stored(sealed, file.sites.second) == file.stored(sealed)
    found = actions.find(file.drawers, archive.FindBundle(application_id=FILE), officer("archivist"))
    assert found["bundles"][0]["replicated_at"]


def test_a_late_paper_makes_a_further_bundle_and_leaves_the_first_as_it_is():
    file = Closed()
    first = file.seal()
    late = [*file.documents, file.hands.hand_in("menyusul")]
    file.due = fact(intake.ArchivingDue, documents=late, closed_at=on(3, 10))
    second = file.seal()
    assert first.manifest != second.manifest and len(second.objects) == 4
    file.replicate(second)
    file.replicate(first)
    bundles = heard_of(file.drawers, FILE).bundles
    assert [bundle.replicated_at is not None for bundle in bundles] == [True, True]
    assert seal_holds(file.stored(first)) and seal_holds(file.stored(second))


def test_a_file_withdrawn_before_it_held_a_paper_is_archived_with_its_record():
    file = Closed(0)
    sealed = file.seal()
    assert sealed.objects == [] and file.replicate(sealed).objects == 1
    assert seal_holds(file.stored(sealed, file.sites.second))


def test_one_paper_handed_in_twice_is_listed_twice_and_stored_once():
    file = Closed(1)
    file.due = fact(intake.ArchivingDue, documents=[file.documents[0], file.documents[0]], closed_at=on(3, 10))
    sealed = file.seal()
    assert len(sealed.objects) == 1 and len(file.stored(sealed)["manifest"]["documents"]) == 2


def test_a_name_that_is_taken_by_other_content_is_our_alarm():
    file = Closed()
    file.sites.primary.held[manifest_name(file.due)] = b"something else"
    with pytest.raises(AlreadyDifferent):
        file.seal()


def test_what_is_not_archived_cannot_be_found_and_a_copy_waits_for_its_seal():
    file = Closed()
    refused(
        "not_archived",
        lambda: actions.find(file.drawers, archive.FindBundle(application_id=FILE), officer("archivist")),
    )
    sealed = file.seal()
    elsewhere = Closed()
    elsewhere.sites.primary = file.sites.primary
    with pytest.raises(NotYet):
        elsewhere.replicate(sealed)
