"""Taking a complete file in: its resi, and the day that is promised."""

from datetime import datetime

from catalogue.office_calendar import office_holidays, office_hours
from contracts import intake
from plumbing.messaging.book import Book
from plumbing.numbering import allocate
from services.intake import store
from services.intake.clock import pauses_of
from services.intake.model import Application
from values.clock import due_at
from values.dates import office_date
from values.resi import Resi
from values.working_days import add_working_days


def register(book: Book, application: Application, moment: datetime) -> None:
    """The resi, the day by which the standard holds the office to it, and the promised day: later than that when the
    queue ahead is longer. What is entered later from paper was promised its standard on the day it came."""
    kind, day = application.kind, office_date(moment)
    application.resi = Resi.format(allocate(book, f"resi/{day.year}", application.id), day.year)
    store.remember_resi(book, application.resi, application.id)
    application.history.append(book.happening("registered", moment))
    standard = office_date(due_at(kind.allowed, moment, moment, pauses_of(application), office_hours()))
    work, days = store.workload(book, application.bidang), None
    if day == office_date(book.now):
        days = work.days_ahead(day, office_holidays())
    expected = standard if days is None else add_working_days(day, days, office_holidays())
    application.standard_on, application.promised_on = standard, max(standard, expected)
    book.say(
        intake.ApplicationRegistered(
            application_id=application.id,
            resi=application.resi,
            registered_at=moment,
            promised_on=application.promised_on,
            standard_on=standard,
            queue_ahead=work.in_hand,
            licence_type=kind.code,
            licence_name=kind.name,
        )
    )
    if not kind.by_hand and kind.tax is not None:
        book.say(_tax_note_due(application, moment))


def _tax_note_due(application: Application, since: datetime) -> intake.TaxNoteDue:
    kind, applicant = application.kind, application.applicant
    return intake.TaxNoteDue(
        application_id=application.id,
        resi=application.resi,
        licence_type=kind.code,
        edition=kind.edition,
        licence_name=kind.name,
        bidang=kind.bidang,
        payer=intake.TaxNoteDue.Payer(name=applicant.name, address=applicant.address, npwp=applicant.npwp),
        place=application.place,
        since=since,
    )
