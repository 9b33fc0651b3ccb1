"""The strong room against real S3 servers (rclone) on two sites."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from plumbing import object_store
from plumbing.object_store import (
    AlreadyDifferent,
    Damaged,
    Missing,
    ObjectStore,
    StoreAway,
    StoreRefused,
    content_key,
)

KEY = bytes(range(32))
RCLONE = Path(sys.executable).with_name("rclone")
PAPER = b"Surat izin untuk Siti Rahmawati, Jalan Melati Raya Nomor 12. " * 40


class Site:
    """One S3 server of our own on a free port, with its folder."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.folder.mkdir()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [RCLONE, "serve", "s3", str(self.folder), "--addr", f"127.0.0.1:{self.port}", "--dir-cache-time", "1s"],
            # The value is CSV and needs its quotes; the folder's own settings of whoever runs the test stay out.
            env={**os.environ, "RCLONE_AUTH_KEY": '"office,secret-of-the-test"', "RCLONE_CONFIG": os.devnull},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("rclone did not start")

    def stop(self) -> None:
        self.process.send_signal(signal.SIGCONT)
        self.process.kill()
        self.process.wait()

    def store(self, **changes) -> ObjectStore:
        settings = {
            "url": self.url,
            "access_key": "office",
            "secret_key": "secret-of-the-test",
            "bucket": "berkas",
            "key": KEY,
        }
        return ObjectStore(**{**settings, **changes})

    def file_of(self, name: str) -> Path:
        return self.folder / "berkas" / name


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sites")
    both = [Site(folder / "primary"), Site(folder / "disaster")]
    for site in both:
        site.store().make_ready()
    yield both
    for site in both:
        site.stop()


@pytest.fixture
def primary(sites) -> ObjectStore:
    return sites[0].store()


@pytest.fixture
def disaster(sites) -> ObjectStore:
    return sites[1].store()


def test_what_is_put_comes_back_and_is_named_by_its_content(primary):
    digest = primary.put(PAPER)
    assert primary.get(digest) == PAPER
    assert primary.holds(f"sha256/{digest[:2]}/{digest[2:4]}/{digest}")


def test_empty_and_large_content_come_back_too(primary):
    for data in (b"", os.urandom(6_000_000)):
        assert primary.get(primary.put(data)) == data


def test_nothing_readable_rests_on_the_disk(sites, primary):
    digest = primary.put(PAPER)
    resting = sites[0].file_of(content_key(digest)).read_bytes()
    assert resting.startswith(b"PTSP1")
    assert b"Siti" not in resting and b"Melati" not in resting


def test_putting_twice_keeps_the_first_bytes(primary):
    digest = primary.put(b"once")
    before = primary.digest_of_stored(content_key(digest))
    assert primary.put(b"once") == digest
    assert primary.digest_of_stored(content_key(digest)) == before


def test_what_was_never_put_is_missing(primary):
    with pytest.raises(Missing):
        primary.get("0" * 64)
    with pytest.raises(Missing):
        primary.get_named("bundles/2016/11/none.json")
    with pytest.raises(Missing):
        primary.digest_of_stored(content_key("0" * 64))


@pytest.mark.parametrize("digest", ["", "../../etc/passwd", "A" * 64, "0" * 63])
def test_a_digest_that_is_none_is_refused(primary, digest):
    with pytest.raises(ValueError, match="SHA-256"):
        primary.get(digest)


@pytest.mark.parametrize("position", [0, 7, 30, -1])
def test_one_changed_byte_is_damage(sites, primary, position):
    digest = primary.put(f"paper {position}".encode() * 9)
    file = sites[0].file_of(content_key(digest))
    resting = bytearray(file.read_bytes())
    resting[position] ^= 1
    file.write_bytes(resting)
    with pytest.raises(Damaged, match=digest):
        primary.get(digest)


def test_an_object_cut_off_or_emptied_is_damage(sites, primary):
    lengths = (0, 3, 12, 25)
    digests = [primary.put(f"cut at {length}".encode() * 9) for length in lengths]
    for digest, length in zip(digests, lengths, strict=True):
        file = sites[0].file_of(content_key(digest))
        file.write_bytes(file.read_bytes()[:length])
    time.sleep(1.2)  # the server remembers a file's size for a second
    for digest in digests:
        with pytest.raises(Damaged):
            primary.get(digest)


def test_an_object_under_anothers_name_is_damage(sites, primary):
    one, other = primary.put(b"one paper"), primary.put(b"two paper")
    sites[0].file_of(content_key(one)).write_bytes(sites[0].file_of(content_key(other)).read_bytes())
    with pytest.raises(Damaged):
        primary.get(one)


def test_another_key_opens_nothing(sites, primary):
    digest = primary.put(PAPER)
    with pytest.raises(Damaged):
        sites[0].store(key=bytes(32)).get(digest)


def test_the_copy_on_the_second_site_is_the_same_bytes(primary, disaster):
    digest = primary.put(b"to be copied" * 100)
    primary.copy_to(disaster, digest)
    primary.copy_to(disaster, digest)
    assert disaster.get(digest) == b"to be copied" * 100
    name = content_key(digest)
    assert disaster.digest_of_stored(name) == primary.digest_of_stored(name)


def test_a_damaged_original_is_never_copied(sites, primary, disaster):
    digest = primary.put(b"bad original" * 10)
    file = sites[0].file_of(content_key(digest))
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    with pytest.raises(Damaged):
        primary.copy_to(disaster, digest)
    assert not disaster.holds(content_key(digest))


def test_copying_again_heals_a_damaged_copy(sites, primary, disaster):
    digest = primary.put(b"bad copy" * 10)
    primary.copy_to(disaster, digest)
    file = sites[1].file_of(content_key(digest))
    file.write_bytes(file.read_bytes()[:-1] + b"?")
    with pytest.raises(Damaged):
        disaster.get(digest)
    primary.copy_to(disaster, digest)
    assert disaster.get(digest) == b"bad copy" * 10


def test_a_manifest_is_immutable_under_its_name_on_both_sites(primary, disaster):
    name = "bundles/2016/11/0198.json"
    digest = primary.put_named(name, b'{"licence": "a"}')
    assert primary.put_named(name, b'{"licence": "a"}') == digest
    with pytest.raises(AlreadyDifferent):
        primary.put_named(name, b'{"licence": "b"}')
    assert primary.get_named(name) == b'{"licence": "a"}'
    primary.copy_stored_to(disaster, name)
    assert disaster.get_named(name) == b'{"licence": "a"}'
    assert disaster.digest_of_stored(name) == primary.digest_of_stored(name)


def test_a_name_may_not_pose_as_content(primary):
    with pytest.raises(ValueError, match="sha256"):
        primary.put_named("sha256/aa/bb/" + "a" * 64, b"x")


def test_listing_shows_what_is_under_a_prefix(primary):
    names = [f"bundles/2017/01/{number}.json" for number in range(5)]
    for name in names:
        primary.put_named(name, name.encode())
    assert sorted(primary.list("bundles/2017/01/")) == names
    assert list(primary.list("bundles/1999/")) == []


def test_a_wrong_password_is_a_refusal_and_not_a_reason_to_retry(sites):
    with pytest.raises(StoreRefused):
        sites[0].store(secret_key="wrong-secret-of-test").put(b"x")
    with pytest.raises(StoreRefused):
        sites[0].store(access_key="nobody").get("0" * 64)


def test_a_bucket_that_is_not_there_is_a_refusal(sites):
    with pytest.raises(StoreRefused):
        sites[0].store(bucket="tidak-ada").put(b"x")


def test_a_server_that_was_away_is_used_again_when_it_is_back(tmp_path):
    site = Site(tmp_path / "third")
    try:
        store = site.store()
        store.make_ready()
        digest = store.put(PAPER)
        site.stop()
        began = time.monotonic()
        with pytest.raises(StoreAway):
            store.get(digest)
        with pytest.raises(StoreAway):
            store.put(b"while away")
        with pytest.raises(StoreAway):
            list(store.list("sha256/"))
        assert time.monotonic() - began < 6
        site.start()
        assert store.get(digest) == PAPER
        assert store.get(store.put(b"while away")) == b"while away"
    finally:
        site.stop()


def test_a_silent_server_is_given_up_after_one_wait(monkeypatch):
    assert object_store.SILENCE_SECONDS == 10.0
    monkeypatch.setattr(object_store, "SILENCE_SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        store = ObjectStore(f"http://127.0.0.1:{silent.getsockname()[1]}", "a", "b", "berkas", KEY)
        began = time.monotonic()
        with pytest.raises(StoreAway):
            store.get("0" * 64)
        assert 0.4 < time.monotonic() - began < 0.95


def test_a_wrong_address_or_key_is_said_at_once():
    with pytest.raises(ValueError, match="32 bytes"):
        ObjectStore("http://localhost:1", "a", "b", "berkas", b"short")
    with pytest.raises(ValueError, match="host:port"):
        ObjectStore("localhost:9000", "a", "b", "berkas", KEY)


def test_greenlets_share_one_store_under_a_patched_process(sites):
    program = f"""
import eventlet; eventlet.monkey_patch()
import time
from plumbing.object_store import ObjectStore
store = ObjectStore({sites[0].url!r}, "office", "secret-of-the-test", "berkas", bytes(range(32)))
beats = []
def heart():
    while True:
        beats.append(time.monotonic()); eventlet.sleep(0.005)
eventlet.spawn(heart)
def work(number):
    data = str(number).encode() * 5000
    assert store.get(store.put(data)) == data
    return number
pool = eventlet.GreenPool(20)
assert sorted(pool.imap(work, range(100))) == list(range(100))
print("heartbeats", len(beats) > 10)
"""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.strip() == "heartbeats True", done.stderr
