"""Verbs of intake for steps that people take one after the other: the services of the secretariat."""

from catalogue.path import APPLICANT, ENDS, FINISHED, Step
from catalogue.walk import require_move
from contracts import intake
from contracts.people import Actor
from plumbing.messaging.book import Book
from plumbing.numbering import allocate
from services.intake import path, store
from services.intake.actions import item_of, require_going, require_owner
from services.intake.items import Item
from services.intake.model import Application
from services.intake.registering import register
from values.dates import office_date
from values.happening import acting_moment
from values.refusal import Refusal

COUNTERS = ("counter", "setda_counter")


def take(book: Book, order: intake.TakeStep) -> dict:
    """End the step at which a file stands, by whoever's step it is. Answer: where it stands now."""
    application = store.asked_for(book, order.application_id)
    require_owner(application, book.actor)
    moment = acting_moment(order.acted_at, book.now, application.history)
    if not application.kind.by_hand:
        raise Refusal(
            "not_by_hand",
            "Langkah permohonan izin berjalan lewat perintahnya sendiri.",
            field="application_id",
            remedy="Gunakan perintah langkah itu.",
        )
    role = _role_for(application, book.actor)
    require_going(application)
    step = require_move(application.path, application.history, order.step, order.outcome, role)
    _require_seat(application, step, book.actor)
    asked_for = _asked_for(application, step, order)
    number = None
    if step.act == "number":
        year, visit = office_date(moment).year, application.standing.visit
        urut = allocate(book, f"produk/{application.licence_type}/{year}", f"{application.id}/{visit}")
        number = f"{urut:04d}/{application.licence_type}/{year}"
    note = "; ".join(filter(None, (number, order.note)))
    application.history.append(book.happening("step_taken", moment, note, step=order.step, outcome=order.outcome))
    if asked_for:
        path.request_items(book, application, asked_for, moment, "service", book.actor.role)
    elif step.actor != APPLICANT and not _back_to_applicant(application, step, order.outcome):
        for item in application.items:
            item.settle("accepted", moment)
    if step.act == "register" and application.resi is None and _stays_with_us(application, step, order.outcome):
        register(book, application, moment)
    _say(book, application, step, order, number)
    path.go_on(book, application)
    store.save(book, application)
    state = application.standing
    return {"resi": application.resi, "step": state.step, "status": state.status, "number": number}


def _role_for(application: Application, actor: Actor) -> str:
    """What came on paper has no account: at the counter its applicant's turn is entered for them."""
    here = application.step
    for_the_applicant = here is not None and here.actor == APPLICANT and application.account is None
    return APPLICANT if for_the_applicant and actor.role in COUNTERS else actor.role


def _asked_for(application: Application, step: Step, order: intake.TakeStep) -> list[Item]:
    """What the applicant is asked for when the file goes back to them; what they were asked they answer first."""
    if step.actor == APPLICANT and (open_items := [item.name for item in application.items if item.asked]):
        raise Refusal(
            "requests_open",
            f"Masih ada yang diminta: {'; '.join(open_items)}.",
            field="step",
            remedy="Lampirkan yang diminta terlebih dahulu.",
        )
    if order.requests and not _back_to_applicant(application, step, order.outcome):
        raise Refusal(
            "nobody_to_ask",
            "Hasil ini tidak mengembalikan berkas kepada pemohon.",
            field="requests",
            remedy="Pilih hasil yang mengembalikan berkas, atau kosongkan permintaan.",
        )
    found = []
    for finding in order.requests:
        item = item_of(application, finding.requirement)
        if finding.verdict not in ("missing", "wrong"):
            reason = f"{item.name} dinyatakan lengkap atau tidak berlaku, jadi tidak diminta."
            raise Refusal("not_lacking", reason, field="requests", remedy="Tandai sebagai belum ada atau salah.")
        item.state, item.note = finding.verdict, finding.note
        found.append(item)
    return found


def _back_to_applicant(application: Application, step: Step, outcome: str) -> bool:
    target = step.outcomes[outcome]
    return target not in ENDS and application.path[target].actor == APPLICANT


def _stays_with_us(application: Application, step: Step, outcome: str) -> bool:
    return step.outcomes[outcome] not in ENDS and not _back_to_applicant(application, step, outcome)


def _require_seat(application: Application, step: Step, actor: Actor) -> None:
    seat = None if step.actor == APPLICANT else application.kind.unit_of(step.actor)
    if seat is not None and actor.unit != seat:
        raise Refusal(
            "wrong_unit",
            f"Langkah “{step.name}” dikerjakan unit lain.",
            field="application_id",
            remedy="Teruskan kepada petugas unit itu.",
        )


def _say(book: Book, application: Application, step: Step, order: intake.TakeStep, number: str | None) -> None:
    here = application.step
    said = intake.StepTaken(
        application_id=application.id,
        step=step.code,
        step_name=step.name,
        outcome=order.outcome,
        number=number,
        next_step=here.code if here else None,
        next_name=here.name if here else None,
        next_role=here.actor if here else None,
        finished=step.outcomes[order.outcome] == FINISHED,
    )
    book.say(said)
