"""`ptsp bus …` and `ptsp trace` as an operator types them: words on the screen, JSON for programs, exit codes."""

import json
import threading
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import orjson
import pytest
from pymongo import MongoClient
from typer import Typer
from typer.testing import CliRunner

from contracts import ROOMS, intake, issuance
from contracts.people import Actor
from plumbing.messaging.desk import Desk, Work
from plumbing.messaging.doors import authorised
from plumbing.messaging.envelope import Cause, wrap
from plumbing.messaging.item import Door
from plumbing.messaging.listener import Listener
from plumbing.messaging.operations.broker import Broker
from plumbing.messaging.parked import Parked
from plumbing.messaging.publisher import Letter, Publisher
from plumbing.messaging.topology import PARKED
from plumbing.statement import Keys
from ptsp import bus
from ptsp.main import app as ptsp
from ptsp.trace import trace
from values.refusal import Refusal

QUEUE = "notification.on_resi_issued.intake.ResiIssued"
WHY = ("--reason", "surel sudah dapat dikirim")
NIK = intake.APPLICANT_EXAMPLE["nik"]

commands = Typer()
commands.add_typer(bus.app, name="bus")
commands.command("trace")(trace)


@pytest.fixture
def office(closed_office):
    return closed_office


@pytest.fixture
def admin(office):
    with MongoClient(office.environment("set_up")["PTSP_DATABASE_URL"]) as client:
        yield client


@pytest.fixture
def application(office, admin, monkeypatch):
    """One application in the books of intake, and the operator's environment; afterwards no trace of it."""
    monkeypatch.setattr("ptsp.trace.ANSWER_SECONDS", 1.0)
    for name, value in office.environment("office").items():
        monkeypatch.setenv(name, value)
    id = uuid4().hex
    record = {"_id": id, "resi": f"R-2016-{int(id[:5], 16) % 1_000_000:06d}-0", "licence_type": "siup", "history": []}
    admin.intake.applications.insert_one(record)
    admin.intake.resi.insert_one({"_id": record["resi"], "application_id": id})
    yield record
    settings = office.environment("office")
    broker = Broker(settings["PTSP_MANAGEMENT_URL"], settings["PTSP_OPERATOR_BROKER_URL"])
    Parked(broker, admin.bus).file()
    admin.bus.parked.delete_many({})
    admin.bus.audit.delete_many({})
    for room in ROOMS:
        for collection, field in (("journal", "subject"), ("handled", "subject"), ("troubles", "subject")):
            admin[room][collection].delete_many({field: id})
        admin[room].outbox.delete_many({})
    admin.intake.applications.delete_one({"_id": id})
    admin.intake.resi.delete_one({"_id": record["resi"]})
    admin.notification.deliveries.delete_many({"application_id": id})
    with Broker(settings["PTSP_MANAGEMENT_URL"], office.environment("set_up")["PTSP_BROKER_URL"]).connect() as admins:
        admins.channel().queue_purge(QUEUE)


def type_in(*words: str, answer: str = "") -> tuple[int, str, str]:
    """Exit code, screen, and what went to the error stream."""
    result = CliRunner().invoke(commands, list(words), input=answer)
    if isinstance(result.exception, Refusal):
        return 1, result.stdout, f"{result.exception.message} {result.exception.remedy or ''}"
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


def in_json(*words: str):
    code, screen, _ = type_in(*words, "--json")
    return code, json.loads(screen)


def put_aside(office, application: str, queue: str = QUEUE, **change) -> bytes:
    """A message that a room has laid on the tray, with personal data inside."""
    event = intake.ApplicationSubmitted.make_example().model_copy(update={"application_id": application})
    body = orjson.dumps(wrap(event, Cause.first(), datetime.now(UTC)))
    headers = {"queue": queue, "room": "notification", "attempts": 6, "reason": "SMTPServerDisconnected: gone"} | change
    headers |= {"first_failed": "2016-03-07T02:00:00+00:00", "last_failed": "2016-03-07T03:00:00+00:00"}
    publisher = Publisher(office.environment("set_up")["PTSP_BROKER_URL"])
    publisher.publish([Letter(PARKED, queue, body, headers | {"traceback": "Traceback: line 1"}, "m-1")])
    publisher.close()
    return body


def test_the_commands_are_part_of_ptsp():
    names = {group.name for group in ptsp.registered_groups} | {command.name for command in ptsp.registered_commands}
    assert {"bus", "trace"} <= names


def test_parked_names_file_step_reason_and_what_it_waits_for(office, application):
    put_aside(office, application["_id"])
    code, screen, _ = type_in("bus", "parked")
    assert code == 0
    for words in (application["resi"], "Surat Izin", "Pemberitahuan", "masuk", "surel tidak", "6 kali", "operator"):
        assert words in screen, words
    assert "07-03-2016 09.00" in screen
    assert max(map(len, screen.splitlines())) <= 100
    _, [entry] = in_json("bus", "parked")
    assert (entry["resi"], entry["attempts"], entry["state"]) == (application["resi"], 6, "open")
    assert entry["first_failed"] == "2016-03-07T02:00:00+00:00"
    assert "body" not in entry and NIK not in json.dumps(entry)


def test_show_tells_everything_but_the_contents_which_are_shown_on_request_and_that_is_audited(
    office, application, admin
):
    body = put_aside(office, application["_id"])
    _, [entry] = in_json("bus", "parked")
    code, screen, _ = type_in("bus", "show", entry["id"])
    assert code == 0 and "Traceback: line 1" in screen and QUEUE in screen and f"{len(body)} byte" in screen
    assert NIK not in screen
    assert type_in("bus", "show", entry["id"], "--body")[0] == 1, "nobody reads contents without saying who they are"
    _, screen, _ = type_in("bus", "show", entry["id"], "--body", "--as", "operator-1")
    assert NIK in screen.replace("\n", "")
    [line] = admin.bus.audit.find({})
    assert (line["what"], line["operator"]) == ("read_body", "operator-1")


def test_replay_asks_first_and_sends_the_same_bytes_back(office, application, admin):
    body = put_aside(office, application["_id"])
    _, [entry] = in_json("bus", "parked")
    code, _, _ = type_in("bus", "replay", entry["id"], *WHY, "--as", "operator-1", answer="n\n")
    assert code == 1 and in_json("bus", "parked")[1] != []
    code, screen, _ = type_in("bus", "replay", entry["id"], *WHY, "--as", "operator-1", answer="y\n")
    assert code == 0 and "diputar ulang" in screen
    settings = office.environment("set_up")
    with Broker(settings["PTSP_MANAGEMENT_URL"], settings["PTSP_BROKER_URL"]).connect() as connection:
        channel, deadline = connection.channel(), datetime.now(UTC) + timedelta(seconds=8)
        while (back := channel.basic_get(QUEUE, no_ack=True)) is None:
            assert datetime.now(UTC) < deadline, "it never came back to its queue"
    assert bytes(back.body) == body and "attempts" not in back.headers
    assert in_json("bus", "parked") == (0, [])
    assert admin.bus.parked.find_one({})["state"] == "replayed"
    code, [result] = in_json("bus", "replay", entry["id"], *WHY, "--as", "operator-1")
    assert (code, result["done"], result["code"]) == (1, False, "already_settled")


def test_several_are_replayed_at_once_and_what_may_not_be_is_said(office, application):
    put_aside(office, application["_id"])
    put_aside(office, application["_id"], queue="intake.commands")
    _, entries = in_json("bus", "parked")
    code, results = in_json("bus", "replay", *[e["id"] for e in entries], *WHY, "--as", "operator-1")
    assert code == 1
    assert sorted((r["done"], r["code"]) for r in results) == [(False, "command_not_replayed"), (True, None)]


def test_discard_wants_a_reason_and_an_operator(office, application):
    put_aside(office, application["_id"])
    _, [entry] = in_json("bus", "parked")
    discard = ("bus", "discard", entry["id"], "--yes")
    assert type_in(*discard, "--as", "operator-1")[0] == 2
    assert type_in(*discard, "--reason", "sudah ditangani di loket")[0] == 2
    assert "bukan operator" in type_in(*discard, "--reason", "sudah ditangani", "--as", "counter-1")[2]
    code, screen, _ = type_in(*discard, "--reason", "ok", "--as", "operator-1")
    assert code == 1 and "paling sedikit 10 huruf" in screen
    assert type_in(*discard, "--reason", "sudah ditangani di loket", "--as", "operator-1")[0] == 0
    assert in_json("bus", "parked") == (0, [])
    assert "dibuang oleh operator-1" in type_in("bus", "show", entry["id"])[1]


@pytest.mark.parametrize("typed", ["nothing", "00000000", "$ne"])
def test_an_entry_that_is_none_is_said(application, typed):
    code, _, said = type_in("bus", "show", typed)
    assert code == 1 and "ptsp bus parked" in said


def test_status_says_loudly_which_rooms_are_closed_and_ends_with_1(office, application):
    running = {name for name, part in office.parts().items() if part.well}
    put_aside(office, application["_id"])
    code, screen, _ = type_in("bus", "status")
    assert code == 1
    for room, name in (("intake", "PENDAFTARAN"), ("archive", "ARSIP")):
        assert (f"RUANG {name} TUTUP" in screen) == (room not in running)
    assert "1 pesan disisihkan" in screen and max(map(len, screen.splitlines())) <= 100
    code, state = in_json("bus", "status")
    assert code == 1 and state["needs_somebody"] and state["parked"] == 1
    assert [room["room"] for room in state["rooms"]] == list(ROOMS)


@pytest.mark.parametrize(
    ("variable", "value", "word"),
    [
        ("PTSP_MANAGEMENT_URL", "http://operator:secret@127.0.0.1:1", "Pengelola"),
        ("PTSP_OPERATOR_BROKER_URL", "amqp://operator:secret@127.0.0.1:1/ptsp", "Perantara pesan"),
        ("PTSP_DATABASE_URL", "mongodb://operator:secret@127.0.0.1:1/?directConnection=true", "Basis data"),
    ],
)
def test_what_cannot_be_seen_is_said_in_words_and_ends_with_2(application, monkeypatch, variable, value, word):
    monkeypatch.setenv(variable, value)
    code, screen, said = type_in("bus", "status")
    assert (code, screen) == (2, "") and word in said
    assert "secret" not in said and "Traceback" not in said


# --- trace -----------------------------------------------------------------------------------------------------------


def story(admin: MongoClient, application: dict) -> None:
    """A short life: submitted on line, registered at the counter (entered a day late), its licence printed and sent."""
    id = application["_id"]
    counter = Cause("cmd-2", Cause.first().traceparent, "counter-1", "counter")
    applicant = Cause("cmd-1", Cause.first().traceparent, "siti@warga.example", "applicant")

    def said(room: str, event, cause: Cause) -> str:
        desk = Desk(admin, room, instance="story")
        work = Work(uuid4().hex, id, lambda book: book.say(event.model_copy(update={"application_id": id})), cause)
        [outcome] = desk.settle([work])
        admin[room].handled.delete_one({"_id": work.key})
        return outcome.answer

    submitted = said("intake", intake.ApplicationSubmitted.make_example(), applicant)
    registered = said("intake", intake.ApplicationRegistered.make_example(), counter)
    printed = Cause(registered, counter.traceparent, "counter-1", "counter")
    said("intake", intake.ResiIssued.make_example(), printed)
    said("issuance", issuance.LicenceIssued.make_example(), Cause("cmd-3", counter.traceparent, "head-2014", "head"))
    at = datetime.now(UTC)
    admin.intake.handled.insert_one({"_id": f"on_application_submitted:{submitted}", "at": at, "subject": id})
    happened = {"what": "registered", "at": "2016-03-07T02:00:00Z", "recorded_at": at.isoformat(), "cause": "cmd-2"}
    silent = {"what": "items_ticked", "at": at.isoformat(), "recorded_at": at.isoformat(), "cause": "cmd-9"}
    who = {"actor": "counter-2", "role": "counter", "note": "Belum ada KTP Siti Rahmawati"}
    admin.intake.applications.update_one({"_id": id}, {"$set": {"history": [happened | who, silent | who]}})
    letter = {"application_id": id, "turn": "terdaftar", "channel": "email", "to": "applicant", "outcome": "refused"}
    detail = {"detail": "550 siti@warga.example unknown", "at": (at + timedelta(seconds=1)).isoformat()}
    admin.notification.deliveries.insert_one({"_id": uuid4().hex} | letter | detail)


def test_trace_tells_what_by_whom_when_heard_by_whom_with_which_papers(office, application, admin):
    story(admin, application)
    put_aside(office, application["_id"])
    code, screen, _ = type_in("trace", application["resi"])
    assert code == 0 and max(map(len, screen.splitlines())) <= 100
    flat = " ".join(line.strip("│├└─ ") for line in screen.splitlines())
    for words in (
        "permohonan masuk",
        "oleh Pemohon",
        "Lintang Samudraguna",  # counter-1
        "Mahesa Bulanpurnama",  # counter-2, who only ticked
        "kelengkapan diperiksa sebagian",
        "pada berkas 07-03-2016 09.00",
        "menyusul “permohonan lengkap dan terdaftar”",
        "diterima Pendaftaran",
        "BELUM diterima Pemberitahuan",
        "dokumen izin 503/Kep.12-BPPT/III/2016 · 41.3 kB · sha256 0f0f0f0f0f0f…",
        "surat “resi” kepada pemohon lewat surel",
        "ditolak server surat",
        "Disisihkan",
        "Keadaan sekarang",
    ):
        assert words in flat, words
    for personal in (NIK, "Siti", "siti@warga.example", "Melati", "081200000001"):
        assert personal not in flat


def test_trace_in_json_is_in_time_order_and_holds_no_personal_data(application, admin):
    story(admin, application)
    code, told = in_json("trace", application["_id"])
    assert code == 0 and (told["resi"], told["application"]) == (application["resi"], application["_id"])
    times = [entry["at"] for entry in told["story"]]
    assert times == sorted(times) and len(times) == 6
    assert [e["kind"] for e in told["story"]].count("fact") == 4
    submitted = told["story"][0]
    assert submitted["who"] == "Pemohon" and submitted["cause"] == "cmd-1"
    assert {h["room"]: h["at"] is not None for h in submitted["heard"]} == {"intake": True, "notification": False}
    for personal in (NIK, "Siti", "siti@warga", "Melati"):
        assert personal not in json.dumps(told)


def test_trace_ends_with_where_intake_says_the_file_stands(office, application, admin):
    """Intake answers the operator's question; here a stand-in at its door, on its own queue."""
    story(admin, application)
    settings, seen = office.environment("intake"), []

    def find(reader, question, actor: Actor):
        seen.append((question.application_id, actor.id))
        standing = {
            "status": "in_issuance",
            "step": "issuance",
            "holder": "Administrasi",
            "since": "2016-03-09T03:00:00Z",
        }
        return {"standing": standing, "promised_on": "2016-03-16"}

    keys = Keys(settings["PTSP_STATEMENT_KEY"], settings["PTSP_PORTAL_STATEMENT_KEY"])
    door = Door("find_application", intake.FindApplication, find, roles=("operator",))
    listener = Listener(
        settings["PTSP_BROKER_URL"],
        "intake",
        {"commands": [door]},
        Desk(admin, "intake", instance="stand-in"),
        authorise=lambda said, door, now, it: authorised(said, door, now, keys, it),
        on_ready=(ready := threading.Event()).set,
    )
    listener.start()
    try:
        assert ready.wait(10)
        _, screen, _ = type_in("trace", application["resi"])
        assert "dalam penyiapan izin, dipegang Administrasi, sejak 09-03-2016 10.00" in " ".join(screen.split())
        assert seen == [(application["_id"], "operator-1")]
    finally:
        listener.stop(5)


def test_trace_without_a_broker_tells_what_the_records_tell(application, admin, monkeypatch):
    story(admin, application)
    for variable in ("PTSP_OPERATOR_BROKER_URL", "PTSP_BROKER_URL"):
        monkeypatch.setenv(variable, "amqp://operator:secret@127.0.0.1:1/ptsp")
    code, screen, _ = type_in("trace", application["resi"])
    assert code == 0 and "permohonan masuk" in screen
    assert "tidak dapat diketahui" in screen and "ruang Pendaftaran tidak menjawab" in screen


@pytest.mark.parametrize("typed", ["R-2016-999999-9", "nobody", "", "$ne"])
def test_trace_of_what_is_no_application_says_so(application, typed):
    code, _, said = type_in("trace", typed)
    assert code == 1 and "Tidak ada permohonan" in said
