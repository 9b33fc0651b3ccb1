"""The path of a file: when a step ends, the room of the next one is told that it is due."""

from collections.abc import Sequence
from datetime import datetime

from catalogue.path import REFUSED, Act
from contracts import intake
from plumbing.messaging.book import Book
from plumbing.numbering import allocate
from services.intake import store
from services.intake.clock import waited_for_until
from services.intake.items import Item, Stage
from services.intake.links import stand_with_parent
from services.intake.model import Application, ready_to_archive
from values.dates import office_date, roman_month

REQUESTED_AT: dict[str, tuple[Act, str]] = {
    "completeness": ("check_completeness", "incomplete"),
    "verification": ("technical_verification", "correction"),
}


def go_on(book: Book, application: Application) -> None:
    """Say what is due now, once per step and visit. Called after every happening that may end a step, or let the file
    stand; the files that depend on it follow."""
    stand_with_parent(book, application)
    state, step = application.standing, application.step
    if state.hold is not None:
        pass  # nothing is due while it stands
    elif state.outcome is not None:
        if ready_to_archive(application):
            application.archived_papers = len(application.documents)
            book.say(_archiving_due(application, state))
    elif step.act in DUE and not application.kind.by_hand:
        room, say = DUE[step.act]
        mark = f"due:{room}:{state.visit}"
        if not application.has(mark):
            application.history.append(book.happening(mark, state.since))
            book.say(say(application, state.since))
    if application.children:
        store.save(book, application)
        for id in application.children:
            child = store.find(book, id)
            if child.standing.outcome is None:
                go_on(book, child)
                store.save(book, child)


def ends(book: Book, application: Application, act: Act, outcome: str, what: str, at: datetime, note: str = "") -> None:
    """Enter what ended the step with this act (or will, when the file comes there: facts may overtake each other)."""
    step = application.path.of(act)
    application.history.append(book.happening(what, at, note, step=step.code, outcome=outcome))


def send_back(book: Book, application: Application, items: Sequence[Item], at: datetime, stage: Stage, by: str) -> None:
    """The step ends with the file going back to the applicant, who is asked for these."""
    ends(book, application, *REQUESTED_AT[stage], "items_requested", at, ", ".join(i.requirement for i in items))
    request_items(book, application, items, at, stage, by)


def request_items(
    book: Book, application: Application, items: Sequence[Item], at: datetime, stage: Stage, by: str
) -> None:
    """Ask the applicant, item by item, on a numbered list; the file is with them until all are answered. `by` is the
    role that asks, and may take a request back."""
    year = office_date(at).year
    number = allocate(book, f"daftar_kekurangan/{year}", f"{application.id}/{book.cause.id}")
    application.requests_number = f"{number:04d}/DK/BPPT/{year}"
    for item in items:
        item.ask(stage, by, at)
    requested = [intake.RequestedItem(requirement=i.requirement, name=i.name, note=i.note) for i in items]
    until = waited_for_until(application)
    book.say(intake.ItemsRequested(application_id=application.id, items=requested, stage=stage, answer_by=until))


def refuse(
    book: Book, application: Application, at: datetime, reason: str, by: str | None, step: str | None = None
) -> None:
    """A refusal with its numbered letter: by the head of the Bidang from wherever the file stands, or as the outcome of
    a step."""
    day = office_date(at)
    number = allocate(book, f"surat_penolakan/{day.year}", application.id)
    application.letter_number = f"503/{number:04d}/TOLAK-BPPT/{roman_month(day.month)}/{day.year}"
    outcome = "not_recommended" if step else REFUSED
    application.history.append(book.happening("refused", at, reason, step=step, outcome=outcome))
    book.say(intake.ApplicationRefused(application_id=application.id, reason=reason, refused_at=at, refused_by=by))


def _verification_due(application: Application, since: datetime) -> intake.VerificationDue:
    kind = application.kind
    return intake.VerificationDue(
        application_id=application.id,
        resi=application.resi,
        licence_type=kind.code,
        edition=kind.edition,
        licence_name=kind.name,
        sub_kind=application.sub_kind,
        transaction=application.transaction,
        bidang=kind.bidang,
        skpd=list(kind.skpd),
        kind=kind.verification or "meeting",
        applicant_name=application.applicant.name,
        place=application.place,
        round=application.standing.visit,
        since=since,
    )


def _assessment_due(application: Application, since: datetime) -> intake.AssessmentDue:
    kind, applicant = application.kind, application.applicant
    return intake.AssessmentDue(
        application_id=application.id,
        resi=application.resi,
        licence_type=kind.code,
        edition=kind.edition,
        licence_name=kind.name,
        sub_kind=application.sub_kind,
        bidang=kind.bidang,
        quantities=application.quantities,
        payer=intake.AssessmentDue.Payer(name=applicant.name, address=applicant.address, npwp=applicant.npwp),
        place=application.place,
        since=since,
        account=application.account,
    )


def _issuance_due(application: Application, since: datetime) -> intake.IssuanceDue:
    return intake.IssuanceDue(
        application_id=application.id,
        resi=application.resi,
        licence_type=application.licence_type,
        edition=application.edition,
        sub_kind=application.sub_kind,
        holder=application.applicant,
        place=application.place,
        quantities=application.quantities,
        transaction=application.transaction,
        licence_number=application.licence_number,
        parent=application.parent,
        since=since,
    )


def _archiving_due(application: Application, state) -> intake.ArchivingDue:
    return intake.ArchivingDue(
        application_id=application.id,
        resi=application.resi,
        outcome=state.outcome,
        documents=application.documents,
        record=application.model_dump(mode="json", exclude={"documents", "archived_papers"}),
        closed_at=state.since,
    )


# By act: the name under which it is said once per visit, and what is said.
DUE = {
    "technical_verification": ("technical_verification", _verification_due),
    "retribution": ("retribution", _assessment_due),
    "initial": ("issuance", _issuance_due),
    "sign": ("issuance", _issuance_due),
}
