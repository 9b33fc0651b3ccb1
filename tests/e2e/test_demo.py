"""`ptsp demo` from nothing: it sets the office up, takes a dozen files through it, and its report adds up."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from kombu import Connection

from deploy import stack
from plumbing.messaging.operations.broker import Broker

COUNT = 12


@dataclass(frozen=True)
class Demonstration:
    """One run of the command: its home, how it ended, what it wrote."""

    home: Path
    done: subprocess.CompletedProcess[str]

    @property
    def report(self) -> dict:
        return json.loads(self.done.stdout)


def ptsp(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "ptsp.main", *arguments], capture_output=True, text=True, timeout=400, check=False
    )


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demonstration]:
    home = tmp_path_factory.mktemp("demo") / "home"
    try:
        yield Demonstration(home, ptsp("demo", "--count", str(COUNT), "--seed", "24", "--json", "--home", str(home)))
    finally:
        assert ptsp("down", "--home", str(home), "--erase", "--yes").returncode == 0


def test_a_dozen_files_go_through_the_office_and_it_all_adds_up(shown: Demonstration):
    report = shown.report
    assert report["discrepancies"] == []
    assert shown.done.returncode == 0, shown.done.stderr[-2000:]
    assert report["applications"] == COUNT
    assert report["issued"] + report["refused"] + report["withdrawn"] == COUNT
    assert min(report["issued"], report["refused"], report["withdrawn"]) > 0
    for nothing in ("in_process", "lost", "doubled", "parked", "number_gaps", "hash_mismatches"):
        assert report[nothing] == 0, nothing
    assert report["objects_primary"] == report["objects_dr"] > 5 * COUNT
    assert report["effects"] > report["events_said"] > 10 * COUNT
    assert report["lifecycles_per_second"] == pytest.approx(COUNT / report["seconds"], abs=0.01)


def test_everything_that_can_go_wrong_for_a_file_went_wrong_for_one(shown: Demonstration):
    report = shown.report
    assert report["second_rounds"] > 0
    assert report["retribution"]["late"] > 0
    assert report["retribution"]["repeats_suppressed"] > 0
    assert report["bus"]["duplicates"] > 0
    assert report["bus"]["facts_of_this_run"]["ItemsRequested"] > 0
    money = report["retribution"]
    assert money["paid"] + money["closed_unpaid"] == money["demanded"] > money["paid"] > 0
    assert money["outstanding"] == money["overpaid"] == 0


def test_the_table_shows_2016_beside_what_was_done(shown: Demonstration):
    rows = shown.report["table"]
    assert sum(row["in_2016"] for row in rows) == 57_025
    assert sum(row["applications"] for row in rows) == sum(row["wanted"] for row in rows) == COUNT


def test_the_report_is_also_a_file_and_a_page(shown: Demonstration):
    folder = shown.home / "demo"
    assert json.loads((folder / "report.json").read_text()) == shown.report
    page = (folder / "report.html").read_text()
    assert "Semuanya cocok" in page and not re.search(r"https?://|<script", page)


def test_the_run_leaves_no_queue_behind(shown: Demonstration):
    told = stack.environment(shown.home, "office")
    queue = f"office.demo-{shown.report['run']['id']}"
    assert not Broker(told["PTSP_MANAGEMENT_URL"], told["PTSP_OPERATOR_BROKER_URL"]).has_queue(queue)
    with Connection(told["PTSP_BROKER_URL"]) as connection, pytest.raises(connection.channel_errors):
        connection.channel().queue_declare(queue, passive=True)


def test_a_second_run_on_the_same_office_adds_up_by_itself(shown: Demonstration):
    again = ptsp("demo", "--count", "3", "--seed", "1", "--json", "--home", str(shown.home))
    report = json.loads(again.stdout)
    assert (again.returncode, report["applications"], report["discrepancies"]) == (0, 3, [])
    assert report["run"]["id"] != shown.report["run"]["id"]


def test_every_service_with_all_its_returns_and_every_type_once(shown: Demonstration):
    """On the same office: nothing of the files before is in the way, and nothing is parked."""
    done = ptsp("demo", "--services", "--seed", "2", "--json", "--home", str(shown.home))
    report = json.loads(done.stdout)
    assert report["discrepancies"] == [] and done.returncode == 0, done.stderr[-2000:]
    assert len(report["services"]) == 21 and len(report["types"]) == 66
    for service in report["services"]:
        assert len(service["files"]) >= 3
        assert service["moves_taken"] == service["moves"] and service["returns_taken"] == service["returns"]
        assert service["not_taken"] == []
    files = [file for offered in report["services"] + report["types"] for file in offered["files"]]
    assert all(file["archived"] and file["steps"] for file in files)
    assert all(file["clock"]["used"] and file["promised_on"] for file in files if file["clock"])
    page = (shown.home / "demo" / "services.html").read_text()
    assert "Semuanya cocok" in page and all(service["name"] in page for service in report["services"][:3])
    assert report["parked"] == report["lost"] == report["doubled"] == 0
