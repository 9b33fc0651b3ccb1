"""The OpenAPI 3.1 document of the API, with an answer of the real catalogue and of an example file at each address."""

from collections.abc import Callable
from datetime import date, datetime
from importlib import resources
from typing import Any

import orjson
from fastapi import FastAPI
from fastapi.responses import Response
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

import contracts
from contracts import intake
from contracts.base import Command, Query
from contracts.documents import PDF_EXAMPLE, Document
from contracts.noticeboard import Licence, Notice, Paper, Skrd
from portal.api import figures, hooks, offers
from portal.api.bank import TakenPayment
from portal.api.doors import Answered, asked_for, bus_schema
from portal.api.files import file_answer, payment_answer
from portal.api.papers import CheckedPdf, PaperAnswer, Papers, Seal, paper_answer
from portal.api.problems import Problem
from portal.file_view import file_view
from values.dates import JAKARTA
from values.resi import Resi

ASKED = datetime(2016, 3, 9, 12, tzinfo=JAKARTA)
CODE = "K7QF-3M2P-X9DA"
_WEBHOOK = hooks.Webhook(id="0f" * 16, url="https://toko.example/ptsp", types=["siup"], since=ASKED, stopped=None)
NOT_CHANGED = {"description": "what the caller has is still so"}


def described(api: FastAPI) -> Callable[[], Response]:
    """The address of the document: made once, when it is first asked for."""
    made: list[bytes] = []

    def openapi() -> Response:
        """The document of the API."""
        if not made:
            made.append(orjson.dumps(document(api)))
        return Response(made[0], media_type="application/json", headers={"Cache-Control": "public, max-age=300"})

    return openapi


def document(api: FastAPI) -> dict[str, Any]:
    """OpenAPI 3.1: every address, every status, an example of each answer."""
    told = api.openapi()
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    told["components"]["schemas"] |= problem.pop("$defs") | {"Problem": problem} | bus_schemas()
    told["components"]["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "made on the account page, with its scopes"}
    }
    shown = examples()
    for ways in told["paths"].values():
        for way, operation in ways.items():
            good = operation["responses"]["200"]
            good["content"]["application/json"]["example"] = shown[operation["operationId"]].model_dump(mode="json")
            if way == "get":
                tag = {"description": "weak tag of what is said", "schema": {"type": "string"}}
                good["headers"] = {"ETag": tag}
                operation["responses"]["304"] = NOT_CHANGED
    return told


def bus_schemas() -> dict[str, Any]:
    """The shapes of what the rooms are asked. The id of a command is made from its key, and is not among them."""
    wanted = [(each, "validation") for each in (*asked_for(Command), *asked_for(Query))]
    places, found = models_json_schema(wanted, ref_template="#/components/schemas/bus.{model}")
    named = {place["$ref"].rpartition("bus.")[2]: bus_schema(message) for (message, _), place in places.items()}
    schemas = {}
    for name, piece in found["$defs"].items():
        if name in named and "command_id" in piece["properties"]:
            del piece["properties"]["command_id"]
            piece["required"] = [each for each in piece["required"] if each != "command_id"]
        schemas[named.get(name, f"bus.{name}")] = piece
    return schemas


def examples() -> dict[str, BaseModel]:
    """An answer for each operation; those of the rooms are in `contracts/answers.json`."""
    answers = orjson.loads(resources.files(contracts).joinpath("answers.json").read_bytes())
    ways = {"commands": asked_for(Command), "queries": asked_for(Query)}
    doors = [(f"{way}.{bus_schema(each)}", bus_schema(each)) for way, messages in ways.items() for each in messages]
    moved = intake.ApplicationMoved.make_example().model_copy(update={"resi": str(Resi(2016, 123))})
    signed = datetime(2016, 3, 10, 14, tzinfo=JAKARTA)
    licence = Licence(
        number="503/001-SIUP/BPPT/2016",
        verification_code=CODE,
        sha256="0f" * 32,
        signed_at=signed,
        valid_until=date(2021, 3, 9),
    )
    skrd = Skrd(number="974/001/2016", amount=187_625, due_on=date(2016, 4, 8), payment_code="201603000123")
    notice = Notice(
        id=moved.application_id,
        told_at=datetime(2016, 3, 7, 9, 15, tzinfo=JAKARTA),
        handle="P-0123456789AB",
        resi=moved.resi,
        moved=moved,
    )
    finished = notice.model_copy(update={"licence": licence, "skrd": skrd})
    paper = Paper(id=CODE, kind="licence", number=licence.number, sha256=licence.sha256, application_id=notice.id)
    genuine = paper_answer(paper, finished, signed.date())
    return {id: Answered(answer=answers[name]) for id, name in doors} | {
        "list_licence_types": offers.list_licence_types("2016-11", 0, 1),
        "get_licence_type": offers.get_licence_type("siup", "2016-11"),
        "list_services": offers.list_services(0, 1),
        "get_service": offers.get_service("S-IV"),
        "search": offers.search("buka usaha"),
        "track_file": file_answer(file_view(notice, ASKED), ASKED.date()),
        "get_payment": payment_answer(finished, ASKED.date()),
        "get_paper": genuine,
        "find_papers": Papers(total=1, next=None, items=[genuine]),
        "check_pdf": _checked(genuine, signed),
        "get_statistics": _figures(),
        "hand_in": Document.model_validate(PDF_EXAMPLE | {"kind": "attachment", "number": None}),
        "list_webhooks": hooks.Webhooks(items=[_WEBHOOK]),
        "end_webhook": hooks.Webhooks(items=[]),
        "add_webhook": hooks.MadeWebhook(**_WEBHOOK.model_dump(), secret="whsec_…"),
        "notify_payment": TakenPayment(outcome="matched", repeated=False, bank_reference="BJB-20160315-000981"),
    }


def _checked(genuine: PaperAnswer, signed: datetime) -> CheckedPdf:
    seal = Seal(ok=True, reason="good", signer="Kepala Badan", at=signed)
    return CheckedPdf(sha256=genuine.sha256, size=48_213, known=True, paper=genuine, signature=seal)


def _figures() -> figures.Statistics:
    return figures.Statistics(
        per="month",
        until=date(2016, 3, 31),
        items=[figures.Sum(begins=date(2016, 3, 1), issued=12, received=15, finished=13)],
        by_type=[figures.IssuedOfType(code="siup", name="Surat Izin Usaha Perdagangan", issued=12)],
        printed={"2016": 57_025},
        earlier="/api/v1/statistics?per=month&until=2014-03-31",
        seen_at=ASKED,
    )
