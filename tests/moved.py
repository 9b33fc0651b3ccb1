"""Money that is moved, for tests of its rules: assigned, proposed to go back, decided, paid out; in March 2016."""

from datetime import date, datetime

from contracts import retribution
from services.retribution import assigning, balancing, recaps, refunds, waiting_money
from tests.builders import Drawers, on, order

DUE = 140_625
YEAR = (date(2016, 1, 1), date(2016, 12, 31))
WHY = "Surat penyetor tanggal 12 Maret 2016."
ACCOUNT = {"name": "Sri Wahyuni", "bank": "Bank Jabar Banten", "number": "0012345678"}


def assign(drawers: Drawers, reference: str, amount: int, code: str, **more) -> dict:
    fields = {"reference": reference, "amount": amount, "payment_code": code, "reason": WHY, "acted_at": on(3, 20)}
    return drawers.ask(assigning.assign, order(retribution.AssignMoney, **fields | more), "treasurer")


def propose(drawers: Drawers, reference: str, amount: int, **more) -> str:
    fields = {"reference": reference, "amount": amount, "reason": WHY, "account": ACCOUNT, "acted_at": on(3, 21)}
    said = order(retribution.ProposeRefund, **fields | more)
    return drawers.ask(refunds.propose, said, "treasurer")["number"]


def decide(drawers: Drawers, number: str, granted: bool = True, who: str = "head-2014", at: datetime | None = None):
    fields = {"number": number, "granted": granted, "decision": WHY, "acted_at": at or on(3, 22)}
    return drawers.ask(refunds.decide, order(retribution.DecideRefund, **fields), who)


def pay_out(drawers: Drawers, number: str, day: str = "2016-03-25", reference: str = "SP2D-0001", **more) -> dict:
    said = order(retribution.RecordRefundPaid, number=number, bank_reference=reference, day=day, **more)
    return drawers.ask(refunds.paid_out, said, "treasurer")


def waiting(drawers: Drawers) -> list[tuple[str, str, int, int]]:
    told = waiting_money.money_waiting(drawers, retribution.MoneyWaiting())
    assert told["sum"] == sum(row["waiting"] for row in told["waiting"])
    return [(row["reference"], row["why"], row["waiting"], row["free"]) for row in told["waiting"]]


def total(drawers: Drawers) -> dict:
    assert balancing.unbalanced(drawers, *YEAR) == []
    return recaps.recap(drawers, retribution.RecapOf(period="2016"))["total"]
