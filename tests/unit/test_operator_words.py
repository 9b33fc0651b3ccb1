"""What operators read: every message has its phrase, times are Bekasi's, and nothing is left without words."""

import ast
import inspect
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest

from contracts import ROOMS
from contracts.base import Command, Event, Message, messages
from contracts.documents import Kind
from contracts.retribution import Cancellation, Instalments, Objection, Relief
from plumbing.messaging.operations import words
from plumbing.messaging.operations.turn_words import PAPERS, STATUSES, TURNS
from services.intake.standing import Status
from services.notification.templates.compose import turns
from services.rooms import all_services

SERVICES = Path(__file__).parents[2] / "services"


def test_every_room_has_its_name():
    assert tuple(words.ROOMS) == ROOMS


@pytest.mark.parametrize("message", [*messages(Event), *messages(Command)], ids=lambda m: f"{m.room}.{m.__name__}")
def test_every_fact_and_command_has_its_phrase(message: type[Message]):
    phrase = words.phrase(message.cloud_type())
    assert not phrase.startswith("pesan ") and phrase == phrase.strip() and message.__name__ not in phrase


def test_every_look_by_the_clock_has_its_phrase():
    methods = [(room, *each) for room in all_services() for each in inspect.getmembers(room, inspect.isfunction)]
    looks = {f"{room.name}.{name}" for room, name, method in methods if hasattr(method, "every")}
    assert words.WATCHES.keys() == looks
    assert words.step("retribution", "ptsp.retribution.prove_notes").endswith("menghitung ulang semua nota")


def test_a_nota_that_differs_is_told_with_where_and_by_how_much():
    said = "NP-2016-00003: baris 1: tersimpan Rp 2, dihitung ulang Rp 1 (selisih -Rp 1)"
    assert words.reason(f"NotaDiffers: {said}") == f"nota tidak lagi menghasilkan rupiah yang sama: {said}"


def test_no_phrase_is_left_over_from_a_message_that_is_gone():
    assert words.PHRASES.keys() <= Message.registry.keys()


def test_no_two_messages_of_a_room_are_told_in_the_same_words():
    told = [(name.split(".")[0], phrase) for name, phrase in words.PHRASES.items()]
    assert len(set(told)) == len(told)


def test_every_paper_has_its_name():
    assert PAPERS.keys() == set(Kind.__args__)


def happenings() -> set[str]:
    """What the rooms write into histories, where it is written as a plain word."""
    nodes = [node for file in SERVICES.glob("*/*.py") for node in ast.walk(ast.parse(file.read_text("utf-8")))]
    calls = [n for n in nodes if isinstance(n, ast.Call) and getattr(n.func, "attr", "") == "happening" and n.args]
    return {n.args[0].value for n in calls if isinstance(n.args[0], ast.Constant)}


def test_every_act_without_a_fact_of_its_own_is_in_words():
    silent = {
        "items_ticked",
        "items_answered",
        "request_withdrawn",
        "waits_for_parent",
        "parent_ready",
        "reinstated",
        "task_accepted",
        "findings_recorded",
        "berita_acara_signed",
        "nota_prepared",
        "initialled",
    }
    assert silent <= happenings(), "renamed in a room: rename it in the words, too"
    assert silent <= words.ACTS.keys()
    kinds = [
        get_args(shape)[0]
        for shape in (each.model_fields["kind"].annotation for each in (Relief, Instalments, Objection, Cancellation))
    ]
    changes = {f"{kind}_{end}" for kind in kinds for end in ("proposed", "granted", "refused")}
    letters = {f"{kind}_numbered" for kind in ("skrd", "skrdkb", "skrdlb")}
    assert changes | letters <= words.ACTS.keys(), "written of what a change or a letter is"


def test_an_unknown_message_is_still_said():
    assert words.phrase("ptsp.intake.NeverSeen.v1") == "pesan NeverSeen"
    assert words.phrase("") == words.phrase("nonsense") == "pesan yang tidak dikenal"
    assert words.room("") == "tidak diketahui" and words.room("feedback") == "feedback"


def test_a_step_says_room_and_occasion():
    assert words.step("retribution", "ptsp.intake.AssessmentDue.v1") == "Retribusi, setelah retribusi harus dihitung"
    assert words.step("issuance", "ptsp.issuance.SignLicence.v1", command=True) == (
        "Penerbitan, perintah menandatangani izin"
    )


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("Undecodable: not JSON", "isi pesan tidak dapat dibaca"),
        ("NotYet: contact of a is not here yet", "berkas yang dimaksud belum sampai di ruang ini"),
        ("TimeoutError: timed out", "pihak lain tidak menjawab pada waktunya"),
        ("ConnectionRefusedError: [Errno 111]", "pihak lain tidak dapat dihubungi"),
        ("DeliveryLimit: …", "ruang berhenti mendadak berkali-kali"),
        ("ZeroDivisionError: division by zero", "kesalahan program"),
        ("", "kesalahan program"),
    ],
)
def test_a_reason_is_said_for_people_who_read_no_tracebacks(reason, said):
    assert words.reason(reason) == said


def test_the_word_before_the_colon_decides_not_what_was_quoted_after_it():
    assert words.reason("ValueError: Timeout is not a number") == "kesalahan program"


def test_times_are_told_in_bekasi():
    night = datetime(2016, 3, 7, 18, 30)  # as the database hands it out: UTC without saying so
    assert words.moment(night) == "08-03-2016 01.30" == words.moment(night.replace(tzinfo=UTC))
    assert words.moment(None) == "-"


@pytest.mark.parametrize(
    ("length", "said"),
    [(0, "0 detik"), (59.9, "59 detik"), (60, "1 menit"), (3600, "1 jam"), (86_400 * 3, "3 hari"), (-5, "0 detik")],
)
def test_a_span_is_told_roughly(length, said):
    assert words.span(timedelta(seconds=length)) == said


def test_every_letter_and_every_status_is_in_words():
    assert turns().keys() <= TURNS.keys()
    assert set(get_args(Status)) <= STATUSES.keys()
