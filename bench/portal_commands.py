"""An officer's command through the portal with 50 people at work: how long it takes, and the pages beside it.

    python -m bench.portal_commands [--people 50] [--reading 5.0]

Each of the people is a counter officer with a session of their own, who opens the form for a SIUP, reads for so long
(half as long or half as long again), sends it, and begins anew: each sending is a file that intake takes in, with all
that follows. Measured are the form (a page of an officer's) and the sending, until the answer is there. Once at rest,
once while a demonstration keeps the office busy. The portal that is measured is a second one without a limit of
questions, since all people come from one address; they are one process on the same machine.
"""

import argparse
import asyncio
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

import urllib3

from bench.machine import keep, percentiles
from bench.portal import portal_without_limit
from deploy import stack
from plumbing.settings import OfficeSettings
from ptsp.people import OPERATOR, PREFIX, give_passphrase

SECONDS, MOST = 40.0, 500
COUNTERS = ("counter-1", "counter-2", "counter-3")
FORM = "/petugas/loket/baru?jenis=siup&sub=kecil"
TYPED = {
    "pemohon.name": "Siti Rahmawati",
    "pemohon.nik": "3275010101800001",
    "pemohon.address": "Jl. Melati No. 12, Bekasi Timur",
    "pemohon.phone": "081200000001",
    "tempat.name": "Toko Sumber Rezeki",
    "tempat.address": "Jl. Ir. H. Juanda No. 5",
    "tempat.kecamatan": "Bekasi Timur",
}
HIDDEN = re.compile(rb'name="(tanda|perintah)" value="([^"]+)"')


class Answer(NamedTuple):
    """What came back: status, head and body, and after how many milliseconds."""

    status: int
    head: bytes
    body: bytes
    took: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--reading", type=float, default=5.0)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        try:
            stack.up(home)
            result = measure(home, given.people, given.reading)
        finally:
            stack.down(home)
    print(keep("portal_commands", result).read_text())


def measure(home: Path, people: int, reading: float) -> dict:
    """At rest, and while the office works through a demonstration."""
    with portal_without_limit(home) as (_, port):
        portal = f"http://localhost:{port}"
        cookies = sessions(home, portal, people)
        at_rest = asyncio.run(at_work(portal, cookies, reading))
        print(at_rest, flush=True)
        working = _while_the_office_works(home, portal, cookies, reading)
    return {"people": people, "reading_s": reading, "at_rest": at_rest, "while_the_office_works": working}


def _while_the_office_works(home: Path, portal: str, cookies: list[str], reading: float) -> dict:
    command = [sys.executable, "-m", "ptsp.main", "demo", "--count", f"{MOST}", "--json", "--home", str(home)]
    demo = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        time.sleep(8)  # the first applications are on their way
        working = asyncio.run(at_work(portal, cookies, reading))
        if demo.poll() is not None:
            raise RuntimeError("the demonstration ended before the measurement: give it more applications")
        return working
    finally:
        demo.terminate()
        demo.wait(60)


def sessions(home: Path, portal: str, people: int) -> list[str]:
    """The cookies of so many sessions at the gate."""
    values = stack.environment(home, "office")
    settings = OfficeSettings(**{name.removeprefix(PREFIX).lower(): value for name, value in values.items()})
    keys = {who: give_passphrase(settings, who, OPERATOR, to_keep=True).passphrase for who in COUNTERS}
    return [_signed_in(portal, who, keys[who]) for who in (COUNTERS[n % len(COUNTERS)] for n in range(people))]


def _signed_in(portal: str, officer: str, passphrase: str) -> str:
    pool = urllib3.PoolManager(retries=False, timeout=20)
    page = pool.request("GET", f"{portal}/petugas/masuk")
    guest = _cookies(page)
    mark = dict(HIDDEN.findall(page.data))[b"tanda"].decode()
    typed = urlencode({"tanda": mark, "nama": officer, "sandi": passphrase})
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": portal, "Cookie": guest}
    inside = pool.request("POST", f"{portal}/petugas/masuk", body=typed, headers=headers, redirect=False)
    if inside.status != 303:
        raise RuntimeError(f"{officer} cannot sign in: {inside.status}")
    return _cookies(inside)


def _cookies(answer: urllib3.BaseHTTPResponse) -> str:
    """Those it sets and does not take away."""
    lines = answer.headers.getlist("set-cookie")
    return "; ".join(line.split(";")[0] for line in lines if "max-age=0" not in line.lower())


async def at_work(portal: str, cookies: list[str], reading: float) -> dict:
    """What pages and commands took of all of them, over SECONDS."""
    pages: list[float] = []
    commands: list[float] = []
    end = time.monotonic() + SECONDS

    async def officer(cookie: str, seed: int) -> None:
        choice = random.Random(seed)
        await asyncio.sleep(reading * choice.random())
        while time.monotonic() < end:
            form = await ask(portal, "GET", FORM, cookie)
            pages.append(form.took)
            hidden = {name.decode(): value.decode() for name, value in HIDDEN.findall(form.body)}
            await asyncio.sleep(reading * choice.uniform(0.5, 1.5))
            sent = await ask(portal, "POST", FORM, cookie, urlencode(TYPED | hidden))
            if (form.status, sent.status) != (200, 303):
                raise RuntimeError(f"{form.status}, then {sent.status}: {sent.body[:2000]!r}")
            commands.append(sent.took)

    began = time.monotonic()
    await asyncio.gather(*(officer(cookie, seed) for seed, cookie in enumerate(cookies)))
    seconds = time.monotonic() - began
    return {"page": told(pages, seconds), "command": told(commands, seconds)}


def told(took: list[float], seconds: float) -> dict:
    percents = {f"{name}_ms": value for name, value in percentiles(took).items()}
    return {"per_second": round(len(took) / seconds, 1), **percents}


async def ask(portal: str, method: str, path: str, cookie: str, body: str = "") -> Answer:
    """One request on a line of its own."""
    at = urlsplit(portal)
    reader, writer = await asyncio.open_connection(at.hostname, at.port)
    began = time.perf_counter()
    kind = "Content-Type: application/x-www-form-urlencoded\r\n" if method == "POST" else ""
    head = f"{method} {path} HTTP/1.1\r\nHost: {at.netloc}\r\nOrigin: {portal}\r\nCookie: {cookie}\r\n"
    writer.write(f"{head}{kind}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}".encode())
    answer = await reader.read()
    took = (time.perf_counter() - began) * 1000
    writer.close()
    head, _, content = answer.partition(b"\r\n\r\n")
    return Answer(int(head.split()[1]), head, content, took)


if __name__ == "__main__":
    main()
