"""Doors of notification: every turn of a file, told to whom it concerns."""

from contracts import archive, intake, issuance, notification, retribution, technical_team
from plumbing.messaging.doors import Bus, on, query
from services.notification import actions, arrears, demands, halted, limits
from services.notification.gateways import Post
from services.notification.store import COLLECTIONS, RECORDS


class Notification:
    name = "notification"
    records = RECORDS
    collections = COLLECTIONS
    bus = Bus()

    def open(self, settings):
        self.post = Post(settings)

    @query(notification.DeliveriesOf, roles=("counter", "operator"))
    def deliveries_of(self, reader, question, actor):
        return actions.deliveries_of(reader, question)

    @on(intake.ApplicationSubmitted)
    def on_application_submitted(self, book, event):
        actions.remember_applicant(book, event)

    @on(intake.PapersInspected, slow=True)
    def on_papers_inspected(self, reader, event):
        return actions.tell_received(self.post, reader, event)

    @on(intake.ItemsRequested, slow=True)
    def on_items_requested(self, reader, event):
        return actions.tell_requests(self.post, reader, event)

    @on(intake.ApplicationRegistered)
    def on_application_registered(self, book, event):
        actions.remember_registered(book, event)

    @on(intake.ResiIssued, slow=True)
    def on_resi_issued(self, reader, event):
        return actions.tell_resi(self.post, reader, event)

    @on(intake.ApplicationWithdrawn, slow=True)
    def on_application_withdrawn(self, reader, event):
        return actions.tell_withdrawn(self.post, reader, event)

    @on(intake.StepTaken, slow=True)
    def on_step_taken(self, reader, event):
        return limits.tell_step(self.post, reader, event)

    @on(intake.RequestWithdrawn, slow=True)
    def on_request_withdrawn(self, reader, event):
        return halted.tell_request_withdrawn(self.post, reader, event)

    @on(intake.ApplicationSuspended, slow=True)
    def on_application_suspended(self, reader, event):
        return halted.tell_suspended(self.post, reader, event)

    @on(intake.ApplicationRevived, slow=True)
    def on_application_revived(self, reader, event):
        return halted.tell_revived(self.post, reader, event)

    @on(intake.ReminderRaised, slow=True)
    def on_reminder_raised(self, reader, event):
        return limits.remind(self.post, reader, event)

    @on(intake.EscalationRaised, slow=True)
    def on_escalation_raised(self, reader, event):
        return limits.escalate(self.post, reader, event)

    @on(intake.RefusalLetterIssued, slow=True)
    def on_refusal_letter_issued(self, reader, event):
        return actions.tell_refused(self.post, reader, event)

    @on(technical_team.TaskOffered, slow=True)
    def on_task_offered(self, reader, event):
        return actions.invite(self.post, reader, event)

    @on(technical_team.AppointmentBooked, slow=True)
    def on_appointment_booked(self, reader, event):
        return actions.tell_appointment(self.post, reader, event)

    @on(technical_team.BeritaAcaraFiled, slow=True)
    def on_berita_acara_filed(self, reader, event):
        return actions.tell_berita_acara(self.post, reader, event)

    @on(retribution.SkrdIssued, slow=True)
    def on_skrd_issued(self, reader, event):
        return actions.tell_skrd(self.post, reader, event)

    @on(retribution.SupplementIssued, slow=True)
    def on_supplement_issued(self, reader, event):
        return demands.tell_supplement(self.post, reader, event)

    @on(retribution.ChangeProposed, slow=True)
    def on_change_proposed(self, reader, event):
        return demands.tell_change_proposed(self.post, reader, event)

    @on(retribution.ChangeFiled, slow=True)
    def on_change_filed(self, reader, event):
        return demands.tell_change(self.post, reader, event)

    @on(retribution.RefundGranted, slow=True)
    def on_refund_granted(self, reader, event):
        return demands.tell_refund_granted(self.post, reader, event)

    @on(retribution.RefundPaid, slow=True)
    def on_refund_paid(self, reader, event):
        return demands.tell_refund_paid(self.post, reader, event)

    @on(retribution.ReceiptIssued, slow=True)
    def on_receipt_issued(self, reader, event):
        return actions.tell_paid(self.post, reader, event)

    @on(retribution.FurtherReceiptIssued, slow=True)
    def on_further_receipt_issued(self, reader, event):
        return arrears.tell_further_paid(self.post, reader, event)

    @on(retribution.TeguranRaised, slow=True)
    def on_teguran_raised(self, reader, event):
        return arrears.tell_teguran(self.post, reader, event)

    @on(retribution.StrdIssued, slow=True)
    def on_strd_issued(self, reader, event):
        return arrears.tell_strd(self.post, reader, event)

    @on(retribution.TaxNoteFiled, slow=True)
    def on_tax_note_filed(self, reader, event):
        return arrears.tell_tax_note(self.post, reader, event)

    @on(issuance.LicenceIssued, slow=True)
    def on_licence_issued(self, reader, event):
        return actions.tell_issued(self.post, reader, event)

    @on(issuance.LicenceSuspended, slow=True)
    def on_licence_suspended(self, reader, event):
        return halted.tell_licence_suspended(self.post, reader, event)

    @on(issuance.LicenceReinstated, slow=True)
    def on_licence_reinstated(self, reader, event):
        return halted.tell_licence_reinstated(self.post, reader, event)

    @on(issuance.LicenceHandedOver, slow=True)
    def on_licence_handed_over(self, reader, event):
        return actions.tell_handed_over(self.post, reader, event)

    @on(archive.BundleReplicated, slow=True)
    def on_bundle_replicated(self, reader, event):
        return actions.tell_archived(self.post, reader, event)
