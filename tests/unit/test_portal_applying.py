"""Applying page by page: what is asked, what is kept, what is sent, and what is never lost."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from catalogue.licences import licence_type, licence_types
from contracts import intake
from plumbing.sign_in.sessions import IDLE
from portal import wizard
from tests.people import a_pdf
from tests.shelf import Browser, IntakeByHand, portal_in_memory

SECRET = "kambing makan rumput"
SITI = {"name": "Siti Rahmawati", "nik": "3275 0101 0180 0001", "address": "Jl. Melati No. 12", "phone": "081200000001"}
SHOP = {"name": "Toko Sumber Rezeki", "address": "Jl. Ir. H. Juanda No. 5", "kecamatan": "Bekasi Timur"}


@pytest.fixture(scope="module")
def portal(tmp_path_factory) -> Iterator[tuple]:
    with portal_in_memory(tmp_path_factory.mktemp("portal")) as running:
        yield running


@pytest.fixture
def me(portal) -> Browser:
    home, shelf, app = portal
    shelf.kept.clear()
    app.state.rooms = IntakeByHand(shelf)
    browser = Browser(home).get("/daftar").post("/daftar", nama="siti@warga.example", sandi=SECRET)
    assert browser.status == 303
    return browser


@pytest.fixture
def room(me, portal) -> IntakeByHand:
    return portal[2].state.rooms


def begun(me: Browser, code: str = "siup") -> str:
    """The address of a new draft."""
    me.get(f"/ajukan/{code}").post(f"/ajukan/{code}", perintah="begin-1")
    assert me.status == 303
    return "/".join(me.to.split("/")[:4])


def filled_in(me: Browser) -> str:
    """A SIUP with one paper, the others to follow."""
    draft = begun(me)
    me.get(f"{draft}/jenis").post(f"{draft}/jenis", sub_kind="kecil")
    me.get(f"{draft}/pemohon").post(f"{draft}/pemohon", **SITI)
    me.get(f"{draft}/tempat").post(f"{draft}/tempat", **SHOP)
    me.get(me.to).hand_in(f"{draft}/berkas/ktp", a_pdf("ktp"))
    while (page := me.to) != draft:
        me.get(page).post(page, nanti="ya")
        assert me.status == 303
    return draft


def submissions(room: IntakeByHand) -> list[intake.SubmitApplication]:
    return [m for m in room.asked if isinstance(m, intake.SubmitApplication)]


def test_one_applies_page_by_page_and_the_room_has_what_was_typed(me: Browser, room: IntakeByHand):
    draft = filled_in(me)
    assert "Toko Sumber Rezeki" in me.get(draft).text and "3275010101800001" in me.text
    me.post(draft)
    assert (me.status, me.to) == (303, f"{draft}/terkirim")
    (order,) = submissions(room)
    assert (order.licence_type, order.sub_kind, order.channel) == ("siup", "kecil", "online")
    assert order.applicant.nik == "3275010101800001" and order.place.kecamatan == "Bekasi Timur"
    assert [a.requirement for a in order.attachments] == ["ktp"]
    assert f"P-{order.application_id[-12:].upper()}" in me.get(me.to).text
    assert me.get(f"/saya/{order.application_id}").status == 200
    assert me.get("/saya").text.count(order.application_id) == 1


def test_sent_twice_is_sent_once_also_when_the_answer_was_lost(me: Browser, room: IntakeByHand):
    draft = filled_in(me)
    check = me.get(draft).text
    room.away = True
    assert me.post(draft).status == 503 and "Semua jawaban Anda tersimpan" in me.text
    room.away = False
    for _ in range(3):
        me.text = check
        assert me.post(draft).to == f"{draft}/terkirim"
    assert len({m.command_id for m in submissions(room)}) == 1
    assert len(room.drawers.heard(intake.ApplicationSubmitted)) == 1


def test_a_wrong_answer_is_told_beside_its_field_and_stays_typed(me: Browser, portal):
    draft = begun(me)
    me.get(f"{draft}/pemohon").post(f"{draft}/pemohon", **SITI | {"nik": "32", "name": "<b>Siti</b> 🐐"})
    assert me.status == 422 and 'href="#nik"' in me.text and "16 angka" in me.text
    assert "&lt;b&gt;Siti&lt;/b&gt; 🐐" in me.text and "<b>Siti" not in me.text
    me.post(f"{draft}/pemohon", nik="32")
    assert all(f'href="#{name}"' in me.text for name in SITI)
    (kept,) = portal[1].kept["drafts"].values()
    assert "pemohon" not in kept["answers"]


def test_a_session_that_ended_on_the_way_loses_nothing(me: Browser, portal):
    draft = begun(me)
    me.get(f"{draft}/jenis").post(f"{draft}/jenis", sub_kind="kecil")
    me.get(f"{draft}/pemohon")
    (key,) = portal[1].kept["sessions"]
    portal[1].change("sessions", {"_id": key}, {"seen": (datetime.now(UTC) - IDLE).isoformat()})
    me.post(f"{draft}/pemohon", **SITI)
    assert me.status == 401 and "Sesi Anda sudah berakhir" in me.text
    late = {f"titipan.{name}": text for name, text in SITI.items()}
    me.post("/masuk", nama="siti@warga.example", sandi=SECRET, kembali=f"{draft}/pemohon", **late)
    assert me.to == f"{draft}/pemohon"
    page = me.get(me.to).text
    assert [text for text in SITI.values() if f'value="{text}"' not in page] == []
    assert "kecil" in portal[1].kept["drafts"][draft.rsplit("/", 1)[1]]["answers"]["jenis"]["sub_kind"]


def test_a_draft_is_its_owners_alone(me: Browser, portal):
    draft = begun(me)
    other = Browser(portal[0]).get("/daftar").post("/daftar", nama="budi@warga.example", sandi=SECRET)
    form = other.get("/akun").text
    for path in (draft, f"{draft}/jenis", f"{draft}/berkas/ktp"):
        assert other.get(path).status == 404
        other.text = form
        assert other.post(path, sub_kind="kecil").status == 404
    assert draft not in other.get("/saya").text


def test_what_is_not_complete_is_not_sent_and_what_was_begun_is_found_again(me: Browser, room: IntakeByHand):
    draft = begun(me)
    me.get(draft)
    assert me.post(draft).status == 422 and submissions(room) == []
    assert draft in me.get("/saya").text and draft in me.get("/ajukan/siup").text
    me.post(f"{draft}/buang")
    assert draft not in me.get("/saya").text


@pytest.mark.parametrize("code", licence_types())
def test_every_type_has_its_pages_and_each_page_its_questions(code):
    kind = licence_type(code)
    for sub_kind in kind.sub_kinds or (None,):
        answers = {wizard.KIND: {"sub_kind": sub_kind}} if sub_kind else {}
        for page in wizard.pages(kind, answers):
            asked = wizard.fields(kind, page, {})
            assert asked and all(field.label and (field.fault or not field.required) for field in asked)
            _, faults = wizard.read(kind, page, {}, {})
            assert faults.keys() == {field.id for field in asked if field.required}


def test_quantities_are_read_as_the_office_reads_them():
    kind = next(k for k in licence_types().values() if {q.kind for q in k.quantities} >= {"decimal"})
    number = next(q for q in kind.quantities if q.kind == "decimal")
    typed = {q.code: next(iter(q.choices), str(q.minimum and int(q.minimum) + 1)) for q in kind.quantities}
    answer, faults = wizard.read(kind, wizard.QUANTITIES, typed | {number.code: "72,50"}, {})
    assert faults == {} and answer[number.code] == "72.50"
    _, faults = wizard.read(kind, wizard.QUANTITIES, typed | {number.code: "banyak"}, {})
    assert faults.keys() == {number.code}


def test_every_page_says_which_step_it_is_once_it_is_known_of_how_many(me: Browser):
    draft = begun(me)
    assert "Langkah 1<" in me.get(f"{draft}/jenis").text  # how many papers follow depends on the answer
    me.post(f"{draft}/jenis", sub_kind="kecil")
    papers = [paper.code for paper in wizard.papers(licence_type("siup"), {wizard.KIND: {"sub_kind": "kecil"}})]
    many = 3 + len(papers)
    assert f"Langkah 2 dari {many}" in me.get(f"{draft}/pemohon").text
    assert f"Langkah {4 + papers.index('ktp')} dari {many}" in me.get(f"{draft}/berkas/ktp").text


def test_the_address_of_the_account_stands_in_the_form_already_and_may_be_changed(me: Browser):
    draft = begun(me)
    me.get(f"{draft}/jenis").post(f"{draft}/jenis", sub_kind="kecil")
    assert 'value="siti@warga.example"' in me.get(f"{draft}/pemohon").text
    me.post(f"{draft}/pemohon", **SITI, email="lain@warga.example")
    text = me.get(f"{draft}/pemohon").text
    assert "lain@warga.example" in text and "siti@warga.example" not in text


def test_what_to_prepare_says_which_papers_only_some_need(me: Browser):
    kind = next(kind for kind in licence_types().values() if any(r.only_for for r in kind.requirements))
    assert me.get(f"/ajukan/{kind.code}").text.count("hanya untuk") == sum(bool(r.only_for) for r in kind.requirements)
