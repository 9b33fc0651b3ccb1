"""Verbs of retribution: the nota and the SKRD. Payments are in `payment.py`."""

from datetime import datetime
from typing import Any

from catalogue.authority import Document
from catalogue.licences import licence_type
from catalogue.nota_lines import compute, recompute
from catalogue.office import organisation
from catalogue.quantity import Quantity
from contracts import intake, retribution
from contracts.people import Actor
from plumbing.messaging.book import Book, Reader
from plumbing.numbering import allocate
from services.retribution import store
from services.retribution.model import DUE_WITHIN, Assessment, Nota, Skrd
from values.dates import office_date
from values.happening import acting_moment, latest
from values.refusal import Refusal
from values.rupiah import format_rupiah

# --- heard -----------------------------------------------------------------------------------------------------------


def open_assessment(book: Book, event: intake.AssessmentDue) -> None:
    """The file stands before retribution; what it declared is what will be computed from."""
    if store.find(book, event.application_id) or store.has_ended(book, event.application_id):
        return
    assessment = Assessment(
        id=event.application_id,
        resi=event.resi,
        licence_type=event.licence_type,
        edition=event.edition,
        licence_name=event.licence_name,
        sub_kind=event.sub_kind,
        bidang=event.bidang,
        quantities=event.quantities,
        payer=event.payer,
        place=event.place,
        since=event.since,
        history=[book.happening("assessment_due", event.since)],
    )
    store.save(book, assessment)


def close(book: Book, application_id: str, why: str) -> None:
    """The file ended elsewhere. What was already paid stays on record."""
    assessment = store.find(book, application_id)
    if assessment is None:
        store.remember_end(book, application_id, why)
        return
    assessment.closed = why
    assessment.history.append(book.happening(f"assessment_{why}", latest(assessment.history)))
    store.save(book, assessment)


# --- asked by people -------------------------------------------------------------------------------------------------


def prepare_nota(book: Book, order: retribution.PrepareNota) -> dict:
    """Draw up the nota with the tariff of the day. Until it is signed it may be drawn up again."""
    assessment, moment = _open(book, order, bidang=True)
    if assessment.nota and assessment.nota.signed_at:
        raise Refusal("nota_signed", f"Nota {assessment.nota.number} sudah ditandatangani.", field="application_id")
    assessment.nota = nota = _draw_up(assessment, book.actor, moment)
    assessment.history.append(book.happening("nota_prepared", moment))
    store.save(book, assessment)
    return {"total": nota.total, "lines": [line.model_dump(mode="json") for line in nota.lines]}


def compute_nota(reader: Reader, question: retribution.ComputeNota, actor: Actor) -> dict:
    """The nota as it would be drawn up now, with the quantities in their own words; nothing is kept."""
    assessment = store.asked_for(reader, question.application_id)
    _require_bidang(assessment, actor)
    kind = licence_type(assessment.licence_type, assessment.edition)
    values = kind.read_quantities(assessment.quantities)
    nota = _draw_up(assessment, actor, reader.now)
    return nota.model_dump(mode="json") | {
        "quantities": [
            {"name": quantity.name, "value": _in_words(quantity, values[quantity.code]), "unit": quantity.unit or ""}
            for quantity in kind.quantities
            if quantity.code in values
        ]
    }


def _in_words(quantity: Quantity, value: Any) -> str:
    return quantity.choices[value].name if quantity.choices else str(value)


def _draw_up(assessment: Assessment, who: Actor, moment: datetime) -> Nota:
    kind, day = licence_type(assessment.licence_type, assessment.edition), office_date(moment)
    lines = compute(kind, assessment.sub_kind, assessment.quantities, day)
    return Nota(
        legal_basis=kind.retribution.legal_basis,
        account_code=kind.retribution.account_code,
        computed_on=day,
        lines=lines,
        total=sum(line.amount for line in lines),
        prepared_by=who.id,
        prepared_at=moment,
    )


def sign_nota(book: Book, order: retribution.SignNota) -> dict:
    """The head of the Bidang signs; the nota gets its number and is never edited again."""
    assessment, moment = _open(book, order, bidang=True)
    nota = assessment.nota
    if nota is None:
        raise Refusal("no_nota", "Nota perhitungan belum disusun.", remedy="Minta pelaksana Bidang menyusunnya.")
    if nota.signed_at:
        raise Refusal("nota_signed", f"Nota {nota.number} sudah ditandatangani.", field="application_id")
    _require_authority(book.actor, assessment, moment, "nota_perhitungan", assessment.bidang)
    year = office_date(moment).year
    nota.number = f"NP-{year}-{allocate(book, f'nota_perhitungan/{year}', assessment.id):05d}"
    nota.signed_by, nota.signed_at = book.actor.id, moment
    assessment.history.append(book.happening("nota_signed", moment, nota.number))
    store.save(book, assessment)
    signed = retribution.NotaPerhitunganSigned(application_id=assessment.id, number=nota.number, total=nota.total)
    book.say(signed)
    return {"number": nota.number, "total": nota.total}


def issue_skrd(book: Book, order: retribution.IssueSkrd) -> dict:
    """Number the SKRD; what it demands is computed again from the nota's own figures and must agree to the rupiah."""
    assessment, moment = _open(book, order)
    nota = assessment.nota
    if nota is None or nota.signed_at is None:
        raise Refusal("nota_not_signed", "Nota perhitungan belum ditandatangani.", remedy="Tunggu tanda tangan Bidang.")
    if assessment.skrd is not None:
        raise Refusal("skrd_exists", f"SKRD {assessment.skrd.number} sudah ada.", field="application_id")
    if nota.total == 0:
        raise Refusal("nothing_to_pay", "Nota ini bernilai nol; tidak ada SKRD.", field="application_id")
    again = sum(recompute(line) for line in nota.lines)
    if again != nota.total:
        difference = f"nota {format_rupiah(nota.total)}, hitung ulang {format_rupiah(again)}"
        raise Refusal(
            "nota_mismatch", f"SKRD tidak cocok dengan notanya: {difference}.", remedy="Laporkan ke operator."
        )
    day = office_date(moment)
    serial = allocate(book, f"skrd/{nota.account_code}/{day.year}", assessment.id)
    code = allocate(book, f"payment_code/{day.year}", assessment.id)
    assessment.skrd = Skrd(
        number=f"{nota.account_code}/{serial:05d}/{day.year}",
        serial=serial,
        account_code=nota.account_code,
        amount=nota.total,
        payment_code=f"{day.year}{day.month:02d}{code:06d}",
        numbered_at=moment,
    )
    assessment.history.append(book.happening("skrd_numbered", moment, assessment.skrd.number))
    store.save(book, assessment)
    return {"number": assessment.skrd.number, "amount": assessment.skrd.amount}


def sign_skrd(book: Book, order: retribution.SignSkrd) -> dict:
    """The Head signs; from that day the applicant has 30 days, and the bank takes money under the payment code."""
    assessment, moment = _open(book, order)
    skrd = assessment.skrd
    if skrd is None:
        raise Refusal("no_skrd", "SKRD belum bernomor.", remedy="Minta Bidang Administrasi menerbitkannya.")
    if skrd.signed_at:
        raise Refusal("skrd_signed", f"SKRD {skrd.number} sudah ditandatangani.", field="application_id")
    _require_authority(book.actor, assessment, moment, "skrd")
    skrd.signed_by, skrd.signed_at, skrd.due_on = book.actor.id, moment, office_date(moment) + DUE_WITHIN
    store.remember_code(book, skrd.payment_code, assessment.id)
    assessment.history.append(book.happening("skrd_signed", moment, skrd.number))
    store.save(book, assessment)
    book.say(retribution.SkrdSigned(application_id=assessment.id, number=skrd.number))
    return {"number": skrd.number, "due_on": skrd.due_on.isoformat(), "payment_code": skrd.payment_code}


def find(reader: Reader, question: retribution.FindAssessment) -> dict:
    """All that is known of a file, with what is owed today or on the day asked."""
    assessment = store.asked_for(reader, question.application_id)
    owed = assessment.owed(question.on or office_date(reader.now))
    sums = {"paid": assessment.paid, "overpaid": assessment.overpaid, "owed": owed and owed.as_dict()}
    return assessment.model_dump(mode="json") | sums


# --- what must hold --------------------------------------------------------------------------------------------------


def _open(book: Book, order, bidang: bool = False) -> tuple[Assessment, datetime]:
    assessment = store.asked_for(book, order.application_id)
    if assessment.closed is not None:
        raise Refusal("assessment_closed", f"Berkas ini sudah ditutup ({assessment.closed}).", field="application_id")
    if bidang:
        _require_bidang(assessment, book.actor)
    return assessment, acting_moment(order.acted_at, book.now, assessment.history)


def _require_bidang(assessment: Assessment, actor: Actor) -> None:
    if actor.unit != assessment.bidang:
        raise Refusal("wrong_bidang", f"Berkas ini ditangani Bidang {assessment.bidang}.", field="application_id")


def _require_authority(
    actor: Actor, assessment: Assessment, at: datetime, document: Document, unit: str | None = None
) -> None:
    day, office = office_date(at), organisation()
    kecamatan = assessment.place.kecamatan
    signing = office.signing(assessment.licence_type, day, document=document, unit=unit, kecamatan=kecamatan)
    office.require_signatory(actor.id, actor.role, signing, day)
