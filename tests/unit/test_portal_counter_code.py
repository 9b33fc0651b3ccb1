"""A forgotten password of an account with a phone number: a code from the counter, for who has the KTP, once."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from portal.recovery import HOLDS, Recovery
from tests.shelf import Browser, IntakeByHand, Shelf, officer_inside, portal_in_memory
from tests.unit.test_portal_applying import SITI, filled_in

PHONE, NEW = "0812 0000 0001", "sapi makan jagung muda"
AT = datetime(2016, 11, 7, 3, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def portal(tmp_path_factory) -> Iterator[tuple]:
    with portal_in_memory(tmp_path_factory.mktemp("portal")) as running:
        yield running


@pytest.fixture
def me(portal) -> Browser:
    """Somebody who signed up with a phone number and has applied."""
    home, shelf, app = portal
    shelf.kept.clear()
    app.state.rooms = IntakeByHand(shelf)
    me = Browser(home).get("/daftar").post("/daftar", nama=PHONE, sandi="kambing makan rumput")
    draft = filled_in(me)
    assert me.get(draft).post(draft).status == 303
    return me


def given(portal, **changes: str) -> Browser:
    """The clerk's page after asking for a code."""
    clerk = officer_inside(portal[0], portal[2], "counter-1")
    fields = {"nama": PHONE, "nik": SITI["nik"], "ktp": "ya"} | changes
    return clerk.get("/petugas/sandi-pemohon").post("/petugas/sandi-pemohon", **fields)


def code_on(page: Browser) -> str:
    return re.search(r"[A-Z2-9]{5}-[A-Z2-9]{5}", page.text).group()


def test_with_the_code_one_makes_a_new_password_and_it_works_once(me: Browser, portal):
    code = code_on(given(portal))
    at_home = Browser(portal[0])
    at_home.get("/lupa-sandi/kode").post("/lupa-sandi/kode", nama=PHONE, kode=code.lower().replace("-", " "))
    link = at_home.to
    assert at_home.status == 303 and link.startswith("/lupa-sandi/")
    at_home.get(link).post(link, sandi=NEW)
    assert (at_home.status, at_home.to) == (303, "/saya")
    assert me.get("/saya").to.startswith("/masuk"), "who was inside is outside"
    again = Browser(portal[0])
    assert again.get("/lupa-sandi/kode").post("/lupa-sandi/kode", nama=PHONE, kode=code).status == 422
    looks = portal[2].state.audit.of_actor("counter-1")
    assert [(look.what, look.file) for look in looks] == [("reset_code", next(iter(portal[1].kept["accounts"])))]


@pytest.mark.parametrize(
    "wrong", [{"nik": "3275010101800009"}, {"nik": "32"}, {"nama": "0812 9999 9999"}, {"ktp": ""}, {"nama": "siti"}]
)
def test_without_the_right_nik_or_the_ktp_no_code_is_given(me: Browser, portal, wrong):
    page = given(portal, **wrong)
    assert page.status == 422 and "Kode tidak diberikan" in page.text
    assert "links" not in portal[1].kept and portal[2].state.audit.of_actor("counter-1") == []


def test_only_counters_give_codes(me: Browser, portal):
    treasurer = officer_inside(portal[0], portal[2], "treasurer")
    assert treasurer.get("/petugas/sandi-pemohon").status == 403
    assert "sandi-pemohon" not in treasurer.get("/petugas").text


def test_guessing_a_code_makes_one_wait(me: Browser, portal):
    given(portal)
    guesser = Browser(portal[0]).get("/lupa-sandi/kode")
    seen = [guesser.post("/lupa-sandi/kode", nama=PHONE, kode="AAAAA-AAAAA").status for _ in range(8)]
    assert seen[0] == 422 and seen[-1] == 429


def test_a_code_holds_half_an_hour_for_its_own_account():
    recovery = Recovery(Shelf(), None)
    code = recovery.give_code("siti", AT)
    assert not recovery.use_code("budi", code, AT)
    assert not recovery.use_code("siti", code, AT + HOLDS + timedelta(seconds=1))
    assert recovery.use_code("siti", code, AT) and not recovery.use_code("siti", code, AT)
    older = recovery.give_code("siti", AT)
    recovery.give_code("siti", AT)
    assert not recovery.use_code("siti", older, AT)
