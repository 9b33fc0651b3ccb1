"""Who looked at which file is kept: for officers and applicants, once a minute, without a name."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from contracts import intake
from plumbing.database import RecordsAway
from portal.audit import Audit, Look, note
from tests.shelf import Browser, IntakeByHand, Shelf, officer_inside, portal_in_memory

AT = datetime(2016, 11, 7, 3, 0, 20, tzinfo=UTC)


@pytest.fixture(scope="module")
def portal(tmp_path_factory) -> Iterator[tuple]:
    with portal_in_memory(tmp_path_factory.mktemp("portal")) as running:
        yield running


@pytest.fixture
def me(portal) -> Browser:
    home, shelf, app = portal
    shelf.kept.clear()
    app.state.rooms = IntakeByHand(shelf)
    return Browser(home).get("/daftar").post("/daftar", nama="siti@warga.example", sandi="kambing makan rumput")


def a_file(portal, account: str) -> str:
    fields = {**intake.SubmitApplication.example, "sub_kind": "kecil", "channel": "online", "attachments": []}
    return portal[2].state.rooms.ask(account, intake.SubmitApplication(**fields))["application_id"]


def look(minutes: int = 0, **changes) -> Look:
    fields = {"actor": "counter-1", "role": "counter", "address": "10.0.0.7", "page": "/x/{id}", "what": "file"}
    return Look(at=AT + timedelta(minutes=minutes), **{**fields, "file": "app-1", **changes})


def test_an_applicant_and_an_officer_who_open_a_file_are_noted_with_role_and_page(me: Browser, portal):
    account = next(iter(portal[1].kept["accounts"]))
    file = a_file(portal, account)
    assert me.get(f"/saya/{file}").status == 200
    officer = officer_inside(portal[0], portal[2], "counter-1")
    assert officer.get(f"/petugas/berkas/{file}").status == 200
    theirs, mine = portal[2].state.audit.of_file(file)
    assert (mine.actor, mine.role, mine.page, mine.what) == (account, "applicant", "/saya/{id}", "file")
    assert (theirs.actor, theirs.role, theirs.page) == ("counter-1", "counter", "/petugas/berkas/{id}")
    assert mine.address == theirs.address == "127.0.0.1"


def test_somebody_elses_file_leaves_no_look_for_nothing_was_shown(me: Browser, portal):
    file = a_file(portal, "somebody-else")
    assert me.get(f"/saya/{file}").status == 404
    assert portal[2].state.audit.of_file(file) == []


def test_the_record_holds_no_personal_data(me: Browser, portal):
    file = a_file(portal, next(iter(portal[1].kept["accounts"])))
    me.get(f"/saya/{file}")
    kept = str(portal[1].kept["looks"])
    applicant = intake.SubmitApplication.example["applicant"]
    assert not [value for value in applicant.values() if value and value in kept] and "siti" not in kept


def test_the_same_look_within_a_minute_is_one_and_the_latest_comes_first():
    audit = Audit(Shelf())
    for each in (look(), look(), look(3), look(1), look(2, actor="head")):
        audit.keep(each)
    assert [each.at.minute for each in audit.of_file("app-1")] == [3, 2, 1, 0]
    assert [each.at.minute for each in audit.of_actor("counter-1", most=2)] == [3, 1]


def test_a_look_that_cannot_be_kept_is_not_given(me: Browser, portal, monkeypatch):
    file = a_file(portal, next(iter(portal[1].kept["accounts"])))

    def away(*_):
        raise RecordsAway("no answer")

    monkeypatch.setattr(portal[2].state.audit._records, "add", away)
    assert me.get(f"/saya/{file}").status == 503


def test_what_was_shown_is_a_code_never_a_name():
    with pytest.raises(ValueError, match="no code"):
        note(None, "counter-1", "counter", "Siti Rahmawati", "app-1")
