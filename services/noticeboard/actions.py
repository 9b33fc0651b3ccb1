"""Verbs of the noticeboard: one per fact it hears. Facts come in any order; each fills its own part of the notice."""

from datetime import date, datetime

from contracts import intake, issuance, retribution, technical_team
from contracts.noticeboard import Appointment, Ended, Licence, Notice, Paper, Refund, Skrd
from contracts.retribution.refunds import is_nobodys
from plumbing.messaging.book import Book, NotYet, Reader
from plumbing.messaging.watch import Due
from services.noticeboard import store
from services.noticeboard.model import desks, papers_of, uncounted
from values.verification_code import verification_code


def note_move(book: Book, event: intake.ApplicationMoved) -> None:
    """Where the file stands now. What is older than what the board knows changes nothing."""
    notice = store.notice(book, event.application_id)
    if notice.moved is not None and notice.moved.revision >= event.revision:
        return
    known = {paper.sha256 for paper in notice.moved.papers} if notice.moved else set()
    for paper in papers_of(event):
        if paper.sha256 not in known:
            store.save_paper(book, paper)
    _keep(book, notice, moved=event, resi=event.resi, account=event.account, desks=desks(event))


def note_appointment(book: Book, event: technical_team.AppointmentBooked) -> None:
    """When the team meets or visits. Booking again replaces it."""
    booked = Appointment(kind=event.kind, starts_at=event.starts_at, ends_at=event.ends_at)
    _keep(book, store.notice(book, event.application_id), appointment=booked)


def note_numbered_skrd(book: Book, event: retribution.SkrdNumbered) -> None:
    """The SKRD waits for the Head."""
    _keep(book, store.notice(book, event.application_id), skrd_numbered_at=event.numbered_at)


def note_skrd(book: Book, event: retribution.SkrdIssued) -> None:
    """What is to be paid, and under which code it is asked for: of several files the one that leads their SKRD."""
    fields = {"amount": event.amount, "due_on": event.due_on, "payment_code": event.payment_code}
    skrd = Skrd(number=event.document.number, paid_at=event.settled_at, covers=event.covers, **fields)
    code = event.payment_code if event.leads else None
    _keep(book, store.notice(book, event.application_id), skrd=skrd, payment_code=code)


def note_end_of_demand(book: Book, event: retribution.DemandEnded) -> None:
    """Nothing is to be paid any more."""
    _keep(book, store.notice(book, event.application_id), demand_ended_at=event.ended_at)


def note_payment(book: Book, event: retribution.ReceiptIssued) -> None:
    """Paid in full. The receipt may overtake the SKRD: then it waits for it."""
    notice = store.notice(book, event.application_id)
    if notice.skrd is None:
        raise NotYet(f"the SKRD of {event.application_id} is not here yet")
    _keep(book, notice, skrd=notice.skrd.model_copy(update={"paid_at": event.paid_at}))


def note_supplement(book: Book, event: retribution.SupplementIssued) -> None:
    """The debt comes to something else: what of it is left is to be paid by its day."""
    _owes(book, event.application_id, event.principal, event.principal_left, event.due_on, event.issued_at)


def note_change(book: Book, event: retribution.ChangeFiled) -> None:
    """The Head decided on the demand: less is owed, by another day, or nothing; or another SKRD follows."""
    notice = store.notice(book, event.application_id)
    if notice.skrd is None or not event.granted:
        return
    if event.anew and notice.skrd.number == event.skrd_number:
        _keep(book, notice, skrd=None)
    elif not event.anew:
        left, at = event.principal_left, event.decided_at
        _owes(book, event.application_id, event.principal, left, event.due_on or notice.skrd.due_on, at)


def note_refund(book: Book, event: retribution.RefundGranted | retribution.RefundPaid) -> None:
    """Money goes back, or went back. That it went may overtake that it goes. Of money that is nobody's there is no
    notice: its paper alone is known, to be checked."""
    if is_nobodys(event.application_id):
        if isinstance(event, retribution.RefundGranted):
            note_paper(book, event)
        return
    notice = store.notice(book, event.application_id)
    known = next((each for each in notice.refunds if each.number == event.number), None)
    told = event.model_dump(include={"number", "amount", "compensation", "pay_by", "paid_on"})
    if known and known.paid_on and isinstance(event, retribution.RefundGranted):
        del told["compensation"]  # what was paid is the last word
    refund = Refund.model_validate((known.model_dump() if known else {}) | told)
    others = [each for each in notice.refunds if each.number != event.number]
    _keep(book, notice, refunds=sorted([*others, refund], key=lambda each: each.number))


def _owes(book: Book, file: str, principal: int, left: int, due_on: date, at: datetime) -> None:
    notice = store.notice(book, file)
    if notice.skrd is None:
        raise NotYet(f"the SKRD of {file} is not here yet")
    paid_at = None if left else notice.skrd.paid_at or at
    fields = {"amount": left or principal, "due_on": due_on, "paid_at": paid_at}
    _keep(book, notice, skrd=notice.skrd.model_copy(update=fields))


def note_paper(
    book: Book,
    event: retribution.RecapIssued | retribution.AgreementIssued | retribution.TaxNoteFiled | retribution.RefundGranted,
) -> None:
    """A paper that no move of a file brings (a recap of all files, a note beside one): anyone can check it."""
    document, about = event.document, event.application_id
    code = verification_code(about, document.kind, document.number)
    fields = {"kind": document.kind, "number": document.number, "sha256": document.sha256}
    store.save_paper(book, Paper(id=code, application_id=about, **fields))


def note_licence(book: Book, event: issuance.LicenceIssued) -> None:
    """The licence is there, and can be checked by anyone."""
    licence = Licence(
        number=event.document.number,
        verification_code=event.verification_code,
        sha256=event.document.sha256,
        signed_at=event.signed_at,
        valid_until=event.valid_until,
    )
    _keep(book, store.notice(book, event.application_id), licence=licence)


def note_end(book: Book, event: issuance.LicenceEnded) -> None:
    """Whoever checks the paper is told that it is none any more, also when the paper itself is heard of later."""
    ended = Ended(how=event.how, by=event.by, at=event.at)
    _keep(book, store.notice(book, event.application_id), ended=ended)


def note_suspension(book: Book, event: issuance.LicenceSuspended) -> None:
    """Not valid for the time being."""
    notice = store.notice(book, event.application_id)
    _keep(book, notice, suspended_at=max(event.at, notice.suspended_at or event.at))


def note_reinstatement(book: Book, event: issuance.LicenceReinstated) -> None:
    """Valid again."""
    notice = store.notice(book, event.application_id)
    _keep(book, notice, reinstated_at=max(event.at, notice.reinstated_at or event.at))


def heartbeat(reader: Reader) -> list[Due]:
    """Once a minute: the board is at work, so what it shows is what it was told."""
    minute = f"{reader.now:%Y-%m-%dT%H:%M}"
    return [Due(f"heartbeat/{minute}", "noticeboard", _beat)]


def _beat(book: Book) -> None:
    store.save_heartbeat(book, book.now)


def _keep(book: Book, notice: Notice, **parts) -> None:
    notice = notice.model_copy(update={**parts, "told_at": book.now})
    counted = list(notice.counted)
    for what, on in uncounted(notice):
        day = store.day(book, on)
        if what == "issued":
            kind = notice.moved.licence_type
            day = day.model_copy(update={"issued": day.issued | {kind: day.issued.get(kind, 0) + 1}})
        else:
            day = day.model_copy(update={what: getattr(day, what) + 1})
        store.save_day(book, day)
        counted.append(what)
    store.save_notice(book, notice.model_copy(update={"counted": sorted(counted)}))
