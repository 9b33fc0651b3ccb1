"""What one file brings into the ledger, day by day: pure, worked out anew from the assessment each time it is kept.

A posting says what was assessed, received (as principal, interest, too much) and written off on one day; the sums that
recaps are made of are sums of postings. Since a posting is a function of the record, repeating a message, or payments
in another order, end in the same sums. Whatever else changes a demand or its money (relief, a refund) becomes a measure
here; sums, recaps and the check against the payments follow from the list of measures.
"""

from collections import Counter
from collections.abc import Iterable

from services.retribution.model import Assessment, Payment, Taken, TakenBack
from values.dates import office_date

RUPIAH = (
    "assessed",  # demanded by an SKRD, on the day it was signed
    "principal",  # received, as principal
    "interest",  # received, as interest
    "overpaid",  # received, beyond what was owed, and still here
    "unassigned",  # received under a code that belongs to no SKRD, and still here
    "promised",  # received, granted to be given back and not paid out yet
    "refunded",  # received, and paid back
    "compensated",  # not received: interest of the city's on money given back, paid out beside it
    "reduced",  # demanded and no longer owed, by relief, correction, objection or cancellation
    "written_off",  # demanded and no longer owed, since the file ended
    "cash",  # of what was received: at the treasurer's
    "bank",  # of what was received: at the bank, in the city's account already
    "deposited",  # handed on by the treasurer into the regional treasury
)
COUNTS = ("skrd", "payments")
MEASURES = (*RUPIAH, *COUNTS)
RECEIVED = ("principal", "interest", "overpaid", "unassigned", "promised", "refunded")
ENDED = ("principal", "reduced", "written_off")  # what of a demand is owed no longer

Amounts = dict[str, int]
Days = dict[str, Amounts]  # by day, `2016-03-15`; only what is not zero


def postings(assessment: Assessment) -> Days:
    """What the file brings into the ledger on each of its days."""
    days: dict[str, Counter[str]] = {}

    def add(day: str, **amounts: int) -> None:
        days.setdefault(day, Counter()).update(amounts)

    for letter in assessment.signed_letters:
        if letter.kind != "skrdlb":
            add(office_date(letter.signed_at).isoformat(), assessed=letter.amount, skrd=1)
    for payment in assessment.payments:
        add(day_of(payment), **money(payment))
    for taken in assessment.taken:
        for day, amounts in gone(taken).items():
            add(day, **amounts)
    account = assessment.account
    for each in account.reductions if account else ():
        add(each.day.isoformat(), reduced=each.amount)
    for each in account.settled if account else ():
        add(each.day.isoformat(), principal=each.principal, interest=each.interest, overpaid=each.excess)
    for payment in assessment.taken_back:
        for day, amounts in taken_back(payment).items():
            add(day, **amounts)
    if assessment.closed and account:
        ended = next(h for h in reversed(assessment.history) if h.what == f"assessment_{assessment.closed}")
        add(office_date(ended.at).isoformat(), written_off=account.principal_left - assessment.given_back)
        for taken in assessment.taken:
            if taken.at and taken.principal:
                add(office_date(taken.at).isoformat(), reduced=taken.amount)
    return {day: only(amounts) for day, amounts in sorted(days.items()) if only(amounts)}


def unassigned(payment: Payment, taken: Iterable[Taken] = ()) -> Days:
    """What money under an unknown code brings: it is received, and belongs to no SKRD until it was taken from there."""
    days: dict[str, Counter[str]] = {day_of(payment): Counter({"unassigned": payment.amount, **money(payment)})}
    for each in taken:
        for day, amounts in gone(each).items():
            days.setdefault(day, Counter()).update(amounts)
        if each.at:
            days[office_date(each.at).isoformat()].update({"unassigned": -each.amount})
    if days[day_of(payment)]["unassigned"] == 0 and all(each.kind == "assigned" for each in taken):
        days[day_of(payment)]["payments"] = 0  # all of it counts elsewhere
    return {day: only(amounts) for day, amounts in days.items() if only(amounts)}


def gone(taken: Taken) -> Days:
    """What it brings where money left, beside what is there no longer: to another file it goes on the day it came in,
    with its channel; a refund is promised on the day it is granted, and refunded on the day it is paid out, with the
    interest paid beside it."""
    if taken.at is None:
        return {}
    day = office_date(taken.at).isoformat()
    if taken.kind == "assigned":
        return {day: {"cash" if taken.channel == "treasurer" else "bank": -taken.amount}}
    days = {day: Counter(promised=taken.amount)}
    if taken.paid_on:
        days.setdefault(taken.paid_on.isoformat(), Counter()).update(
            promised=-taken.amount, refunded=taken.amount, compensated=taken.paid_beside
        )
    return {day: only(amounts) for day, amounts in days.items()}


def taken_back(payment: TakenBack) -> Days:
    """A payment that was taken back: too much on its day, and gone on the day of the counter-entry."""
    brought = {"overpaid": payment.amount, **money(payment)}
    days: dict[str, Counter[str]] = {}
    for day, sign in ((day_of(payment), 1), (office_date(payment.taken_back_at).isoformat(), -1)):
        days.setdefault(day, Counter()).update({measure: sign * amount for measure, amount in brought.items()})
    return {day: only(amounts) for day, amounts in days.items()}


def money(payment: Payment) -> Amounts:
    """Where a payment was received: at the treasurer's or at the bank."""
    return {"cash" if payment.channel == "treasurer" else "bank": payment.amount, "payments": 1}


def day_of(payment: Payment) -> str:
    """The day in Jakarta on which the money came in."""
    return office_date(payment.paid_at).isoformat()


def only(amounts: Amounts) -> Amounts:
    """Without what is zero."""
    return {measure: amount for measure, amount in amounts.items() if amount}


def received(amounts: Amounts) -> int:
    """All money that came in, whatever it was for."""
    return sum(amounts.get(measure, 0) for measure in RECEIVED)


def owing_on(days: Days, last: str) -> int:
    """What of the principal a file still owed at the end of a day."""
    until = [amounts for day, amounts in days.items() if day <= last]
    demanded = sum(amounts.get("assessed", 0) for amounts in until)
    return demanded - sum(amounts.get(measure, 0) for amounts in until for measure in ENDED)
