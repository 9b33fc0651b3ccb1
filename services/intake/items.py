"""What is asked for on a file, paper by paper: how the counter found it, what the applicant was asked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from catalogue.offering import Offering
from contracts.documents import Document
from contracts.intake import Attachment
from values.refusal import Refusal

ItemState = Literal["expected", "complete", "missing", "wrong", "answered", "not_applicable"]
Stage = Literal["completeness", "verification", "service"]


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Request(Record):
    """One thing the applicant was asked for, and what became of it. Asked again about the same paper, it is the same
    request; `asked_by` is the role that may take it back."""

    stage: Stage
    state: Literal["asked", "answered", "accepted", "withdrawn"] = "asked"
    note: str
    asked_by: str
    asked_at: AwareDatetime
    answered_at: AwareDatetime | None = None
    settled_at: AwareDatetime | None = None
    reason: str = Field("", description="why it was taken back")


class Item(Record):
    """One requirement of the type on this file: what it is, how the counter found it, what was handed in, and what was
    asked of the applicant about it."""

    requirement: str
    name: str
    kind: str
    state: ItemState = "expected"
    note: str = ""
    requests: list[Request] = Field(default_factory=list)
    document: Document | None = None
    unreadable: str | None = Field(None, description="why the handed-in paper cannot be read, once it was looked at")
    inspected: bool = False

    @property
    def request(self) -> Request | None:
        """The latest, which is the only one that can be open."""
        return self.requests[-1] if self.requests else None

    @property
    def asked(self) -> bool:
        """Whether the applicant has it to answer now."""
        return self.request is not None and self.request.state == "asked"

    def ask(self, stage: Stage, by: str, at: datetime) -> None:
        """Ask the applicant for it, for the first time or again."""
        last = self.request
        if last and last.state in ("asked", "answered"):
            self.requests[-1] = last.model_copy(
                update={"state": "asked", "note": self.note, "asked_at": at, "answered_at": None}
            )
        else:
            self.requests.append(Request(stage=stage, note=self.note, asked_by=by, asked_at=at))

    def answer(self, document: Document, at: datetime) -> None:
        """What was handed in; it is still to be looked at."""
        self.document, self.unreadable, self.inspected = document, None, False
        if self.request and self.request.state in ("asked", "answered"):
            self.state = "answered"
            self.requests[-1] = self.request.model_copy(update={"state": "answered", "answered_at": at})

    def settle(self, state: Literal["accepted", "withdrawn"], at: datetime, reason: str = "") -> None:
        """The request is done with: the answer was accepted, or it was taken back."""
        if self.request and self.request.settled_at is None:
            self.requests[-1] = self.request.model_copy(update={"state": state, "settled_at": at, "reason": reason})


def items_of(
    licence_type: Offering, sub_kind: str | None, transaction: str, attachments: Sequence[Attachment]
) -> list[Item]:
    """What the type asks for, with what was handed in. `Refusal` for a paper nobody asked for."""
    required = licence_type.required(sub_kind=sub_kind, transaction=transaction)
    known = {r.code for r in required}
    for attachment in attachments:
        if attachment.requirement not in known:
            raise Refusal(
                "unknown_requirement",
                f"Persyaratan {attachment.requirement} tidak diminta untuk {licence_type.name}.",
                field="attachments",
                remedy=f"Yang diminta: {', '.join(sorted(known))}.",
            )
        require_attachment(attachment.document, "attachments")
    given = {attachment.requirement: attachment.document for attachment in attachments}
    return [Item(requirement=r.code, name=r.name, kind=r.kind, document=given.get(r.code)) for r in required]


def require_attachment(document: Document, field: str) -> None:
    """What an applicant hands in never passes for a paper of the office."""
    if document.kind != "attachment":
        reason = f"Lampiran tidak boleh dinyatakan sebagai {document.kind}."
        raise Refusal("not_an_attachment", reason, field=field, remedy="Kirim sebagai lampiran.")
