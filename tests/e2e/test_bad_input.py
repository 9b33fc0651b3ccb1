"""Bad input at every door: each is answered with a refusal in words, none is parked, and the office goes on."""

import base64
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from catalogue.office import organisation
from contracts import ROOMS, archive, intake, issuance, notification, retribution, technical_team
from contracts.base import Command, Message, Query, messages
from contracts.people import Actor
from plumbing.messaging.doors import doors_of
from plumbing.messaging.envelope import new_id
from plumbing.statement import mint
from services.rooms import all_services
from tests.people import People
from tests.raw import Stranger, envelope
from values.dates import office_date
from values.refusal import Refusal

pytestmark = pytest.mark.usefixtures("nothing_is_parked")

ROLES = {door["kind"]: door["roles"] for service in all_services() for _, door in doors_of(service) if "roles" in door}
ASKED = [kind for kind in messages(Message) if issubclass(kind, Command | Query) and kind.room in ROOMS]
TODAY = office_date(datetime.now(UTC))
ASKED_ROOMS = [room for room in ROOMS if any(kind.room == room for kind in ASKED)]
SOMEBODY = {role: next(iter(organisation().officers_with(role, on=TODAY)), None) for role in organisation().roles}
NOBODY = "0191e2a4-0000-7000-8000-000000000000"

each = pytest.mark.parametrize("kind", ASKED, ids=lambda kind: f"{kind.room}.{kind.__name__}")
OFFICERS = [kind for kind in ASKED if set(ROLES[kind]) - {"applicant"}]
each_of_officers = pytest.mark.parametrize("kind", OFFICERS, ids=lambda kind: f"{kind.room}.{kind.__name__}")


@pytest.fixture
def stranger(people: People) -> Iterator[Stranger]:
    stranger = Stranger(people.environment["PTSP_BROKER_URL"])
    yield stranger
    stranger.close()


def one_of(role: str) -> Actor:
    """Somebody who holds the role; any account is an applicant."""
    if role == "applicant":
        return Actor(id="warga-1", role="applicant")
    return Actor(id=SOMEBODY[role].id, role=role, unit=SOMEBODY[role].unit)


def rightful(people: People, kind: type[Message]) -> str:
    """The statement of somebody who may use this door."""
    return mint(one_of(ROLES[kind][-1]), people.key, confirmed=True)


def example(kind: type[Message], **change: Any) -> Message:
    fresh = {"command_id": new_id()} if issubclass(kind, Command) else {}
    return kind.model_validate(kind.example | fresh | change)


def say(stranger: Stranger, kind: type[Message], statement: str, data: Any, **headers: Any) -> str:
    said = envelope(example(kind), data=data)
    return stranger.say(kind.room, orjson.dumps(said), {"statement": statement} | headers)


def refusals(answers: list[dict]) -> list[dict]:
    """All are refusals in words that a person can use."""
    assert [answer for answer in answers if "refusal" not in answer] == []
    for answer in answers:
        no = answer["refusal"]
        assert no["code"] and len(no["message"]) > 10 and no["message"][0].isupper()
    return [answer["refusal"] for answer in answers]


def test_every_command_and_every_question_has_a_door():
    assert set(ASKED) == set(ROLES)


# --- what cannot be read ---------------------------------------------------------------------------------------------

WRONG = {"a number": 7, "a list": [], "null": None, "an object": {"a": 1}, "a long text": "x" * 300_000, "truth": True}


def spoilt(kind: type[Message]) -> dict[str, Any]:
    """The data of a message, wrong in one way each; the key says what the answer must name."""
    good = example(kind).model_dump(mode="json")
    ways: dict[str, Any] = {"favour": good | {"favour": "please"}}
    for name, field in kind.model_fields.items():
        ways |= {
            f"{name} ({how})": good | {name: wrong}
            for how, wrong in WRONG.items()
            if not _fits(kind, good, name, wrong)
        }
        if field.is_required():
            ways[f"{name} (missing)"] = {key: value for key, value in good.items() if key != name}
    return ways


def _fits(kind: type[Message], good: dict, name: str, value: Any) -> bool:
    try:
        kind.model_validate(good | {name: value})
    except ValueError:
        return False
    return True


@each
def test_what_does_not_fit_the_contract_is_refused_and_named(people, stranger, kind):
    statement, ways = rightful(people, kind), spoilt(kind)
    ids = [say(stranger, kind, statement, data) for data in ways.values()]
    ids += [say(stranger, kind, statement, data) for data in ([], None, 7, "text")]
    told = refusals(stranger.answers(ids))
    assert {no["code"] for no in told} == {"not_understood"}
    for name, no in zip(ways, told, strict=False):
        assert no["field"].split(".")[0] == name.split()[0] and no["remedy"]
        assert len(no["message"]) < 5_000, "what was sent is not sent back"


UNPRINTABLE = ["Siti 😀", "王小明", "ꦱꦶꦠꦶ", "Siti\x00", "Siti\u202e", "   "]


@pytest.mark.parametrize("strange", UNPRINTABLE)
def test_words_that_no_paper_of_ours_could_print_are_refused_where_they_are_said(people, stranger, strange):
    applicant, place = intake.APPLICANT_EXAMPLE, intake.PLACE_EXAMPLE
    observation = technical_team.RecordFindings.example["observations"][0]
    said = [
        (intake.SubmitApplication, {"applicant": applicant | {"name": strange}}, "applicant.name"),
        (intake.SubmitApplication, {"applicant": applicant | {"address": strange * 3}}, "applicant.address"),
        (intake.SubmitApplication, {"place": place | {"name": strange}}, "place.name"),
        (intake.SubmitApplication, {"place": place | {"kecamatan": strange}}, "place.kecamatan"),
        (intake.RefuseApplication, {"reason": strange * 5}, "reason"),
        (technical_team.BookAppointment, {"place": strange}, "place"),
        (technical_team.RecordFindings, {"opinion": strange}, "opinion"),
        (technical_team.RecordFindings, {"observations": [observation | {"point": strange}]}, "observations.0.point"),
        (retribution.RecordPayment, {"bank_reference": strange * 2}, "bank_reference"),
    ]
    ids = [
        say(stranger, kind, rightful(people, kind), kind.example | {"command_id": new_id()} | change)
        for kind, change, _ in said
    ]
    for (*_, field), no in zip(said, refusals(stranger.answers(ids)), strict=True):
        assert (no["code"], no["field"]) == ("not_understood", field)


@pytest.mark.parametrize(
    ("field", "strange"),
    [
        ("nik", "١٢٣٤٥٦٧٨٩٠١٢٣٤٥٦"),
        ("phone", "٠٨١٢٠٠٠٠٠٠٠١"),
        ("email", "siti,dan@kawan.example"),
        ("email", "grup:;siti@warga.example"),
        ("email", "siti@wärga.example"),
        ("email", "siti@warga..example"),
    ],
)
def test_numbers_in_other_figures_and_addresses_of_several_people_are_refused(people, stranger, field, strange):
    data = intake.SubmitApplication.example | {"applicant": intake.APPLICANT_EXAMPLE | {field: strange}}
    kind = intake.SubmitApplication
    no = refusals(stranger.answers([say(stranger, kind, rightful(people, kind), data)]))[0]
    assert (no["code"], no["field"]) == ("not_understood", f"applicant.{field}")


GARBAGE = [b"", b"\x00\xff" * 500, b"[" * 50_000, b"{}", b"[]", b"null", b'"' + b"x" * 3_000_000 + b'"', b'{"id": 1}']


@pytest.mark.parametrize("room", ROOMS)
def test_garbage_is_refused_by_every_room(people, stranger, room):
    statement = mint(one_of("operator"), people.key, confirmed=True)
    ids = [stranger.say(room, body, {"statement": statement}) for body in GARBAGE]
    assert {no["code"] for no in refusals(stranger.answers(ids))} == {"not_understood"}


@pytest.mark.parametrize("room", ASKED_ROOMS)
def test_an_envelope_that_is_none_is_refused_by_every_room(people, stranger, room):
    kind = next(k for k in ASKED if k.room == room)
    changes = [
        {"type": "ptsp.intake.GiveEverything.v1"},
        {"type": ["ptsp"]},
        {"type": None},
        {"id": None},
        {"id": {"a": 1}},
        {"traceparent": 7},
        {"traceparent": "not a trace"},
    ]
    said = [orjson.dumps(envelope(example(kind), **change)) for change in changes]
    ids = [stranger.say(room, body, {"statement": rightful(people, kind)}) for body in said]
    assert {no["code"] for no in refusals(stranger.answers(ids))} == {"not_understood"}


@pytest.mark.parametrize("room", ASKED_ROOMS)
def test_odd_headers_stop_no_room(people, stranger, room):
    kind = next(k for k in ASKED if k.room == room)
    body = orjson.dumps(envelope(example(kind)))
    odd = [{"statement": wrong} for wrong in (5, True, ["x"], {"a": "b"}, "x" * 100_000)]
    ids = [stranger.say(room, body, headers) for headers in odd]
    assert {no["code"] for no in refusals(stranger.answers(ids))} == {"unauthorised"}
    good = {"statement": rightful(people, kind)}
    for headers in ({"answer_until": "soon"}, {"attempts": "x"}, {"attempts": -1}, {"x-delivery-count": "many"}):
        stranger.answers([stranger.say(room, body, good | headers)])


# --- who may not -----------------------------------------------------------------------------------------------------


@each
def test_every_other_role_is_refused_at_the_door(people, stranger, kind):
    others = [role for role in organisation().roles if role not in ROLES[kind]]
    data = example(kind).model_dump(mode="json")
    ids = [say(stranger, kind, mint(one_of(role), people.key, confirmed=True), data) for role in others]
    for role, no in zip(others, refusals(stranger.answers(ids)), strict=True):
        assert no["code"] == "wrong_role" and organisation().roles[role].name in no["message"]
        assert organisation().roles[ROLES[kind][0]].name in no["remedy"]


@each_of_officers
def test_who_does_not_hold_the_role_today_is_refused_whatever_their_statement_says(people, stranger, kind):
    role = next(role for role in ROLES[kind] if role != "applicant")
    holder = SOMEBODY[role]
    stranger_to_it = "archivist" if role != "archivist" else "treasurer"
    pretenders = [
        Actor(id=stranger_to_it, role=role),
        Actor(id="nobody-1", role=role),
        Actor(id=holder.id, role=role, unit="no_such_unit"),
        Actor(id="warga-1", role=role),
    ]
    if role == "head":
        pretenders.append(Actor(id="head-2011", role="head", unit="kepala"))
    data = example(kind).model_dump(mode="json")
    ids = [say(stranger, kind, mint(actor, people.key, confirmed=True), data) for actor in pretenders]
    assert {no["code"] for no in refusals(stranger.answers(ids))} == {"not_in_office"}


@each
def test_a_statement_that_is_missing_forged_or_expired_is_refused(people, stranger, kind):
    rightful_actor, data = one_of(ROLES[kind][-1]), example(kind).model_dump(mode="json")
    header, body, signature = mint(rightful_actor, people.key).split(".")
    another_key = base64.b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode()
    forged = [
        "",
        "hello",
        mint(rightful_actor, another_key),
        f"{header}.{body[:-4]}AAAA.{signature}",
        f"{header}.{body}.",
    ]
    ids = [say(stranger, kind, statement, data) for statement in forged]
    told = refusals(stranger.answers(ids))
    assert [no["code"] for no in told] == ["unauthorised"] * len(forged) and all(no["remedy"] for no in told)
    expired = say(stranger, kind, mint(rightful_actor, people.key, timedelta(seconds=-1)), data)
    assert refusals(stranger.answers([expired]))[0]["code"] == "statement_expired"


# --- about what ------------------------------------------------------------------------------------------------------

# Taken in though nothing is known of the file: a new file, money that must not be lost, questions about nothing yet.
NEEDS_NO_FILE = (intake.SubmitApplication, retribution.RecordPayment, technical_team.TasksOf, notification.DeliveriesOf)
STRANGE_IDS = [NOBODY, "\x00\x01", "{'$ne': null}", "x" * 64, "../../etc/passwd", "名前", " "]


@pytest.mark.parametrize(
    "kind",
    [k for k in ASKED if "application_id" in k.model_fields and k not in NEEDS_NO_FILE],
    ids=lambda k: k.__name__,
)
def test_a_file_nobody_knows_is_refused_by_its_field(people, stranger, kind):
    keyed = {"resi": None} if kind is intake.FindApplication else {}
    keyed |= {"verification_code": None} if kind is issuance.FindLicence else {}
    about = [kind.example | keyed | {"application_id": strange} for strange in STRANGE_IDS]
    commands = issubclass(kind, Command)
    data = [each | ({"command_id": new_id()} if commands else {}) for each in about]
    ids = [say(stranger, kind, rightful(people, kind), one) for one in data]
    for no in refusals(stranger.answers(ids)):
        assert no["code"].startswith(("unknown_", "not_archived")), no
        assert no["field"] == "application_id"


@pytest.mark.parametrize("code", ["0000-0000-0000", "", "\x00", "K7QF-3M2P-X9DA' OR 1=1", "x" * 10_000, "名前"])
def test_a_code_or_number_nobody_gave_is_refused(people, stranger, code):
    asked = [(issuance.FindLicence, {"verification_code": code}), (intake.FindApplication, {"resi": code})]
    ids = [say(stranger, kind, rightful(people, kind), data) for kind, data in asked]
    for no in refusals(stranger.answers(ids)):
        assert no["code"] in ("unknown_code", "one_key", "resi_malformed", "resi_check_digit")


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("unknown_licence_type", {"licence_type": "siap"}),
        ("unknown_sub_kind", {"sub_kind": "raksasa"}),
        ("unknown_quantity", {"quantities": {"luas_m2": "1"}}),
        ("unknown_quantity", {"quantities": {"$where": "1", "a.b": {"c": [1]}}}),
        (
            "unknown_requirement",
            {"attachments": [{"requirement": "x"} | {"document": intake.AnswerItem.example["document"]}]},
        ),
        (
            "not_an_attachment",
            {"attachments": [{"requirement": "ktp", "document": issuance.LicenceIssued.example["document"]}]},
        ),
        ("in_the_future", {"acted_at": "2999-01-01T00:00:00Z"}),
        ("before_previous_step", {"acted_at": "0001-01-01T00:00:00+14:00"}),
    ],
)
def test_what_the_office_does_not_take_in_is_refused(people, stranger, code, change):
    good = {"application_id": new_id(), "command_id": new_id(), "sub_kind": "kecil", "attachments": []}
    data = intake.SubmitApplication.example | good | change
    said = say(stranger, intake.SubmitApplication, rightful(people, intake.SubmitApplication), data)
    no = refusals(stranger.answers([said]))[0]
    assert no["code"] == code and no["field"]


def test_a_payment_of_an_impossible_day_is_refused_and_one_under_a_strange_code_is_kept(people, stranger):
    statement, strange = rightful(people, retribution.RecordPayment), f"BJB {new_id()}"
    good = {"command_id": new_id(), "bank_reference": strange, "payment_code": "999999999999"}
    data = retribution.RecordPayment.example | good
    late = data | {"command_id": new_id(), "paid_at": "2999-01-01T00:00:00Z"}
    no = refusals(stranger.answers([say(stranger, retribution.RecordPayment, statement, late)]))[0]
    assert (no["code"], no["field"]) == ("in_the_future", "paid_at")
    ids = [say(stranger, retribution.RecordPayment, statement, data) for _ in range(2)]
    assert [a["answer"]["outcome"] for a in stranger.answers(ids)] == ["unknown_code"] * 2


# --- and the office goes on ------------------------------------------------------------------------------------------


def test_every_room_still_answers(people):
    asked = [
        ("operator-1", archive.FindBundle(application_id=NOBODY), "not_archived"),
        ("operator-1", retribution.FindAssessment(application_id=NOBODY), "unknown_assessment"),
        ("operator-1", issuance.FindLicence(application_id=NOBODY), "unknown_draft"),
        ("operator-1", technical_team.FindCase(application_id=NOBODY), "unknown_case"),
        ("operator-1", intake.FindApplication(application_id=NOBODY), "unknown_application"),
    ]
    for who, question, code in asked:
        with pytest.raises(Refusal) as no:
            people.ask(who, question)
        assert no.value.code == code
    assert people.ask("operator-1", notification.DeliveriesOf(application_id=NOBODY)) == []
