"""Who comes in: accounts, sessions, waits after failures, and forms that are not ours."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from plumbing.sign_in.passwords import weakness
from plumbing.sign_in.sessions import ABSOLUTE, IDLE, Sessions, key_of
from plumbing.sign_in.throttle import FREE, FREE_FROM_ADDRESS, Throttle, WaitFirst, wait_after
from portal.accounts import tidy_name
from portal.app import make_ready
from tests.people import eventually
from tests.shelf import Browser, Shelf, portal_in_memory

NOON = datetime(2016, 3, 9, 5, tzinfo=UTC)
SECRET = "kambing makan rumput"


@pytest.fixture(scope="module")
def portal(tmp_path_factory) -> Iterator[tuple]:
    with portal_in_memory(tmp_path_factory.mktemp("portal")) as running:
        yield running


@pytest.fixture
def me(portal) -> Browser:
    portal[1].kept.clear()
    return Browser(portal[0])


def opened(me: Browser, name: str = "siti@warga.example") -> Browser:
    me.get("/daftar").post("/daftar", nama=name, sandi=SECRET)
    assert (me.status, me.to) == (303, "/saya")
    return me


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        (" Siti@Warga.Example ", "siti@warga.example"),
        ("0812-0000 0001", "6281200000001"),
        ("+62 812 0000 0001", "6281200000001"),
        ("siti", None),
        ("siti@", None),
        ("<b>@warga.example", None),
        ("12", None),
    ],
)
def test_a_name_is_an_address_or_a_number_however_it_was_typed(typed, name):
    assert tidy_name(typed) == name


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("pendek", "short"),
        ("1234567890", "common"),
        ("aaaaaaaaaaaa", "common"),
        ("halo siti2016 halo", "like_name"),
        ("x" * 100 + "abcd" * 30, "long"),
        (SECRET, None),
    ],
)
def test_a_password_is_long_not_common_and_not_the_name(password, why):
    assert weakness(password, "siti2016@warga.example") == why


def test_waits_grow_after_some_failures_and_end():
    assert [wait_after(n) for n in (0, FREE - 1, FREE, FREE + 1, FREE + 2, 99)] == [0, 0, 15, 30, 60, 900]


def test_each_account_and_each_address_waits_by_itself():
    throttle = Throttle(Shelf())
    for _ in range(FREE):
        throttle.attempt("siti", "10.0.0.1", NOON)
    with pytest.raises(WaitFirst) as wait:
        throttle.attempt("siti", "10.0.0.2", NOON)
    assert wait.value.seconds == 15
    throttle.attempt("budi", "10.0.0.1", NOON)
    throttle.attempt("siti", "10.0.0.1", NOON + timedelta(seconds=16))
    with pytest.raises(WaitFirst):
        throttle.attempt("siti", "10.0.0.1", NOON + timedelta(seconds=20))
    throttle.succeeded("siti", "10.0.0.1")
    throttle.attempt("siti", "10.0.0.1", NOON + timedelta(seconds=21))


def test_many_accounts_tried_from_one_address_are_stopped_too():
    throttle = Throttle(Shelf())
    with pytest.raises(WaitFirst):
        for n in range(50):
            throttle.attempt(f"somebody-{n}", "10.0.0.1", NOON)


def test_a_whole_office_signs_in_from_one_address_and_failures_of_others_there_stand():
    throttle = Throttle(Shelf())
    for n in range(112):
        throttle.attempt(f"officer-{n}", "10.0.0.1", NOON)
        throttle.succeeded(f"officer-{n}", "10.0.0.1")
    for n in range(FREE_FROM_ADDRESS):
        throttle.attempt(f"guessed-{n}", "10.0.0.1", NOON)
    with pytest.raises(WaitFirst):
        throttle.attempt("officer-1", "10.0.0.1", NOON)


def test_a_session_ends_when_it_is_left_and_after_half_a_day():
    sessions = Sessions(Shelf())
    token = sessions.begin("a-1", "a browser", NOON)
    assert sessions.find(token, NOON + IDLE - timedelta(seconds=1)).account == "a-1"
    assert sessions.find(token, NOON + 2 * IDLE - timedelta(seconds=2)) is not None  # it was used in between
    assert sessions.find(token, NOON + 4 * IDLE) is None
    awake, moment = sessions.begin("a-1", "a browser", NOON), NOON
    while moment < NOON + ABSOLUTE - timedelta(minutes=20):
        moment += timedelta(minutes=20)
        assert sessions.find(awake, moment) is not None or moment >= NOON + ABSOLUTE
    assert sessions.find(awake, NOON + ABSOLUTE) is None


def test_neither_password_nor_token_is_kept(me: Browser, portal):
    opened(me)
    kept = repr(portal[1].kept)
    assert SECRET not in kept and me.cookies["sesi"] not in kept
    assert key_of(me.cookies["sesi"]) in portal[1].kept["sessions"]
    assert "$argon2id$" in kept


def test_an_account_is_opened_once_left_and_entered_again_with_another_token(me: Browser, portal):
    opened(me)
    first = me.cookies["sesi"]
    assert me.get("/akun").status == 200 and "siti@warga.example" in me.text
    me.post("/keluar")
    assert (me.status, me.to, me.cookies) == (303, "/masuk", {})
    assert me.get("/akun").to == "/masuk?kembali=/akun"
    other = Browser(portal[0])
    other.get("/daftar").post("/daftar", nama="SITI@warga.example", sandi="lain sekali kalimatnya")
    assert other.status == 422 and "sudah dipakai" in other.text
    me.get("/masuk").post("/masuk", nama="Siti@warga.example", sandi=SECRET, kembali="/akun")
    assert (me.status, me.to) == (303, "/akun") and me.cookies["sesi"] != first


def test_a_wrong_name_and_a_wrong_password_look_the_same_and_then_one_waits(me: Browser, portal):
    opened(me)
    stranger = Browser(portal[0])
    texts = set()
    for name in ("siti@warga.example", "nobody@warga.example"):
        stranger.get("/masuk").post("/masuk", nama=name, sandi="salah sekali ini")
        assert stranger.status == 422
        texts.add(stranger.text.replace(name, ""))
    assert len(texts) == 1
    for _ in range(FREE - 1):
        stranger.get("/masuk").post("/masuk", nama="siti@warga.example", sandi="salah sekali ini")
    stranger.get("/masuk").post("/masuk", nama="siti@warga.example", sandi=SECRET)
    assert stranger.status == 429 and "Coba lagi dalam 15 detik" in stranger.text
    assert me.get("/akun").status == 200  # who is inside stays inside


def test_a_sign_in_leads_to_a_page_of_ours_only(me: Browser):
    opened(me).post("/keluar")
    me.get("/masuk?kembali=https://evil.example/")
    assert "evil.example" not in me.text.partition("<main")[2].partition("</main>")[0]
    me.post("/masuk", nama="siti@warga.example", sandi=SECRET, kembali="//evil.example/")
    assert me.to == "/"


def test_a_form_of_another_site_or_of_another_browser_changes_nothing(me: Browser, portal):
    opened(me).get("/akun")
    assert me.post("/keluar", origin="https://evil.example").status == 403
    assert me.get("/akun").post("/keluar", mark="0" * 64).status == 403
    other = opened(Browser(portal[0]), "budi@warga.example").get("/akun")
    theirs = other.text.partition('name="tanda" value="')[2][:64]
    assert me.get("/akun").post("/keluar", mark=theirs).status == 403
    assert me.get("/akun").status == 200


def test_what_was_typed_after_the_session_ended_comes_back_with_the_sign_in(me: Browser, portal):
    opened(me).get("/akun")
    (key,) = portal[1].kept["sessions"]
    old = (datetime.now(UTC) - IDLE).isoformat()
    portal[1].change("sessions", {"_id": key}, {"seen": old})
    me.post("/keluar", alasan="Saya pindah rumah")
    assert me.status == 401 and 'name="titipan.alasan" value="Saya pindah rumah"' in me.text
    fields = {"titipan.alasan": "Saya pindah rumah", "kembali": "/keluar"}
    me.post("/masuk", nama="siti@warga.example", sandi=SECRET, **fields)
    kept = Sessions(portal[1]).find(me.cookies["sesi"], datetime.now(UTC))
    assert kept.entrusted == ("/keluar", {"alasan": "Saya pindah rumah"})


def test_all_other_sessions_are_ended_at_once(me: Browser, portal):
    opened(me)
    phone = Browser(portal[0])
    phone.get("/masuk").post("/masuk", nama="siti@warga.example", sandi=SECRET)
    assert me.get("/akun").text.count("Sejak") == 2
    me.post("/keluar", semua="ya")
    assert me.get("/akun").status == 200 and phone.get("/akun").status == 303


def test_a_forgotten_password_is_replaced_by_a_link_that_works_once(me: Browser, portal):
    opened(me)
    recovery = portal[2].state.recovery
    recovery.letters.clear()
    stranger = Browser(portal[0])
    answers = set()
    for name in ("nobody@warga.example", "siti@warga.example"):
        stranger.get("/lupa-sandi").post("/lupa-sandi", nama=name)
        answers.add((stranger.status, stranger.text))
    assert len(answers) == 1
    eventually(lambda: recovery.letters, 5, "the letter")
    ((address, _, text),) = recovery.letters
    link = text.partition("/lupa-sandi/")[2].split()[0]
    assert address == "siti@warga.example" and link not in repr(portal[1].kept)
    stranger.get(f"/lupa-sandi/{link}").post(f"/lupa-sandi/{link}", sandi="pendek")
    assert stranger.status == 422
    stranger.post(f"/lupa-sandi/{link}", sandi="sapi makan jagung muda")
    assert (stranger.status, stranger.to) == (303, "/saya") and stranger.get("/akun").status == 200
    assert me.get("/akun").status == 303  # who was inside before is outside now
    assert Browser(portal[0]).get(f"/lupa-sandi/{link}").status == 404
    me.get("/masuk").post("/masuk", nama="siti@warga.example", sandi=SECRET)
    assert me.status == 422
    me.post("/masuk", nama="siti@warga.example", sandi="sapi makan jagung muda")
    assert me.status == 303


def test_what_has_run_out_is_taken_away_at_the_start_and_nothing_else():
    shelf, now = Shelf(), datetime.now(UTC)
    Throttle(shelf).attempt("siti", "10.0.0.1", now)
    Throttle(shelf).attempt("budi", "10.0.0.2", now - timedelta(days=2))
    Sessions(shelf).begin("a-1", "a browser", now)
    Sessions(shelf).begin("a-2", "a browser", now - timedelta(days=2))
    make_ready(shelf)
    assert len(shelf.kept["failures"]) == 2
    assert [kept["account"] for kept in shelf.kept["sessions"].values()] == ["a-1"]
