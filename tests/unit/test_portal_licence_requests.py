"""Asking at the portal for something about a licence that exists, and naming the file that another depends on."""

from collections.abc import Iterator

import pytest

from catalogue.depends import licence_for
from catalogue.licences import licence_type, licence_types
from catalogue.transactions import transactions
from contracts import intake
from contracts.noticeboard import Licence
from portal import wizard
from tests.people import a_pdf
from tests.shelf import Browser, IntakeByHand, portal_in_memory
from tests.unit.test_portal_applying import SHOP, SITI

NUMBER = "503/0123/DPMPTSP/2016"


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


def drafts(portal) -> dict[str, dict]:
    return portal[1].kept["drafts"]


def sent(me: Browser, code: str, start: dict[str, str], **pages: dict[str, str]) -> str:
    """Through the pages as they come, with every paper to follow; the file's id."""
    me.get(f"/ajukan/{code}").post(f"/ajukan/{code}", **start)
    draft = "/".join(me.to.split("/")[:4])
    while me.to != draft:
        page = me.to
        step = page.removeprefix(f"{draft}/")
        me.get(page).post(page, **(pages.get(step) or {"nanti": "ya"}))
        assert me.status == 303, me.text
    me.get(draft).post(draft)
    assert me.status == 303, me.text
    return draft.split("/")[-1]


def issued(portal, id: str, data: bytes = b"%PDF-1.7 izin") -> None:
    """The noticeboard was told that the licence was issued."""
    sha256 = portal[2].state.uploads.store.put(data)
    fields = Licence(
        number=NUMBER,
        verification_code="A" * 20,
        sha256=sha256,
        signed_at="2016-11-07T10:00:00+07:00",
        valid_until=None,
    )
    portal[1].kept["notices"][id]["licence"] = fields.model_dump(mode="json")


PAGES = {"jenis": {"sub_kind": "kecil"}, "pemohon": SITI, "tempat": SHOP}


def test_from_a_licence_of_mine_a_renewal_begins_with_what_is_known(me: Browser, portal):
    first = sent(me, "siup", {"perintah": "one"}, **PAGES)
    issued(portal, first)
    page = me.get(f"/saya/{first}").text
    assert "untuk=renewal" in page and "untuk=transfer" not in page
    me.get(f"/ajukan/siup?untuk=renewal&izin={NUMBER}&dari={first}")
    assert NUMBER in me.text
    again = sent(me, "siup", {"perintah": "two", "untuk": "renewal", "izin": NUMBER, "dari": first})
    (order,) = [
        m for m in portal[2].state.rooms.asked if isinstance(m, intake.SubmitApplication) and m.application_id == again
    ]
    assert (order.transaction, order.licence_number, order.sub_kind) == ("renewal", NUMBER, "kecil")
    assert order.applicant.name == SITI["name"] and order.place.name == SHOP["name"]


def test_a_licence_that_was_issued_on_paper_is_named_by_its_number(me: Browser, portal):
    id = sent(me, "siup", {"perintah": "one", "untuk": "change", "izin": "503/77/BPPT/2010"}, **PAGES)
    (order,) = [m for m in portal[2].state.rooms.asked if isinstance(m, intake.SubmitApplication)]
    assert (order.application_id, order.transaction, order.licence_number) == (id, "change", "503/77/BPPT/2010")
    assert "pernyataan_perubahan" in drafts(portal)[id]["papers"]


def test_where_renewal_is_a_sub_kind_it_is_chosen_by_itself_and_others_cannot_be(me: Browser, portal):
    kind = licence_type("ho_situ")
    answers = wizard.begin_with(kind, "renewal", "1")
    assert answers["jenis"] == {"sub_kind": "perpanjangan"} and wizard.transaction(kind, answers).code == "renewal"
    assert [code for code, _ in wizard.fields(kind, "jenis", answers)[0].choices] == ["baru", "perpanjangan"]
    assert [code for code, _ in wizard.fields(kind, "jenis", {})[0].choices] == list(kind.sub_kinds)


@pytest.mark.parametrize("code", licence_types())
def test_whatever_may_be_asked_about_a_licence_has_pages_that_lead_to_the_end(code: str):
    kind = licence_type(code)
    for asked in wizard.on_a_licence(kind):
        answers = wizard.begin_with(kind, asked.code, "1")
        assert wizard.transaction(kind, answers).code == asked.code
        for page in wizard.pages(kind, answers):
            assert wizard.fields(kind, page, answers), (asked.code, page)
        assert ("besaran" in wizard.pages(kind, answers)) <= (asked.particulars == "stated")
        assert wizard.papers(kind, answers)


def test_what_is_not_there_to_be_asked_or_has_no_number_is_told_and_begins_nothing(me: Browser, portal):
    for fields in ({"untuk": "renewal", "izin": " "}, {"untuk": "gift", "izin": NUMBER}):
        me.get("/ajukan/siup").post("/ajukan/siup", perintah="x", **fields)
        assert me.status == 422 and "tulis nomor izin" in me.text
    assert "drafts" not in portal[1].kept and "renewal" in transactions()


def test_somebody_elses_application_fills_nothing_in(me: Browser, portal):
    first = sent(me, "siup", {"perintah": "one"}, **PAGES)
    other = Browser(portal[0]).get("/daftar").post("/daftar", nama="budi@warga.example", sandi="kambing makan rumput")
    other.get("/ajukan/siup").post("/ajukan/siup", perintah="two", untuk="renewal", izin=NUMBER, dari=first)
    begun = other.to.split("/")[3]
    assert drafts(portal)[begun]["answers"].keys() == {"untuk", "izin-lama"}


def test_a_file_in_work_is_named_as_the_one_this_depends_on(me: Browser, portal):
    first = sent(me, "siup", {"perintah": "one"}, **PAGES)
    code = "tdg"  # asks for the SIUP
    assert licence_for("siup") == "siup"
    me.get(f"/ajukan/{code}").post(f"/ajukan/{code}", perintah="two")
    draft = "/".join(me.to.split("/")[:4])
    me.get(f"{draft}/berkas/siup")
    assert "Masih diurus dengan nomor" in me.text
    me.post(f"{draft}/berkas/siup", induk=first)
    assert me.status == 303
    assert "Bergantung pada berkas Anda yang lain" in me.get(f"{draft}/berkas/siup").text
    second = sent(me, code, {"perintah": "two"}, **PAGES | {"jenis": {"sub_kind": "baru"}})
    asked = {m.application_id: m for m in portal[2].state.rooms.asked if isinstance(m, intake.SubmitApplication)}
    assert asked[second].parent == first
    assert portal[2].state.rooms.drawers.get("applications", second)["parent"] == first


def test_a_licence_of_mine_is_handed_in_as_the_paper_and_somebody_elses_is_not(me: Browser, portal):
    data = a_pdf("siup asli")
    first = sent(me, "siup", {"perintah": "one"}, **PAGES)
    issued(portal, first, data)
    code = "tdg"  # asks for the SIUP
    me.get(f"/ajukan/{code}").post(f"/ajukan/{code}", perintah="two")
    draft = "/".join(me.to.split("/")[:4])
    me.get(f"{draft}/berkas/siup").post(f"{draft}/berkas/siup", induk=first)
    kept = drafts(portal)[draft.split("/")[-1]]
    assert kept["papers"]["siup"]["whole"]["size"] == len(data) and "induk" not in kept["answers"]
    other = Browser(portal[0]).get("/daftar").post("/daftar", nama="budi@warga.example", sandi="kambing makan rumput")
    other.get(f"/ajukan/{code}").post(f"/ajukan/{code}", perintah="three")
    theirs = "/".join(other.to.split("/")[:4])
    other.get(f"{theirs}/berkas/siup").post(f"{theirs}/berkas/siup", induk=first)
    assert other.status == 404
