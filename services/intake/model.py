"""The file of an application."""

from datetime import date
from typing import Any

from pydantic import Field

from catalogue.offering import Offering, offering
from catalogue.path import Path, Step
from catalogue.transactions import NEW
from catalogue.walk import position
from contracts.documents import Document
from contracts.intake import Applicant, Place
from services.intake.items import Item, Record
from services.intake.standing import Standing, standing
from values.happening import Happening


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
    transaction: str = NEW
    licence_number: str | None = Field(None, description="the licence that exists and that it is about, as printed")
    earlier: str | None = Field(None, description="the file that licence came from, when it is one of ours")
    parent: str | None = Field(None, description="the file this one depends on: it waits for that one's licence")
    children: list[str] = Field(default_factory=list, description="files that depend on this one")
    queued: bool = Field(False, description="whether it counts as work in hand of its Bidang")
    items: list[Item]
    documents: list[Document] = Field(default_factory=list, description="papers that were seen to be in the store")
    resi: str | None = None
    promised_on: date | None = None
    requests_number: str | None = None
    letter_number: str | None = None
    standard_on: date | None = Field(None, description="until when the standard holds the office to it")
    archived_papers: int | None = Field(None, description="how many papers were there when archiving was last said")
    history: list[Happening] = Field(default_factory=list)

    @property
    def kind(self) -> Offering:
        """Its licence type, in the edition it began with, or service."""
        return offering(self.licence_type, self.edition)

    @property
    def path(self) -> Path:
        return self.kind.path_for(self.transaction)

    @property
    def bidang(self) -> str:
        return self.kind.bidang

    @property
    def standing(self) -> Standing:
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


def papers_expected(application: Application) -> set[str]:
    """The kinds of paper that what happened must have left; the file is sealed only when all are there."""
    marks = {
        "registered": "resi",
        "berita_acara_filed": "berita_acara",
        "nota_filed": "nota_perhitungan",
        "skrd_issued": "skrd",
        "paid": "tanda_bukti_pembayaran",
        "skrdkb_issued": "skrdkb",
        "skrdlb_issued": "skrdlb",
        "teguran_issued": "teguran",
        "strd_issued": "strd",
        "tax_note_filed": "nota_pajak",
        "demand_changed": "keputusan_retribusi",
        "refund_filed": "surat_pengembalian",
        "licence_issued": "licence",
        "revocation_issued": "surat_pencabutan",
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
