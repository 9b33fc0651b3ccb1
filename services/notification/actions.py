"""Verbs of notification: one per turn of a file. Each composes a letter, sends it, and remembers what became of it."""

from datetime import timedelta

from catalogue.offering import offering
from catalogue.office import organisation
from catalogue.office_calendar import office_holidays
from contracts import archive, intake, issuance, notification, retribution, technical_team
from plumbing.messaging.book import Book, Reader
from plumbing.officials import clock_time, unit_name
from services.notification import store
from services.notification.gateways import Post
from services.notification.model import Contact
from services.notification.telling import Finish, registered, tell
from values.dates import JAKARTA, long_date, office_date
from values.rupiah import format_rupiah
from values.working_days import add_working_days

TASK_WITHIN = timedelta(days=1)
OBJECT_WITHIN = 21  # working days: Pasal 77 of Undang-Undang 30/2014, as the letter says
ACTIVITIES = {"meeting": "rapat pembahasan", "visit": "peninjauan lokasi"}
CONCLUSIONS = {
    "recommended": ("permohonan direkomendasikan untuk dikabulkan.", "permohonan dilanjutkan ke langkah berikutnya."),
    "correction": ("permohonan perlu diperbaiki.", "daftar yang perlu diperbaiki kami kirim tersendiri."),
    "refused": ("permohonan tidak direkomendasikan.", "keputusan dan alasannya kami kirim tersendiri."),
}


def remember_applicant(book: Book, event: intake.ApplicationSubmitted) -> None:
    """How to reach the applicant, for every later letter. A quick door of its own: letters may queue, this does not."""
    kind = offering(event.licence_type, event.edition)
    line = next((line.name for line in kind.lines if line.code == event.sub_kind), None)
    contact = Contact(
        id=event.application_id,
        name=event.applicant.name,
        email=event.applicant.email,
        licence_name=f"{event.licence_name} ({line})" if line else event.licence_name,
    )
    store.save_contact(book, contact)


def remember_registered(book: Book, event: intake.ApplicationRegistered) -> None:
    """Nothing is sent yet: the letter goes out with the resi. What it will say is kept."""
    contact = store.contact(book, event.application_id)
    contact.resi = event.resi
    contact.registered_on = long_date(office_date(event.registered_at))
    contact.promised_on = long_date(event.promised_on)
    store.save_contact(book, contact)


def tell_received(post: Post, reader: Reader, event: intake.PapersInspected) -> Finish:
    """The papers are there and were looked at: a number to ask by, and the day by which they are checked.

    An answer to a request has no letter of its own: the next turn of the file has.
    """
    if event.handed_in == "answer":
        return lambda book: None
    contact, today = store.contact(reader, event.application_id), office_date(reader.now)
    variables = {
        "application_number": contact.file_number,
        "submitted_date": long_date(today),
        "check_by": long_date(today + TASK_WITHIN),
    }
    return tell(post, contact, event, "diterima", variables)


def tell_requests(post: Post, reader: Reader, event: intake.ItemsRequested) -> Finish:
    """Something lacks: each item with what to do about it, and by when."""
    contact = store.contact(reader, event.application_id)
    variables = {
        "application_number": contact.file_number,
        "missing_items": [f"{item.name}: {item.note or 'mohon dilengkapi'}" for item in event.items],
        "answer_by": long_date(event.answer_by),
    }
    return tell(post, contact, event, "kekurangan", variables)


def tell_resi(post: Post, reader: Reader, event: intake.ResiIssued) -> Finish:
    """Complete and registered: the resi, and the promised day."""
    contact = registered(reader, event.application_id)
    variables = {
        "resi_number": contact.resi,
        "registered_date": contact.registered_on,
        "promised_date": contact.promised_on,
    }
    return tell(post, contact, event, "terdaftar", variables, [event.document])


def tell_withdrawn(post: Post, reader: Reader, event: intake.ApplicationWithdrawn) -> Finish:
    """The withdrawal is on record; or the file was closed because what was asked for never came."""
    contact = store.contact(reader, event.application_id)
    if event.lapsed:
        return tell(post, contact, event, "gugur", {"application_number": contact.file_number, "reason": event.reason})
    variables = {"application_number": contact.file_number, "withdrawn_date": long_date(office_date(reader.now))}
    return tell(post, contact, event, "dicabut", variables)


def tell_refused(post: Post, reader: Reader, event: intake.RefusalLetterIssued) -> Finish:
    """Refused: the letter with the reasons, and until when one may object."""
    contact = store.contact(reader, event.application_id)
    today = office_date(reader.now)
    variables = {
        "application_number": contact.file_number,
        "reasons": ["Alasan lengkap tertulis dalam surat terlampir."],
        "letter_number": event.document.number,
        "letter_date": long_date(today),
        "objection_by": long_date(add_working_days(today, OBJECT_WITHIN, office_holidays())),
    }
    return tell(post, contact, event, "ditolak", variables, [event.document])


def invite(post: Post, reader: Reader, event: technical_team.TaskOffered) -> Finish:
    """To the officer of the SKPD, not to the applicant."""
    officer = organisation().officers[event.officer_id]
    contact = Contact(
        id=event.application_id,
        name=officer.name,
        email=organisation().mail_address(officer.id),
        licence_name=event.licence_name,
        resi=event.resi,
    )
    variables = {
        "resi_number": event.resi,
        "skpd_name": unit_name(event.skpd),
        "activity": "pemeriksaan teknis",
        "answer_by": clock_time(reader.now + TASK_WITHIN),
    }
    return tell(post, contact, event, "undangan_tim", variables, to="officer")


def tell_appointment(post: Post, reader: Reader, event: technical_team.AppointmentBooked) -> Finish:
    """When and where the team meets, or that it was moved."""
    contact = registered(reader, event.application_id)
    local = event.starts_at.astimezone(JAKARTA)
    variables = {
        "resi_number": contact.resi,
        "activity": ACTIVITIES[event.kind],
        "appointment_date": long_date(local.date()),
        "appointment_time": f"{local:%H.%M} WIB",
        "appointment_place": event.place,
    }
    if event.moved:
        variables |= {
            "former_appointment": clock_time(event.formerly_at),
            "reason": "perubahan jadwal tim",
        }
    return tell(post, contact, event, "jadwal_ulang" if event.moved else "jadwal", variables)


def tell_berita_acara(post: Post, reader: Reader, event: technical_team.BeritaAcaraFiled) -> Finish:
    """What the technical team found, and what comes next."""
    contact = registered(reader, event.application_id)
    conclusion, next_step = CONCLUSIONS[event.outcome]
    variables = {
        "resi_number": contact.resi,
        "berita_acara_number": event.document.number,
        "berita_acara_date": long_date(office_date(event.verified_at)),
        "conclusion": conclusion,
        "next_step": next_step,
    }
    return tell(post, contact, event, "berita_acara", variables)


def tell_skrd(post: Post, reader: Reader, event: retribution.SkrdIssued) -> Finish:
    """What is to be paid, by when, under which code."""
    contact = registered(reader, event.application_id)
    variables = {
        "resi_number": contact.resi,
        "skrd_number": event.document.number,
        "amount": format_rupiah(event.amount),
        "payment_code": event.payment_code,
        "due_date": long_date(event.due_on),
        "covers": ", ".join(event.covers),
    }
    return tell(post, contact, event, "skrd", variables, [event.document])


def tell_paid(post: Post, reader: Reader, event: retribution.ReceiptIssued) -> Finish:
    """The money came in."""
    contact = registered(reader, event.application_id)
    variables = {
        "resi_number": contact.resi,
        "skrd_number": event.skrd_number,
        "amount": format_rupiah(event.amount),
        "interest": format_rupiah(event.interest),
        "interest_left": format_rupiah(event.interest_left),
        "paid_at": clock_time(event.paid_at),
    }
    return tell(post, contact, event, "lunas", variables, [event.document])


def tell_issued(post: Post, reader: Reader, event: issuance.LicenceIssued) -> Finish:
    """The licence, or the decision that revokes one, is there: where to collect it, and how to check it."""
    contact = registered(reader, event.application_id)
    revoked = event.document.kind == "surat_pencabutan"
    variables = {
        "resi_number": contact.resi,
        "decision_number" if revoked else "licence_number": event.document.number,
        "issued_date": long_date(office_date(event.signed_at)),
        "collect_at": "loket pengambilan",
        "collect_hours": "hari kerja pukul 08.00–15.00 WIB",
        "verification_code": event.verification_code,
    }
    return tell(post, contact, event, "pencabutan_terbit" if revoked else "terbit", variables)


def tell_handed_over(post: Post, reader: Reader, event: issuance.LicenceHandedOver) -> Finish:
    """The licence was handed over, said to the holder so that a stranger cannot do it unseen."""
    contact = registered(reader, event.application_id)
    variables = {
        "resi_number": contact.resi,
        "licence_number": event.number,
        "handed_over_at": clock_time(event.handed_over_at),
    }
    return tell(post, contact, event, "diserahkan", variables)


def tell_archived(post: Post, reader: Reader, event: archive.BundleReplicated) -> Finish:
    """The file is safe on both sites."""
    contact = store.contact(reader, event.application_id)
    variables = {"resi_number": contact.file_number, "archived_date": long_date(office_date(event.verified_at))}
    return tell(post, contact, event, "diarsipkan", variables)


def deliveries_of(reader: Reader, question: notification.DeliveriesOf) -> list[dict]:
    return store.deliveries_of(reader, question.application_id)
