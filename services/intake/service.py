"""Doors of intake."""

from catalogue.standards_book import roles_in_services
from contracts import archive, intake, issuance, retribution, technical_team
from plumbing.messaging.doors import Bus, command, every, on, query
from plumbing.papers import Papers
from services.intake import actions, bells, existing, halting, heard, printing, requests, steps
from services.intake.store import COLLECTIONS, RECORDS

ANYONE_INSIDE = (
    "counter", "bidang_officer", "bidang_head", "technical_officer", "administration_officer", "administration_head",
    "tata_usaha_head", "head", "treasurer", "archivist", "operator",
)  # fmt: skip

# A counter enters the turns of an applicant who came on paper.
TAKERS = tuple(dict.fromkeys(("applicant", "counter", *roles_in_services())))

ASKERS = tuple(dict.fromkeys(("counter", "bidang_head", *roles_in_services())))


class Intake:
    name = "intake"
    records = RECORDS
    collections = COLLECTIONS
    bus = Bus()

    def open(self, settings):
        self.papers = Papers(settings)

    # --- asked by people ---------------------------------------------------------------------------------------------

    @command(intake.SubmitApplication, roles=("applicant", "counter", "setda_counter"))
    def submit_application(self, book, order):
        return actions.submit(book, order)

    @command(intake.CheckCompleteness, roles=("counter",))
    def check_completeness(self, book, order):
        return actions.check_completeness(book, order)

    @command(intake.AnswerItem, roles=("applicant", "counter", "setda_counter"))
    def answer_item(self, book, order):
        return requests.answer(book, order)

    @command(intake.WithdrawRequest, roles=ASKERS)
    def withdraw_request(self, book, order):
        return requests.withdraw(book, order)

    @command(intake.LinkApplication, roles=("applicant", "counter"))
    def link_application(self, book, order):
        return halting.link(book, order)

    @command(intake.SuspendApplication, roles=("bidang_head",))
    def suspend_application(self, book, order):
        return halting.suspend(book, order)

    @command(intake.ReviveApplication, roles=("bidang_head",))
    def revive_application(self, book, order):
        return halting.revive(book, order)

    @command(intake.WithdrawApplication, roles=("applicant", "counter", "setda_counter"))
    def withdraw_application(self, book, order):
        return actions.withdraw(book, order)

    @command(intake.RefuseApplication, roles=("bidang_head",))
    def refuse_application(self, book, order):
        return actions.refuse(book, order)

    @command(intake.TakeStep, roles=TAKERS)
    def take_step(self, book, order):
        return steps.take(book, order)

    @query(intake.FindApplication, roles=tuple(dict.fromkeys(("applicant", *ANYONE_INSIDE, *TAKERS))))
    def find_application(self, reader, question, actor):
        return actions.find(reader, question, actor)

    # --- by the clock ------------------------------------------------------------------------------------------------

    @every(15)
    def ring_bells(self, reader):
        return bells.due(reader)

    @every(60)
    def plan_bells_anew(self, reader):
        return bells.outdated(reader)

    # --- heard -------------------------------------------------------------------------------------------------------

    @on(intake.ApplicationSubmitted, slow=True)
    def on_application_submitted(self, reader, event):
        return printing.inspect_attachments(self.papers, event)

    @on(intake.ItemAnswered, slow=True)
    def on_item_answered(self, reader, event):
        return printing.inspect_answer(self.papers, event)

    @on(intake.ItemsRequested, slow=True)
    def on_items_requested(self, reader, event):
        return printing.print_list_of_requests(self.papers, reader, event)

    @on(intake.ApplicationRegistered, slow=True)
    def on_application_registered(self, reader, event):
        return printing.print_resi(self.papers, reader, event)

    @on(intake.ApplicationRefused, slow=True)
    def on_application_refused(self, reader, event):
        return printing.print_refusal_letter(self.papers, reader, event)

    @on(technical_team.BeritaAcaraFiled)
    def on_berita_acara_filed(self, book, event):
        heard.take_berita_acara(book, event)

    @on(technical_team.AddendumFiled)
    def on_addendum_filed(self, book, event):
        heard.take_addendum(book, event)

    @on(retribution.NotaPerhitunganFiled)
    def on_nota_perhitungan_filed(self, book, event):
        heard.take_nota(book, event)

    @on(retribution.SkrdIssued)
    def on_skrd_issued(self, book, event):
        heard.take_skrd(book, event)

    @on(retribution.ReceiptIssued)
    def on_receipt_issued(self, book, event):
        heard.take_receipt(book, event)

    @on(retribution.SupplementIssued)
    def on_supplement_issued(self, book, event):
        heard.take_supplement(book, event)

    @on(retribution.TeguranFiled)
    def on_teguran_filed(self, book, event):
        heard.take_claim(book, event)

    @on(retribution.StrdIssued)
    def on_strd_issued(self, book, event):
        heard.take_claim(book, event)

    @on(retribution.FurtherReceiptIssued)
    def on_further_receipt_issued(self, book, event):
        heard.take_further_receipt(book, event)

    @on(retribution.TaxNoteFiled)
    def on_tax_note_filed(self, book, event):
        heard.take_tax_note(book, event)

    @on(retribution.ChangeFiled)
    def on_change_filed(self, book, event):
        heard.take_change(book, event)

    @on(retribution.RefundGranted)
    def on_refund_granted(self, book, event):
        heard.take_refund(book, event)

    @on(issuance.LicenceInitialled)
    def on_licence_initialled(self, book, event):
        heard.take_initial(book, event)

    @on(issuance.InitialsSkipped)
    def on_initials_skipped(self, book, event):
        heard.take_skipped(book, event)

    @on(issuance.LicenceIssued)
    def on_licence_issued(self, book, event):
        heard.take_licence(book, event)

    @on(issuance.LicenceEnded)
    def on_licence_ended(self, book, event):
        existing.ended(book, event)

    @on(issuance.LicenceHandedOver)
    def on_licence_handed_over(self, book, event):
        heard.take_handover(book, event)

    @on(archive.BundleReplicated)
    def on_bundle_replicated(self, book, event):
        heard.take_replicated(book, event)
