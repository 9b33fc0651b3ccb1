"""Verbs of retribution: the nota and the SKRD. Payments are in `payment.py`."""

from datetime import date, datetime
from typing import Any

from catalogue.authority import Document
from catalogue.licences import licence_type
from catalogue.nota_lines import reckon, recompute
from catalogue.office import organisation
from catalogue.quantity import Quantity
from contracts import intake, retribution
from contracts.people import Actor
from plumbing.messaging.book import Book, Reader
from plumbing.numbering import allocate
from services.retribution import joint, letters, payment, store, waiting_money
from services.retribution.letter_model import DUE_WITHIN, Nota, Skrd
from services.retribution.model import Assessment
from services.retribution.rates import rate_for
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
        account_id=event.account,
        history=[book.happening("assessment_due", event.since)],
    )
    store.save(book, assessment)


def close(book: Book, application_id: str, why: str) -> None:
    """The file ended elsewhere. What was already paid stays on record."""
    assessment = store.find(book, application_id)
    if assessment is None:
        store.remember_end(book, application_id, why)
        return
    leads_on = joint.leave(book, assessment, why)
    if assessment.closed is None and not leads_on:
        assessment.closed = why
    assessment.history.append(book.happening(f"assessment_{why}", latest(assessment.history)))
    if not leads_on and (assessment.letter or assessment.joined_to):
        book.say(retribution.DemandEnded(application_id=assessment.id, ended_at=book.now))
    store.save(book, assessment)


# --- asked by people -------------------------------------------------------------------------------------------------


def prepare_nota(book: Book, order: retribution.PrepareNota) -> dict:
    """Draw up the nota with the tariff of the day. Until it is signed it may be drawn up again."""
    assessment, moment = open_file(book, order, bidang=True)
    if assessment.nota and assessment.nota.signed_at:
        raise Refusal(
            "nota_signed",
            f"Nota {assessment.nota.number} sudah ditandatangani.",
            field="application_id",
            remedy="Nota yang salah diganti dengan nota pembetulan.",
        )
    assessment.nota = nota = draw_up(book, assessment, book.actor, moment)
    assessment.history.append(book.happening("nota_prepared", moment))
    store.save(book, assessment)
    return {"total": nota.total, "lines": [line.model_dump(mode="json") for line in nota.lines]}


def compute_nota(reader: Reader, question: retribution.ComputeNota, actor: Actor) -> dict:
    """The nota as it would be drawn up now, with the quantities in their own words; nothing is kept."""
    assessment = store.asked_for(reader, question.application_id)
    require_bidang(assessment, actor)
    kind = licence_type(assessment.licence_type, assessment.edition)
    values = kind.read_quantities(assessment.quantities)
    nota = draw_up(reader, assessment, actor, reader.now)
    return nota.model_dump(mode="json") | {
        "quantities": [
            {"name": quantity.name, "value": _in_words(quantity, values[quantity.code]), "unit": quantity.unit or ""}
            for quantity in kind.quantities
            if quantity.code in values
        ]
    }


def _in_words(quantity: Quantity, value: Any) -> str:
    return quantity.choices[value].name if quantity.choices else str(value)


def draw_up(
    source: Book | Reader,
    assessment: Assessment,
    who: Actor,
    moment: datetime,
    day: date | None = None,
    **more: Any,
) -> Nota:
    """The nota of these quantities by the tariffs of a day, that of the moment unless another is named."""
    kind, day = licence_type(assessment.licence_type, assessment.edition), day or office_date(moment)
    rate = rate_for(source, day) if kind.retribution and kind.retribution.in_dollars else None
    made = reckon(kind, assessment.sub_kind, assessment.quantities, day, rates=[rate] if rate else [])
    return Nota(
        rate=rate,
        legal_basis=kind.retribution.legal_basis,
        account_code=kind.retribution.account_code,
        computed_on=day,
        **dict(made),
        total=made.total,
        prepared_by=who.id,
        prepared_at=moment,
        **more,
    )


def sign_nota(book: Book, order: retribution.SignNota) -> dict:
    """The head of the Bidang signs; the nota gets its number and is never edited again. A correction takes the place of
    the nota it names."""
    assessment, moment = open_file(book, order, bidang=True)
    nota = assessment.correction or assessment.nota
    if nota is None:
        raise Refusal("no_nota", "Nota perhitungan belum disusun.", remedy="Minta pelaksana Bidang menyusunnya.")
    if nota.signed_at:
        raise Refusal("nota_signed", f"Nota {nota.number} sudah ditandatangani.", field="application_id")
    require_authority(book.actor, assessment, moment, "nota_perhitungan", assessment.bidang)
    year, holder = office_date(moment).year, holder_of(assessment, len(assessment.replaced) + bool(nota.replaces))
    nota.number = f"NP-{year}-{allocate(book, f'nota_perhitungan/{year}', holder):05d}"
    nota.signed_by, nota.signed_at = book.actor.id, moment
    if nota is assessment.correction:
        letters.take_its_place(assessment)
        joint.note_corrected(book, assessment)
    assessment.history.append(book.happening("nota_signed", moment, nota.number))
    store.save(book, assessment)
    signed = retribution.NotaPerhitunganSigned(application_id=assessment.id, number=nota.number, total=nota.total)
    book.say(signed)
    return {"number": nota.number, "total": nota.total}


def issue_skrd(book: Book, order: retribution.IssueSkrd) -> dict:
    """Number the letter that the nota calls for: the SKRD, alone or with notas of other files, after a correction an
    SKRDKB or SKRDLB. What it demands is computed again from the notas' own figures and must agree to the rupiah."""
    assessment, moment = open_file(book, order)
    if (to := assessment.joined_to) is not None:
        raise Refusal("joined", f"Nota ini masuk SKRD bersama berkas {to.resi}.", field="application_id")
    nota, letter = assessment.nota, letters.called_for(assessment)
    if nota is None or nota.signed_at is None or assessment.correction:
        raise Refusal("nota_not_signed", "Nota perhitungan belum ditandatangani.", remedy="Tunggu tanda tangan Bidang.")
    if letter is None and assessment.letter is not None:
        raise Refusal("skrd_exists", f"SKRD {assessment.letter.number} sudah ada.", field="application_id")
    if letter is None:
        raise Refusal("nothing_to_pay", "Nota ini bernilai nol; tidak ada SKRD.", field="application_id")
    if (waits := letters.unsigned(assessment)) is not None:
        raise Refusal("skrd_exists", f"{waits.number} belum ditandatangani.", field="application_id")
    joint.join(book, assessment, order.together, moment)
    letter = letters.called_for(assessment)
    for each in (nota, *(joined.nota for joined in assessment.joined if not joined.left)):
        _require_recomputes(each)
    issued = _numbered(book, assessment, letter, moment)
    if letter.kind == "skrd":
        assessment.skrd = issued
        for each in joint.each_of(book, assessment):
            said = retribution.SkrdNumbered(application_id=each.id, number=issued.number, numbered_at=moment)
            book.say(said)
    else:
        assessment.supplements.append(issued)
    assessment.history.append(book.happening(f"{letter.kind}_numbered", moment, issued.number))
    store.save(book, assessment)
    return {"number": issued.number, "amount": issued.amount, "kind": issued.kind}


def _require_recomputes(nota: Nota) -> None:
    again = sum(recompute(line) for line in nota.lines)
    if again != nota.total:
        difference = f"nota {nota.number} {format_rupiah(nota.total)}, hitung ulang {format_rupiah(again)}"
        raise Refusal(
            "nota_mismatch", f"SKRD tidak cocok dengan notanya: {difference}.", remedy="Laporkan ke operator."
        )


def _numbered(book: Book, assessment: Assessment, letter: letters.CalledFor, moment: datetime) -> Skrd:
    """Every kind has its own numbers, per account code and year; all letters of a file share one payment code."""
    day, nota = office_date(moment), assessment.nota
    holder = holder_of(assessment, sum(each.kind == letter.kind for each in assessment.letters))
    serial = allocate(book, f"{letter.kind}/{nota.account_code}/{day.year}", holder)
    mark = f"{letter.kind.removeprefix('skrd').upper()}/".removeprefix("/")
    if (first := assessment.letter) is None:
        code = f"{day.year}{day.month:02d}{allocate(book, f'payment_code/{day.year}', assessment.id):06d}"
    return Skrd(
        kind=letter.kind,
        nota=nota.number,
        number=f"{mark}{nota.account_code}/{serial:05d}/{day.year}",
        serial=serial,
        account_code=nota.account_code,
        amount=letter.amount,
        payment_code=first.payment_code if first else code,
        numbered_at=moment,
        drawn_from=letters.drawn_from(assessment) if assessment.joined else [],
    )


def sign_skrd(book: Book, order: retribution.SignSkrd) -> dict:
    """The Head signs; from that day the applicant has 30 days, and the bank takes money under the payment code."""
    assessment, moment = open_file(book, order)
    skrd = letters.unsigned(assessment)
    if skrd is None and assessment.letter is None:
        raise Refusal("no_skrd", "SKRD belum bernomor.", remedy="Minta Bidang Administrasi menerbitkannya.")
    if skrd is None:
        number = assessment.letters[-1].number
        raise Refusal("skrd_signed", f"SKRD {number} sudah ditandatangani.", field="application_id")
    for each in joint.each_of(book, assessment):
        require_authority(book.actor, each, moment, "skrd")
    skrd.signed_by, skrd.signed_at, skrd.due_on = book.actor.id, moment, office_date(moment) + DUE_WITHIN
    store.remember_code(book, skrd.payment_code, assessment.id)
    assessment.history.append(book.happening(f"{skrd.kind}_signed", moment, skrd.number))
    if assessment.settled_at and assessment.paid:
        payment.settle(book, assessment)
    store.save(book, assessment)
    for each in joint.each_of(book, assessment):
        if skrd.kind == "skrd":
            book.say(retribution.SkrdSigned(application_id=each.id, number=skrd.number))
        else:
            book.say(retribution.SupplementSigned(application_id=each.id, number=skrd.number))
    return {"number": skrd.number, "due_on": skrd.due_on.isoformat(), "payment_code": skrd.payment_code}


def find(reader: Reader, question: retribution.FindAssessment) -> dict:
    """All that is known of a file, with what is owed today or on the day asked."""
    assessment = store.asked_for(reader, question.application_id)
    owed = assessment.owed(question.on or office_date(reader.now))
    letter = letters.called_for(assessment)
    sums = {"paid": assessment.paid, "overpaid": assessment.overpaid, "owed": owed and owed.as_dict()}
    sums["calls_for"] = letter and letter._asdict()
    kept = {each.bank_reference: store.payment(reader, each.bank_reference) for each in assessment.payments}
    sums["proofs"] = {reference: each["proof"] for reference, each in kept.items() if each and "proof" in each}
    sums |= {"may_join": joint.candidates(reader, assessment), "joint": joint.led(reader, assessment)}
    sums["returnable"] = [each.payment.reference for each in waiting_money.principal_of(assessment)]
    return assessment.model_dump(mode="json") | sums


# --- what must hold --------------------------------------------------------------------------------------------------


def holder_of(assessment: Assessment, earlier: int) -> str:
    """By what a number is held: the file, and how many of its kind it had before."""
    return f"{assessment.id}/{earlier + 1}" if earlier else assessment.id


def open_file(book: Book, order, bidang: bool = False) -> tuple[Assessment, datetime]:
    assessment = store.asked_for(book, order.application_id)
    if assessment.closed is not None:
        raise Refusal("assessment_closed", f"Berkas ini sudah ditutup ({assessment.closed}).", field="application_id")
    if bidang:
        require_bidang(assessment, book.actor)
    return assessment, acting_moment(order.acted_at, book.now, assessment.history)


def require_bidang(assessment: Assessment, actor: Actor) -> None:
    if actor.unit != assessment.bidang:
        raise Refusal("wrong_bidang", f"Berkas ini ditangani Bidang {assessment.bidang}.", field="application_id")


def require_authority(
    actor: Actor, assessment: Assessment, at: datetime, document: Document, unit: str | None = None
) -> None:
    day, office = office_date(at), organisation()
    kecamatan = assessment.place.kecamatan
    signing = office.signing(assessment.licence_type, day, document=document, unit=unit, kecamatan=kecamatan)
    office.require_signatory(actor.id, actor.role, signing, day)
