"""Looking closed files up, reading their papers, and verifying both copies: what is found, refused and kept."""

import pytest

from contracts import archive
from plumbing.object_store import StoreAway, content_key
from services.archive import actions, searching
from services.archive.store import heard_of
from tests.builders import FILE, Drawers, officer, refused
from tests.closed import Closed, a_closed


def shelf_of_three() -> Drawers:
    drawers = Drawers()
    for resi, name, kind, day in (
        ("R-1", "Siti Rahmawati", "siup", 7),
        ("R-2", "CV. Rahmawati Jaya", "imb", 9),
        ("R-3", "Budi Santoso", "siup", 20),
    ):
        a_closed(resi, name, kind, day, drawers).seal()
    return drawers


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"number": " r-2 "}, ["R-2"]),
        ({"number": "503/R-3"}, ["R-3"]),
        ({"name": "rahmawati"}, ["R-2", "R-1"]),
        ({"name": "Rahmawati SITI"}, ["R-1"]),
        ({"name": "rahmawati", "licence_type": "imb"}, ["R-2"]),
        ({"name": "rahmawati", "until": "2016-03-08", "since": "2016-01-01"}, ["R-1"]),
        ({"since": "2016-03-08", "until": "2016-03-31"}, ["R-3", "R-2"]),
        ({"licence_type": "siup", "since": "2016-01-01", "until": "2016-03-10"}, ["R-1"]),
        ({"number": "R-9"}, []),
        ({"name": "rah"}, []),
    ],
    ids=str,
)
def test_closed_files_are_found_by_number_name_type_and_time(asked, found):
    answer = searching.search(shelf_of_three(), archive.SearchBundles(**asked))
    assert [file["resi"] for file in answer["files"]] == found and answer["more"] is False


def test_what_would_read_the_whole_archive_is_refused_with_what_to_do():
    for asked, code in (
        ({}, "nothing_asked"),
        ({"licence_type": "siup"}, "nothing_asked"),
        ({"since": "2016-01-01", "until": "2016-12-31"}, "period_too_long"),
        ({"licence_type": "siup", "since": "2015-01-01", "until": "2016-01-31"}, "period_too_long"),
        ({"since": "2016-03-09", "until": "2016-03-08"}, "period_upside_down"),
    ):
        refused(code, lambda asked=asked: searching.search(Drawers(), archive.SearchBundles(**asked)))


def verify(file: Closed) -> dict:
    order = archive.VerifyBundle(command_id="verify-0001", application_id=FILE)
    return file.drawers.let(actions.verify(file.sites, file.drawers, order), officer("archivist"))


def test_both_copies_are_read_now_and_who_asked_is_kept():
    file = Closed()
    file.replicate(file.seal())
    answer = verify(file)
    assert answer["good"] and [check["objects"] for check in answer["checks"]] == [4, 4]
    kept = heard_of(file.drawers, FILE)
    assert (kept.history[-1].what, kept.history[-1].actor) == ("bundle_verified", "archivist")
    assert [check.good for check in kept.bundles[0].checks] == [True, True]


def test_a_paper_that_is_gone_and_a_manifest_that_was_changed_are_named_with_their_site():
    file = Closed()
    sealed = file.seal()
    file.replicate(sealed)
    del file.sites.second.held[content_key(sealed.objects[1])]
    file.sites.primary.held[sealed.manifest] = b"{}"
    answer = verify(file)
    primary, second = answer["checks"]
    assert not answer["good"]
    assert primary["wrong"] == [{"name": sealed.manifest, "why": "damaged"}]
    assert second["wrong"] == [{"name": sealed.objects[1], "why": "missing"}]
    assert heard_of(file.drawers, FILE).history[-1].note == "ada yang tidak cocok"


def test_a_site_that_does_not_answer_is_said_and_is_no_fault_of_the_bundle():
    file = Closed()
    file.replicate(file.seal())

    def away(_):
        raise StoreAway("second: ConnectTimeout")

    file.sites.second.proven = file.sites.second.get_named = away
    primary, second = verify(file)["checks"]
    assert (primary["away"], second["away"], second["wrong"]) == (False, True, [])


def test_who_read_a_paper_is_kept_and_a_paper_of_another_file_is_not_given():
    file = Closed()
    file.seal()
    order = archive.OpenPaper(command_id="open-0001", application_id=FILE, sha256=file.documents[0]["sha256"])
    assert file.drawers.ask(actions.open_paper, order, "archivist")["sha256"] == file.documents[0]["sha256"]
    line = heard_of(file.drawers, FILE).history[-1]
    assert (line.what, line.actor, line.note) == ("paper_opened", "archivist", file.documents[0]["sha256"])
    other = order.model_copy(update={"sha256": "0a" * 32})
    refused("not_of_this_file", lambda: file.drawers.ask(actions.open_paper, other, "archivist"))


def test_the_applicants_name_is_for_the_archivist_and_not_for_the_operator():
    file = a_closed("R-1", "Siti Rahmawati", "siup", 7)
    file.seal()
    question = archive.FindBundle(application_id="file-R-1")
    assert actions.find(file.drawers, question, officer("archivist"))["applicant"] == "Siti Rahmawati"
    assert "Siti" not in str(actions.find(file.drawers, question, officer("operator-1")))
