"""Doors of retribution for money that belongs elsewhere: it is assigned, or goes back."""

from contracts import retribution
from plumbing.messaging.doors import command, on, query
from services.retribution import assigning, refund_printing, refunds, waiting_money


class MoneyDoors:
    @query(retribution.MoneyWaiting, roles=("treasurer", "head"))
    def money_waiting(self, reader, question, actor):
        return waiting_money.money_waiting(reader, question)

    @command(retribution.AssignMoney, roles=("treasurer",))
    def assign_money(self, book, order):
        return assigning.assign(book, order)

    @command(retribution.ProposeRefund, roles=("treasurer",))
    def propose_refund(self, book, order):
        return refunds.propose(book, order)

    @command(retribution.DecideRefund, roles=("head",), confirmed=True)
    def decide_refund(self, book, order):
        return refunds.decide(book, order)

    @command(retribution.RecordRefundPaid, roles=("treasurer",))
    def record_refund_paid(self, book, order):
        return refunds.paid_out(book, order)

    @command(retribution.RecordRefundTold, roles=("treasurer",))
    def record_refund_told(self, book, order):
        return refunds.note_told(book, order)

    @on(retribution.RefundDecided, slow=True)
    def on_refund_decided(self, reader, event):
        return refund_printing.print_refund(self.papers, reader, event)
