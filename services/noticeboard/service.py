"""Doors of the noticeboard: it is asked nothing by the bus; the portal reads its database."""

from contracts import intake, issuance, retribution, technical_team
from plumbing.messaging.doors import Bus, every, on
from services.noticeboard import actions
from services.noticeboard.store import COLLECTIONS, RECORDS


class Noticeboard:
    name = "noticeboard"
    records = RECORDS
    collections = COLLECTIONS
    bus = Bus()

    def open(self, settings):
        """It needs nothing but its bus and its database."""

    @every(20)
    def heartbeat(self, reader):
        return actions.heartbeat(reader)

    @on(intake.ApplicationMoved)
    def on_application_moved(self, book, event):
        actions.note_move(book, event)

    @on(technical_team.AppointmentBooked)
    def on_appointment_booked(self, book, event):
        actions.note_appointment(book, event)

    @on(retribution.SkrdNumbered)
    def on_skrd_numbered(self, book, event):
        actions.note_numbered_skrd(book, event)

    @on(retribution.SkrdIssued)
    def on_skrd_issued(self, book, event):
        actions.note_skrd(book, event)

    @on(retribution.DemandEnded)
    def on_demand_ended(self, book, event):
        actions.note_end_of_demand(book, event)

    @on(retribution.SupplementIssued)
    def on_supplement_issued(self, book, event):
        actions.note_supplement(book, event)

    @on(retribution.ChangeFiled)
    def on_change_filed(self, book, event):
        actions.note_change(book, event)

    @on(retribution.RefundGranted)
    def on_refund_granted(self, book, event):
        actions.note_refund(book, event)

    @on(retribution.RefundPaid)
    def on_refund_paid(self, book, event):
        actions.note_refund(book, event)

    @on(retribution.ReceiptIssued)
    def on_receipt_issued(self, book, event):
        actions.note_payment(book, event)

    @on(retribution.TaxNoteFiled)
    def on_tax_note_filed(self, book, event):
        actions.note_paper(book, event)

    @on(retribution.AgreementIssued)
    def on_agreement_issued(self, book, event):
        actions.note_paper(book, event)

    @on(retribution.RecapIssued)
    def on_recap_issued(self, book, event):
        actions.note_paper(book, event)

    @on(issuance.LicenceIssued)
    def on_licence_issued(self, book, event):
        actions.note_licence(book, event)

    @on(issuance.LicenceEnded)
    def on_licence_ended(self, book, event):
        actions.note_end(book, event)

    @on(issuance.LicenceSuspended)
    def on_licence_suspended(self, book, event):
        actions.note_suspension(book, event)

    @on(issuance.LicenceReinstated)
    def on_licence_reinstated(self, book, event):
        actions.note_reinstatement(book, event)
