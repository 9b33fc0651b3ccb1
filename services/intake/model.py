"""The file of an application, and where it stands: one pure function of what has happened to it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from catalogue.licence_type import LicenceType, Step
from contracts.documents import Document
from contracts.intake import Applicant, Attachment, Place
from values.happening import Happening
from values.refusal import Refusal

ItemState = Literal["expected", "complete", "missing", "wrong", "answered"]
Status = Literal[
    "submitted",
    "waiting_for_applicant",
    "in_verification",
    "in_retribution",
    "waiting_for_payment",
    "in_issuance",
    "issued",
    "refused",
    "withdrawn",
    "archived",
]

# What ends each step of a path. Free of charge and paid both end the retribution step.
ENDS: dict[Step, set[str]] = {
    "check_completeness": {"registered"},
    "technical_verification": {"verification_recommended"},
    "retribution": {"paid", "nothing_to_pay"},
    "issuance": {"licence_issued"},
    "archive": {"archived"},
}
CLOSINGS = {"refused": "refused", "withdrawn": "withdrawn", "licence_issued": "issued"}
STATUS_OF: dict[Step, Status] = {
    "check_completeness": "submitted",
    "technical_verification": "in_verification",
    "retribution": "in_retribution",
    "issuance": "in_issuance",
    "archive": "issued",
}
HOLDER_OF: dict[Status, str] = {
    "submitted": "Loket pendaftaran",
    "waiting_for_applicant": "Pemohon",
    "in_verification": "Tim teknis",
    "in_retribution": "Bidang dan administrasi",
    "waiting_for_payment": "Pemohon",
    "in_issuance": "Administrasi, Tata Usaha dan Kepala Badan",
    "issued": "Arsip",
    "refused": "Arsip",
    "withdrawn": "Arsip",
    "archived": "Selesai",
}


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Item(Record):
    """One requirement of the type on this file: what it is, how the counter found it, what was handed in."""

    requirement: str
    name: str
    kind: str
    state: ItemState = "expected"
    note: str = ""
    document: Document | None = None
    unreadable: str | None = Field(None, description="why the handed-in paper cannot be read, once it was looked at")
    inspected: bool = False


class Application(Record):
    """Everything intake knows of one file. `history` is the truth; what can be worked out from it is not stored."""

    id: str
    licence_type: str
    edition: str
    sub_kind: str | None
    channel: str
    account: str | None = Field(description="the applicant's account when applied on line, None from a counter")
    applicant: Applicant
    place: Place
    quantities: dict[str, Any]
    path: list[Step]
    items: list[Item]
    documents: list[Document] = Field(default_factory=list, description="papers that were seen to be in the store")
    resi: str | None = None
    promised_on: date | None = None
    requests_number: str | None = None
    letter_number: str | None = None
    archived_papers: int | None = Field(None, description="how many papers were there when archiving was last said")
    history: list[Happening] = Field(default_factory=list)

    def item(self, requirement: str) -> Item | None:
        return next((item for item in self.items if item.requirement == requirement), None)

    def has(self, what: str) -> bool:
        return any(h.what == what for h in self.history)

    def paper(self, kind: str) -> Document | None:
        return next((d for d in reversed(self.documents) if d.kind == kind), None)


class Standing(Record):
    """Where a file stands: its step, who holds it since when, and how it was closed if it was."""

    status: Status
    step: Step | None
    holder: str
    since: datetime
    outcome: Literal["issued", "refused", "withdrawn"] | None
    steps_done: list[Step]


def standing(path: Sequence[Step], history: Sequence[Happening]) -> Standing:
    """The life of a file as one function of its path and history: one answer for tracking, work and reports."""
    done: list[Step] = []
    outcome, waiting, since, skrd_out = None, False, history[0].at, False
    for happening in history:
        before = (len(done), outcome, waiting, skrd_out)
        what = happening.what
        done += [step for step in path if what in ENDS[step] and step not in done]
        outcome = outcome or CLOSINGS.get(what)
        waiting = what == "items_requested" or (waiting and what != "items_answered")
        skrd_out = skrd_out or what == "skrd_issued"
        if before != (len(done), outcome, waiting, skrd_out):
            since = max(since, happening.at)
    step = next((s for s in path if s not in done), None)
    if outcome in ("refused", "withdrawn"):
        step = None if "archive" in done else "archive"
    status = _status(step, outcome, waiting, skrd_out)
    return Standing(status=status, step=step, holder=HOLDER_OF[status], since=since, outcome=outcome, steps_done=done)


def _status(step: Step | None, outcome: str | None, waiting: bool, skrd_out: bool) -> Status:
    if step is None:
        return "archived"
    if outcome in ("refused", "withdrawn"):
        return outcome
    if waiting:
        return "waiting_for_applicant"
    if step == "retribution" and skrd_out:
        return "waiting_for_payment"
    return STATUS_OF[step]


def papers_expected(application: Application) -> set[str]:
    """The kinds of paper that what happened must have left; the file is sealed only when all are there."""
    marks = {
        "registered": "resi",
        "berita_acara_filed": "berita_acara",
        "nota_filed": "nota_perhitungan",
        "skrd_issued": "skrd",
        "paid": "tanda_bukti_pembayaran",
        "licence_issued": "licence",
        "refused": "surat_penolakan",
    }
    return {kind for what, kind in marks.items() if application.has(what)}


def ready_to_archive(application: Application) -> bool:
    """Closed, what was handed in looked at, every expected paper there, and more of them than was said before
    (a paper may come after a withdrawal)."""
    state = standing(application.path, application.history)
    looked_at = all(item.inspected for item in application.items if item.document)
    present = {document.kind for document in application.documents}
    news = application.archived_papers is None or len(application.documents) > application.archived_papers
    return state.outcome is not None and looked_at and news and papers_expected(application) <= present


def items_of(licence_type: LicenceType, sub_kind: str | None, attachments: Sequence[Attachment]) -> list[Item]:
    """What the type asks for, with what was handed in. `Refusal` for a paper nobody asked for."""
    required = licence_type.required(sub_kind=sub_kind)
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
