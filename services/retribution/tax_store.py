"""Drawers of the tax notes, apart from those of retribution."""

from plumbing.messaging.book import Book, NotYet, Reader
from services.retribution.tax_model import TaxFile
from values.refusal import Refusal

COLLECTIONS = {"tax_files": []}


def find(source: Book | Reader, application_id: str) -> TaxFile | None:
    document = source.get("tax_files", application_id)
    if document is None:
        return None
    return TaxFile.model_validate({"id": document["_id"], **{k: v for k, v in document.items() if k != "_id"}})


def asked_for(source: Book | Reader, application_id: str) -> TaxFile:
    if (file := find(source, application_id)) is None:
        raise Refusal("unknown_tax", "Berkas ini tidak memerlukan nota perhitungan pajak.", field="application_id")
    return file


def heard_of(source: Book | Reader, application_id: str) -> TaxFile:
    if (file := find(source, application_id)) is None:
        raise NotYet(f"tax file {application_id} is not here yet")
    return file


def save(book: Book, file: TaxFile) -> None:
    book.put("tax_files", {"_id": file.id, **file.model_dump(mode="json", exclude={"id"})})
