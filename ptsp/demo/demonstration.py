"""The whole demonstration: set up, drive, let the office come to rest, read what is on record, write the report."""

import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import orjson
from pymongo.errors import PyMongoError

from contracts import intake
from deploy import stack
from plumbing.messaging.account import Account
from plumbing.messaging.calls import Office
from plumbing.messaging.operations.broker import BusAway
from plumbing.messaging.publisher import BrokerAway
from plumbing.object_store import StoreAway
from plumbing.papers import primary_store, second_store
from plumbing.settings import PREFIX, OfficeSettings
from ptsp.demo.actors import Actors
from ptsp.demo.asking import ANSWER_SECONDS
from ptsp.demo.driver import STANDSTILL, Access, Run, drive
from ptsp.demo.gather import Records
from ptsp.demo.numerals import whole
from ptsp.demo.progress import Progress
from ptsp.demo.report import build
from ptsp.demo.scenario import FilePlan
from values.dates import office_date

SETTLING_PAUSE = 1.0
AWAY = (BusAway, BrokerAway, PyMongoError, StoreAway)
Seen = TypeVar("Seen")
Asked = Callable[[], list[dict[str, Any]]]


def demonstrate(
    files: list[FilePlan], seed: int, home: Path | None, progress: Progress
) -> tuple[dict[str, Any], Asked]:
    """Set up, drive, let the office come to rest, and read what is on record.

    The report, and a way to ask intake what it answers about each file of the run.
    """
    stack.up(home, say=progress.say)
    told = stack.environment(home, "office").items()
    settings = OfficeSettings(**{name.removeprefix(PREFIX).lower(): value for name, value in told})
    primary, second = primary_store(settings), second_store(settings)
    run_id = secrets.token_hex(4)
    records = Records(
        settings.database_url.get_secret_value(),
        settings.management_url.get_secret_value(),
        settings.operator_broker_url.get_secret_value(),
        run_id,
    )
    before = patiently(records.account)
    access = Access(settings.broker_url.get_secret_value(), settings.statement_private_key.get_secret_value(), primary)
    driven = drive(files, run_id, access, progress.show, office_date(datetime.now(UTC)))
    at_rest = settle(records, driven, progress.say)
    progress.say("membandingkan kedua lokasi")
    sites = patiently(lambda: records.compare_sites(primary, second))
    report = build(patiently(lambda: records.findings(sites, at_rest)), driven, before, seed)
    return report, lambda: ask_about(driven, access)


def ask_about(driven: Run, access: Access) -> list[dict[str, Any]]:
    """What an operator is told about each file of the run."""
    office = Office(access.broker_url)
    actors = Actors(access.statement_key, office_date(datetime.now(UTC)))
    teller = actors.officer("operator")
    try:
        questions = [intake.FindApplication(application_id=life.id) for life in driven.lives]
        return [office.call(question, actors.statement(teller), ANSWER_SECONDS) for question in questions]
    finally:
        office.close()


def patiently(look: Callable[[], Seen]) -> Seen:
    """What can be seen, also when a part of the office is away for a while; after two minutes its own error."""
    until = time.monotonic() + STANDSTILL
    while True:
        try:
            return look()
        except AWAY:
            if time.monotonic() > until:
                raise
            time.sleep(SETTLING_PAUSE)


def settle(records: Records, driven: Run, say: Callable[[str], None]) -> Account:
    """Wait until the bus has nothing left to do, or has stood still for two minutes; then its account."""
    last, since = None, time.monotonic()
    while True:
        began = time.monotonic()
        account = patiently(records.account)
        rest = not (account.waiting or account.lost)
        stands = (account.effects, account.waiting, account.retried, account.lost, account.parked)
        if stands != last:
            last, since = stands, time.monotonic()
        given_up = driven.standstill or time.monotonic() - since > STANDSTILL
        if given_up or (rest and patiently(records.in_process) == len(driven.unfinished())):
            return account
        say(f"{whole(account.waiting + account.lost)} pesan masih dalam perjalanan")
        time.sleep(max(SETTLING_PAUSE, 3 * (time.monotonic() - began)))  # looking must not be what keeps it busy


def write(report: dict[str, Any], folder: Path, name: str, render: Callable[[dict[str, Any]], str]) -> list[str]:
    """The report as JSON and as a page, under that name; where they are."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / f"{name}.json").write_bytes(orjson.dumps(report, option=orjson.OPT_INDENT_2))
    (folder / f"{name}.html").write_text(render(report), encoding="utf-8")
    return [f"Laporan: {folder / name}.html", f"         {folder / name}.json"]
