"""Verbs of notification about steps and their limits: whose turn it is, reminders, escalation to those above."""

from datetime import date

from catalogue.office import organisation
from catalogue.officers import Officer
from contracts import intake
from plumbing.messaging.book import Reader
from plumbing.officials import clock_time
from services.notification import store
from services.notification.gateways import Post
from services.notification.model import Contact
from services.notification.telling import Finish, tell
from values.dates import office_date

ABOVE = {1: "bidang_head", 2: "head"}


def tell_step(post: Post, reader: Reader, event: intake.StepTaken) -> Finish:
    """To the applicant, when the service waits for them or is done; otherwise nobody is written to."""
    contact = store.contact(reader, event.application_id)
    if event.finished:
        said = {"application_number": contact.file_number, "step_name": event.step_name}
        return tell(post, contact, event, "layanan_selesai", said)
    if event.next_role == "applicant":
        said = {"application_number": contact.file_number, "step_name": event.next_name}
        return tell(post, contact, event, "menunggu_pemohon", said)
    return lambda book: None


def remind(post: Post, reader: Reader, event: intake.ReminderRaised) -> Finish:
    """To the applicant when the file waits for them, otherwise to an officer whose turn it is."""
    contact = store.contact(reader, event.application_id)
    said = {"application_number": contact.file_number, "step_name": event.step_name, "due": clock_time(event.due_at)}
    if event.role == "applicant":
        return tell(post, contact, event, "pengingat_pemohon", said | {"asked": event.asked})
    officer = _in_charge(event.role, event.bidang, office_date(reader.now))
    return tell(post, _addressed(officer, contact), event, "pengingat", said, to="officer")


def escalate(post: Post, reader: Reader, event: intake.EscalationRaised) -> Finish:
    """To the head of the Bidang when a limit is reached, to the head of the office when it is passed by a day."""
    contact, roles = store.contact(reader, event.application_id), organisation().roles
    officer = _in_charge(ABOVE[event.level], event.bidang, office_date(reader.now))
    said = {
        "application_number": contact.file_number,
        "step_name": event.step_name,
        "holder": roles[event.role].name,
        "due": clock_time(event.due_at),
    }
    return tell(post, _addressed(officer, contact), event, "eskalasi", said, to="officer")


def _in_charge(role: str, bidang: str, on: date) -> Officer:
    """An officer with that role, of the Bidang when it sits there; for the agencies' team the head of the Bidang, who
    called it together."""
    role = "bidang_head" if role == "technical_officer" else role
    found = organisation().officers_with(role, bidang, on=on) or organisation().officers_with(role, on=on)
    return (found or organisation().officers_with("operator", on=on))[0]


def _addressed(officer: Officer, about: Contact) -> Contact:
    address = organisation().mail_address(officer.id)
    return about.model_copy(update={"name": officer.name, "email": address})
