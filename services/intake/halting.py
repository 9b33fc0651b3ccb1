"""Verbs of intake that let a file stand, go on, or depend on another."""

from catalogue.holds import SUSPENDED, hold, turn
from contracts import intake
from plumbing.messaging.book import Book
from services.intake import links, path, store
from services.intake.actions import require_open, require_owner
from services.intake.model import Application
from values.happening import acting_moment
from values.refusal import Refusal


def suspend(book: Book, order: intake.SuspendApplication) -> dict:
    """Let a file stand; those that depend on it stand with it."""
    application, moment = _of_bidang(book, order)
    halted = hold(application.history, SUSPENDED)
    if halted is not None and not halted.by_parent:
        raise Refusal(
            "already_suspended", f"Berkas sudah ditangguhkan: {halted.note.rstrip('.')}.", field="application_id"
        )
    application.history.append(book.happening("suspended", moment, order.reason))
    said = intake.ApplicationSuspended(
        application_id=application.id, reason=order.reason, parent=None, lapses_on=None, turn=turn(application.history)
    )
    book.say(said)
    path.go_on(book, application)
    store.save(book, application)
    return {"suspended": True}


def revive(book: Book, order: intake.ReviveApplication) -> dict:
    """Let it go on where it stood; the files that depend on it go on with it."""
    application, moment = _of_bidang(book, order)
    halted = hold(application.history, SUSPENDED)
    if halted is None or halted.by_parent:
        raise Refusal(
            "not_suspended",
            halted.note if halted else "Berkas tidak sedang ditangguhkan.",
            field="application_id",
            remedy="Berkas yang berhenti karena berkas induk berjalan kembali bersama induknya."
            if halted
            else "Muat ulang berkas.",
        )
    application.history.append(book.happening("revived", moment, order.reason))
    book.say(
        intake.ApplicationRevived(application_id=application.id, reason=order.reason, turn=turn(application.history))
    )
    path.go_on(book, application)
    store.save(book, application)
    return {"suspended": application.standing.hold is not None}


def link(book: Book, order: intake.LinkApplication) -> dict:
    """Name the file that this one depends on, or another in its place."""
    application = store.asked_for(book, order.application_id)
    require_owner(application, book.actor)
    acting_moment(order.acted_at, book.now, application.history)
    require_open(application)
    if any(happening.what.startswith("due:issuance") for happening in application.history):
        raise Refusal(
            "already_in_issuance",
            "Izin ini sudah dalam penyiapan dan tidak dapat lagi dibuat bergantung pada berkas lain.",
            field="application_id",
            remedy="Tarik permohonan bila tidak diperlukan lagi.",
        )
    links.attach(book, application, order.parent)
    path.go_on(book, application)
    store.save(book, application)
    state = application.standing
    return {"parent": application.parent, "hold": state.hold and state.hold.because}


def _of_bidang(book: Book, order: intake.SuspendApplication | intake.ReviveApplication) -> tuple[Application, object]:
    application = store.asked_for(book, order.application_id)
    if book.actor.unit != application.bidang:
        raise Refusal("wrong_bidang", f"Permohonan ini ditangani Bidang {application.bidang}.", field="application_id")
    moment = acting_moment(order.acted_at, book.now, application.history)
    require_open(application)
    return application, moment
