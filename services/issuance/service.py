"""Doors of issuance."""

from contracts import intake, issuance
from plumbing.messaging.doors import Bus, command, on, query
from plumbing.papers import Papers
from services.issuance import actions, printing, register, searching, showing
from services.issuance.store import COLLECTIONS, RECORDS

BIDANG = ("bidang_officer", "bidang_head")
REGISTER = ("counter", *BIDANG, "administration_officer", "administration_head", "tata_usaha_head", "head", "archivist")
ASKERS = ("applicant", "counter", *BIDANG, "administration_head", "head", "operator")


class Issuance:
    name = "issuance"
    records = RECORDS
    collections = COLLECTIONS
    bus = Bus()

    def open(self, settings):
        self.papers = Papers(settings)

    # --- asked by people ---------------------------------------------------------------------------------------------

    @command(issuance.InitialDraft, roles=("bidang_head", "administration_head", "tata_usaha_head"))
    def initial_draft(self, book, order):
        return actions.initial(book, order)

    @command(issuance.MarkDraft, roles=("bidang_head", "administration_head", "tata_usaha_head", "head"))
    def mark_draft(self, book, order):
        return actions.mark(book, order)

    @command(issuance.SignLicence, roles=("head", "camat"), confirmed=True)
    def sign_licence(self, book, order):
        return actions.sign(book, order)

    @command(issuance.HandOverLicence, roles=("counter",))
    def hand_over_licence(self, book, order):
        return actions.hand_over(book, order)

    @command(issuance.SuspendLicence, roles=("bidang_head",))
    def suspend_licence(self, book, order):
        return register.suspend(book, order)

    @command(issuance.ReinstateLicence, roles=("bidang_head",))
    def reinstate_licence(self, book, order):
        return register.reinstate(book, order)

    @query(issuance.FindLicence, roles=ASKERS)
    def find_licence(self, reader, question, actor):
        return actions.find(reader, question, actor)

    @query(issuance.SearchLicences, roles=REGISTER)
    def search_licences(self, reader, question, actor):
        return searching.search(reader, question, actor)

    @query(issuance.ShowDraft, roles=("bidang_head", "administration_head", "tata_usaha_head", "head", "camat"))
    def show_draft(self, reader, question, actor):
        return showing.show(self.papers, reader, question, actor)

    # --- heard -------------------------------------------------------------------------------------------------------

    @on(intake.IssuanceDue)
    def on_issuance_due(self, book, event):
        actions.open_draft(book, event)

    @on(intake.ApplicationWithdrawn)
    def on_application_withdrawn(self, book, event):
        actions.close(book, event.application_id, "withdrawn")

    @on(intake.ApplicationRefused)
    def on_application_refused(self, book, event):
        actions.close(book, event.application_id, "refused")

    @on(intake.ApplicationSuspended)
    def on_application_suspended(self, book, event):
        register.halt(book, event, True)

    @on(intake.ApplicationRevived)
    def on_application_revived(self, book, event):
        register.halt(book, event, False)

    @on(issuance.LicenceSigned, slow=True)
    def on_licence_signed(self, reader, event):
        return printing.print_licence(self.papers, reader, event)
