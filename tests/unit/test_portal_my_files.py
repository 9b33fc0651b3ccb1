"""An applicant's own files: shown to their owner only, answered, taken back, and nothing counted twice."""

import io
from collections.abc import Iterator

import pikepdf
import pytest
from PIL import Image

from contracts import intake
from plumbing.documents import Renderer
from plumbing.documents.active_content import active_content
from portal.uploads import Unfit, Uploads, media_type_of
from services.intake import actions, store
from tests.builders import order
from tests.people import a_jpeg, a_pdf
from tests.shelf import Browser, IntakeByHand, StoreInMemory, portal_in_memory

SECRET = "kambing makan rumput"


@pytest.fixture(scope="module")
def portal(tmp_path_factory) -> Iterator[tuple]:
    with portal_in_memory(tmp_path_factory.mktemp("portal")) as running:
        yield running


@pytest.fixture
def me(portal) -> Browser:
    """Somebody who has just signed up."""
    home, shelf, app = portal
    shelf.kept.clear()
    app.state.rooms = IntakeByHand(shelf)
    return signed_up(Browser(home), "siti@warga.example")


@pytest.fixture
def room(me, portal) -> IntakeByHand:
    return portal[2].state.rooms


@pytest.fixture(scope="module")
def renderer() -> Iterator[Renderer]:
    maker = Renderer()
    yield maker
    maker.close()


def a_picture() -> bytes:
    with io.BytesIO() as out:
        Image.effect_noise((64, 64), 90).save(out, "JPEG")
        return out.getvalue()


def signed_up(browser: Browser, name: str) -> Browser:
    browser.get("/daftar").post("/daftar", nama=name, sandi=SECRET)
    assert browser.status == 303
    return browser


def a_file(room: IntakeByHand, account: str) -> str:
    """A SIUP without its papers, all of which the counter asks for."""
    fields = {**intake.SubmitApplication.example, "sub_kind": "kecil", "channel": "online", "attachments": []}
    id = room.ask(account, intake.SubmitApplication(**fields))["application_id"]
    items = room.ask(account, intake.FindApplication(application_id=id))["items"]
    findings = [{"requirement": i["requirement"], "verdict": "missing", "note": "belum ada"} for i in items]
    checked = order(intake.CheckCompleteness, application_id=id, findings=findings)
    room.drawers.ask(actions.check_completeness, checked, "counter-2")
    room.tell()
    return id


def account_of(portal) -> str:
    return next(iter(portal[1].kept["accounts"]))


def test_nobody_elses_file_is_shown_answered_withdrawn_or_listed(me: Browser, room: IntakeByHand, portal):
    id = a_file(room, account_of(portal))
    assert me.get(f"/saya/{id}").status == 200 and "Yang diminta dari Anda" in me.text
    other = signed_up(Browser(portal[0]), "budi@warga.example")
    assert "Belum ada berkas" in other.get("/saya").text
    mark = other.get("/akun").text
    asked = len(room.asked)
    for path in (f"/saya/{id}", f"/saya/{id}/cabut", f"/saya/{id}/surat/{'0' * 64}"):
        assert other.get(path).status == 404
    other.text = mark
    assert other.hand_in(f"/saya/{id}/jawab/ktp", a_pdf("budi"), perintah="x").status == 404
    other.text = mark
    assert other.post(f"/saya/{id}/cabut", alasan="bukan punya saya", perintah="x").status == 404
    assert len(room.asked) == asked
    assert Browser(portal[0]).get(f"/saya/{id}").to == f"/masuk?kembali=/saya/{id}"


def test_what_is_asked_for_is_answered_once_however_often_it_is_sent(me: Browser, room: IntakeByHand, portal):
    id = a_file(room, account_of(portal))
    page, paper = me.get(f"/saya/{id}").text, a_pdf("ktp siti")
    room.away = True
    assert me.hand_in(f"/saya/{id}/jawab/ktp", paper, perintah="abc-ktp").status == 503
    assert "tidak dihitung dua kali" in me.text and 'value="abc-ktp"' in me.text
    room.away = False
    for _ in range(2):
        me.text = page
        me.hand_in(f"/saya/{id}/jawab/ktp", paper, perintah="abc-ktp")
        assert (me.status, me.to) == (303, f"/saya/{id}?terkirim=ktp")
    sent = {m.command_id for m in room.asked if isinstance(m, intake.AnswerItem)}
    assert len(sent) == 1
    assert [h.what for h in store.find(room.drawers, id).history].count("item_answered") == 1
    assert "sudah dikirim" in me.get(f"/saya/{id}").text


def test_a_file_that_is_no_paper_is_refused_beside_its_field(me: Browser, room: IntakeByHand, portal):
    id = a_file(room, account_of(portal))
    me.get(f"/saya/{id}").hand_in(f"/saya/{id}/jawab/ktp", b"MZ\x90 not a paper", perintah="abc")
    assert me.status == 422 and "Hanya PDF, JPEG atau PNG" in me.text and 'href="#berkas-ktp"' in me.text
    assert [m for m in room.asked if isinstance(m, intake.AnswerItem)] == []


def test_a_file_is_taken_back_with_a_reason(me: Browser, room: IntakeByHand, portal):
    id = a_file(room, account_of(portal))
    me.get(f"/saya/{id}/cabut").post(f"/saya/{id}/cabut", alasan=" ", perintah="abc")
    assert me.status == 422 and 'href="#alasan"' in me.text
    me.post(f"/saya/{id}/cabut", alasan="Rencana 🐐", perintah="abc")
    assert me.status == 422 and "huruf Latin" in me.text and "Rencana 🐐" in me.text
    me.post(f"/saya/{id}/cabut", alasan="Rencana dibatalkan", perintah="abc")
    assert me.status == 303
    assert "Permohonan dicabut" in me.get(f"/saya/{id}").text
    assert me.get(f"/saya/{id}/cabut").post(f"/saya/{id}/cabut", alasan="Sekali lagi", perintah="def").status == 422


@pytest.mark.parametrize(
    ("told", "seen"),
    [({"pay_by": "2016-06-01"}, "paling lambat 1 Juni 2016"), ({"paid_on": "2016-04-02"}, "pada 2 April 2016")],
)
def test_who_paid_too_much_sees_what_became_of_it(me: Browser, room: IntakeByHand, portal, told, seen):
    id = a_file(room, account_of(portal))
    refund = {"number": "PGB-2016-00001", "amount": 24_000, "compensation": 1_000} | told
    portal[1].kept["notices"][id]["refunds"] = [refund]
    text = me.get(f"/saya/{id}").text.replace("\xa0", " ")
    assert "Kelebihan pembayaran Anda" in text and f"Rp 25.000 dibayarkan kembali {seen}" in text
    assert refund["number"] in text and "Di antaranya imbalan bunga Rp 1.000." in text


def test_the_page_stands_while_intake_is_away(me: Browser, room: IntakeByHand, portal):
    id = a_file(room, account_of(portal))
    room.away = True
    assert me.get(f"/saya/{id}").status == 200 and "belum dapat diambil" in me.text


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (a_pdf("x"), "application/pdf"),
        (a_jpeg("x"), "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"<script>", None),
        (b"PK\x03\x04", None),
        (b"", None),
    ],
)
def test_a_file_is_known_by_its_first_bytes(data, kind):
    assert media_type_of(data) == kind


def a_pdf_with(change) -> bytes:
    with pikepdf.new() as pdf, io.BytesIO() as out:
        pdf.add_blank_page()
        change(pdf)
        pdf.save(out)
        return out.getvalue()


def _script(pdf):
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def _launch(pdf):
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")
    pdf.pages[0].Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=action)])


def _file(pdf):
    pdf.attachments["inner.exe"] = b"MZ"


@pytest.mark.parametrize(("change", "found"), [(_script, "action"), (_launch, "action"), (_file, "embedded")])
def test_a_pdf_that_does_something_by_itself_is_found_out(change, found):
    assert active_content(a_pdf_with(change)) == found


def test_a_plain_pdf_is_taken_a_cut_or_locked_one_is_not():
    whole = a_pdf("plain")
    assert active_content(whole) is None
    assert active_content(b"%PDF-1.4 cut") == "unreadable"


@pytest.mark.parametrize(("scanner", "code"), [("false", "harmful"), ("no-such-scanner", "unchecked"), ("true", None)])
def test_a_scanner_has_its_say(scanner, code, renderer):
    uploads = Uploads(StoreInMemory(), renderer, scanner)
    if code is None:
        assert uploads.keep(a_jpeg("x"), "ktp").media_type == "image/jpeg"
        return
    with pytest.raises(Unfit) as no:
        uploads.keep(a_jpeg("x"), "ktp")
    assert no.value.code == code


def test_a_picture_that_was_cut_off_is_not_taken(renderer):
    whole = a_picture()
    assert Uploads(StoreInMemory(), renderer).keep(whole, "ktp").size == len(whole)
    with pytest.raises(Unfit) as no:
        Uploads(StoreInMemory(), renderer).keep(whole[: len(whole) // 2], "ktp")
    assert no.value.code == "unreadable"
