"""Verbs of intake: what the steps of the path brought, as the rooms that did them say it."""

from datetime import datetime

from catalogue.path import ARCHIVE, ARCHIVIST
from contracts import archive, issuance, retribution, technical_team
from contracts.retribution.refunds import is_nobodys
from plumbing.messaging.book import Book
from services.intake import existing, path, store
from services.intake.model import Application


def take_berita_acara(book: Book, event: technical_team.BeritaAcaraFiled) -> None:
    """The technical team has spoken: on to the next step, back to the applicant, or refused."""
    application = store.heard_of(book, event.application_id)
    application.documents += [event.document, *event.photos]
    application.history.append(book.happening("berita_acara_filed", event.verified_at))
    reason = "; ".join(event.opinions)
    if application.standing.outcome is None:
        if event.outcome == "recommended":
            what = "verification_recommended"
            for item in application.items:
                item.settle("accepted", event.verified_at)
            path.ends(book, application, "technical_verification", "recommended", what, event.verified_at)
        elif event.outcome == "correction":
            technical = [item for item in application.items if item.kind == "technical"] or application.items
            for item in technical:
                item.state, item.note = "wrong", reason[:500]
            path.send_back(book, application, technical, event.verified_at, "verification", "technical_officer")
        else:
            step = application.path.of("technical_verification").code
            path.refuse(
                book, application, event.verified_at, f"Tidak direkomendasikan tim teknis: {reason}", None, step
            )
    _go_on(book, application)


def take_addendum(book: Book, event: technical_team.AddendumFiled) -> None:
    """Something was added to a berita acara: the paper joins the file, also one that is archived."""
    _go_on(book, _with_paper(book, event, "addendum_filed", event.signed_at))


def take_nota(book: Book, event: retribution.NotaPerhitunganFiled) -> None:
    application = _with_paper(book, event, "nota_filed", event.signed_at)
    if not event.total:
        path.ends(book, application, "retribution", "nothing_to_pay", "nothing_to_pay", event.signed_at)
    _go_on(book, application)


def take_skrd(book: Book, event: retribution.SkrdIssued) -> None:
    """The demand. One that takes the place of a cancelled SKRD joins the file, which stands where it stood."""
    application = _with_paper(book, event)
    if not application.has("skrd_issued"):
        path.ends(book, application, "retribution", "skrd_issued", "skrd_issued", event.issued_at)
    _go_on(book, application)


def take_receipt(book: Book, event: retribution.ReceiptIssued) -> None:
    application = _with_paper(book, event)
    path.ends(book, application, "payment", "paid", "paid", event.paid_at)
    _go_on(book, application)


def take_supplement(book: Book, event: retribution.SupplementIssued) -> None:
    """An SKRDKB or SKRDLB joins the file, also one that is archived; the file stands where it stood."""
    _go_on(book, _with_paper(book, event, f"{event.document.kind}_issued", event.issued_at))


def take_claim(book: Book, event: retribution.TeguranFiled | retribution.StrdIssued) -> None:
    """A debt of the file was claimed. The paper joins it, also when it is archived; the file stands where it stood."""
    _go_on(book, _with_paper(book, event, f"{event.document.kind}_issued", event.issued_at))


def take_further_receipt(book: Book, event: retribution.FurtherReceiptIssued) -> None:
    """The receipt of later money joins the file; nothing else of it changes."""
    _go_on(book, _with_paper(book, event, "further_paid", event.paid_at))


def take_tax_note(book: Book, event: retribution.TaxNoteFiled) -> None:
    """The tax note joins the file it was drawn up beside, also when that is archived."""
    _go_on(book, _with_paper(book, event, "tax_note_filed", event.signed_at))


def take_refund(book: Book, event: retribution.RefundGranted) -> None:
    """Money of the file goes back. The decision joins it, also when it is archived; no file knows nobody's money, and
    earlier versions printed none."""
    if event.document and not is_nobodys(event.application_id):
        _go_on(book, _with_paper(book, event, "refund_filed", event.decided_at))


def take_change(book: Book, event: retribution.ChangeFiled) -> None:
    """A decision on the demand joins the file. When nothing is left to pay because of it, payment is done with."""
    application = _with_paper(book, event, "demand_changed", event.decided_at)
    if event.proof:
        application.documents.append(event.proof)
    if event.cleared_at and not application.has("paid") and not application.has("cleared"):
        path.ends(book, application, "payment", "paid", "cleared", event.cleared_at)
    _go_on(book, application)


def take_initial(book: Book, event: issuance.LicenceInitialled) -> None:
    application = store.heard_of(book, event.application_id)
    step = application.path.of("initial", event.role).code
    application.history.append(book.happening("initialled", event.initialled_at, step=step, outcome="initialled"))
    _go_on(book, application)


def take_skipped(book: Book, event: issuance.InitialsSkipped) -> None:
    """The draft is urgent or secret: the file passes the steps of these initials without them."""
    application = store.heard_of(book, event.application_id)
    note = f"{event.exception}: {event.reason} ({event.decree})"
    for role in event.roles:
        step = application.path.of("initial", role).code
        application.history.append(
            book.happening("initial_skipped", event.marked_at, note, step=step, outcome="skipped")
        )
    _go_on(book, application)


def take_licence(book: Book, event: issuance.LicenceIssued) -> None:
    application = _with_paper(book, event)
    what = "revocation_issued" if event.document.kind == "surat_pencabutan" else "licence_issued"
    path.ends(book, application, "sign", "signed", what, event.signed_at)
    existing.enter(book, application, event)
    _go_on(book, application)


def _with_paper(book: Book, event, what: str | None = None, at: datetime | None = None) -> Application:
    application = store.heard_of(book, event.application_id)
    application.documents.append(event.document)
    if what:
        application.history.append(book.happening(what, at))
    return application


def _go_on(book: Book, application: Application) -> None:
    path.go_on(book, application)
    store.save(book, application)


def take_handover(book: Book, event: issuance.LicenceHandedOver) -> None:
    application = store.heard_of(book, event.application_id)
    application.history.append(book.happening("handed_over", event.handed_over_at, event.noted))
    store.save(book, application)


def take_replicated(book: Book, event: archive.BundleReplicated) -> None:
    application = store.heard_of(book, event.application_id)
    step = application.path.of(ARCHIVE, ARCHIVIST)
    move = {"step": step.code, "outcome": "archived"} if step else {}
    application.history.append(book.happening("archived", event.verified_at, **move))
    store.save(book, application)
