"""What the API answers when it cannot answer: problem details (RFC 9457), in Indonesian for people, with codes that
stay the same for programs."""

import logging
import secrets
from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from plumbing.database import RecordsAway
from portal.face import face_of
from portal.guard import TooLarge, TooMany
from portal.numbers import EXAMPLE_RESI
from values.refusal import Refusal

log = logging.getLogger(__name__)
PROBLEM = "application/problem+json"
LONGEST = 200  # letters of an address that are said again
WRONG = {"missing": "Isian ini wajib dan tidak ada.", "extra_forbidden": "Isian ini tidak dikenal."}
BAD = "Periksa kembali nilai ini; dokumen API menyebut bentuk yang diterima."

TITLES = {
    "bad_request": (400, "Permintaan tidak dapat dibaca"),
    "no_token": (401, "Token tidak berlaku"),
    "not_signed": (401, "Tanda tangannya tidak berlaku"),
    "not_allowed": (403, "Di luar kewenangan"),
    "not_found": (404, "Tidak ditemukan"),
    "method_not_allowed": (405, "Cara meminta ini tidak dilayani"),
    "not_acceptable": (406, "Jawaban hanya tersedia sebagai JSON"),
    "too_large": (413, "Kiriman terlalu besar"),
    "not_a_pdf": (415, "Hanya PDF yang diterima"),
    "invalid_input": (422, "Ada isian yang keliru"),
    "too_many": (429, "Terlalu banyak pertanyaan"),
    "our_fault": (500, "Kesalahan pada kami"),
    "away": (503, "Catatan sedang tidak dapat dibaca"),
    "room_away": (503, "Bagian yang dituju sedang tidak menjawab"),
}
"""Every code of a problem: its status and title."""


class WrongField(BaseModel):
    """One thing that is wrong with a request: where, which rule, in words, and how to mend it."""

    model_config = ConfigDict(extra="forbid")

    field: str = Field(description="name of the query key, the part of the path, or `body`", examples=["per"])
    code: str = Field(description="stable English word for the rule", examples=["literal_error"])
    detail: str = Field(description="what is wrong, in Indonesian", examples=["Nilai tidak dikenal."])
    remedy: str = Field(description="how to mend it, in Indonesian", examples=["Pilih day, week, month atau year."])


class Problem(BaseModel):
    """Problem details as RFC 9457 has them; `code`, `errors` and `reference` are ours."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(description="where this kind of problem is described", examples=["/api#not_found"])
    title: str = Field(description="the kind of problem, in Indonesian", examples=["Tidak ditemukan"])
    status: int = Field(ge=400, le=599, description="the HTTP status", examples=[404])
    detail: str = Field(description="what happened and what to do, in Indonesian")
    instance: str = Field(description="the path that was asked for", examples=[f"/api/v1/files/{EXAMPLE_RESI}"])
    code: str = Field(description="stable English word for the kind of problem", examples=["not_found"])
    errors: list[WrongField] = Field(default_factory=list, description="what is wrong with which field")
    reference: str | None = Field(None, description="number to quote to the office; it stands in our log")


class Trouble(Exception):
    """The API refuses or cannot: a code of `TITLES`, words in Indonesian, the fields concerned."""

    def __init__(self, code: str, detail: str, errors: list[WrongField] | None = None):
        super().__init__(code)
        self.code, self.detail, self.errors = code, detail, errors or []


def not_found(what: str) -> Trouble:
    """404 with what is not there, in words."""
    return Trouble("not_found", what)


def invalid(field: str, code: str, detail: str, remedy: str) -> Trouble:
    """422 about one field."""
    return Trouble("invalid_input", detail, [WrongField(field=field, code=code, detail=detail, remedy=remedy)])


def answer(request: Request, trouble: Trouble, reference: str | None = None, **headers: str) -> Response:
    """The problem, ready to be sent."""
    status, title = TITLES[trouble.code]
    problem = Problem(
        type=f"{face_of(request).public_url}/api#{trouble.code}",
        title=title,
        status=status,
        detail=trouble.detail,
        instance=quote(request.scope.get("state", {}).get("asked", request.url.path)[:LONGEST]),
        code=trouble.code,
        errors=trouble.errors,
        reference=reference,
    )
    body = problem.model_dump_json(exclude_none=True)
    return Response(body, status, {"Cache-Control": "no-store", "Content-Language": "id", **headers}, PROBLEM)


def troubled(request: Request, error: Trouble) -> Response:
    """What a route said no to."""
    headers = {"Retry-After": "5"} if error.code == "room_away" else {}
    return answer(request, error, **headers, **({"WWW-Authenticate": "Bearer"} if error.code == "no_token" else {}))


def refused(request: Request, error: Refusal) -> Response:
    """A refusal of the office's own rules: 422 with its field and remedy."""
    return answer(request, invalid(error.field or "number", error.code, error.message, error.remedy or BAD))


def wrong(request: Request, error: HTTPException) -> Response:
    """What the framework says no to: no such path, no such method, a body that cannot be read."""
    if request.scope.get("state", {}).get("too_large"):
        return too_large(request, error)
    if error.status_code == 405:
        allow = ", ".join(_methods(request))
        return answer(request, Trouble("method_not_allowed", f"Alamat ini melayani {allow}."), Allow=allow)
    if error.status_code == 404:
        return answer(request, not_found("Alamat ini tidak ada. Yang ada tertulis di /openapi.json."))
    return answer(request, Trouble("bad_request", "Permintaan tidak dapat dibaca."))


def _methods(request: Request) -> list[str]:
    """Every method this address answers to, as the document has them."""
    described = request.app.openapi()["paths"][request.scope["route"].path]
    methods = {method.upper() for method in described}
    return sorted(methods | ({"HEAD"} if "GET" in methods else set()))


def unreadable(request: Request, error: RequestValidationError) -> Response:
    """Values that break a rule of the document: each with its field."""
    found = [_field(each) for each in error.errors()]
    return answer(request, Trouble("invalid_input", "Periksa isian yang disebut dalam `errors`.", found))


def _field(error: dict[str, Any]) -> WrongField:
    said, allowed = WRONG.get(error["type"], "Nilai ini tidak dikenal atau di luar batas."), error.get("ctx", {})
    remedy = f"Yang diterima: {allowed['expected']}." if "expected" in allowed else BAD
    return WrongField(field=str(error["loc"][-1])[:80], code=error["type"], detail=said, remedy=remedy)


def too_large(request: Request, _: Exception | None = None) -> Response:
    """A body beyond the limit."""
    return answer(request, Trouble("too_large", "Paling besar 10 MB untuk sebuah PDF. Kiriman ini tidak disimpan."))


def too_many(request: Request, error: TooMany) -> Response:
    """An address asked too often."""
    said = f"Coba lagi {error.seconds} detik lagi."
    return answer(request, Trouble("too_many", said), **{"Retry-After": str(error.seconds)})


def away(request: Request, error: RecordsAway) -> Response:
    """The database does not answer."""
    reference = secrets.token_hex(4).upper()
    log.warning("the noticeboard's records are away", extra={"reference": reference, "reason": str(error)})
    said = "Tidak ada yang hilang. Coba lagi setengah menit lagi; katalog tetap dapat dibaca."
    return answer(request, Trouble("away", said), reference, **{"Retry-After": "30"})


def our_fault(request: Request, error: Exception) -> Response:
    """A fault of ours: told with a number that stands in the log, and with nothing of its inside."""
    reference = secrets.token_hex(4).upper()
    log.error("an answer failed", exc_info=error, extra={"reference": reference, "page": request.url.path[:200]})
    return answer(request, Trouble("our_fault", "Kesalahan ini tercatat pada kami."), reference)


HANDLERS = {
    Trouble: troubled,
    Refusal: refused,
    HTTPException: wrong,
    RequestValidationError: unreadable,
    TooLarge: too_large,
    TooMany: too_many,
    RecordsAway: away,
    Exception: our_fault,
}
"""Which answer to which error."""


def documented(*codes: str) -> dict[int | str, dict[str, Any]]:
    """The part of the document for these problems: status, title, shape, an example."""
    return {TITLES[code][0]: _described(code) for code in codes}


def _described(code: str) -> dict[str, Any]:
    status, title = TITLES[code]
    example: dict[str, Any] = {
        "type": f"https://izin.example/api#{code}",
        "title": title,
        "status": status,
        "detail": "Keterangan dalam bahasa Indonesia.",
        "instance": f"/api/v1/files/{EXAMPLE_RESI}",
        "code": code,
        "errors": [],
    }
    if code == "invalid_input":
        example["errors"] = [{"field": "number", "code": "wrong_resi", "detail": title + ".", "remedy": BAD}]
    described: dict[str, Any] = {
        "description": title,
        "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}, "example": example}},
    }
    if status in (429, 503):
        seconds = {"description": "seconds until it may be tried again", "schema": {"type": "integer", "minimum": 1}}
        described["headers"] = {"Retry-After": seconds}
    return described
