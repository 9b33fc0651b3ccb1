"""Verbs of intake: what is done when somebody asks."""

from datetime import datetime

from catalogue.desks import may_see
from catalogue.editions import edition_on
from catalogue.offering import offering
from catalogue.office import organisation
from catalogue.path import WITHDRAWN
from contracts import intake
from contracts.people import Actor
from plumbing.messaging.book import Book, Reader
from services.intake import existing, links, path, store
from services.intake.clock import clock_of
from services.intake.items import Item, items_of
from services.intake.model import Application
from services.intake.registering import register
from values.dates import JAKARTA, office_date
from values.happening import acting_moment
from values.refusal import Refusal
from values.resi import Resi

KNOW_THE_APPLICANT = (
    "applicant",
    "counter",
    "setda_counter",
    "bidang_officer",
    "bidang_head",
    "administration_officer",
)
SHORTEST_REASON = 10  # letters
OFFICE_OPENED = datetime(2009, 2, 10, tzinfo=JAKARTA)  # 503/Kep.17-BPPT/II/2009; no paper of ours is older


def submit(book: Book, order: intake.SubmitApplication) -> dict:
    """Take a file in. What is asked of it follows from the type's edition of today and stays so."""
    if store.find(book, order.application_id):
        raise Refusal("already_submitted", "Permohonan dengan id ini sudah ada.", field="application_id")
    moment = acting_moment(order.acted_at, book.now, OFFICE_OPENED)
    kind = offering(order.licence_type, edition_on(office_date(moment)).code)
    if not kind.open_on(office_date(moment)):
        raise Refusal(
            "type_not_open",
            f"{kind.name} tidak dilayani pada tanggal tersebut.",
            field="licence_type",
            remedy="Pilih jenis izin lain atau tanyakan ke loket informasi.",
        )
    asked = existing.read(book, order, kind, office_date(moment))
    application = Application(
        id=order.application_id,
        licence_type=kind.code,
        edition=kind.edition,
        sub_kind=asked.sub_kind,
        transaction=asked.transaction.code,
        licence_number=order.licence_number,
        earlier=asked.licence and asked.licence.application_id,
        channel=order.channel,
        account=book.actor.id if book.actor.role == "applicant" else None,
        applicant=order.applicant,
        place=order.place,
        quantities=asked.quantities,
        items=items_of(kind, asked.sub_kind, asked.transaction.code, order.attachments),
        history=[book.happening("submitted", moment)],
    )
    if order.parent is not None:
        links.attach(book, application, order.parent)
    existing.take_up(book, asked.licence, application)
    links.stand_with_parent(book, application)
    store.save(book, application)
    book.say(
        intake.ApplicationSubmitted(
            application_id=application.id,
            licence_type=kind.code,
            edition=kind.edition,
            licence_name=kind.name,
            sub_kind=asked.sub_kind,
            transaction=asked.transaction.code,
            applicant=order.applicant,
            attachments=order.attachments,
        )
    )
    in_register = None if order.licence_number is None else asked.licence is not None
    return {"application_id": application.id, "licence_in_register": in_register}


def check_completeness(book: Book, order: intake.CheckCompleteness) -> dict:
    """Tick item by item. Complete: resi and promised date. Otherwise the applicant is asked for what lacks."""
    application = store.asked_for(book, order.application_id)
    moment = acting_moment(order.acted_at, book.now, application.history)
    _require_completeness(application)
    for finding in order.findings:
        _tick(book, application, finding, moment)
    lacking = [item for item in application.items if item.state in ("missing", "wrong")]
    unticked = [item for item in application.items if item.state in ("expected", "answered")]
    if not lacking and not unticked:
        return _register(book, application, moment)
    if lacking and not unticked:
        path.send_back(book, application, lacking, moment, "completeness", book.actor.role)
    else:
        application.history.append(book.happening("items_ticked", moment))
    store.save(book, application)
    return {"resi": None, "lacking": [i.requirement for i in lacking], "unticked": [i.requirement for i in unticked]}


def _tick(book: Book, application: Application, finding: intake.Finding, moment: datetime) -> None:
    item = item_of(application, finding.requirement)
    if finding.verdict == "complete":
        if item.document is None:
            reason, remedy = "belum ada dokumennya", "Pindai dan lampirkan dahulu, atau tandai sebagai belum ada."
            raise Refusal("no_document", f"{item.name}: {reason}.", field=item.requirement, remedy=remedy)
        if not item.inspected:
            reason = "dokumennya masih diperiksa sistem"
            remedy = "Tunggu sebentar lalu ulangi."
            raise Refusal("not_yet_inspected", f"{item.name}: {reason}.", field=item.requirement, remedy=remedy)
        if item.unreadable:
            remedy = "Tandai sebagai salah supaya pemohon diminta menggantinya."
            raise Refusal("unreadable", f"{item.name}: {item.unreadable}.", field=item.requirement, remedy=remedy)
        item.settle("accepted", moment)
    if finding.verdict == "not_applicable":
        if len(finding.note) < SHORTEST_REASON:
            reason, remedy = "belum ditulis mengapa tidak berlaku", "Tulis alasannya, paling sedikit sepuluh huruf."
            raise Refusal("no_reason", f"{item.name}: {reason}.", field=item.requirement, remedy=remedy)
        application.history.append(book.happening("not_applicable", moment, f"{item.name}: {finding.note}"))
        item.settle("withdrawn", moment, finding.note)
    item.state, item.note = finding.verdict, finding.note


def _register(book: Book, application: Application, moment: datetime) -> dict:
    path.ends(book, application, "check_completeness", "complete", "complete", moment)
    register(book, application, moment)
    path.go_on(book, application)
    store.save(book, application)
    promised = application.promised_on.isoformat()
    return {"resi": application.resi, "promised_on": promised, "lacking": [], "unticked": []}


def withdraw(book: Book, order: intake.WithdrawApplication) -> dict:
    """The applicant takes the file back; the rooms that work on it let go, and what there is goes to the archive."""
    application = store.asked_for(book, order.application_id)
    require_owner(application, book.actor)
    moment = acting_moment(order.acted_at, book.now, application.history)
    require_open(application)
    application.history.append(book.happening("withdrawn", moment, order.reason, outcome=WITHDRAWN))
    book.say(intake.ApplicationWithdrawn(application_id=application.id, reason=order.reason))
    path.go_on(book, application)
    store.save(book, application)
    return {"status": "withdrawn"}


def refuse(book: Book, order: intake.RefuseApplication) -> dict:
    """The head of the Bidang of the type refuses; a letter with the reason and the ways to object follows."""
    application = store.asked_for(book, order.application_id)
    kind = application.kind
    if book.actor.unit != kind.bidang:
        raise Refusal("wrong_bidang", f"Permohonan ini ditangani Bidang {kind.bidang}.", field="application_id")
    moment = acting_moment(order.acted_at, book.now, application.history)
    require_open(application)
    path.refuse(book, application, moment, order.reason, book.actor.id)
    path.go_on(book, application)
    store.save(book, application)
    return {"status": "refused"}


def find(reader: Reader, question: intake.FindApplication, actor: Actor) -> dict:
    """Where is my file? Applicants see their own; officers see what concerns the work."""
    if bool(question.resi) == bool(question.application_id):
        raise Refusal("one_key", "Sebutkan nomor resi atau id permohonan, salah satu.", field="resi")
    id = question.application_id or store.application_of_resi(reader, str(Resi.parse(question.resi)))
    application = store.asked_for(reader, id)
    require_owner(application, actor)
    _require_business(application, actor)
    state = application.standing
    whose = application.applicant.model_dump(mode="json") if _knows_the_applicant(application, actor.role) else None
    unshown = None if actor.role == "operator" else {"address"}
    return {
        "application_id": application.id,
        "licence_type": application.licence_type,
        "edition": application.edition,
        "sub_kind": application.sub_kind,
        "resi": application.resi,
        "promised_on": application.promised_on and application.promised_on.isoformat(),
        "standing": state.model_dump(mode="json"),
        "clock": clock_of(application, reader.now),
        "applicant": whose,
        "place": application.place.model_dump(mode="json"),
        "transaction": application.transaction,
        "licence_number": application.licence_number,
        "parent": application.parent,
        "children": application.children,
        "quantities": application.quantities,
        "items": [i.model_dump(mode="json", exclude={"kind"}) for i in application.items],
        "documents": [d.model_dump(mode="json") for d in application.documents],
        "history": [h.model_dump(mode="json", exclude=unshown) for h in application.history],
    }


# --- what must hold --------------------------------------------------------------------------------------------------


def _require_completeness(application: Application) -> None:
    step, state = application.step, application.standing
    require_going(application)
    if application.kind.by_hand:
        reason = "Layanan ini dikerjakan langkah demi langkah."
        raise Refusal("by_hand", reason, field="application_id", remedy="Catat hasil langkahnya.")
    if step is None or step.act != "check_completeness":
        reason = f"Berkas sedang berada di: {state.holder} ({step.name if step else state.status})."
        raise Refusal("wrong_state", reason, field="application_id", remedy="Muat ulang berkas dan lihat langkahnya.")


def require_going(application: Application) -> None:
    """Nothing is done to a file that stands still."""
    if held := application.standing.hold:
        remedy = "Tunggu sampai berkas dilanjutkan; alasannya tercatat pada berkas."
        raise Refusal(
            "suspended", f"Berkas sedang ditangguhkan: {held.note.rstrip('.')}.", field="application_id", remedy=remedy
        )


def item_of(application: Application, requirement: str) -> Item:
    """The item of that requirement; `Refusal(unknown_requirement)` names those there are."""
    item = application.item(requirement)
    if item is None:
        known = ", ".join(i.requirement for i in application.items)
        remedy = f"Yang diminta: {known}."
        raise Refusal(
            "unknown_requirement", f"Persyaratan {requirement} tidak dikenal.", field="requirement", remedy=remedy
        )
    return item


def require_open(application: Application) -> None:
    """Whether anything may still be asked of the file."""
    if outcome := application.standing.outcome:
        raise Refusal("already_closed", f"Berkas sudah ditutup ({outcome}).", field="application_id")


def _knows_the_applicant(application: Application, role: str) -> bool:
    """Who serves them; in a service everybody on its path does."""
    return role in KNOW_THE_APPLICANT or (application.kind.by_hand and role in application.kind.path.roles)


def _require_business(application: Application, actor: Actor) -> None:
    """An officer looks into the files that are their work; the seat of an unnamed unit is their own."""
    unit = actor.unit or getattr(organisation().officers.get(actor.id), "unit", None)
    if actor.role != "applicant" and not may_see(application.kind, actor.role, unit):
        remedy = "Mintalah keterangan kepada unit yang menangani berkas ini."
        raise Refusal("not_your_file", "Berkas ini bukan urusan jabatan Anda.", field="application_id", remedy=remedy)


def require_owner(application: Application, actor: Actor) -> None:
    """An applicant acts on their own file only."""
    if actor.role == "applicant" and actor.id != application.account:
        raise Refusal("not_yours", "Permohonan ini bukan milik akun Anda.", field="application_id")
