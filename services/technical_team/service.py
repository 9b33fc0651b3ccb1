"""Doors of the technical team."""

from contracts import intake, technical_team
from plumbing.messaging.doors import Bus, command, on, query
from plumbing.papers import Papers
from services.technical_team import actions, printing
from services.technical_team.store import COLLECTIONS, RECORDS


class TechnicalTeam:
    name = "technical_team"
    records = RECORDS
    collections = COLLECTIONS
    bus = Bus()

    def open(self, settings):
        self.papers = Papers(settings)

    # --- asked by people ---------------------------------------------------------------------------------------------

    @command(technical_team.AcceptTask, roles=("technical_officer",))
    def accept_task(self, book, order):
        return actions.accept(book, order)

    @command(technical_team.DeclineTask, roles=("technical_officer",))
    def decline_task(self, book, order):
        return actions.decline(book, order)

    @command(technical_team.BookAppointment, roles=("bidang_officer", "bidang_head"))
    def book_appointment(self, book, order):
        return actions.book_appointment(book, order)

    @command(technical_team.RecordFindings, roles=("technical_officer",))
    def record_findings(self, book, order):
        return actions.record_findings(book, order)

    @command(technical_team.SignBeritaAcara, roles=("technical_officer",), confirmed=True)
    def sign_berita_acara(self, book, order):
        return actions.sign(book, order)

    @command(technical_team.VerifyBeritaAcara, roles=("bidang_head",))
    def verify_berita_acara(self, book, order):
        return actions.verify(book, order)

    @query(technical_team.FindCase, roles=("technical_officer", "bidang_officer", "bidang_head", "operator"))
    def find_case(self, reader, question, actor):
        return actions.find(reader, question, actor)

    @query(technical_team.TasksOf, roles=("technical_officer",))
    def tasks_of(self, reader, question, actor):
        return actions.tasks_of(reader, actor)

    # --- heard -------------------------------------------------------------------------------------------------------

    @on(intake.VerificationDue)
    def on_verification_due(self, book, event):
        actions.open_case(book, event)

    @on(intake.ApplicationWithdrawn)
    def on_application_withdrawn(self, book, event):
        actions.close(book, event.application_id, "withdrawn")

    @on(intake.ApplicationRefused)
    def on_application_refused(self, book, event):
        actions.close(book, event.application_id, "refused")

    @on(technical_team.BeritaAcaraVerified, slow=True)
    def on_berita_acara_verified(self, reader, event):
        return printing.print_berita_acara(self.papers, reader, event)
