"""The form of a visit: what counts as a finding, what is missing, and that what was typed is kept for its member."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import UploadFile

from catalogue.licences import licence_type
from contracts.technical_team import RecordFindings
from plumbing.documents import Renderer
from portal.acting import happened_at, period, with_moments
from portal.entrance import MOST_FIELDS
from portal.uploads import Unfit, Uploads
from portal.visit_form import ALWAYS, MOST, Checklist, as_typed, findings, names, rows
from portal.visit_notes import VisitNotes
from tests.people import a_jpeg, a_pdf
from tests.shelf import Shelf, StoreInMemory
from values.dates import JAKARTA

IMB = Checklist(licence_type("imb"), "industri", "new")
WHOLE = {"sesuai-0": "ya", "rekomendasi": "recommended", "pendapat": "Sesuai rencana"}
NOW = datetime(2016, 11, 15, 3, 0, tzinfo=UTC)


def test_a_filled_in_form_is_a_command_the_room_takes():
    fields, faults = findings(IMB, WHOLE | {"catatan-0": "Patok lengkap", "hadir": "represented", "wakil": "Rudi"})
    assert faults == {}
    order = RecordFindings(command_id="c-00000001", application_id="file-1", skpd="distako", **fields)
    assert order.observations[0].note == "Patok lengkap" and order.represented_by == "Rudi"


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"sesuai-0": ""}, "sesuai-0-ya"),
        ({"rekomendasi": "perhaps"}, "rekomendasi-recommended"),
        ({"pendapat": " a "}, "pendapat"),
        ({"hadir": "represented"}, "wakil"),
        ({"catatan-1": "lupa memilih"}, "sesuai-1-ya"),
        ({f"sesuai-{rows(IMB, {})[-1].n}": "ya"}, f"hal-{rows(IMB, {})[-1].n}"),
    ],
)
def test_what_is_missing_is_said_where_it_is_missing(typed, wrong):
    assert list(findings(IMB, WHOLE | typed)[1]) == [wrong]


def test_a_point_of_ones_own_stands_under_the_name_one_gave_it():
    n = next(row.n for row in rows(IMB, {}) if row.free)
    fields, _ = findings(IMB, WHOLE | {f"hal-{n}": "Pagar", f"sesuai-{n}": "tidak"})
    assert fields["observations"][-1] == {"point": "Pagar", "fits": False, "note": ""}


@given(st.dictionaries(st.sampled_from(sorted(names(IMB))), st.sampled_from(["", "ya", "tidak", "Pagar", "refused"])))
def test_findings_the_room_has_are_filled_in_again_as_they_were(typed):
    fields, faults = findings(IMB, typed)
    if not faults:
        told = fields | {"recommendation": fields["recommendation"]}
        again, still = findings(IMB, as_typed(IMB, told))
        assert still == {} and again["opinion"] == fields["opinion"]
        assert [o["point"] for o in again["observations"]] == [o["point"] for o in fields["observations"]]


@pytest.mark.parametrize("code", ["imb", "siup", "reklame", "iptm"])
def test_the_form_of_every_type_fits_into_one_request(code):
    kind = licence_type(code)
    for sub_kind in kind.sub_kinds or (None,):
        asked = Checklist(kind, sub_kind, "new")
        assert len(rows(asked, {})) <= MOST and len(names(asked)) + 3 <= MOST_FIELDS


@pytest.mark.parametrize(
    ("sub_kind", "papers"),
    [("rumah_tinggal", 0), ("industri", 1), ("perumahan", 1), ("pecahan", 1)],
)
def test_the_checklist_asks_for_the_papers_of_the_files_own_sub_kind(sub_kind, papers):
    """All bring drawings and the recommendation; the rest is asked of one sub-kind each."""
    kind = licence_type("imb")
    points = Checklist(kind, sub_kind, "new").points
    of_others = {r.name for r in kind.requirements if r.only_for and sub_kind not in r.only_for}
    assert len(points) == len(ALWAYS) + 2 + papers and not of_others & set(points)


def test_what_a_member_typed_is_kept_for_them_for_that_file_and_round():
    notes = VisitNotes(Shelf())
    notes.keep("tim-1", "file-1", 1, {"pendapat": "awal"}, NOW)
    notes.keep("tim-1", "file-1", 1, {"pendapat": "akhir"}, NOW + timedelta(minutes=1))
    assert notes.find("tim-1", "file-1", 1) == ({"pendapat": "akhir"}, NOW + timedelta(minutes=1))
    for other in (("tim-2", "file-1", 1), ("tim-1", "file-2", 1), ("tim-1", "file-1", 2)):
        assert notes.find(*other) == ({}, None)
    notes.throw_away("tim-1", "file-1", 1)
    assert notes.find("tim-1", "file-1", 1).at is None


def test_only_a_picture_is_taken_as_a_photo():
    renderer = Renderer()
    uploads = Uploads(StoreInMemory(), renderer)

    def take(data: bytes):
        return uploads.take_photo(UploadFile(io.BytesIO(data)))

    try:
        document, camera = take(a_jpeg("site"))
        assert (document.kind, document.media_type, camera.taken_at) == ("photo", "image/jpeg", None)
        for data, code in ((a_pdf("no"), "picture"), (b"\xff\xd8\xff broken", "unreadable"), (b"", "empty")):
            with pytest.raises(Unfit) as no:
                take(data)
            assert no.value.code == code
    finally:
        renderer.close()


def test_a_slot_is_read_by_the_clock_on_the_offices_wall():
    typed = {"tanggal": "2016-11-15", "mulai": "09.30", "selesai": "kapan saja"}
    read = period(lambda name: typed.get(name, ""))
    assert read == {"starts_at": datetime(2016, 11, 15, 9, 30, tzinfo=JAKARTA), "ends_at": "unreadable"}


def test_moments_a_room_tells_are_moments_again_and_words_stay_words():
    told = with_moments({"since": "2016-11-15T03:00:00+00:00", "tasks": [{"due": None, "skpd": "since"}]})
    assert told == {"since": NOW, "tasks": [{"due": None, "skpd": "since"}]}


def test_a_minute_that_was_typed_is_its_beginning_and_the_one_that_runs_is_now():
    morning = datetime(2016, 3, 7, 8, 30, tzinfo=JAKARTA)
    assert happened_at("2016-03-07", "08.30", NOW) == morning
    assert happened_at("2016-03-07", "08:30", morning + timedelta(seconds=20)) == morning + timedelta(seconds=20)
    assert happened_at("2016-03-07", "08:30", morning + timedelta(seconds=60)) == morning
    assert happened_at("kemarin", "pagi", NOW) == "unreadable"
