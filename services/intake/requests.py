"""Verbs of intake about what the applicant is asked for: answered by them, or taken back by whoever asked."""

from contracts import intake
from plumbing.messaging.book import Book
from services.intake import path, store
from services.intake.actions import item_of, require_open, require_owner
from services.intake.items import Item, require_attachment
from services.intake.model import Application
from values.happening import acting_moment
from values.refusal import Refusal


def answer(book: Book, order: intake.AnswerItem) -> dict:
    """The applicant hands in what was asked for; when all is answered the file goes back to where it waited.

    An answer may be replaced while the file is still with the applicant. Before anything was asked, the counter that
    checks the file may add what was scanned there.
    """
    application = store.asked_for(book, order.application_id)
    require_owner(application, book.actor)
    moment = acting_moment(order.acted_at, book.now, application.history)
    require_open(application)
    require_attachment(order.document, "document")
    item = item_of(application, order.requirement)
    if not (_with_applicant(application, item) or _at_the_counter(application, item, book.actor.role)):
        raise Refusal(
            "not_requested",
            f"{item.name} tidak sedang diminta.",
            field="requirement",
            remedy="Periksa daftar permintaan.",
        )
    item.answer(order.document, moment)
    application.history.append(book.happening("item_answered", moment, item.requirement))
    book.say(intake.ItemAnswered(application_id=application.id, requirement=item.requirement, document=order.document))
    return {"still_open": _go_on(book, application, moment)}


def withdraw(book: Book, order: intake.WithdrawRequest) -> dict:
    """Take one request back, by the role that asked or the head of the Bidang; the file goes on when none is open."""
    application = store.asked_for(book, order.application_id)
    moment = acting_moment(order.acted_at, book.now, application.history)
    require_open(application)
    item = item_of(application, order.requirement)
    if not item.asked:
        raise Refusal(
            "not_requested",
            f"{item.name} tidak sedang diminta.",
            field="requirement",
            remedy="Hanya permintaan yang belum dijawab dapat ditarik kembali.",
        )
    _require_asker(application, item, book)
    item.state = "complete" if item.request.stage == "verification" else "expected"
    item.settle("withdrawn", moment, order.reason)
    application.history.append(book.happening("request_withdrawn", moment, f"{item.requirement}: {order.reason}"))
    still_open = _go_on(book, application, moment)
    asked = intake.RequestedItem(requirement=item.requirement, name=item.name, note=item.request.note)
    book.say(intake.RequestWithdrawn(application_id=application.id, item=asked, reason=order.reason, open=still_open))
    return {"still_open": still_open}


def _go_on(book: Book, application: Application, moment) -> list[str]:
    """Back to where the file waited, once nothing is asked any more; in a service its applicant says so. What is still
    asked for."""
    still_open = [item.requirement for item in application.items if item.asked]
    step = application.step
    if not still_open and step.act == "wait_for_applicant" and not application.kind.by_hand:
        application.history.append(book.happening("items_answered", moment, step=step.code, outcome="answered"))
        path.go_on(book, application)
    store.save(book, application)
    return still_open


def _with_applicant(application: Application, item: Item) -> bool:
    answered = item.request is not None and item.request.state == "answered"
    return item.asked or (answered and application.step.act == "wait_for_applicant")


def _at_the_counter(application: Application, item: Item, role: str) -> bool:
    here = application.step.act == "check_completeness" and not application.kind.by_hand
    return here and role == "counter" and item.state not in ("complete", "answered")


def _require_asker(application: Application, item: Item, book: Book) -> None:
    who = book.actor
    heads = who.role == "bidang_head" and who.unit == application.bidang
    if who.role != item.request.asked_by and not heads:
        raise Refusal(
            "not_your_request",
            f"Permintaan {item.name} diajukan oleh petugas lain.",
            field="requirement",
            remedy="Yang meminta, atau kepala bidang, yang menariknya kembali.",
        )
