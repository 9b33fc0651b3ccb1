"""Asking for a service of the secretariat at the portal: the same pages, its papers, and going on after a request."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from catalogue.office import organisation
from catalogue.standards_book import service_standards
from contracts import intake
from portal import wizard
from services.intake import steps, store
from tests.builders import Drawers, order
from tests.people import a_pdf
from tests.shelf import Browser, IntakeByHand, portal_in_memory
from tests.unit.test_portal_applying import SITI
from values.dates import JAKARTA

MORNING = datetime(2020, 3, 9, 8, 30, tzinfo=JAKARTA)  # the decree holds by then
LETTER = {"name": "Karang Taruna Melati", "address": "Jl. Melati No. 12", "kecamatan": "Bekasi Timur"}


@pytest.fixture(scope="module")
def portal(tmp_path_factory) -> Iterator[tuple]:
    with portal_in_memory(tmp_path_factory.mktemp("portal")) as running:
        yield running


@pytest.fixture
def me(portal) -> Browser:
    home, shelf, app = portal
    shelf.kept.clear()
    app.state.rooms = IntakeByHand(shelf)
    app.state.rooms.drawers = Drawers(MORNING)
    return Browser(home).get("/daftar").post("/daftar", nama="siti@warga.example", sandi="kambing makan rumput")


def asked_for(me: Browser, code: str) -> str:
    """The address of a draft whose questions are answered."""
    me.get(f"/ajukan/{code}").post(f"/ajukan/{code}", perintah=f"begin-{code}")
    draft = "/".join(me.to.split("/")[:4])
    me.get(me.to).post(f"{draft}/pemohon", **SITI)
    me.get(me.to).post(f"{draft}/tempat", **LETTER)
    return draft


def sent(me: Browser, code: str) -> str:
    """A service asked for with its first paper; the id of its file."""
    draft = asked_for(me, code)
    page = me.to
    me.get(page).hand_in(page, a_pdf("surat permohonan"))
    while me.to != draft:
        page = me.to
        me.get(page).post(page, nanti="ya")
        assert me.status == 303, me.text
    me.get(draft).post(draft)
    assert (me.status, me.to) == (303, f"{draft}/terkirim"), me.text
    return draft.split("/")[-1]


@pytest.mark.parametrize("code", service_standards())
def test_every_service_asks_who_from_where_and_for_its_papers(me: Browser, code: str):
    kind = service_standards()[code]
    assert wizard.pages(kind, {}) == ["pemohon", "tempat"] and wizard.on_a_licence(kind) == []
    assert f"/ajukan/{code}" in me.get(f"/layanan/{code}").text
    asked_for(me, code)
    assert me.to.endswith("/berkas/syarat_1")
    assert me.get(me.to).status == 200


def test_what_a_standard_lists_below_a_requirement_is_shown_with_it(me: Browser):
    asked_for(me, "S-I")
    first = service_standards()["S-I"].requirements[0]
    page = me.get(me.to).text
    assert first.items[0].text in page and first.items[0].items[0] in page


def test_a_service_is_sent_and_its_confirmation_tells_number_code_and_next_steps(me: Browser, portal):
    id = sent(me, "S-IV")
    (asked,) = [m for m in portal[2].state.rooms.asked if isinstance(m, intake.SubmitApplication)]
    assert (asked.licence_type, asked.sub_kind, asked.quantities) == ("S-IV", None, {})
    page = me.get(me.to).text
    assert f"P-{id[-12:].upper()}" in page and '<svg role="img" aria-label="Kode QR' in page
    assert "style=" not in page and service_standards()["S-IV"].path.steps[0].name in page


def test_what_a_service_asks_for_is_handed_in_and_then_its_applicant_lets_it_go_on(me: Browser, portal):
    id, room = sent(me, "S-IV"), portal[2].state.rooms
    lacking = [{"requirement": "syarat_2", "verdict": "missing", "note": "belum ada"}]
    path = service_standards()["S-IV"].path
    back = next(o for o, to in path.first.outcomes.items() if to == "complete_request")
    asked = order(intake.TakeStep, application_id=id, step="register", outcome=back, requests=lacking)
    room.drawers.ask(steps.take, asked, organisation().officers_with("setda_counter", None, on=MORNING.date())[0].id)
    room.tell()
    page = me.get(f"/saya/{id}").text
    assert "belum ada" in page and "Sudah lengkap, lanjutkan" in page
    assert "1 berkas menunggu Anda" in me.get("/saya").text
    me.get(f"/saya/{id}").post(f"/saya/{id}/lanjut", perintah="go-1")
    assert me.status == 422 and "Masih ada yang diminta" in me.text
    me.get(f"/saya/{id}").hand_in(f"/saya/{id}/jawab/syarat_2", a_pdf("disposisi"), perintah="abc")
    assert me.status == 303
    page = me.get(f"/saya/{id}").text
    for _ in range(2):
        me.text = page
        me.post(f"/saya/{id}/lanjut", perintah="go-2")
        assert me.status == 303
    assert store.find(room.drawers, id).step.code == "register"
