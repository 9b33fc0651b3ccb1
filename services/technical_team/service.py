"""Doors of the technical team."""

from contracts import intake, technical_team
from plumbing.messaging.doors import Bus, command, every, on, query
from plumbing.papers import Papers
from services.technical_team import actions, handing, printing, visiting, worklist
from services.technical_team.store import COLLECTIONS, RECORDS

LOOKERS = ("technical_officer", "bidang_officer", "bidang_head", "operator")


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

    @command(technical_team.HandTask, roles=("bidang_officer", "bidang_head"))
    def hand_task(self, book, order):
        return handing.hand(book, order)

    @command(technical_team.BookAppointment, roles=("bidang_officer", "bidang_head"))
    def book_appointment(self, book, order):
        return actions.book_appointment(book, order)

    @command(technical_team.ProposeSlot, roles=("technical_officer",))
    def propose_slot(self, book, order):
        return visiting.propose_slot(book, order)

    @command(technical_team.AttachPhoto, roles=("technical_officer",))
    def attach_photo(self, book, order):
        return visiting.attach_photo(book, order)

    @command(technical_team.RemovePhoto, roles=("technical_officer",))
    def remove_photo(self, book, order):
        return visiting.remove_photo(book, order)

    @command(technical_team.RecordFindings, roles=("technical_officer",))
    def record_findings(self, book, order):
        return visiting.record_findings(book, order)

    @command(technical_team.SignBeritaAcara, roles=("technical_officer",), confirmed=True)
    def sign_berita_acara(self, book, order):
        return visiting.sign(book, order)

    @command(technical_team.AddAddendum, roles=("technical_officer",), confirmed=True)
    def add_addendum(self, book, order):
        return visiting.add_addendum(book, order)

    @command(technical_team.VerifyBeritaAcara, roles=("bidang_head",))
    def verify_berita_acara(self, book, order):
        return actions.verify(book, order)

    @query(technical_team.FindCase, roles=LOOKERS)
    def find_case(self, reader, question, actor):
        return worklist.find(reader, question, actor)

    @query(technical_team.TasksOf, roles=("technical_officer",))
    def tasks_of(self, reader, question, actor):
        return worklist.tasks_of(reader, actor)

    @query(technical_team.WorkOf, roles=("bidang_officer", "bidang_head"))
    def work_of(self, reader, question, actor):
        return worklist.work_of(reader, question, actor)

    @query(technical_team.CalendarOf, roles=("technical_officer", "bidang_officer", "bidang_head"))
    def calendar_of(self, reader, question, actor):
        return worklist.calendar_of(reader, question, actor)

    @query(technical_team.ReadBeritaAcara, roles=LOOKERS)
    def read_berita_acara(self, reader, question, actor):
        return printing.read(self.papers, reader, question, actor)

    # --- by the clock ------------------------------------------------------------------------------------------------

    @every(300)
    def plan_older_cases(self, reader):
        return worklist.unplanned(reader)

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

    @on(technical_team.AddendumSigned, slow=True)
    def on_addendum_signed(self, reader, event):
        return printing.print_addendum(self.papers, reader, event)
