"""Doors of retribution."""

from contracts import intake, retribution
from plumbing.messaging.doors import Bus, command, every, on, query
from plumbing.papers import Papers
from services.retribution import (
    actions,
    agreeing,
    agreement_printing,
    balancing,
    bank,
    cash,
    changes_printing,
    changing,
    claim_printing,
    claims,
    correcting,
    payment,
    printing,
    proving,
    rates,
    recap_printing,
    recap_signing,
    recaps,
    receipts,
    reconciling,
    statements,
    tax,
    tax_printing,
    worklist,
)
from services.retribution.money_doors import MoneyDoors
from services.retribution.store import COLLECTIONS, RECORDS

BIDANG = ("bidang_officer", "bidang_head")
FINANCE = (  # who may see all sums
    *("treasurer", "administration_officer", "administration_head", "tata_usaha_head", "head", "operator"),
    *("mayor", "vice_mayor", "city_secretary", "assistant"),
)


class Retribution(MoneyDoors):
    name = "retribution"
    records = RECORDS
    collections = COLLECTIONS
    bus = Bus()

    def open(self, settings):
        self.papers = Papers(settings)
        self.bank_secret = settings.bank_secret.get_secret_value()

    # --- asked by people ---------------------------------------------------------------------------------------------

    @command(retribution.PrepareNota, roles=("bidang_officer",))
    def prepare_nota(self, book, order):
        return actions.prepare_nota(book, order)

    @command(retribution.SignNota, roles=("bidang_head",), confirmed=True)
    def sign_nota(self, book, order):
        return actions.sign_nota(book, order)

    @command(retribution.IssueSkrd, roles=("administration_officer",))
    def issue_skrd(self, book, order):
        return actions.issue_skrd(book, order)

    @command(retribution.SignSkrd, roles=("head",), confirmed=True)
    def sign_skrd(self, book, order):
        return actions.sign_skrd(book, order)

    @command(retribution.SignStrd, roles=("head",), confirmed=True)
    def sign_strd(self, book, order):
        return claims.sign_strd(book, order)

    @command(retribution.CorrectNota, roles=("bidang_officer",))
    def correct_nota(self, book, order):
        return correcting.correct_nota(book, order)

    @command(retribution.ProposeChange, roles=("administration_officer", "applicant"))
    def propose_change(self, book, order):
        return changing.propose(book, order)

    @query(retribution.DemandOf, roles=("applicant",))
    def demand_of(self, reader, question, actor):
        return changing.demand_of(reader, question, actor)

    @command(retribution.DecideChange, roles=("head",), confirmed=True)
    def decide_change(self, book, order):
        return changing.decide(book, order)

    @command(retribution.RecordPayment, roles=("treasurer",))
    def record_payment(self, book, order):
        return payment.record(book, order)

    @command(retribution.NotifyPayment, roles=("bank",), proven=True)
    def notify_payment(self, book, order):
        return bank.notified(book, order, self.bank_secret)

    @query(retribution.FindAssessment, roles=(*BIDANG, "administration_officer", "treasurer", "head", "operator"))
    def find_assessment(self, reader, question, actor):
        return actions.find(reader, question)

    @query(retribution.ComputeNota, roles=BIDANG)
    def compute_nota(self, reader, question, actor):
        return actions.compute_nota(reader, question, actor)

    @query(retribution.RecomputeNota, roles=("treasurer", "head", "operator"))
    def recompute_nota(self, reader, question, actor):
        return proving.recompute_month(reader, question)

    @query(retribution.WhatIf, roles=("treasurer", "head", "operator"))
    def what_if(self, reader, question, actor):
        return proving.what_if(reader, question)

    @query(retribution.WorkOf, roles=tuple(worklist.OWN))
    def work_of(self, reader, question, actor):
        return worklist.work_of(reader, question, actor)

    @command(retribution.RecordRate, roles=("treasurer",))
    def record_rate(self, book, order):
        return rates.record_rate(book, order)

    @query(retribution.RatesOf, roles=(*FINANCE, *BIDANG))
    def rates_of(self, reader, question, actor):
        return rates.rates_of(reader, question)

    # --- all files together ------------------------------------------------------------------------------------------

    @query(retribution.RecapOf, roles=FINANCE)
    def recap_of(self, reader, question, actor):
        return recap_signing.recap_of(reader, question)

    @query(retribution.SkrdsOf, roles=FINANCE)
    def skrds_of(self, reader, question, actor):
        return recaps.opened(reader, question)

    @query(retribution.CashBookOf, roles=FINANCE)
    def cash_book_of(self, reader, question, actor):
        return cash.cash_book(reader, question)

    @query(retribution.PrintRecap, roles=FINANCE)
    def print_recap(self, reader, question, actor):
        return recap_printing.print_recap(self.papers, reader, question)

    @command(retribution.RecordDeposit, roles=("treasurer",))
    def record_deposit(self, book, order):
        return cash.record_deposit(book, order)

    @command(retribution.SignRecap, roles=("head",), confirmed=True)
    def sign_recap(self, book, order):
        return recap_signing.sign_recap(book, order)

    # --- the bank's statements ---------------------------------------------------------------------------------------

    @query(retribution.PreviewStatement, roles=("treasurer",))
    def preview_statement(self, reader, question, actor):
        return statements.preview(reader, question)

    @command(retribution.ImportStatement, roles=("treasurer",))
    def import_statement(self, book, order):
        return statements.take_in(book, order)

    @command(retribution.UndoStatement, roles=("treasurer",))
    def undo_statement(self, book, order):
        return statements.undo(book, order)

    @query(retribution.StatementsOf, roles=FINANCE)
    def statements_of(self, reader, question, actor):
        return statements.listed(reader, question)

    @query(retribution.ReconciliationOf, roles=FINANCE)
    def reconciliation_of(self, reader, question, actor):
        return reconciling.reconciliation(reader, question)

    @query(retribution.AgreementOf, roles=(*FINANCE, *BIDANG))
    def agreement_of(self, reader, question, actor):
        return agreeing.agreement_of(reader, question, actor)

    @query(retribution.AgreementsOf, roles=(*FINANCE, *BIDANG))
    def agreements_of(self, reader, question, actor):
        return agreeing.agreements_of(reader, question, actor)

    @command(retribution.SignAgreement, roles=tuple(agreeing.SIDES), confirmed=True, slow=True)
    def sign_agreement(self, reader, order):
        return agreeing.agree(reader, order)

    @command(retribution.PrepareTaxNote, roles=("bidang_officer",))
    def prepare_tax_note(self, book, order):
        return tax.prepare_tax_note(book, order)

    @command(retribution.SignTaxNote, roles=("bidang_head",), confirmed=True)
    def sign_tax_note(self, book, order):
        return tax.sign_tax_note(book, order)

    @query(retribution.FindTaxNote, roles=(*BIDANG, "administration_officer", "head", "operator"))
    def find_tax_note(self, reader, question, actor):
        return tax.find_tax_note(reader, question)

    # --- by the clock ------------------------------------------------------------------------------------------------

    @every(60)
    def claim_what_is_late(self, reader):
        return claims.due(reader)

    @every(60)
    def grant_by_silence(self, reader):
        return changing.due(reader)

    @every(300)
    def prove_notes(self, reader):
        return proving.nightly(reader)

    @every(300)
    def balance_ledger(self, reader):
        return balancing.nightly(reader)

    @every(10)
    def compare_with_statements(self, reader):
        return reconciling.look(reader)

    # --- heard -------------------------------------------------------------------------------------------------------

    @on(intake.AssessmentDue)
    def on_assessment_due(self, book, event):
        actions.open_assessment(book, event)

    @on(intake.TaxNoteDue)
    def on_tax_note_due(self, book, event):
        tax.open_tax_file(book, event)

    @on(retribution.TaxNoteSigned, slow=True)
    def on_tax_note_signed(self, reader, event):
        return tax_printing.print_tax_note(self.papers, reader, event)

    @on(intake.ApplicationWithdrawn)
    def on_application_withdrawn(self, book, event):
        actions.close(book, event.application_id, "withdrawn")

    @on(intake.ApplicationRefused)
    def on_application_refused(self, book, event):
        actions.close(book, event.application_id, "refused")

    @on(retribution.NotaPerhitunganSigned, slow=True)
    def on_nota_perhitungan_signed(self, reader, event):
        return printing.print_nota(self.papers, reader, event)

    @on(retribution.SkrdSigned, slow=True)
    def on_skrd_signed(self, reader, event):
        return printing.print_skrd(self.papers, reader, event)

    @on(retribution.SupplementSigned, slow=True)
    def on_supplement_signed(self, reader, event):
        return changes_printing.print_supplement(self.papers, reader, event)

    @on(retribution.ChangeDecided, slow=True)
    def on_change_decided(self, reader, event):
        return changes_printing.print_decision(self.papers, reader, event)

    @on(retribution.SkrdPaid, slow=True)
    def on_skrd_paid(self, reader, event):
        return receipts.print_receipt(self.papers, reader, event)

    @on(retribution.FurtherPaid, slow=True)
    def on_further_paid(self, reader, event):
        return receipts.print_further_receipt(self.papers, reader, event)

    @on(retribution.TeguranRaised, slow=True)
    def on_teguran_raised(self, reader, event):
        return claim_printing.print_teguran(self.papers, reader, event)

    @on(retribution.StrdSigned, slow=True)
    def on_strd_signed(self, reader, event):
        return claim_printing.print_strd(self.papers, reader, event)

    @on(retribution.AgreementSigned, slow=True)
    def on_agreement_signed(self, reader, event):
        return agreement_printing.print_agreement(self.papers, reader, event)

    @on(retribution.RecapSigned, slow=True)
    def on_recap_signed(self, reader, event):
        return recap_printing.print_signed(self.papers, reader, event)
