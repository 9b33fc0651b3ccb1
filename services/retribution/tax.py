"""Verbs of the tax notes: drawn up and signed by the Bidang beside the file, which goes on without waiting for them."""

from datetime import datetime

from catalogue.licences import licence_type
from catalogue.office import organisation
from catalogue.retribution.formulas import compute
from contracts import intake, retribution
from plumbing.messaging.book import Book, Reader
from plumbing.numbering import allocate
from services.retribution import tax_store
from services.retribution.tax_model import TaxFile, TaxNote
from values.dates import office_date
from values.happening import acting_moment
from values.refusal import Refusal


def open_tax_file(book: Book, event: intake.TaxNoteDue) -> None:
    """The file carries a tax: its Bidang may draw up the note from now on."""
    if tax_store.find(book, event.application_id) is None:
        fields = event.model_dump(exclude={"application_id"})
        history = [book.happening("tax_note_due", event.since)]
        tax_store.save(book, TaxFile(id=event.application_id, history=history, **fields))


def prepare_tax_note(book: Book, order: retribution.PrepareTaxNote) -> dict:
    """Draw up the note with the rental values of the day. Until it is signed it may be drawn up again; after that
    another one follows, which names the one it replaces."""
    file, moment = _open(book, order)
    rule, day = licence_type(file.licence_type, file.edition).tax, office_date(moment)
    made = compute(rule.formula, {"tanggal": day.isoformat(), "reklame": [_declared(a) for a in order.advertisements]})
    note = TaxNote(
        advertisements=order.advertisements,
        legal_basis=rule.legal_basis,
        account_code=rule.account_code,
        computed_on=day,
        computed=made.as_dict(),
        total=made.total,
        prepared_by=book.actor.id,
        prepared_at=moment,
    )
    if file.last and file.last.signed_at:
        file.notes.append(note.model_copy(update={"replaces": file.last.number}))
    else:
        file.notes[-1:] = [note.model_copy(update={"replaces": file.last.replaces if file.last else None})]
    file.history.append(book.happening("tax_note_prepared", moment))
    tax_store.save(book, file)
    return {"total": note.total, "computed": note.computed}


def _declared(advertisement: retribution.Advertisement) -> dict:
    return {
        "naskah": advertisement.text,
        "luas_m2": str(advertisement.area_m2),
        "sisi": advertisement.sides,
        "jumlah": advertisement.count,
        "hari": advertisement.days,
        "kelas_jalan": advertisement.road,
    }


def sign_tax_note(book: Book, order: retribution.SignTaxNote) -> dict:
    """The head of the Bidang signs; the note gets its number, of a series that retribution has no part in."""
    file, moment = _open(book, order)
    note = file.last
    if note is None:
        raise Refusal("no_nota", "Nota perhitungan pajak belum disusun.", remedy="Minta pelaksana Bidang menyusunnya.")
    if note.signed_at:
        raise Refusal("nota_signed", f"Nota {note.number} sudah ditandatangani.", field="application_id")
    day, office = office_date(moment), organisation()
    signing = office.signing(
        file.licence_type, day, document="nota_perhitungan", unit=file.bidang, kecamatan=file.place.kecamatan
    )
    office.require_signatory(book.actor.id, book.actor.role, signing, day)
    holder = f"{file.id}#{len(file.notes)}"
    note.number = f"NPPD-{day.year}-{allocate(book, f'nota_pajak/{day.year}', holder):05d}"
    note.signed_by, note.signed_at = book.actor.id, moment
    file.history.append(book.happening("tax_note_signed", moment, note.number))
    tax_store.save(book, file)
    book.say(retribution.TaxNoteSigned(application_id=file.id, number=note.number, total=note.total))
    return {"number": note.number, "total": note.total}


def find_tax_note(reader: Reader, question: retribution.FindTaxNote) -> dict:
    """All that is known of the tax of a file."""
    return tax_store.asked_for(reader, question.application_id).model_dump(mode="json")


def _open(book: Book, order) -> tuple[TaxFile, datetime]:
    file = tax_store.asked_for(book, order.application_id)
    if book.actor.unit != file.bidang:
        raise Refusal("wrong_bidang", f"Berkas ini ditangani Bidang {file.bidang}.", field="application_id")
    return file, acting_moment(order.acted_at, book.now, file.history)
