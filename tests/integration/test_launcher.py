"""The launcher against real parts: it starts, heals, says what is so, survives its own death, and leaves nothing."""

import json
import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import amqp
import psutil
import pytest
from kombu import Connection
from pymongo import MongoClient
from pymongo.errors import OperationFailure

from contracts import ROOMS
from deploy.stack import StackProblem, down, environment, parts, up
from deploy.stack.home import Home
from deploy.stack.leftovers import leftovers
from deploy.stack.ports import ports
from deploy.stack.sites import clear_interrupted_uploads

ENGINES = {"epmd", "broker", "database", "primary_site", "second_site", "mail"}
STANDIN = str(Path(__file__).with_name("standin_room.py"))
SET_UP = [sys.executable, "-c", "import os; print('asked as', os.environ['PTSP_BROKER_URL'].split('//')[1][:5])"]


def room(*options: str) -> list[str]:
    return [sys.executable, STANDIN, *options]


def ptsp(*arguments: str) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "ptsp.main", *arguments], capture_output=True, text=True, timeout=120)


def until(true, seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"still not so after {seconds} s"
        time.sleep(0.02)


def supervisor(home: Path) -> int:
    return parts(home)["supervisor"].pid


def assert_nothing_is_left(home: Path, known: dict[str, int]) -> None:
    assert leftovers(Home.at(home)) == {}
    assert not (home / "run").exists()
    for name, port in known.items():
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0, f"{name} still listens on {port}"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A stack of our own with two rooms that are only stand-ins. Each test leaves it up."""
    folder = tmp_path_factory.mktemp("launcher") / "a home"  # with a space, as people's folders have
    try:
        up(folder, ("intake", "archive"), set_up=SET_UP, room=room(), owner=os.getpid(), deaths_allowed=20)
        yield folder
    finally:
        down(folder)


def test_up_starts_every_part_and_status_says_so(home):
    found = parts(home)
    assert set(found) >= ENGINES | {"supervisor", "set_up", "intake", "archive"}
    assert all(part.well for part in found.values()), found
    assert all(psutil.pid_exists(found[name].pid) for name in ENGINES | {"intake", "archive"})
    assert "asked as admin" in (home / "log" / "set_up.log").read_text()

    told = ptsp("status", "--home", str(home), "--json")
    report = json.loads(told.stdout)
    assert told.returncode == 0
    assert report["well"]
    assert {part["name"] for part in report["parts"]} == set(found)


def test_the_engines_at_rest_leave_room_for_six_rooms_in_a_gigabyte(home):
    found = parts(home)
    assert found["supervisor"].rss < 30e6
    assert sum(found[name].rss for name in ENGINES) < 450e6


def test_up_again_is_harmless(home):
    before = {name: part.pid for name, part in parts(home).items()}
    said = []
    up(home, ("intake", "archive"), set_up=SET_UP, room=room(), say=said.append)
    assert said == [f"the stack in {home} is up already"]
    assert {name: part.pid for name, part in parts(home).items()} == before


def test_up_with_another_room_adds_it_and_touches_nothing_else(home):
    before = {name: part.pid for name, part in parts(home).items()}
    up(home, ("intake", "archive", "issuance"), set_up=SET_UP, room=room())
    after = {name: part.pid for name, part in parts(home).items()}
    assert after.pop("issuance")
    assert after == before


def test_nobody_else_can_read_the_folder_or_the_secrets(home):
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    for name in ("credentials.json", "definitions.json", "signing_key.pem", "ports.json"):
        assert stat.S_IMODE((home / "etc" / name).stat().st_mode) == 0o600, name


def test_no_secret_is_on_a_command_line(home):
    secrets = json.loads((home / "etc" / "credentials.json").read_text())
    hidden = [*secrets["broker"].values(), *secrets["database"].values(), secrets["cookie"], secrets["storage_key"]]
    hidden += [secrets[site]["secret"] for site in ("primary", "second")]
    lines = [" ".join(psutil.Process(pid).cmdline()) for pid in leftovers(Home.at(home))]
    assert lines
    assert not [line for line in lines for secret in hidden if secret in line]


def test_a_room_is_given_its_own_settings_only(home):
    inside = psutil.Process(parts(home)["intake"].pid).environ()
    given = {name: value for name, value in inside.items() if name.startswith("PTSP_") and name != "PTSP_STACK_HOME"}
    assert given == environment(home, "intake")
    assert "PTSP_SECOND_URL" not in given
    assert "PTSP_STATEMENT_PRIVATE_KEY" not in given


@pytest.mark.parametrize("name", ["intake", "mail", "primary_site", "epmd", "database", "broker"])
def test_a_killed_part_is_back(home, name):
    old = parts(home)[name]
    os.kill(old.pid, signal.SIGKILL)
    killed = time.monotonic()
    state = Home.at(home).state
    until(lambda: state()["parts"][name]["pid"] not in (old.pid, None))
    assert time.monotonic() - killed < 2.0  # the first pause is 0.1 s, the second 0.5 s
    until(lambda: parts(home)[name].well)
    assert parts(home)[name].restarts == old.restarts + 1


def test_what_a_killed_room_started_itself_is_ended_too(home):
    up(home, ("technical_team",), set_up=SET_UP, room=room("--worker"))
    old = parts(home)["technical_team"].pid
    worker = psutil.Process(old).children()[0]
    os.kill(old, signal.SIGKILL)
    until(lambda: not worker.is_running())
    until(lambda: parts(home)["technical_team"].well)


def test_a_part_that_keeps_dying_is_marked_failed_and_said_loudly(tmp_path):
    home = tmp_path / "home"
    try:
        with pytest.raises(StackProblem, match=r"(?s)intake does not start \(ended with 1\).*this room is broken"):
            up(home, ("intake",), set_up=None, room=room("--broken"), owner=os.getpid(), deaths_allowed=2)
        found = parts(home)["intake"]
        assert (found.state, found.restarts) == ("failed", 2)
        assert "FAILED: intake died too often" in (home / "log" / "supervisor.log").read_text()
        told = ptsp("status", "--home", str(home))
        assert told.returncode == 1
        assert "failed" in told.stdout
    finally:
        down(home)


def test_after_the_supervisor_is_killed_the_next_up_works_and_down_leaves_nothing(tmp_path):
    home = tmp_path / "home"
    try:
        up(home, ("intake", "archive"), set_up=SET_UP, room=room("--worker"), owner=os.getpid())
        mongo = environment(home, "intake")
        with MongoClient(mongo["PTSP_DATABASE_URL"]) as client:
            client.intake.kept.insert_one({"_id": 1})
        first = ports(Home.at(home))
        os.kill(supervisor(home), signal.SIGKILL)
        half = home / "data" / "second_site" / ".rclone_temp_put_1"
        half.write_text("cut off")

        up(home, ("intake", "archive"), set_up=SET_UP, room=room("--deaf"), owner=os.getpid())
        assert all(part.well for part in parts(home).values())
        assert not half.exists()
        assert ports(Home.at(home)) == first
        assert environment(home, "intake") == mongo
        with MongoClient(mongo["PTSP_DATABASE_URL"]) as client:
            assert client.intake.kept.find_one() == {"_id": 1}

        said = []
        down(home, say=said.append)
        assert [line for line in said if line.startswith("KILLED: intake did not stop")]
        assert_nothing_is_left(home, first)
        assert parts(home) == {}
        assert ptsp("status", "--home", str(home)).returncode == 1
    finally:
        down(home)


def test_the_stack_ends_with_the_process_it_belongs_to(tmp_path):
    home = tmp_path / "home"
    script = f"import os; from deploy.stack import up; up({str(home)!r}, (), set_up=None, owner=os.getpid())"
    try:
        subprocess.run([sys.executable, "-c", script], check=True, timeout=120)
        until(lambda: not Home.at(home).is_up(), 30)
        assert leftovers(Home.at(home)) == {}
    finally:
        down(home)


def test_only_a_folder_made_by_up_is_erased(tmp_path):
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(StackProblem, match="was not made by"):
        down(tmp_path, erase=True)
    assert (tmp_path / "letter.txt").exists()
    assert ptsp("down", "--home", str(tmp_path), "--erase").returncode == 2


def test_lost_credentials_over_existing_data_are_not_replaced(tmp_path):
    (tmp_path / "data" / "database").mkdir(parents=True)
    with pytest.raises(StackProblem, match="holds data that needs it"):
        up(tmp_path, ())


def test_interrupted_uploads_are_cleared_and_documents_stay(tmp_path):
    (tmp_path / "b" / ".rclone_temp_multipart_1").mkdir(parents=True)
    (tmp_path / "b" / ".rclone_temp_multipart_1" / "part").write_text("half")
    (tmp_path / "b" / ".rclone_temp_put_2").write_text("half")
    (tmp_path / "b" / "licence.pdf").write_text("whole")
    clear_interrupted_uploads(tmp_path)
    assert [path.name for path in (tmp_path / "b").iterdir()] == ["licence.pdf"]


# Who may do what. The queues here are made by hand: these tests are about the users, not about the topology.


@pytest.fixture(scope="module")
def bus(home) -> Iterator[dict[str, str]]:
    """The broker with the exchanges and queues these tests name; addresses by user."""
    with Connection(environment(home, "set_up")["PTSP_BROKER_URL"]) as admin:
        channel = admin.default_channel
        for exchange in ("intake.events", "retribution.events", "commands", "replies", "parked", "retry.1000"):
            channel.exchange_declare(exchange, "topic", durable=True, auto_delete=False)
        for queue in ("intake.commands", "retribution.commands", "parked"):
            channel.queue_declare(queue, durable=True, auto_delete=False)
        office = environment(home, "office")
        yield {
            "intake": environment(home, "intake")["PTSP_BROKER_URL"],
            "office": office["PTSP_BROKER_URL"],
            "operator": office["PTSP_OPERATOR_BROKER_URL"],
        }


def publish(url: str, exchange: str, key: str = "x") -> None:
    with Connection(url) as connection:
        channel = connection.default_channel
        channel.confirm_select()
        channel.basic_publish_confirm(amqp.Message("{}"), exchange, key)


@pytest.mark.parametrize(
    ("user", "exchange"),
    [
        *[("intake", name) for name in ("intake.events", "replies", "parked", "retry.1000")],
        *[("office", name) for name in ("commands",)],
        *[("operator", name) for name in ("", "parked", "retry.1000")],
    ],
)
def test_the_broker_lets_each_publish_where_it_should(bus, user, exchange):
    publish(bus[user], exchange)


@pytest.mark.parametrize(
    ("user", "exchange"),
    [
        *[("intake", name) for name in ("retribution.events", "commands", "", "amq.topic")],
        *[("office", name) for name in ("intake.events", "replies", "parked", "")],
        *[("operator", name) for name in ("commands", "intake.events", "replies")],
    ],
)
def test_the_broker_refuses_to_publish_elsewhere(bus, user, exchange):
    with pytest.raises(amqp.exceptions.AccessRefused):
        publish(bus[user], exchange)


@pytest.mark.parametrize(
    ("user", "queue", "allowed"),
    [
        ("intake", "intake.commands", True),
        ("intake", "retribution.commands", False),
        ("intake", "parked", False),
        ("office", "intake.commands", False),
        ("operator", "parked", True),
        ("operator", "intake.commands", False),
    ],
)
def test_the_broker_lets_each_read_its_own_queues_only(bus, user, queue, allowed):
    with Connection(bus[user]) as connection:
        if allowed:
            connection.default_channel.basic_get(queue, no_ack=False)
        else:
            with pytest.raises(amqp.exceptions.AccessRefused):
                connection.default_channel.basic_get(queue, no_ack=False)


def test_a_room_makes_and_binds_nothing(bus):
    for attempt in (
        lambda channel: channel.queue_declare("intake.extra"),
        lambda channel: channel.exchange_declare("intake.extra", "topic"),
        lambda channel: channel.queue_bind("intake.commands", "retribution.events", "#"),
        lambda channel: channel.queue_delete("intake.commands"),
    ):
        with Connection(bus["intake"]) as connection, pytest.raises(amqp.exceptions.AccessRefused):
            attempt(connection.default_channel)


def test_the_office_makes_a_queue_for_its_answers(bus):
    with Connection(bus["office"]) as connection:
        channel = connection.default_channel
        channel.queue_declare("office.test", exclusive=True)
        channel.queue_bind("office.test", "replies", "office.test")
        channel.queue_bind("office.test", "intake.events", "#")
        publish(bus["intake"], "replies", "office.test")
        until(lambda: channel.basic_get("office.test", no_ack=True) is not None, 5)


def test_there_is_no_guest(home):
    with pytest.raises(amqp.exceptions.AccessRefused):
        publish(f"amqp://guest:guest@127.0.0.1:{ports(Home.at(home))['amqp']}/ptsp", "")


def test_the_database_keeps_each_room_to_its_own(home):
    urls = {name: environment(home, name)["PTSP_DATABASE_URL"] for name in ("intake", "office")}
    with MongoClient(urls["intake"]) as intake, MongoClient(urls["office"]) as operator:
        intake.intake.applications.insert_one({"_id": "a"})
        assert operator.intake.applications.find_one() == {"_id": "a"}
        operator.bus.audit.insert_one({"_id": "a"})
        for attempt in (
            lambda: intake.retribution.skrd.insert_one({}),
            lambda: intake.retribution.skrd.find_one(),
            lambda: intake.bus.audit.find_one(),
            lambda: intake.admin.command("usersInfo"),
            lambda: operator.intake.applications.insert_one({}),
        ):
            with pytest.raises(OperationFailure, match=r"(?i)not authorized"):
                attempt()


def test_the_database_answers_nobody_without_a_password(home):
    with (
        MongoClient("127.0.0.1", ports(Home.at(home))["database"], directConnection=True) as nobody,
        pytest.raises(OperationFailure),
    ):
        nobody.intake.applications.find_one()


def test_the_parts_listen_to_this_machine_only(home):
    listening = {
        connection.laddr.ip
        for pid in leftovers(Home.at(home))
        for connection in psutil.Process(pid).net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    }
    assert listening <= {"127.0.0.1", "::1"}


def test_environments_name_every_room(home):
    for name in ROOMS:
        assert environment(home, name)["PTSP_DATABASE"] == name
    with pytest.raises(StackProblem, match="nobody here is called 'kitchen'"):
        environment(home, "kitchen")
