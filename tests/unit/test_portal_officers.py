"""Officers at the portal: who comes in, what lies on whose desk, and that nobody acts beyond their seat."""

from collections.abc import Iterator

import pytest
from starlette.routing import Match

from catalogue.desks import desks_of, may_see
from catalogue.offering import offering
from catalogue.office import organisation
from contracts import intake
from plumbing.messaging.calls import Away
from portal.roads import ACTS, ROADS
from services.noticeboard.model import desks
from tests.builders import refused
from tests.shelf import Browser, IntakeByHand, officer_inside, portal_in_memory

EDITION = "2016-11"


@pytest.fixture(scope="module")
def portal(tmp_path_factory) -> Iterator[tuple]:
    with portal_in_memory(tmp_path_factory.mktemp("portal")) as running:
        yield running


@pytest.fixture
def counter(portal) -> Browser:
    home, shelf, app = portal
    shelf.kept.clear()
    app.state.rooms = IntakeByHand(shelf)
    return officer_inside(home, app, "counter-1")


@pytest.fixture
def file(counter, portal) -> str:
    """A SIUP that waits for the check of its papers."""
    fields = {**intake.SubmitApplication.example, "sub_kind": "kecil", "channel": "online", "attachments": []}
    return portal[2].state.rooms.ask("siti", intake.SubmitApplication(**fields))["application_id"]


def test_a_file_lies_on_the_counters_desk_and_on_nobody_elses(counter: Browser, file: str, portal):
    assert f"/petugas/berkas/{file}" in counter.get("/petugas").text
    other = officer_inside(portal[0], portal[2], "treasurer")
    assert "Tidak ada berkas yang menunggu" in other.get("/petugas").text


def test_what_was_signed_waits_on_the_counters_desk_until_it_is_handed_over(counter: Browser, file: str, portal):
    notice = portal[1].kept["notices"][file]
    moved = intake.ApplicationMoved.model_validate(notice["moved"])

    def after(*turns: str) -> str:
        history = [*moved.history, *(moved.history[-1].model_copy(update={"what": what}) for what in turns)]
        portal[1].kept["notices"][file] = notice | {"desks": desks(moved.model_copy(update={"history": history}))}
        return counter.get("/petugas").text

    assert "Izin menunggu diambil" not in after()
    assert f"/petugas/loket/{file}/serah" in after("licence_issued")
    treasurer = officer_inside(portal[0], portal[2], "treasurer")
    assert "Izin menunggu diambil" not in treasurer.get("/petugas").text
    assert "Izin menunggu diambil" not in after("licence_issued", "handed_over")


def test_a_file_is_found_by_its_number_and_shown_to_whose_business_it_is(counter: Browser, file: str, portal):
    handle = f"P-{file[-12:]}".upper()
    assert counter.get(f"/petugas/cari?nomor={handle.lower()}").to == f"/petugas/berkas/{file}"
    assert "Permohonan diterima" in counter.get(f"/petugas/berkas/{file}").text
    siup = offering("siup", EDITION)
    assert siup.bidang == "jasa_usaha"
    stranger = officer_inside(portal[0], portal[2], "tertentu-head")
    assert stranger.get(f"/petugas/cari?nomor={handle}").status == 404
    assert stranger.get(f"/petugas/berkas/{file}").status == 404
    assert officer_inside(portal[0], portal[2], "jasa-usaha-head").get(f"/petugas/berkas/{file}").status == 200


def test_intake_tells_a_file_only_to_whose_business_it_is(file: str, portal):
    room = portal[2].state.rooms
    ask = intake.FindApplication(application_id=file)
    for officer in ("counter-1", "jasa-usaha-1", "head-2014", "treasurer"):
        assert room.as_officer(officer, ask)["application_id"] == file
    for officer in ("tertentu-1", "tim-dinkes-1", "setda-counter-1"):
        refused("not_your_file", lambda officer=officer: room.as_officer(officer, ask))


def test_a_page_stands_while_intake_is_away_and_says_so(counter: Browser, file: str, portal, monkeypatch):
    def silent(*_, **__):
        raise Away("no answer in time")

    monkeypatch.setattr(portal[2].state.rooms, "ask_with", silent)
    assert counter.get(f"/petugas/berkas/{file}").status == 200
    assert "Isi berkas belum dapat diambil" in counter.text
    assert counter.get(f"/petugas/berkas/{file}/surat/{'0' * 64}").status == 503


def test_without_a_session_one_is_sent_to_the_gate_and_back(portal, counter: Browser):
    stranger = Browser(portal[0])
    assert stranger.get("/petugas/cari?nomor=1").to == "/petugas/masuk?kembali=/petugas/cari%3Fnomor%3D1"
    stranger.get("/petugas/masuk?kembali=https://elsewhere.example").post(
        "/petugas/masuk", nama="counter-1", sandi=counter.passphrase, kembali="https://elsewhere.example"
    )
    assert (stranger.status, stranger.to) == (303, "/")


def test_a_form_after_the_session_has_ended_is_not_done_and_says_so(counter: Browser):
    page = counter.get("/petugas/akun").text
    counter.post("/petugas/keluar")
    counter.text, counter.cookies["petugas"] = page, "x" * 43
    counter.post("/petugas/sandi", lama="a", baru="b", ulang="b")
    assert counter.to == "/petugas/masuk?kembali=/petugas/sandi&terlambat=1"
    assert "Sesi Anda sudah berakhir" in counter.get(counter.to).text


def test_a_form_from_elsewhere_or_with_anothers_mark_is_refused(counter: Browser, portal):
    counter.get("/petugas/akun")
    assert counter.post("/petugas/keluar", origin="https://evil.example").status == 403
    assert counter.get("/petugas/akun").post("/petugas/keluar", mark="0" * 64).status == 403
    assert counter.get("/petugas").status == 200, "still inside"


def test_a_wrong_passphrase_is_told_and_the_passphrase_can_be_changed(portal, counter: Browser):
    stranger = Browser(portal[0])
    stranger.get("/petugas/masuk").post("/petugas/masuk", nama="counter-1", sandi="kambing makan rumput")
    assert stranger.status == 422 and "tidak cocok" in stranger.text
    counter.get("/petugas/akun").post("/petugas/sandi", lama=counter.passphrase, baru="pendek", ulang="pendek")
    assert counter.status == 422 and "terlalu pendek" in counter.text
    fields = {"baru": "kuda lumping di Bekasi", "ulang": "kuda lumping di Bekasi"}
    counter.post("/petugas/sandi", lama=counter.passphrase, **fields)
    assert counter.status == 200 and "Frasa sandi sudah diganti" in counter.text


def test_while_the_gate_is_away_officers_are_told_and_the_public_notices_nothing(counter: Browser, portal, monkeypatch):
    monkeypatch.setattr(portal[2].state.gate, "_url", "http://127.0.0.1:9")
    assert counter.get("/petugas").status == 503 and "Pintu petugas" in counter.text
    assert counter.get("/").status == 200


def test_every_road_and_act_of_officers_leads_to_a_page_and_names_roles_there_are(portal):
    roles = set(organisation().roles)
    for address in [road.address for road in ROADS] + [act.address.format(id="x") for act in ACTS]:
        asked = {"type": "http", "method": "GET", "path": address}
        assert any(route.matches(asked)[0] is Match.FULL for route in portal[2].routes), address
    assert {role for each in (*ROADS, *ACTS) for role in each.roles} <= roles


@pytest.mark.parametrize("code", ["imb", "siup", "S-III"])
def test_every_step_of_an_officer_lies_on_a_desk_whose_people_may_see_the_file(code):
    kind = offering(code, EDITION)
    for step in kind.path.steps:
        for name in desks_of(kind, step):
            role, _, unit = name.partition(".")
            assert may_see(kind, role, unit or None), (step.code, name)
        assert bool(desks_of(kind, step)) == (step.actor != "applicant")


def test_somebody_who_is_inside_as_an_applicant_can_sign_in_as_an_officer_too(portal, counter: Browser):
    both = Browser(portal[0])
    both.get("/daftar").post("/daftar", nama="petugas@warga.example", sandi="kambing makan rumput")
    assert both.get("/saya").status == 200
    both.get("/petugas/masuk").post("/petugas/masuk", nama="counter-1", sandi=counter.passphrase)
    assert (both.status, both.to) == (303, "/petugas")
    assert both.get("/petugas").status == 200 and both.get("/saya").status == 200


def test_a_first_passphrase_opens_nothing_but_the_page_that_changes_it(portal):
    me = officer_inside(portal[0], portal[2], "administration-1", to_keep=False)
    assert [me.get(page).to for page in ("/petugas", "/petugas/skrd", "/petugas/token")] == ["/petugas/akun"] * 3
    me.get("/petugas/akun")
    me.post("/petugas/sandi", lama=me.passphrase, baru="sepeda ontel biru", ulang="sepeda ontel biru")
    assert me.status == 200 and me.get("/petugas").status == 200
