"""The file of an application, and where it stands: one pure function of what has happened to it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from catalogue.offering import Offering, offering
from catalogue.office import organisation
from catalogue.path import REFUSED, WITHDRAWN, Act, Path, Step
from catalogue.walk import position
from contracts.documents import Document
from contracts.intake import Applicant, Attachment, Place
from values.happening import Happening
from values.refusal import Refusal

ItemState = Literal["expected", "complete", "missing", "wrong", "answered"]
Status = Literal[
    "submitted",
    "waiting_for_applicant",
    "in_process",
    "in_verification",
    "in_retribution",
    "waiting_for_payment",
    "in_issuance",
    "issued",
    "refused",
    "withdrawn",
    "archived",
]

STATUS_OF: dict[Act, Status] = {
    "register": "submitted",
    "check_completeness": "submitted",
    "wait_for_applicant": "waiting_for_applicant",
    "technical_verification": "in_verification",
    "retribution": "in_retribution",
    "payment": "waiting_for_payment",
    "prepare": "in_process",
    "officer_check": "in_process",
    "disposition": "in_process",
    "initial": "in_issuance",
    "sign": "in_issuance",
    "number": "in_issuance",
    "deliver": "in_issuance",
    "publish": "in_issuance",
    "archive": "in_process",
}
ARCHIVE, ARCHIVIST, DONE = "archive", "archivist", "Selesai"


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
    items: list[Item]
    documents: list[Document] = Field(default_factory=list, description="papers that were seen to be in the store")
    resi: str | None = None
    promised_on: date | None = None
    requests_number: str | None = None
    letter_number: str | None = None
    archived_papers: int | None = Field(None, description="how many papers were there when archiving was last said")
    history: list[Happening] = Field(default_factory=list)

    @property
    def kind(self) -> Offering:
        """Its licence type, in the edition it began with, or service."""
        return offering(self.licence_type, self.edition)

    @property
    def path(self) -> Path:
        return self.kind.path

    @property
    def bidang(self) -> str:
        return self.kind.bidang

    @property
    def standing(self) -> "Standing":
        return standing(self.path, self.history)

    @property
    def step(self) -> Step | None:
        """The step it stands at; None when its way has ended."""
        return position(self.path, self.history).step

    def item(self, requirement: str) -> Item | None:
        return next((item for item in self.items if item.requirement == requirement), None)

    def has(self, what: str) -> bool:
        return any(h.what == what for h in self.history)

    def paper(self, kind: str) -> Document | None:
        return next((d for d in reversed(self.documents) if d.kind == kind), None)


class Standing(Record):
    """Where a file stands: its step, who holds it since when, and how it was closed if it was.

    `holder` is a role of the organisation in words; a closed file is held by the archive until both sites have it.
    """

    status: Status
    step: str | None
    visit: int
    holder: str
    since: datetime
    outcome: Literal["issued", "refused", "withdrawn"] | None


def standing(path: Path, history: Sequence[Happening]) -> Standing:
    """The life of a file as one function of its path and history: one answer for tracking, work and reports."""
    here = position(path, history)
    archived = next((h for h in history if h.what == "archived"), None)
    in_archive = here.step is not None and (here.step.act, here.step.actor) == (ARCHIVE, ARCHIVIST)
    if here.step is None or in_archive:
        outcome = here.end if here.end in (REFUSED, WITHDRAWN) else "issued"
        done = archived is not None and here.step is None
        step, status = (None, "archived") if done else (ARCHIVE, outcome)
    else:
        outcome, step, status = None, here.step.code, STATUS_OF[here.step.act]
    roles = organisation().roles
    holder = DONE if step is None else roles[here.step.actor if here.step else ARCHIVIST].name
    since = max(here.since, archived.at) if archived else here.since
    return Standing(status=status, step=step, visit=here.visit, holder=holder, since=since, outcome=outcome)


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
    state = application.standing
    looked_at = all(item.inspected for item in application.items if item.document)
    present = {document.kind for document in application.documents}
    news = application.archived_papers is None or len(application.documents) > application.archived_papers
    return state.outcome is not None and looked_at and news and papers_expected(application) <= present


def items_of(licence_type: Offering, sub_kind: str | None, attachments: Sequence[Attachment]) -> list[Item]:
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
