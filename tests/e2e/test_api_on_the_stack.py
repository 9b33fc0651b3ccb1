"""The API of the running office: whatever is asked, the answer is one the document describes; a file as it is told."""

import json
from collections import Counter
from datetime import UTC, datetime

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from pymongo import MongoClient
from requests import Session
from requests.adapters import HTTPAdapter
from schemathesis import GenerationMode
from schemathesis.checks import (
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from plumbing.database import OwnRecords
from plumbing.sign_in.passwords import Passwords
from plumbing.sign_in.tokens import Tokens
from portal.accounts import Accounts
from tests.conftest import Stack
from tests.e2e.pages import fetch
from tests.people import People, eventually
from tests.turns import SECONDS, Turn

CHECKS = [
    content_type_conformance,
    not_a_server_error,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
]
WITH_KEYS = ["list_licence_types", "get_licence_type", "list_services", "search", "find_papers", "get_statistics"]
BY_NUMBER = ["get_service", "track_file", "get_payment", "get_paper"]  # any text may be a number: none breaks the rule
GOOD, BAD = GenerationMode.POSITIVE, GenerationMode.NEGATIVE
WITH_A_BODY = ["check_pdf", "notify_payment"]
FOR_PROGRAMS = ("commands", "queries", "webhooks")
TRIED = [(name, GOOD) for name in [*WITH_KEYS, *BY_NUMBER, *WITH_A_BODY]] + [(name, BAD) for name in WITH_KEYS]


@schemathesis.serializer("application/pdf")
def as_it_is(_: schemathesis.SerializationContext, body: bytes | str) -> bytes:
    """A body for the address that takes a PDF; half of them begin as one does."""
    sent = body.encode() if isinstance(body, str) else bytes(body)
    return b"%PDF-" + sent if len(sent) % 2 else sent


@pytest.fixture(scope="module")
def home(people: People, stack: Stack) -> str:
    return stack.environment("office")["PTSP_PUBLIC_URL"].replace("localhost", "127.0.0.1")


class FromAddress(HTTPAdapter):
    """Asks from an address of this machine, so that one operation does not use up the questions of another."""

    def __init__(self, source: str):
        self.source = source
        super().__init__()

    def init_poolmanager(self, *args, **more):
        super().init_poolmanager(*args, source_address=(self.source, 0), **more)


@pytest.fixture(scope="module")
def token(people: People, stack: Stack) -> str:
    """Of a program of an applicant who has no files."""
    records, moment = OwnRecords(stack.environment("set_up")["PTSP_DATABASE_URL"], "portal"), datetime.now(UTC)
    account = Accounts(records, Passwords()).open("skema@contoh.id", "kuda hitam di bukit", moment)
    yield Tokens(records).make(account.id, "applicant", None, "skema", ("read", "act", "webhooks"), 2, moment)
    records.close()


def operations(home: str) -> dict[str, str]:
    """The tag of each operation, by its id."""
    paths = json.loads(fetch(f"{home}/openapi.json").data)["paths"]
    return {way["operationId"]: way["tags"][0] for ways in paths.values() for way in ways.values()}


def test_every_operation_without_a_token_is_tried(home: str):
    free = {name for name, tag in operations(home).items() if tag not in FOR_PROGRAMS}
    assert free == {name for name, mode in TRIED if mode is GOOD}


def test_commands_and_questions_of_programs_answer_as_the_document_says(home: str, token: str):
    """One of six by name: all of them are made by one piece of code."""
    schema = schemathesis.openapi.from_url(f"{home}/openapi.json")
    names = sorted(name for name, tag in operations(home).items() if tag in FOR_PROGRAMS and name != "hand_in")
    seen: Counter[int] = Counter()
    with Session() as session:
        session.mount("http://", FromAddress("127.0.1.99"))
        for name in names[::6]:

            @given(case=schema.find_operation_by_id(name).as_strategy(generation_mode=GOOD))
            @settings(max_examples=4, deadline=None, database=None, phases=[Phase.explicit, Phase.generate],
                      suppress_health_check=list(HealthCheck))  # fmt: skip
            def ask(case: schemathesis.Case) -> None:
                for brought in ({"Authorization": f"Bearer {token}"}, {}):
                    answer = case.call(session=session, headers=brought)
                    seen[answer.status_code] += 1
                    case.validate_response(answer, checks=CHECKS)

            ask()
    assert seen[401] and sum(seen.values()) > seen[401] + seen[429], seen


@pytest.mark.parametrize(("name", "mode"), TRIED)
def test_whatever_is_asked_the_answer_is_one_the_document_describes(home: str, name: str, mode: GenerationMode):
    schema = schemathesis.openapi.from_url(f"{home}/openapi.json")
    operation = schema.find_operation_by_id(name)
    seen: Counter[int] = Counter()
    with Session() as session:
        session.mount("http://", FromAddress(f"127.0.1.{TRIED.index((name, mode)) + 1}"))

        @given(case=operation.as_strategy(generation_mode=mode))
        @settings(
            max_examples=15 if name == "check_pdf" else 60,
            deadline=None,
            database=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        def ask(case: schemathesis.Case) -> None:
            answer = case.call(session=session)
            seen[answer.status_code] += 1
            case.validate_response(answer, checks=CHECKS)

        ask()
    assert sum(seen.values()) > seen[429], "nothing but refusals for asking too often"


def test_a_licence_is_known_by_its_bytes_and_its_signature_and_a_changed_one_is_not(people: People, home: str):
    turn = Turn(people, "siup", "kecil").registered()
    paper = next(each for each in turn.issued(8)["documents"] if each["kind"] == "licence")
    with MongoClient(people.environment["PTSP_DATABASE_URL"]) as client:
        known = {"number": paper["number"]}
        eventually(lambda: client.noticeboard.papers.count_documents(known), SECONDS, "the licence on the noticeboard")
    pdf = bytearray(people.store.get(paper["sha256"]))
    to, form = f"{home}/api/v1/papers", {"Content-Type": "application/pdf"}
    checked = json.loads(fetch(to, "POST", source="127.0.0.12", body=bytes(pdf), headers=form).data)
    assert checked["known"] and checked["signature"]["ok"] and checked["signature"]["reason"] == "good"
    assert (checked["paper"]["number"], checked["paper"]["standing"]) == (paper["number"], "valid")
    pdf[len(pdf) // 3] ^= 1
    checked = json.loads(fetch(to, "POST", source="127.0.0.12", body=bytes(pdf), headers=form).data)
    assert not checked["known"] and checked["paper"] is None and not checked["signature"]["ok"]


def test_a_file_is_told_to_programs_as_it_is_shown_to_people(people: People, home: str):
    file = Turn(people, "iptm", "baru").registered()
    code = file.demanded(total=100_000)["payment_code"]
    with MongoClient(people.environment["PTSP_DATABASE_URL"]) as client:
        known = {"payment_code": code, "moved.status": "waiting_for_payment"}
        eventually(lambda: client.noticeboard.notices.count_documents(known), SECONDS, "the SKRD on the noticeboard")
    asked = json.loads(fetch(f"{home}/api/v1/payments/{code}", source="127.0.0.12").data)
    assert (asked["amount"], asked["paid_at"]) == (100_000, None)
    told = json.loads(fetch(f"{home}/api/v1/files/{asked['resi']}", source="127.0.0.12").data)
    assert told["status"]["code"] == "waiting_for_payment" and told["standstill"]["code"] == "payment"
    assert told["clock"]["running"] is False and told["payment"]["skrd"] == asked["skrd"]
    page = fetch(f"{home}/lacak/{asked['resi']}", source="127.0.0.12").data.decode()
    assert all(told[key] in page for key in ("number", "applicant", "kecamatan"))
