"""The pages of the register of licences and of authority: what they show, to whom, what they say when they cannot."""

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from plumbing.messaging.calls import Away
from plumbing.statement import Keys, public_key, verify
from portal.pages import licences
from services.issuance import searching
from tests.builders import Drawers
from tests.desk import Desk, a_licence
from tests.shelf import KEY, Browser, officer_inside, portal_in_memory

HOME = "/petugas/daftar-izin"


class IssuanceByHand:
    """The line to issuance: its own search, over drawers in memory."""

    def __init__(self) -> None:
        self.drawers, self.away = Drawers(), False

    def ask_with(self, statement: str, message: Any, seconds: float = 1.0) -> dict:
        if self.away:
            raise Away("no answer in time")
        actor = verify(statement, Keys(public_key(KEY), public_key(KEY)), datetime.now(UTC)).actor
        return searching.search(self.drawers, message, actor)

    def close(self) -> None:
        """There is no line."""


@pytest.fixture(scope="module")
def portal(tmp_path_factory) -> Iterator[tuple]:
    with portal_in_memory(tmp_path_factory.mktemp("portal")) as running:
        home, shelf, app = running
        app.state.rooms = rooms = IssuanceByHand()
        a_licence(rooms.drawers, "a", "=Siti Rahmawati", "Toko Melati", 9)
        a_licence(rooms.drawers, "b", "Budi Santoso", "Bengkel Jaya", 10)
        Desk("draft", rooms.drawers)
        yield home, shelf, app, rooms


@pytest.fixture
def counter(portal) -> Browser:
    portal[3].away = False
    return officer_inside(portal[0], portal[2], "counter-1")


def test_the_latest_are_shown_and_a_name_finds_its_own(counter: Browser):
    page = counter.get(HOME)
    assert page.status == 200 and page.text.index("/petugas/berkas/b") < page.text.index("/petugas/berkas/a")
    page = counter.get(f"{HOME}?nama=rahmawati&keadaan=valid")
    assert "Toko Melati" in page.text and "Bengkel Jaya" not in page.text
    assert "Tidak ada izin yang cocok" in counter.get(f"{HOME}?nama=tiada").text


def test_what_was_typed_wrong_is_said_and_a_room_that_is_away_too(counter: Browser, portal):
    for asked in ("mulai=kemarin", "mulai=2016-03-10&sampai=2016-03-09", "keadaan=bagus"):
        for address in (HOME, f"{HOME}.csv"):
            page = counter.get(f"{address}?{asked}")
            assert page.status == 422 and "Belum dapat dicari" in page.text, asked
    for place in ("x", "2016-99-99~", "2016-03-09"):
        assert counter.get(f"{HOME}?sebelum={place}").status == 422, place
    portal[3].away = True
    for address in (HOME, f"{HOME}.csv"):
        page = counter.get(address)
        assert page.status == 503 and "tidak ada yang hilang" in page.text


def test_the_csv_holds_every_licence_that_fits_and_computes_nothing(counter: Browser, monkeypatch):
    monkeypatch.setattr(licences, "AT_ONCE", 1)
    rows = list(csv.DictReader(io.StringIO(counter.get(f"{HOME}.csv").text)))
    assert [row["tempat"] for row in rows] == ["Bengkel Jaya", "Toko Melati"]
    assert rows[1]["pemegang"] == "'=Siti Rahmawati" and rows[1]["ditandatangani"] == "2016-03-09"
    monkeypatch.setattr(licences, "MOST_ROWS", 1)
    page = counter.get(f"{HOME}.csv")
    assert page.status == 422 and "Terlalu banyak" in page.text
    assert "Bengkel Jaya" in counter.get(f"{HOME}.csv?nama=budi").text


def test_a_bidang_chooses_among_its_own_types_and_other_roles_do_not_see_the_register(portal):
    bidang = officer_inside(portal[0], portal[2], "tertentu-head").get(HOME)
    assert (
        'value="iptm"' in bidang.text and 'value="siup"' not in bidang.text and "/petugas/berkas/a" not in bidang.text
    )
    assert officer_inside(portal[0], portal[2], "operator-1").get(HOME).status == 403


def test_who_may_sign_is_told_of_a_day_a_type_and_a_role(counter: Browser):
    page = counter.get("/petugas/kewenangan?pada=2016-08-09&jenis=imb").text
    assert page.count("Candrakirana") >= 3 and "800/ST.52-BPPT/VIII/2016" in page
    assert "Bidang Pelayanan Pengendalian Perizinan Tertentu" not in page
    of_role = counter.get("/petugas/kewenangan?pada=2016-08-13&peran=head").text
    assert "Bayanaka" in of_role and "Nota perhitungan" not in of_role.partition("</form>")[2].partition("Paraf")[0]
    assert counter.get("/petugas/kewenangan?pada=kemarin").status == 422
