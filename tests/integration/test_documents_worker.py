"""Papers asked for from a service: the worker process, its life, its death, and eventlet."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import psutil
import pytest

from plumbing.documents import DocumentDataWrong, DocumentError, Renderer, WorkerGone, certificates, typesetting
from plumbing.documents.data_contract import example_of

ROOT = Path(__file__).resolve().parents[2]
LICENCE = ROOT / "services/issuance/templates/licence.typ"
WIB = timezone(timedelta(hours=7))
BEGINS, ENDS = datetime(2016, 1, 1, tzinfo=WIB), datetime(2066, 1, 1, tzinfo=WIB)


@pytest.fixture
def renderer():
    made = Renderer(idle_seconds=30)
    yield made
    made.close()


def numbered(number) -> dict:
    return {**example_of(LICENCE), "number": str(number)}


def soon(true: Callable[[], bool]) -> bool:
    for _ in range(100):
        if true():
            return True
        time.sleep(0.05)
    return False


def gone(pid: int) -> bool:
    return soon(lambda: not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)


def test_a_worker_starts_at_the_first_paper_and_makes_the_same_bytes_as_any_other(renderer):
    assert renderer.worker_pid is None
    made = renderer.render(LICENCE, example_of(LICENCE))
    assert made == typesetting.render(LICENCE, example_of(LICENCE))
    assert renderer.worker_pid


def test_rendering_and_signing_are_one_step_and_the_result_verifies(renderer):
    authority = certificates.new_authority("Otoritas", "Pemerintah Kota Bekasi", BEGINS, ENDS)
    head = certificates.new_signatory(authority, "Kepala", "Pemerintah Kota Bekasi", BEGINS, ENDS)
    signature = {
        "key_pem": head.key_pem,
        "cert_pem": head.cert_pem,
        "reason": "Penerbitan izin",
        "name": "Kepala",
        "at": datetime(2016, 11, 28, tzinfo=WIB),
    }
    at_once = renderer.render_signed(LICENCE, example_of(LICENCE), **signature)
    in_two = renderer.sign(renderer.render(LICENCE, example_of(LICENCE)), **signature)
    for paper in (at_once, in_two):
        assert renderer.verify(paper, authority.cert_pem).ok
        assert not renderer.verify(paper[:5000] + b"?" + paper[5001:], authority.cert_pem).ok


def test_a_fault_in_the_data_comes_back_as_itself_and_the_worker_lives_on(renderer):
    data = example_of(LICENCE)
    with pytest.raises(DocumentDataWrong) as caught:
        renderer.render(LICENCE, {key: data[key] for key in data if key != "holder"})
    assert caught.value.key == "holder"
    pid = renderer.worker_pid
    with pytest.raises(DocumentError, match="no such"):
        renderer.render(LICENCE.with_name("no such.typ"), data)
    assert renderer.render(LICENCE, data) and renderer.worker_pid == pid


def test_a_worker_killed_at_work_is_reported_and_replaced(renderer):
    renderer.render(LICENCE, numbered(0))
    pid = renderer.worker_pid
    threading.Timer(0.05, os.kill, (pid, signal.SIGKILL)).start()
    with pytest.raises(WorkerGone, match="exit code -9"):
        for number in range(500):
            renderer.render(LICENCE, numbered(number))
    assert renderer.render(LICENCE, numbered(1))
    assert renderer.worker_pid != pid


def test_a_silent_worker_is_given_up_killed_and_replaced():
    renderer = Renderer(idle_seconds=30, patience_seconds=1.0)
    try:
        renderer.render(LICENCE, numbered(0))
        pid = renderer.worker_pid
        os.kill(pid, signal.SIGSTOP)
        with pytest.raises(WorkerGone, match="was silent"):
            renderer.render(LICENCE, numbered(1))
        assert gone(pid)
        assert renderer.render(LICENCE, numbered(1))
    finally:
        renderer.close()


def test_an_idle_worker_goes_home_and_the_next_paper_does_not_notice():
    renderer = Renderer(idle_seconds=0.3)
    try:
        renderer.render(LICENCE, numbered(0))
        assert gone(renderer.worker_pid)
        assert soon(lambda: renderer.worker_pid is None)
        assert renderer.render(LICENCE, numbered(0))
        # Ask around the very moment it goes home: nobody may ever see a fault.
        for number in range(8):
            time.sleep(0.28 + number * 0.006)
            assert renderer.render(LICENCE, numbered(number))
    finally:
        renderer.close()


def test_many_threads_get_each_their_own_paper(renderer):
    made = {}

    def work(name):
        for number in range(5):
            made[name, number] = renderer.render(LICENCE, numbered(f"{name}-{number}"))

    threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 20
    for (name, number), paper in made.items():
        assert paper == typesetting.render(LICENCE, numbered(f"{name}-{number}"))


def test_a_worker_ends_with_a_parent_that_was_killed():
    program = f"""
import sys, time
from pathlib import Path
from plumbing.documents import Renderer
from plumbing.documents.data_contract import example_of
template = Path({str(LICENCE)!r})
renderer = Renderer()
renderer.render(template, example_of(template))
print(renderer.worker_pid, flush=True)
time.sleep(60)
"""
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    worker = int(parent.stdout.readline())
    assert psutil.pid_exists(worker)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert gone(worker)


def test_the_worker_sees_no_secret_of_its_parent(renderer, monkeypatch):
    monkeypatch.setenv("PTSP_SECRET_OF_TEST", "very-secret")
    renderer.render(LICENCE, numbered(0))
    assert "PTSP_SECRET_OF_TEST" not in psutil.Process(renderer.worker_pid).environ()


def test_in_an_eventlet_process_the_others_go_on_while_papers_are_made():
    program = f"""
import eventlet; eventlet.monkey_patch()
import statistics, sys, time
from pathlib import Path
from plumbing.documents import Renderer
from plumbing.documents.data_contract import example_of
template = Path({str(LICENCE)!r})
data = example_of(template)
renderer = Renderer()
renderer.render(template, data)
gaps = []
def heart():
    while True:
        before = time.perf_counter(); eventlet.sleep(0.002); gaps.append(time.perf_counter() - before)
beating = eventlet.spawn(heart)
pool = eventlet.GreenPool(8)
papers = list(pool.imap(lambda number: renderer.render(template, dict(data, number=str(number))), range(40)))
assert len(set(papers)) == 40
beating.kill()
with eventlet.Timeout(0.02, False):
    renderer.render(template, dict(data, number="interrupted"))
    renderer.render(template, dict(data, number="interrupted again"))
assert renderer.render(template, dict(data, number="7")) == papers[7]
heavy = [name for name in ("typst", "pyhanko", "segno") if name in sys.modules]
renderer.close()
print(len(gaps) > 50, statistics.median(gaps) < 0.01, heavy)
"""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.strip() == "True True []", done.stderr
