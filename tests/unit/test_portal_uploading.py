"""A file that comes in pieces: nothing twice, nothing lost, nobody else's; and several files that become one paper."""

import base64
import hashlib
import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pikepdf
import pytest
import urllib3
from PIL import Image

from plumbing.documents.errors import DocumentError
from plumbing.documents.joining import joined
from plumbing.sign_in.sessions import form_mark
from portal.pieces import LASTS, MOST_OF_ONE, Pieces, WrongPlace
from tests.people import a_jpeg, a_pdf
from tests.shelf import Browser, IntakeByHand, Shelf, portal_in_memory

AT = datetime(2016, 11, 7, 3, 0, tzinfo=UTC)
OFFSETS = "application/offset+octet-stream"


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


def ask(who: Browser, method: str, path: str, body: bytes | None = None, **headers: str) -> urllib3.BaseHTTPResponse:
    """One request as the script sends it."""
    sent = {
        "Cookie": "; ".join(f"{name}={value}" for name, value in who.cookies.items()),
        "Tus-Resumable": "1.0.0",
        "Ptsp-Tanda": form_mark(who.cookies.get("sesi", "")),
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    return urllib3.request(method, who.home + path, body=body, headers=sent, retries=False, redirect=False)


def begun(who: Browser, length: int) -> str:
    answer = ask(who, "POST", "/unggah", Upload_Length=str(length))
    assert answer.status == 201
    return answer.headers["Location"]


def piece(who: Browser, place: str, at: int, data: bytes, **more: str) -> urllib3.BaseHTTPResponse:
    return ask(who, "PATCH", place, data, Content_Type=OFFSETS, Upload_Offset=str(at), **more)


def paper_page(me: Browser) -> str:
    """The page of the first paper of a new draft."""
    me.get("/ajukan/siup").post("/ajukan/siup", perintah="begin-1")
    draft = "/".join(me.to.split("/")[:4])
    me.get(f"{draft}/jenis").post(f"{draft}/jenis", sub_kind="kecil")
    me.get(f"{draft}/berkas/ktp")
    assert me.status == 200
    return f"{draft}/berkas/ktp"


def handed(portal) -> dict:
    (draft,) = portal[1].kept["drafts"].values()
    return draft["papers"]["ktp"]


def test_a_file_sent_in_pieces_with_a_cut_between_becomes_the_paper(me: Browser, portal):
    page, data = paper_page(me), a_pdf("ktp siti")
    place = begun(me, len(data))
    assert piece(me, place, 0, data[:300]).headers["Upload-Offset"] == "300"
    # The line drops: what came is asked for, and the rest follows, to a portal that was started anew.
    portal[2].state.pieces = Pieces(portal[1])
    answer = ask(me, "HEAD", place)
    assert (answer.headers["Upload-Offset"], answer.headers["Upload-Length"]) == ("300", str(len(data)))
    assert piece(me, place, 300, data[300:]).status == 204
    me.post(page, unggahan=place.split("/")[-1])
    assert me.status == 303
    assert handed(portal)["whole"]["sha256"] == hashlib.sha256(data).hexdigest()
    assert portal[1].kept["pieces"] == {}
    # The same form once more, as after a double click, is the same one paper.
    me.get(page).post(page, unggahan=place.split("/")[-1])
    assert me.status == 303 and len(handed(portal)["parts"]) == 1


def test_a_piece_in_the_wrong_place_or_changed_on_its_way_is_not_kept(me: Browser):
    place = begun(me, 10)
    assert piece(me, place, 5, b"67890").status == 409
    right = base64.b64encode(hashlib.sha256(b"12345").digest()).decode()
    assert piece(me, place, 0, b"54321", Upload_Checksum=f"sha256 {right}").status == 460
    assert piece(me, place, 0, b"12345", Upload_Checksum="md5 aaaa").status == 400
    assert ask(me, "HEAD", place).headers["Upload-Offset"] == "0"
    assert piece(me, place, 0, b"12345", Upload_Checksum=f"sha256 {right}").status == 204
    again = piece(me, place, 0, b"12345")
    assert (again.status, again.headers["Upload-Offset"]) == (409, "5")
    assert piece(me, place, 5, b"678901").status == 413


def test_what_is_too_large_or_unannounced_or_in_another_version_is_refused(me: Browser):
    assert ask(me, "POST", "/unggah", Upload_Length="10000001").status == 413
    assert ask(me, "POST", "/unggah", Upload_Length="0").status == 400
    assert ask(me, "POST", "/unggah", Upload_Length="ten").status == 400
    assert ask(me, "POST", "/unggah", Upload_Length="5", Tus_Resumable="0.2.0").status == 412
    place = begun(me, 2_000_000)
    assert piece(me, place, 0, b"x" * 1_000_001).status == 413
    assert ask(me, "PATCH", place, b"x", Content_Type="text/plain", Upload_Offset="0").status == 415
    assert ask(me, "OPTIONS", "/unggah").headers["Tus-Version"] == "1.0.0"


def test_somebody_elses_file_a_foreign_page_and_an_ended_session_get_nowhere(me: Browser, portal):
    place = begun(me, 10)
    other = Browser(portal[0]).get("/daftar").post("/daftar", nama="budi@warga.example", sandi="kambing makan rumput")
    for method in ("HEAD", "DELETE"):
        assert ask(other, method, place).status == 404
    assert piece(other, place, 0, b"12345").status == 404
    assert ask(me, "HEAD", place, Ptsp_Tanda="0" * 64).status == 403
    assert ask(me, "DELETE", place, Origin="http://evil.example").status == 403
    assert ask(Browser(portal[0]), "HEAD", place).status == 401
    assert ask(me, "DELETE", place).status == 204 and ask(me, "HEAD", place).status == 404


def test_a_file_that_never_came_whole_is_not_taken_for_one(me: Browser, portal):
    page, place = paper_page(me), begun(me, 10)
    piece(me, place, 0, b"%PDF-")
    me.post(page, unggahan=place.split("/")[-1])
    assert me.status == 422 and "belum terkirim seluruhnya" in me.text


def test_what_came_in_pieces_is_looked_at_when_it_is_whole_and_what_is_refused_is_gone(me: Browser, portal):
    page, data = paper_page(me), b"MZ\x90 no paper at all"
    place = begun(me, len(data))
    piece(me, place, 0, data)
    me.post(page, unggahan=place.split("/")[-1])
    assert me.status == 422 and "Hanya PDF, JPEG atau PNG" in me.text
    assert portal[1].kept["pieces"] == portal[1].kept["uploads"] == {}


def test_several_files_become_one_paper_and_one_can_be_dropped(me: Browser, portal):
    page = paper_page(me)
    me.hand_in(page, a_pdf("halaman satu"), lagi="ya")
    assert me.to == page
    me.get(page).hand_in(page, a_jpeg("dua"), lagi="ya")
    kept = handed(portal)
    assert [part["media_type"] for part in kept["parts"]] == ["application/pdf", "image/jpeg"]
    store = portal[2].state.uploads.store
    with pikepdf.open(io.BytesIO(store.get(kept["whole"]["sha256"]))) as whole:
        assert len(whole.pages) == 2
    me.get(page).post(page, buang=kept["parts"][0]["sha256"])
    kept = handed(portal)
    assert kept["whole"] == kept["parts"][0] and kept["whole"]["media_type"] == "image/jpeg"


def test_joined_pictures_keep_their_bytes_and_the_same_files_give_the_same_paper():
    turned = io.BytesIO()
    picture = Image.new("RGB", (40, 20), "green")
    exif = Image.Exif()
    exif[0x0112] = 6
    picture.save(turned, "jpeg", exif=exif)
    clear = io.BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(clear, "png")
    papers = [turned.getvalue(), clear.getvalue(), a_pdf("tiga")]
    whole = joined(papers)
    assert whole == joined(papers)
    with pikepdf.open(io.BytesIO(whole)) as opened:
        first, second, _ = opened.pages
        assert first.Rotate == 90
        assert first.Resources.XObject.Picture.read_raw_bytes() == turned.getvalue()
        assert second.Resources.XObject.Picture.read_bytes() == b"\xff" * 300  # what was clear is white paper
    with pytest.raises(DocumentError):
        joined([a_pdf("satu"), b"%PDF-1.7 cut off"])
    bomb = io.BytesIO()
    Image.new("1", (6000, 6000)).save(bomb, "png")  # 5 kB that would unpack to 108 MB
    with pytest.raises(DocumentError):
        joined([a_pdf("satu"), bomb.getvalue()])


def test_what_is_not_finished_in_its_day_is_gone_and_the_oldest_makes_room():
    shelf = Shelf()
    pieces = Pieces(shelf)
    first = pieces.begin("siti", 10, AT)
    pieces.add(first, 0, b"12345")
    for minute in range(1, MOST_OF_ONE + 1):
        pieces.begin("siti", 10, AT + timedelta(minutes=minute))
    assert pieces.find(first.id, "siti", AT) is None and shelf.kept["pieces"] == {}
    assert len(shelf.kept["uploads"]) == MOST_OF_ONE
    pieces.begin("budi", 10, AT + LASTS + timedelta(hours=1))
    assert len(shelf.kept["uploads"]) == 1


def test_of_two_windows_that_send_the_same_piece_one_is_told_where_it_goes_on():
    pieces = Pieces(Shelf())
    upload = pieces.begin("siti", 10, AT)
    pieces.add(upload, 0, b"12345")
    with pytest.raises(WrongPlace) as told:
        pieces.add(upload, 0, b"54321")
    assert told.value.received == 5
    pieces.add(pieces.find(upload.id, "siti", AT), 5, b"67890")
    assert pieces.whole(pieces.find(upload.id, "siti", AT)) == b"1234567890"
