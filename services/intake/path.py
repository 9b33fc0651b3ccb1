"""The path of a file: when a step ends, the room of the next one is told that it is due."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from catalogue.path import REFUSED, Act
from contracts import intake
from plumbing.messaging.book import Book
from plumbing.numbering import allocate
from services.intake.clock import waited_for_until
from services.intake.model import Application, Item, ready_to_archive
from values.dates import office_date, roman_month

Stage = Literal["completeness", "verification"]
REQUESTED_AT: dict[Stage, tuple[Act, str]] = {
    "completeness": ("check_completeness", "incomplete"),
    "verification": ("technical_verification", "correction"),
}


def go_on(book: Book, application: Application) -> None:
    """Say what is due now, once per step and visit. Called after every happening that may end a step."""
    state, step = application.standing, application.step
    if state.outcome is not None:
        if ready_to_archive(application):
            application.archived_papers = len(application.documents)
            book.say(_archiving_due(application, state))
    elif step.act in DUE and not application.kind.by_hand:
        room, say = DUE[step.act]
        mark = f"due:{room}:{state.visit}"
        if not application.has(mark):
            application.history.append(book.happening(mark, state.since))
            book.say(say(application, state.since))


def ends(book: Book, application: Application, act: Act, outcome: str, what: str, at: datetime, note: str = "") -> None:
    """Enter what ended the step with this act (or will, when the file comes there: facts may overtake each other)."""
    step = application.path.of(act)
    application.history.append(book.happening(what, at, note, step=step.code, outcome=outcome))


def request_items(book: Book, application: Application, items: Sequence[Item], at: datetime, stage: Stage) -> None:
    """Ask the applicant, item by item, on a numbered list; the file is with them until all are answered."""
    year = office_date(at).year
    round_ = 1 + sum(h.what == "items_requested" for h in application.history)
    number = allocate(book, f"daftar_kekurangan/{year}", f"{application.id}/{round_}")
    application.requests_number = f"{number:04d}/DK/BPPT/{year}"
    note = ", ".join(i.requirement for i in items)
    ends(book, application, *REQUESTED_AT[stage], "items_requested", at, note)
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
