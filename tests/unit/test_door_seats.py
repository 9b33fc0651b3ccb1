"""Who passes a room's door: whoever works here today, in a role in which they act today or did on the day on paper."""

import base64
from datetime import datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from contracts import issuance
from contracts.people import Actor
from plumbing.messaging.doors import authorised
from plumbing.messaging.item import Door
from plumbing.messaging.operations.story import who as named
from plumbing.statement import Keys, mint
from tests.builders import NOW, on, order, refused

KEY = Ed25519PrivateKey.generate()
PRIVATE = base64.b64encode(KEY.private_bytes_raw()).decode()
PUBLIC = base64.b64encode(KEY.public_key().public_bytes_raw()).decode()
ROLES = ("head", "camat", "bidang_head")
PLH = Actor(id="tata-usaha-head", role="head", unit="kepala")
HEAD = Actor(id="head-2014", role="head", unit="kepala")


def pass_door(who: Actor, today: datetime, on_paper: datetime | None = None, asks: bool = False) -> Actor:
    if asks:
        kind, message = issuance.FindLicence, issuance.FindLicence(application_id="file-0001")
    else:
        kind, message = issuance.SignLicence, order(issuance.SignLicence, acted_at=on_paper)
    door = Door("sign", kind, lambda *_: None, roles=ROLES)
    return authorised(mint(who, PRIVATE), door, today, Keys(PUBLIC, PUBLIC), message)


@pytest.mark.parametrize("unit", ["kepala", None])
@pytest.mark.parametrize("day", [8, 12])
def test_who_acts_for_the_head_passes_as_head_in_the_period(day, unit):
    plh = PLH.model_copy(update={"unit": unit})
    assert pass_door(plh, on(8, day)) == plh
    said = refused("not_in_office", lambda: pass_door(HEAD, on(8, day))).message
    assert "Plh. Candrakirana Embunpagi, S.Sos. (8 Agustus 2016 sampai 12 Agustus 2016)" in said


@pytest.mark.parametrize("day", [7, 13])
def test_outside_the_period_they_are_refused_and_told_which_it_is(day):
    said = refused("not_in_office", lambda: pass_door(PLH, on(8, day))).message
    assert "Plh. Kepala Badan Pelayanan Perizinan Terpadu (8 Agustus 2016 sampai 12 Agustus 2016)" in said
    assert pass_door(HEAD, on(8, day)) == HEAD


def test_what_was_signed_on_paper_in_the_period_is_entered_afterwards_by_whoever_signed_it():
    assert pass_door(PLH, NOW, on_paper=on(8, 9)) == PLH
    for day in (7, 13):
        refused("not_in_office", lambda day=day: pass_door(PLH, NOW, on_paper=on(8, day)))
    assert pass_door(HEAD, on(8, 9), on_paper=on(8, 5)) == HEAD, "the holder, for what they did before they left"


def test_who_left_the_office_enters_nothing_more_not_even_from_the_time_when_they_were_there():
    gone = Actor(id="head-2011", role="head", unit="kepala")
    refused("not_in_office", lambda: pass_door(gone, NOW, on_paper=on(3, 1).replace(year=2013)))


def test_while_a_plh_sits_there_the_holder_may_still_ask():
    assert pass_door(HEAD, on(8, 9), asks=True) == HEAD
    refused("not_in_office", lambda: pass_door(PLH, on(8, 13), asks=True))


@pytest.mark.parametrize(
    "who",
    [
        Actor(id="counter-1", role="head", unit="kepala"),
        Actor(id="tata-usaha-head", role="head", unit="jasa_usaha"),
        Actor(id="nobody", role="head"),
        Actor(id="camat-rawalumbu", role="camat", unit="kecamatan_mustikajaya"),
        Actor(id="non-perizinan-head", role="bidang_head", unit="tertentu"),
        Actor(id="head-2014", role="camat", unit="kecamatan_jatiasih"),
    ],
)
def test_a_seat_one_does_not_sit_in_is_refused_whatever_the_statement_says(who):
    refused("not_in_office", lambda: pass_door(who, on(8, 9)))


def test_a_plt_passes_in_the_seat_that_is_vacant():
    plt = Actor(id="camat-rawalumbu", role="camat", unit="kecamatan_mustikajaya")
    first = on(1, 1).replace(year=2018)
    assert pass_door(plt, first) == plt
    refused("not_in_office", lambda: pass_door(plt, first - timedelta(days=1)))
    refused("not_in_office", lambda: pass_door(plt, first.replace(month=3)))


def test_the_operators_read_in_which_seat_somebody_acted():
    assert named(PLH.id, "head", on(8, 9)).endswith("(Plh. Kepala Badan Pelayanan Perizinan Terpadu)")
    assert named(PLH.id, "tata_usaha_head", on(8, 9)).endswith("(Kepala Bagian Tata Usaha)")
    assert named(HEAD.id, "head", on(8, 9)).endswith("(Kepala Badan Pelayanan Perizinan Terpadu)")
    assert named(PLH.id, "head", on(8, 13)).endswith("(Kepala Badan)")
    assert (named("warga-1", "applicant", on(8, 9)), named(None, None, on(8, 9))) == ("Pemohon", "sistem")
