"""Drawers of issuance: the only file that knows its collections."""

from plumbing.messaging.book import Book, NotYet, Reader
from plumbing.numbering import COLLECTIONS as NUMBERING
from services.issuance.model import Draft, listing
from values.refusal import Refusal

RECORDS = "drafts"
LISTED_BY = ["signed_on", "valid_until", "found_by", "listed_in"]
COLLECTIONS = {"drafts": ["number", *LISTED_BY], "codes": [], "register": [], "halts": [], **NUMBERING}


def find(source: Book | Reader, application_id: str) -> Draft | None:
    document = source.get("drafts", application_id)
    if document is None or "ended" in document:
        return None
    return _draft(document)


def asked_for(source: Book | Reader, application_id: str) -> Draft:
    draft = find(source, application_id)
    if draft is None:
        reason = "Belum ada konsep izin untuk berkas ini."
        raise Refusal("unknown_draft", reason, field="application_id", remedy="Periksa langkah berkasnya.")
    return draft


def heard_of(source: Book | Reader, application_id: str) -> Draft:
    draft = find(source, application_id)
    if draft is None:
        raise NotYet(f"draft {application_id} is not here yet")
    return draft


def save(book: Book, draft: Draft) -> None:
    draft = draft.model_copy(update=listing(draft))
    book.put("drafts", {"_id": draft.id, **draft.model_dump(mode="json", exclude={"id"})})


def remember_end(book: Book, application_id: str, why: str) -> None:
    """The file ended before its licence was drafted: facts can overtake each other, and none is to be drafted now."""
    book.put("drafts", {"_id": application_id, "ended": why})


def has_ended(source: Book | Reader, application_id: str) -> bool:
    return "ended" in (source.get("drafts", application_id) or {})


def remember_licence(book: Book, number: str, application_id: str) -> None:
    """A licence that stands, under its number."""
    book.put("register", {"_id": number, "application_id": application_id})


def licence_with(source: Book | Reader, number: str) -> str | None:
    """The file of the licence with that number; None when the register has none."""
    return (source.get("register", number) or {}).get("application_id")


def remember_halt(book: Book, application_id: str, turn: int, reason: str | None) -> bool:
    """Whether a file stands still, by the latest of what was said about it. False: a later word is known already."""
    if (book.get("halts", application_id) or {"turn": 0})["turn"] >= turn:
        return False
    book.put("halts", {"_id": application_id, "turn": turn, "reason": reason})
    return True


def halted(source: Book | Reader, application_id: str) -> str | None:
    """Why a file stands still; None when it goes on."""
    return (source.get("halts", application_id) or {}).get("reason")


def listed(reader: Reader, field: str, first: str, last: str, most: int = 0) -> list[Draft]:
    """The licences of the register whose `field`, one of LISTED_BY, lies in that range, both ends included: one walk
    along its index. At most so many, if so many are named."""
    wanted = first if first == last else {"$gte": first, "$lte": last}
    return [_draft(document) for document in reader.find("drafts", {field: wanted}, limit=most)]


def remember_code(book: Book, code: str, application_id: str) -> None:
    book.put("codes", {"_id": code, "application_id": application_id})


def application_of_number(reader: Reader, number: str) -> str:
    found = reader.find("drafts", {"number": number}, limit=1)
    if not found:
        reason = "Tidak ada izin dengan nomor ini."
        raise Refusal("unknown_number", reason, field="number", remedy="Tulis nomor persis seperti pada dokumen.")
    return found[0]["_id"]


def application_of_code(source: Book | Reader, code: str) -> str:
    document = source.get("codes", code)
    if document is None:
        reason = "Tidak ada izin dengan kode pemeriksaan ini."
        raise Refusal("unknown_code", reason, field="verification_code", remedy="Periksa kembali kode pada dokumen.")
    return document["application_id"]


def _draft(document: dict) -> Draft:
    return Draft.model_validate({"id": document["_id"], **{k: v for k, v in document.items() if k != "_id"}})
