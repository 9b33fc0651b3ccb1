"""Slow work of retribution: the tax note as a paper. It says what it is not: no demand, and no assessment."""

from collections.abc import Callable
from decimal import Decimal

from babel.numbers import format_decimal

from contracts import retribution
from plumbing.messaging.book import Book, Reader
from plumbing.officials import person, signature
from plumbing.papers import Papers
from services.retribution import tax_store
from services.retribution.printing import TEMPLATES
from services.retribution.tax_model import TaxFile, TaxNote
from values.dates import long_date, office_date
from values.happening import latest
from values.rupiah import format_rupiah
from values.terbilang import terbilang
from values.verification_code import verification_code

KIND = "nota_pajak"


def print_tax_note(papers: Papers, reader: Reader, event: retribution.TaxNoteSigned) -> Callable[[Book], None]:
    """The signed note as a paper, every line with all it was computed from."""
    file = tax_store.heard_of(reader, event.application_id)
    note = next(each for each in file.notes if each.number == event.number)
    document = papers.file(KIND, TEMPLATES / "nota_pajak.typ", tax_note_data(papers, file, note), note.number)

    def finish(book: Book) -> None:
        current = tax_store.heard_of(book, file.id)
        current.documents.append(document)
        current.history.append(book.happening("tax_note_filed", latest(current.history)))
        tax_store.save(book, current)
        said = {"resi": current.resi, "total": note.total, "signed_at": note.signed_at}
        book.say(retribution.TaxNoteFiled(application_id=current.id, document=document, **said))

    return finish


def tax_note_data(papers: Papers, file: TaxFile, note: TaxNote) -> dict:
    """What the note prints; the keys are those of the example beside the template."""
    code = verification_code(file.id, KIND, note.number)
    day, preparer = office_date(note.signed_at), person(note.prepared_by)
    return {
        "document_date": note.signed_at.isoformat(),
        "number": note.number,
        "verification_code": code,
        "verification_qr": papers.check_address(code),
        "period": long_date(day).split()[1],
        "year": str(day.year),
        "payer": {"name": file.payer.name, "address": file.payer.address, "npwpd": file.payer.npwp or "–"},
        "object": {
            "licence": file.licence_name,
            "address": file.place.lies_at,
            "resi_number": file.resi,
        },
        "legal_basis": note.legal_basis,
        "account_code": note.account_code,
        "replaces": note.replaces or "",
        "lines": [_line(each) for each in note.computed["lines"]],
        "remarks": note.computed["remarks"],
        "total": format_rupiah(note.total),
        "total_words": terbilang(note.total),
        "prepared_by": {key: preparer[key] for key in ("name", "rank", "nip")},
        "signature": signature(note.signed_by, note.signed_at, seat=("bidang_head", file.bidang)),
    }


def _line(line: dict) -> dict[str, str]:
    return {
        "description": line["name"],
        "calculation": " × ".join(f"{_exact(each['value'])} {each['name']}" for each in line["factors"]) + " / 100",
        "tariff_row": line["tariff_row"]["id"],
        "unrounded": f"Rp {_exact(line['unrounded'])}",
        "rounded": format_rupiah(line["amount"]),
    }


def _exact(value: str) -> str:
    return format_decimal(Decimal(value), locale="id_ID", decimal_quantization=False)
