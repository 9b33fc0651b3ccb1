"""Verbs of intake by the clock: reminders before a limit, escalation from it on, closing what was never answered."""

from collections.abc import Iterator
from functools import partial

from catalogue.holds import PARENT
from catalogue.path import EXPIRED, WITHDRAWN
from contracts import intake
from plumbing.messaging.book import Book, Reader
from plumbing.messaging.watch import Due
from services.intake import path, store
from services.intake.clock import FILE, Bell, bells
from services.intake.model import Application
from values.dates import long_date, office_date

LEVELS = {"due": 1, "escalate": 2}


def due(reader: Reader) -> Iterator[Due]:
    """Every file with a bell whose moment has come; what it costs grows with what is due, not with what is stored."""
    return (_to_ring("bells", id) for id in store.with_bell_due(reader))


def outdated(reader: Reader) -> Iterator[Due]:
    """Every open file whose bells another catalogue planned: a new declaration or holiday may have moved them, also to
    an earlier moment than the one stored, or to one already past."""
    return (_to_ring("plan", id) for id in store.planned_otherwise(reader))


def _to_ring(why: str, id: str) -> Due:
    return Due(f"{why}:{id}", id, partial(ring, application_id=id))


def ring(book: Book, application_id: str) -> None:
    """Ring what is still to be rung by now, and plan the next bell anew. The file may have gone on since it was seen,
    or its limits have moved: then nothing rings, and it is only planned."""
    application = store.heard_of(book, application_id)
    for bell in bells(application):
        if bell.at > book.now:
            break
        application.history.append(book.happening(bell.mark, bell.at))
        if bell.name == "expired":
            _lapse(book, application, bell)
            break
        book.say(_news(application, bell))
    store.save(book, application)


def _lapse(book: Book, application: Application, bell: Bell) -> None:
    lacks = "Tidak ada berkas induk yang menggantikan" if bell.of == PARENT else "Berkas tidak dilengkapi"
    reason = f"{lacks} sampai dengan {long_date(office_date(bell.due))}."
    move = {"outcome": WITHDRAWN} if bell.of == PARENT else {"step": bell.of, "outcome": EXPIRED}
    happening = book.happening("withdrawn", bell.at, reason, **move)
    application.history.append(happening)
    book.say(intake.ApplicationWithdrawn(application_id=application.id, reason=reason, lapsed=True))
    path.go_on(book, application)


def _news(application: Application, bell: Bell) -> intake.ReminderRaised | intake.EscalationRaised:
    step = application.step
    said = {
        "application_id": application.id,
        "step": None if bell.of == FILE else step.code,
        "step_name": step.name,
        "role": step.actor,
        "bidang": application.bidang,
        "due_at": bell.due,
    }
    if bell.name in LEVELS:
        return intake.EscalationRaised(**said, level=LEVELS[bell.name])
    return intake.ReminderRaised(**said, asked=[item.name for item in application.items if item.asked])
