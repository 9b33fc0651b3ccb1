"""Verbs of issuance."""

from datetime import date

from catalogue.authority import EXCEPTION_NAMES
from catalogue.licence_type import LicenceType
from catalogue.licences import licence_type
from catalogue.office import organisation
from catalogue.transactions import COPY, transaction
from contracts import intake, issuance
from contracts.people import Actor
from plumbing.messaging.book import Book, Reader
from plumbing.numbering import allocate
from services.issuance import register, store
from services.issuance.model import Draft, Paraf, valid_until
from values.dates import office_date
from values.happening import acting_moment, latest
from values.licence_number import licence_number
from values.refusal import Refusal
from values.verification_code import verification_code

# --- heard -----------------------------------------------------------------------------------------------------------


def open_draft(book: Book, event: intake.IssuanceDue) -> None:
    """Draw up the draft from the type: what it says, who initials in which order."""
    if store.find(book, event.application_id) or store.has_ended(book, event.application_id):
        return
    kind = licence_type(event.licence_type, event.edition)
    draft = Draft(
        id=event.application_id,
        resi=event.resi,
        licence_type=kind.code,
        edition=kind.edition,
        sub_kind=event.sub_kind,
        bidang=kind.bidang,
        holder=event.holder,
        place=event.place,
        quantities=event.quantities,
        transaction=event.transaction,
        licence_number=event.licence_number,
        parent=event.parent,
        halted=store.halted(book, event.application_id),
        since=event.since,
        initials=[Paraf(role=role) for role in kind.initials],
        history=[book.happening("drafted", event.since)],
    )
    store.save(book, draft)
    register.depend(book, draft)


def close(book: Book, application_id: str, why: str) -> None:
    """The file ended elsewhere. A licence signed before the news came is revoked: its number stays used and it is never
    handed over. One that was handed over is a licence, whatever came after."""
    draft = store.find(book, application_id)
    if draft is None:
        store.remember_end(book, application_id, why)
    elif draft.handed_over_at is None:
        draft.closed = why
        what = f"draft_{why}" if draft.signed_at is None else "revoked"
        draft.history.append(book.happening(what, latest(draft.history), why))
        store.save(book, draft)
        if draft.signed_at is not None:
            ended = {"number": draft.number, "how": "revoked", "by": None, "at": latest(draft.history)}
            book.say(issuance.LicenceEnded(application_id=draft.id, **ended))


# --- asked by people -------------------------------------------------------------------------------------------------


def initial(book: Book, order: issuance.InitialDraft) -> dict:
    """The paraf that is due: only the role whose turn it is, and only of the Bidang concerned."""
    draft = _open_draft(book, order.application_id)
    moment = acting_moment(order.acted_at, book.now, draft.history)
    paraf = draft.next_paraf()
    if paraf is None:
        raise Refusal("all_initialled", "Semua paraf sudah lengkap.", remedy="Teruskan kepada penanda tangan.")
    if paraf.role != book.actor.role or draft.unit_of(paraf.role) not in (None, book.actor.unit):
        reason = f"Giliran paraf: {organisation().roles[paraf.role].name}."
        raise Refusal("not_your_turn", reason, field="application_id", remedy="Tunggu giliran sesuai urutan paraf.")
    organisation().require_seat(book.actor.id, paraf.role, office_date(moment), draft.unit_of(paraf.role))
    paraf.officer, paraf.at = book.actor.id, moment
    draft.history.append(book.happening("initialled", moment, paraf.role))
    store.save(book, draft)
    book.say(issuance.LicenceInitialled(application_id=draft.id, role=paraf.role, initialled_at=moment))
    following = draft.next_paraf()
    return {"next": following.role if following else None}


def mark(book: Book, order: issuance.MarkDraft) -> dict:
    """The paper is urgent or secret: it goes on without the initials that the exception in force leaves out."""
    draft = _open_draft(book, order.application_id)
    moment = acting_moment(order.acted_at, book.now, draft.history)
    office, day, actor = organisation(), office_date(moment), book.actor
    exception = office.initial_exception(order.exception, "licence", day)
    if draft.exception is not None:
        what = EXCEPTION_NAMES[office.exceptions[draft.exception].kind]
        raise Refusal("already_marked", f"Konsep ini sudah dinyatakan {what}.", field="application_id")
    if actor.role not in exception.invoked_by or draft.unit_of(actor.role) not in (None, actor.unit):
        who = ", ".join(office.roles[role].name for role in office.roles if role in exception.invoked_by)
        reason = f"Yang dapat menyatakan konsep ini {EXCEPTION_NAMES[order.exception]}: {who}."
        raise Refusal("no_authority", reason, field="exception", remedy="Sampaikan alasannya kepada yang berwenang.")
    office.require_seat(actor.id, actor.role, day, draft.unit_of(actor.role))
    skipped = [paraf for paraf in draft.initials if paraf.role in exception.skips and paraf.officer is None]
    if not skipped:
        reason = "Paraf yang dapat dilewati sudah dibubuhkan."
        raise Refusal("nothing_to_skip", reason, field="exception", remedy="Lanjutkan sesuai urutan.")
    draft.exception = exception.id
    for paraf in skipped:
        paraf.skipped = exception.id
    draft.history.append(book.happening(f"marked_{order.exception}", moment, order.reason))
    store.save(book, draft)
    roles = [paraf.role for paraf in skipped]
    marked = issuance.InitialsSkipped(
        application_id=draft.id,
        exception=order.exception,
        roles=roles,
        reason=order.reason,
        decree=exception.decree.number,
        marked_at=moment,
    )
    book.say(marked)
    return {"skipped": roles, "next": following.role if (following := draft.next_paraf()) else None}


def sign(book: Book, order: issuance.SignLicence) -> dict:
    """Sign under the authority in force on that day for that type; only then is the number taken."""
    draft = _open_draft(book, order.application_id)
    kind = licence_type(draft.licence_type, draft.edition)
    moment = acting_moment(order.acted_at, book.now, draft.history)
    day = office_date(moment)
    if following := draft.next_paraf():
        reason = f"Belum diparaf oleh {organisation().roles[following.role].name}."
        raise Refusal("not_initialled", reason, remedy="Lengkapi paraf sesuai urutan.")
    signing = organisation().signing(kind.code, day, kecamatan=draft.place.kecamatan)
    signed_by = order.on_paper_by or book.actor.id
    if order.on_paper_by and order.acted_at is None:
        raise Refusal(
            "no_day_on_paper",
            "Hari penandatanganan di atas kertas belum disebutkan.",
            field="acted_at",
            remedy="Isi tanggal seperti tertulis pada izinnya.",
        )
    organisation().require_signatory(signed_by, book.actor.role, signing, day)
    authority = signing.authority
    draft.number = _number(book, draft, kind.classification, day)
    draft.authority, draft.signed_by, draft.signed_at = authority.id, signed_by, moment
    draft.entered_by = book.actor.id if order.on_paper_by else None
    draft.signed_in = signing.signatory.unit
    draft.valid_until = _validity(book, draft, kind, day)
    draft.verification_code = verification_code(draft.id, "licence", draft.number)
    draft.history.append(book.happening("signed", moment, authority.decree.number))
    store.remember_code(book, draft.verification_code, draft.id)
    store.save(book, draft)
    book.say(issuance.LicenceSigned(application_id=draft.id, number=draft.number))
    return {"number": draft.number, "verification_code": draft.verification_code}


def hand_over(book: Book, order: issuance.HandOverLicence) -> dict:
    """Given to somebody whose identity the counter has checked, once."""
    draft = store.asked_for(book, order.application_id)
    if draft.closed is not None:
        raise Refusal("draft_closed", f"Izin ini sudah tidak berlaku ({draft.closed}).", field="application_id")
    if draft.document is None:
        raise Refusal("not_issued", "Izin belum terbit.", field="application_id", remedy="Tunggu sampai terbit.")
    if draft.handed_over_at is not None:
        raise Refusal("already_handed_over", "Izin ini sudah diserahkan.", field="application_id")
    if not order.identity_checked:
        remedy = "Periksa KTP penerima, dan surat kuasa bila bukan pemegang izin."
        raise Refusal(
            "identity_not_checked", "Identitas penerima belum diperiksa.", field="identity_checked", remedy=remedy
        )
    if order.receiver == "proxy" and order.receiver_name is None:
        remedy = "Tulis nama menurut KTP-nya."
        raise Refusal("receiver_unnamed", "Nama penerima kuasa belum disebut.", field="receiver_name", remedy=remedy)
    moment = acting_moment(order.acted_at, book.now, draft.signed_at)
    draft.handed_over_at, draft.receiver, draft.receiver_name = moment, order.receiver, order.receiver_name
    fields = {"receiver": order.receiver, "receiver_name": order.receiver_name, "handed_over_at": moment}
    handed_over = issuance.LicenceHandedOver(application_id=draft.id, number=draft.number, **fields)
    draft.history.append(book.happening("handed_over", moment, handed_over.noted))
    store.save(book, draft)
    book.say(handed_over)
    return {"handed_over_at": moment.isoformat()}


def find(reader: Reader, question: issuance.FindLicence, actor: Actor) -> dict:
    """What anyone may know of a licence: that it is genuine, for what, until when. Names only by need."""
    code, number, id = question.verification_code, question.number, question.application_id
    if sum(map(bool, (code, number, id))) != 1:
        reason = "Sebutkan kode pemeriksaan, nomor izin atau id permohonan, salah satu."
        raise Refusal("one_key", reason, field="verification_code")
    if id and actor.role == "applicant":
        raise Refusal("wrong_role", "Gunakan kode pemeriksaan pada dokumen.", field="application_id")
    if code:
        id = store.application_of_code(reader, code.strip().upper())
    elif number:
        id = store.application_of_number(reader, number.strip())
    draft = store.asked_for(reader, id)
    if question.application_id:
        require_sight(draft, actor)
    stands = register.status(reader, draft, office_date(reader.now))
    return {
        "number": draft.number,
        "licence": licence_type(draft.licence_type, draft.edition).name,
        "signed_at": draft.signed_at and draft.signed_at.isoformat(),
        "valid_until": draft.valid_until and draft.valid_until.isoformat(),
        "valid": stands.state == "valid",
        "state": stands.state,
        "reason": stands.reason,
        "ended_by": stands.by,
        "transaction": draft.transaction,
        "sha256": draft.document and draft.document.sha256,
        "initials": [paraf.model_dump(mode="json") for paraf in draft.initials] if actor.role != "applicant" else [],
        "exception": draft.exception if actor.role != "applicant" else None,
    }


# --- what must hold --------------------------------------------------------------------------------------------------


def _number(book: Book, draft: Draft, classification: str, day: date) -> str:
    """A copy carries the number of what it is a copy of; every other paper takes the next one."""
    if draft.transaction == COPY:
        urut = allocate(book, f"copy/{draft.licence_number}", draft.id)
        return f"{draft.licence_number} (Salinan ke-{urut})"
    urut = allocate(book, f"licence/{classification}/{day.year}", draft.id)
    return licence_number(classification, f"{urut}", day)


def _validity(book: Book, draft: Draft, kind: LicenceType, day: date) -> date | None:
    about = transaction(draft.transaction).licence
    if about == "kept":
        original = store.find(book, store.licence_with(book, draft.licence_number))
        return original.valid_until
    return None if about == "revoked" else valid_until(day, kind.validity_years)


def _open_draft(book: Book, application_id: str) -> Draft:
    draft = store.asked_for(book, application_id)
    if draft.halted:
        remedy = "Tunggu sampai berkas dilanjutkan."
        reason = f"Berkas sedang ditangguhkan: {draft.halted.rstrip('.')}."
        raise Refusal("suspended", reason, field="application_id", remedy=remedy)
    if draft.closed is not None:
        raise Refusal("draft_closed", f"Konsep izin ini sudah ditutup ({draft.closed}).", field="application_id")
    if draft.signed_at is not None:
        raise Refusal(
            "already_signed", f"Izin sudah ditandatangani dengan nomor {draft.number}.", field="application_id"
        )
    return draft


def require_sight(draft: Draft, actor: Actor) -> None:
    """A secret paper is looked at by those whom its exception names; by its code or number anyone checks what is handed
    out."""
    if register.hidden_from(draft, actor):
        raise Refusal("secret", "Konsep izin ini bersifat rahasia.", field="application_id")
