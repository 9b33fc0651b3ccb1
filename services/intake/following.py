"""What anyone who follows a file may know of it: what happened, where it stands, which papers were made."""

from contracts import intake
from services.intake.model import Application
from values.happening import Happening
from values.masking import masked_name

UNSAID = (  # the office's own work on the way; nothing moves by it. And that someone is late is nobody else's affair
    *("papers_inspected", "items_ticked"),
    *("teguran_issued", "strd_issued"),
)
UNSHOWN = ("attachment", "photo")  # not of the office's making, or with strangers in them


def revision(application: Application) -> int:
    """How much there is to tell. It only grows, since histories and lists of papers do."""
    return sum(map(_is_told, application.history)) + sum(d.kind not in UNSHOWN for d in application.documents)


def moved(application: Application) -> intake.ApplicationMoved:
    """The file as it is told: whole each time, so that facts which overtake each other do no harm."""
    state = application.standing
    return intake.ApplicationMoved(
        application_id=application.id,
        revision=revision(application),
        resi=application.resi,
        licence_type=application.licence_type,
        edition=application.edition,
        sub_kind=application.sub_kind,
        transaction=application.transaction,
        applicant=masked_name(application.applicant.name),
        kecamatan=application.place.kecamatan,
        promised_on=application.promised_on,
        status=state.status,
        account=application.account,
        step=state.step,
        since=state.since,
        outcome=state.outcome,
        history=[
            intake.Turn(what=h.what, at=h.at, step=h.step, outcome=h.outcome)
            for h in application.history
            if _is_told(h)
        ],
        papers=[
            intake.PaperShown(kind=d.kind, number=d.number, sha256=d.sha256)
            for d in application.documents
            if d.kind not in UNSHOWN
        ],
    )


def _is_told(happening: Happening) -> bool:
    """Marks of the house's own memory (`due:retribution:1`, bells) carry a colon."""
    return ":" not in happening.what and happening.what not in UNSAID
