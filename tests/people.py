"""The people of the office as tests use them: each acts in their role, by the same commands the portal sends."""

import base64
import hashlib
import io
import time
from collections.abc import Callable
from typing import Any

import pikepdf
import urllib3
from PIL import Image

from catalogue.licence_type import LicenceType
from catalogue.licences import licence_type
from catalogue.office import organisation
from contracts import intake
from contracts.base import Command, Message
from contracts.gate import GivePassphrase
from contracts.people import Actor
from plumbing.messaging.calls import Away, Office
from plumbing.messaging.envelope import new_id
from plumbing.object_store import ObjectStore
from plumbing.statement import mint
from tests.documented import require_documented
from values.refusal import Refusal


class People:
    """One caller for everybody; who acts is said with each command."""

    def __init__(self, environment: dict[str, str]):
        self.environment = environment
        self.key = environment["PTSP_STATEMENT_PRIVATE_KEY"]
        self.office = Office(environment["PTSP_BROKER_URL"])
        self.store, self.second = (site(environment, name) for name in ("PRIMARY", "SECOND"))

    def close(self) -> None:
        self.office.close()

    def statement(self, officer_id: str, role: str | None = None) -> str:
        officer = organisation().officers.get(officer_id)
        own_unit = officer.unit if officer and role in (None, officer.role) else None
        actor = Actor(id=officer_id, role=role or officer.role, unit=own_unit)
        return mint(actor, self.key, confirmed=True)

    def passphrase(self, officer_id: str, to_keep: bool = True) -> str:
        """A passphrase for that officer, from an operator, for the portal's gate; one not `to_keep` is a first one, to
        be changed."""
        asked = GivePassphrase(statement=self.statement("operator-1"), officer=officer_id, to_keep=to_keep)
        url = f"{self.environment['PTSP_GATE_URL']}/give-passphrase"
        answer = urllib3.request("POST", url, json=asked.model_dump(), retries=False, timeout=10)
        assert answer.status == 200, answer.data
        return answer.json()["passphrase"]

    def ask(self, officer_id: str, message: Message, role: str | None = None, timeout: float = 10.0) -> Any:
        answer = self.office.call(message, self.statement(officer_id, role), timeout)
        require_documented(message, answer)
        return answer

    def do(self, officer_id: str, kind: type[Command], **fields: Any) -> Any:
        return self.ask(officer_id, kind(command_id=new_id(), **fields))

    def soon(self, officer_id: str, kind: type[Command], seconds: float = 20.0, **fields: Any) -> Any:
        """The same command again and again until what it needs has arrived; people press a button twice too."""
        order, end = kind(command_id=new_id(), **fields), time.monotonic() + seconds
        while True:
            try:
                return self.ask(officer_id, order)
            except Away:
                if time.monotonic() > end:
                    raise
            except Refusal as no:
                early = no.code.startswith(("unknown_", "not_yet", "wrong_state", "not_issued"))
                if not early or time.monotonic() > end:
                    raise
                time.sleep(0.1)

    def hand_in(self, data: bytes, media_type: str = "application/pdf") -> dict:
        """Put a paper in the primary store, as the portal's upload does."""
        sha256 = self.store.put(data)
        assert sha256 == hashlib.sha256(data).hexdigest()
        return {"kind": "attachment", "name": "lampiran", "sha256": sha256, "size": len(data), "media_type": media_type}

    def submit(
        self,
        type_code: str,
        sub_kind: str | None = None,
        leave_out: tuple[str, ...] = (),
        account: str | None = None,
        **more: Any,
    ) -> str:
        """A file with a paper for every requirement, except those left out, by the counter or from an account. Returns
        its application id."""
        kind = licence_type(type_code)
        asked = kind.transaction(more.get("transaction"), sub_kind).code
        attachments = [
            {"requirement": r.code, "document": self.hand_in(a_pdf(f"{r.code} {new_id()}"))}
            for r in kind.required(sub_kind=sub_kind, transaction=asked)
            if r.code not in leave_out
        ]
        order = intake.SubmitApplication(
            command_id=new_id(),
            application_id=new_id(),
            licence_type=type_code,
            sub_kind=sub_kind,
            channel="online" if account else "counter",
            applicant=more.pop("applicant", intake.APPLICANT_EXAMPLE),
            place=more.pop("place", intake.PLACE_EXAMPLE),
            licence_number=more.pop("licence_number", earlier_licence(kind, sub_kind)),
            attachments=attachments,
            **more,
        )
        return self.ask(account or "counter-2", order, role="applicant" if account else None)["application_id"]

    def tick(
        self,
        application_id: str,
        type_code: str,
        sub_kind: str | None = None,
        acted_at: str | None = None,
        transaction: str | None = None,
        **verdicts: str,
    ) -> dict:
        """The counter's check: everything complete but what `verdicts` says otherwise."""
        kind = licence_type(type_code)
        asked = kind.transaction(transaction, sub_kind).code
        findings = [
            {"requirement": r.code, "verdict": verdicts.get(r.code, "complete")}
            for r in kind.required(sub_kind=sub_kind, transaction=asked)
        ]
        fields = {"application_id": application_id, "findings": findings, "acted_at": acted_at}
        return self.soon("counter-2", intake.CheckCompleteness, **fields)

    def where(self, application_id: str) -> dict:
        return self.ask("operator-1", intake.FindApplication(application_id=application_id))

    def wait_for(self, application_id: str, status: str, seconds: float = 30.0) -> dict:
        return eventually(
            lambda: (w := self.where(application_id))["standing"]["status"] == status and w, seconds, status
        )


def earlier_licence(kind: LicenceType, sub_kind: str | None) -> str | None:
    """The number of a licence on paper, for what is asked about one that exists."""
    about = kind.transaction(None, sub_kind).about_a_licence
    return f"{kind.classification}/Kep.17-BPPT/VI/2013" if about else None


def eventually(look: Callable[[], Any], seconds: float, what: str = "it") -> Any:
    """The first true answer of `look`; AssertionError when there is none in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if seen := look():
            return seen
        time.sleep(0.1)
    raise AssertionError(f"{what} did not come within {seconds} s; last seen: {look()!r}")


def site(environment: dict[str, str], name: str) -> ObjectStore:
    """The primary or the second site, as the office sees it."""
    given = (environment[f"PTSP_{name}_{part}"] for part in ("URL", "ACCESS_KEY", "SECRET_KEY", "BUCKET"))
    return ObjectStore(*given, base64.b64decode(environment["PTSP_STORAGE_KEY"]))


def a_pdf(text: str) -> bytes:
    """A small real PDF that no other call makes."""
    with pikepdf.new() as pdf, io.BytesIO() as out:
        pdf.add_blank_page()
        pdf.docinfo["/Title"] = text
        pdf.save(out)
        return out.getvalue()


def a_jpeg(text: str) -> bytes:
    with io.BytesIO() as out:
        Image.new("RGB", (8, 8)).save(out, "JPEG", comment=text.encode())
        return out.getvalue()
