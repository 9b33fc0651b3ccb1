"""Webhooks: what a receiver is told, that it can check it, and that nothing is told twice, lost, or to whom it does
not concern. The receiver is a real server on this machine."""

import hashlib
import hmac
import json
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from contracts import intake
from contracts.noticeboard import Notice
from portal.api.files import moved_message
from portal.board import Board
from portal.webhooks.delivering import PAUSES, Deliveries
from portal.webhooks.posting import Unfit, require_address
from portal.webhooks.subscriptions import MOST, Holder, Subscriptions, TooMany
from tests.shelf import Browser, Shelf, portal_in_memory

KEY = bytes(range(32))
NOW = datetime.now(UTC)  # what became of a message is kept for two weeks of real time
SITI = Holder("siti-account", "applicant")
BIDANG = Holder("jasa-usaha-head", "bidang_head", "jasa_usaha")
STRANGER = Holder("tertentu-head", "bidang_head", "tertentu")


class Receiver:
    """Another program's door: keeps what it is told, and answers as it is set to."""

    def __init__(self) -> None:
        self.answer, self.told = 204, []

        class Door(BaseHTTPRequestHandler):
            def do_POST(door):
                body = door.rfile.read(int(door.headers["content-length"]))
                self.told.append((door.headers["PTSP-Signature"], body))
                door.send_response(self.answer)
                door.send_header("Location", "http://127.0.0.1:9/elsewhere")
                door.send_header("Content-Length", "0")
                door.end_headers()

            def log_message(door, *_):
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
        self.url = f"http://127.0.0.1:{self.server.server_port}/ptsp?dari=kota"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.server.shutdown()
    receiver.server.server_close()


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def hooks(shelf: Shelf) -> Subscriptions:
    return Subscriptions(shelf, KEY)


@pytest.fixture
def telling(shelf: Shelf, hooks: Subscriptions) -> Deliveries:
    return Deliveries(shelf, Board(shelf), hooks, moved_message, inside=True)


def moved(shelf: Shelf, revision: int = 1, at: datetime = NOW, file: str = "file-0001") -> None:
    """The noticeboard is told that a file of Siti's moved."""
    fields = intake.ApplicationMoved.example | {"application_id": file, "revision": revision, "account": SITI.id}
    event = intake.ApplicationMoved.model_validate(fields)
    notice = Notice(id=file, told_at=at, handle="P-0123456789AB", moved=event, resi=event.resi, account=SITI.id)
    shelf.kept.setdefault("notices", {})[file] = {"_id": file, **notice.model_dump(mode="json", exclude={"id"})}


def test_a_receiver_is_told_each_move_once_and_can_check_who_says_so(shelf, hooks, telling, receiver):
    _, secret = hooks.add(SITI, receiver.url, (), NOW)
    telling.look(NOW)
    for revision in (1, 2):
        moved(shelf, revision, NOW + timedelta(seconds=revision))
        for _ in range(3):
            telling.look(NOW + timedelta(seconds=revision))
    assert len(receiver.told) == 2
    signature, body = receiver.told[0]
    parts = dict(part.split("=") for part in signature.split(","))
    wanted = hmac.new(secret.encode(), f"{parts['t']}.".encode() + body, hashlib.sha256).hexdigest()
    assert parts["v1"] == wanted
    said = [json.loads(body) for _, body in receiver.told]
    assert said[0]["type"] == "file.moved" and said[0]["file"]["resi"] == "R-2016-000123-7"
    assert said[0]["id"] != said[1]["id"]


def test_what_was_not_taken_comes_again_with_the_same_id_and_longer_pauses(shelf, hooks, telling, receiver):
    hooks.add(SITI, receiver.url, (), NOW)
    receiver.answer = 503
    moved(shelf)
    moment = NOW
    for pause in PAUSES:
        telling.look(moment)
        (post,) = shelf.kept["webhook_posts"].values()
        waits = datetime.fromisoformat(post["next_at"]) - datetime.now(UTC)
        assert timedelta(seconds=pause - 5) < waits <= timedelta(seconds=pause)
        before = len(receiver.told)
        telling.look(moment)
        assert len(receiver.told) == before, "not before its time"
        moment = datetime.fromisoformat(post["next_at"]) + timedelta(seconds=1)
        (hook,) = hooks.of(SITI)
        moment = max(moment, hook.resting_until)
    receiver.answer = 200
    telling.look(moment)
    assert len({json.loads(body)["id"] for _, body in receiver.told}) == 1
    (hook,) = hooks.of(SITI)
    assert [post.outcome for post in telling.of(hook.id)] == ["taken"]
    assert hook.failures == 0


def test_after_the_last_pause_it_is_given_up_and_shown(shelf, hooks, telling):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        hooks.add(SITI, f"http://127.0.0.1:{nobody.getsockname()[1]}/", (), NOW)
        moved(shelf)
        moment = NOW
        for _ in range(len(PAUSES) + 1):
            telling.look(moment)
            moment += timedelta(days=1)
            for hook in shelf.kept["webhooks"].values():
                hook["resting_until"] = None
            for post in shelf.kept["webhook_posts"].values():
                post["next_at"] = post["next_at"] and NOW.isoformat()
    (hook,) = hooks.of(SITI)
    (post,) = telling.of(hook.id)
    assert (post.outcome, post.reason) == ("given_up", "NewConnectionError")


def test_gone_ends_the_subscription_and_a_redirect_is_not_followed(shelf, hooks, telling, receiver):
    hooks.add(SITI, receiver.url, (), NOW)
    receiver.answer = 302
    moved(shelf)
    telling.look(NOW)
    assert [post["outcome"] for post in shelf.kept["webhook_posts"].values()] == ["waits"]
    receiver.answer = 410
    for each in (*shelf.kept["webhooks"].values(), *shelf.kept["webhook_posts"].values()):
        each |= {"resting_until": None} if "url" in each else {"next_at": NOW.isoformat()}
    telling.look(NOW)
    assert [hook.stopped for hook in hooks.of(SITI)] == ["gone"]
    moved(shelf, 2)
    told = len(receiver.told)
    telling.look(NOW)
    assert len(receiver.told) == told


def test_only_whose_business_a_file_is_is_told_and_only_of_the_types_they_named(shelf, hooks, telling, receiver):
    receivers = {name: Receiver() for name in ("siti", "budi", "bidang", "stranger", "imb")}
    try:
        hooks.add(SITI, receivers["siti"].url, (), NOW)
        hooks.add(Holder("budi-account", "applicant"), receivers["budi"].url, (), NOW)
        hooks.add(BIDANG, receivers["bidang"].url, ("siup",), NOW)
        hooks.add(STRANGER, receivers["stranger"].url, (), NOW)
        hooks.add(BIDANG, receivers["imb"].url, ("imb",), NOW)
        moved(shelf)
        telling.look(NOW)
        assert {name for name, each in receivers.items() if each.told} == {"siti", "bidang"}
    finally:
        for each in receivers.values():
            each.server.shutdown()
            each.server.server_close()


def test_what_happened_before_one_subscribed_is_not_told(shelf, hooks, telling, receiver):
    moved(shelf, at=NOW - timedelta(seconds=5))
    hooks.add(SITI, receiver.url, (), NOW)
    telling.look(NOW)
    assert receiver.told == []


def test_the_secret_does_not_rest_readable_and_one_has_only_so_many(shelf, hooks, receiver):
    _, secret = hooks.add(SITI, receiver.url, (), NOW)
    assert secret not in repr(shelf.kept)
    for _ in range(MOST - 1):
        hooks.add(SITI, receiver.url, (), NOW)
    with pytest.raises(TooMany):
        hooks.add(SITI, receiver.url, (), NOW)
    assert not hooks.remove(STRANGER, hooks.of(SITI)[0].id)
    assert hooks.remove(SITI, hooks.of(SITI)[0].id)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://example.com/", "tls"),
        ("https://127.0.0.1/", "inside"),
        ("https://10.1.2.3/", "inside"),
        ("https://169.254.169.254/latest/meta-data", "inside"),
        ("https://[::1]/", "inside"),
        ("https://localhost/", "inside"),
        ("ftp://example.com/", "form"),
        ("https://user:secret@example.com/", "form"),
        ("https://example.com:99999/", "form"),
        ("https://nobody.invalid/", "unknown"),
        ("javascript:alert(1)", "form"),
    ],
)
def test_an_address_within_our_own_network_or_without_tls_is_never_called(url, code):
    with pytest.raises(Unfit) as no:
        require_address(url, inside=False)
    assert no.value.code == code


def test_subscribing_by_page_tells_the_key_once_and_says_what_is_wrong(tmp_path, receiver):
    with portal_in_memory(tmp_path) as (home, shelf, app):
        hooks = Subscriptions(shelf, KEY)
        telling = Deliveries(shelf, Board(shelf), hooks, moved_message, inside=True)
        app.state.webhooks = app.state.webhooks._replace(subscriptions=hooks, deliveries=telling, inside=True)
        me = Browser(home)
        me.get("/daftar").post("/daftar", nama="siti@warga.example", sandi="kambing makan rumput")
        me.get("/akun/webhook").post("/akun/webhook", alamat=receiver.url, jenis="siup bukan_jenis")
        assert me.status == 422 and "bukan_jenis" in me.text and receiver.url in me.text
        me.post("/akun/webhook", alamat="ftp://x", jenis="")
        assert me.status == 422 and "Tulis lengkap" in me.text
        me.post("/akun/webhook", alamat=receiver.url, jenis="siup")
        assert me.status == 200 and "whsec_" in me.text
        assert "whsec_" not in me.get("/akun/webhook").text and "siup" in me.text
        (hook,) = shelf.kept["webhooks"]
        other = Browser(home)
        other.get("/daftar").post("/daftar", nama="budi@warga.example", sandi="kambing makan rumput")
        assert other.get("/akun/webhook").post(f"/akun/webhook/{hook}/hapus").status == 404
        assert me.post(f"/akun/webhook/{hook}/hapus").to == "/akun/webhook"
        assert shelf.kept["webhooks"] == {}
