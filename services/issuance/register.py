"""Verbs of issuance about licences that stand: what became of one, suspension and reinstatement, what ends one.

A licence that depends on another is valid only while that one is: suspended with it, and valid again with it. When the
other is replaced by a later one, it depends on that.
"""

from datetime import date, datetime
from typing import Literal, NamedTuple

from catalogue.office import organisation
from catalogue.transactions import transaction
from contracts import intake, issuance
from contracts.people import Actor
from plumbing.messaging.book import Book, Reader
from services.issuance import store
from services.issuance.model import Draft
from values.happening import acting_moment, latest
from values.refusal import Refusal

State = Literal["not_issued", "valid", "run_out", "suspended", "replaced", "revoked"]


class Status(NamedTuple):
    """Whether a licence is valid, and if not why; `by` is the paper that replaced or revoked it."""

    state: State
    reason: str = ""
    by: str | None = None


def status(source: Book | Reader, draft: Draft, on: date) -> Status:
    """What a licence is worth on that day."""
    if draft.signed_at is None:
        return Status("not_issued")
    if draft.closed == "replaced":
        return Status("replaced", "Izin ini sudah diganti.", _number_of(source, draft.ended_by))
    if draft.closed is not None:
        return Status("revoked", "Izin ini sudah dicabut.", _number_of(source, draft.ended_by))
    if draft.suspended is not None:
        return Status("suspended", draft.suspended)
    if draft.valid_until is not None and draft.valid_until < on:
        return Status("run_out", "Masa berlaku izin ini sudah lewat.")
    parent = _latest(source, draft.parent)
    if parent is not None and status(source, parent, on).state != "valid":
        return Status("suspended", f"Izin induk nomor {parent.number} sedang tidak berlaku.")
    return Status("valid")


def hidden_from(draft: Draft, actor: Actor) -> bool:
    """Whether the paper is secret and the officer not among those who may look at it."""
    exception = organisation().exceptions[draft.exception] if draft.exception else None
    return exception is not None and exception.kind == "secret" and actor.role not in exception.seen_by


def _number_of(source: Book | Reader, application_id: str | None) -> str | None:
    draft = store.find(source, application_id) if application_id else None
    return draft.number if draft else None


def _latest(source: Book | Reader, application_id: str | None) -> Draft | None:
    """The licence of that file, or the one that took its place."""
    draft = store.find(source, application_id) if application_id else None
    while draft is not None and draft.closed == "replaced":
        draft = store.find(source, draft.ended_by)
    return draft


def depend(book: Book, draft: Draft) -> None:
    """Enter a draft among those that depend on its parent's licence."""
    parent = _latest(book, draft.parent)
    if parent is not None:
        parent.children.append(draft.id)
        store.save(book, parent)


# --- asked by people -------------------------------------------------------------------------------------------------


def suspend(book: Book, order: issuance.SuspendLicence) -> dict:
    """Not valid until it is reinstated, nor is any that depends on it."""
    draft = _of_bidang(book, order.number)
    moment = acting_moment(order.acted_at, book.now, draft.history)
    if draft.suspended is not None:
        raise Refusal("already_suspended", f"Izin ini sudah dibekukan: {draft.suspended.rstrip('.')}.", field="number")
    draft.suspended = order.reason
    draft.history.append(book.happening("suspended", moment, order.reason))
    store.save(book, draft)
    _say_suspended(book, draft, order.reason, None, moment)
    return {"number": draft.number, "state": "suspended"}


def reinstate(book: Book, order: issuance.ReinstateLicence) -> dict:
    """Valid again, and with it those that depend on it and are not suspended themselves."""
    draft = _of_bidang(book, order.number)
    moment = acting_moment(order.acted_at, book.now, draft.history)
    if draft.suspended is None:
        raise Refusal("not_suspended", "Izin ini tidak sedang dibekukan.", field="number")
    draft.suspended = None
    draft.history.append(book.happening("reinstated", moment, order.reason))
    store.save(book, draft)
    _say_reinstated(book, draft, order.reason, moment)
    return {"number": draft.number, "state": "valid"}


def _of_bidang(book: Book, number: str) -> Draft:
    id = store.licence_with(book, number)
    draft = store.find(book, id) if id else None
    if draft is None:
        remedy = "Tulis nomor persis seperti pada dokumen."
        raise Refusal("unknown_number", "Tidak ada izin dengan nomor ini.", field="number", remedy=remedy)
    if draft.bidang != book.actor.unit:
        raise Refusal("wrong_bidang", f"Izin ini ditangani Bidang {draft.bidang}.", field="number")
    if draft.closed is not None:
        raise Refusal("licence_ended", "Izin ini sudah diganti atau dicabut.", field="number")
    return draft


def _say_suspended(book: Book, draft: Draft, reason: str, above: str | None, at: datetime) -> None:
    said = {"number": draft.number, "reason": reason, "with_number": above, "at": at}
    book.say(issuance.LicenceSuspended(application_id=draft.id, **said))
    for child in _standing_children(book, draft):
        _say_suspended(book, child, f"Izin induk nomor {draft.number} dibekukan.", draft.number, at)


def _say_reinstated(book: Book, draft: Draft, reason: str, at: datetime) -> None:
    book.say(issuance.LicenceReinstated(application_id=draft.id, number=draft.number, reason=reason, at=at))
    for child in _standing_children(book, draft):
        _say_reinstated(book, child, f"Izin induk nomor {draft.number} berlaku kembali.", at)


def _standing_children(book: Book, draft: Draft) -> list[Draft]:
    """Licences that depend on it and are neither ended nor suspended by themselves."""
    found = [store.find(book, id) for id in draft.children]
    return [child for child in found if child.signed_at and child.closed is None and child.suspended is None]


# --- what a paper does to the licence it is about ---------------------------------------------------------------------


def enter(book: Book, draft: Draft) -> None:
    """A paper was issued: a licence stands in the register from now on, and the one it is about ends if so asked."""
    about = transaction(draft.transaction)
    if about.licence in ("none", "replaced"):
        store.remember_licence(book, draft.number, draft.id)
    if about.licence not in ("replaced", "revoked"):
        return
    id = store.licence_with(book, draft.licence_number)
    earlier = store.find(book, id) if id else None
    if earlier is None or earlier.closed is not None:
        return
    earlier.closed, earlier.ended_by = about.licence, draft.id
    earlier.history.append(book.happening(about.licence, latest(draft.history), draft.number))
    if about.licence == "replaced":
        draft.children, earlier.children = [*draft.children, *earlier.children], []
    store.save(book, earlier)
    store.save(book, draft)
    at = latest(draft.history)
    ended = {"number": earlier.number, "how": about.licence, "by": draft.number, "at": at}
    book.say(issuance.LicenceEnded(application_id=earlier.id, **ended))
    if about.licence == "revoked":
        for child in _standing_children(book, earlier):
            _say_suspended(book, child, f"Izin induk nomor {earlier.number} dicabut.", earlier.number, at)


def halt(book: Book, event: intake.ApplicationSuspended | intake.ApplicationRevived, halted: bool) -> None:
    """The file stands still, or goes on: its draft is neither initialled nor signed meanwhile. The news may overtake
    that the draft is due, and each other: the later turn counts, and a draft yet to come finds it."""
    reason = event.reason if halted else None
    if store.remember_halt(book, event.application_id, event.turn, reason):
        draft = store.find(book, event.application_id)
        if draft is not None:
            draft.halted = reason
            store.save(book, draft)
