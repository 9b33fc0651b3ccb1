"""Money goes back: proposed by the treasurer, granted or refused by somebody else, paid out; each step kept.

What is proposed is kept back, what is granted is set apart, and never more than is there.
"""

from datetime import datetime

from catalogue.change_rules import change_rules
from contracts import retribution
from contracts.retribution.refunds import subject_of
from plumbing.messaging.book import Book
from plumbing.numbering import allocate
from services.retribution import refund_store, waiting_money
from services.retribution.assigning import require_there
from services.retribution.model import Taken
from services.retribution.refund_store import Refund, Told
from services.retribution.waiting_money import Source
from values.dates import long_date, months_after, office_date
from values.happening import acting_moment
from values.refusal import Refusal
from values.rupiah import format_rupiah


def propose(book: Book, order: retribution.ProposeRefund) -> dict:
    """Propose to give back money that waits. Until it is decided, nothing else can be done with it."""
    found = waiting_money.lies(book, order.reference)
    moment = acting_moment(order.acted_at, book.now, found.waits.payment.paid_at)
    _require_there(found, order)
    day = office_date(moment)
    asked_on = order.asked_on or day
    if not office_date(found.waits.payment.paid_at) <= asked_on <= day:
        raise Refusal("asked_when", "Tanggal surat harus antara tanggal uangnya masuk dan hari ini.", field="asked_on")
    if order.decree and order.decree.day > day:
        raise Refusal("decree_when", "Tanggal keputusan tidak boleh sesudah hari ini.", field="decree.day")
    if order.email and found.assessment:
        raise Refusal("payer_known", "Pemohon berkasnya diberi tahu; alamat lain tidak diperlukan.", field="email")
    number = f"PGB-{day.year}-{allocate(book, f'pengembalian/{day.year}', order.command_id):05d}"
    refund = Refund(
        number=number,
        reference=order.reference,
        application_id=found.assessment and found.assessment.id,
        amount=order.amount,
        reason=order.reason,
        account=order.account,
        decree=order.decree,
        email=order.email,
        asked_on=asked_on,
        decide_by=months_after(asked_on, change_rules().refund.decide_within_months),
        proposed_by=book.actor.id,
        proposed_at=moment,
    )
    refund_store.keep_refund(book, refund)
    kept_back = Taken(
        number=number,
        kind="refund",
        reference=order.reference,
        amount=order.amount,
        channel=found.waits.payment.channel,
        principal=order.decree is not None,
    )
    _note(book, found, "refund_proposed", moment, refund)
    waiting_money.keep(book, found, [*found.taken, kept_back])
    return {"number": number, "decide_by": refund.decide_by.isoformat()}


def decide(book: Book, order: retribution.DecideRefund) -> dict:
    """Grant or refuse; never by the one who proposed it. What is granted is set apart from this moment."""
    refund = _named(book, order.number)
    if refund.state != "proposed":
        raise Refusal("refund_decided", f"Pengembalian {order.number} sudah diputus.", field="number")
    if book.actor.id == refund.proposed_by:
        raise Refusal(
            "four_eyes",
            "Yang mengusulkan pengembalian tidak boleh memutusnya.",
            field="number",
            remedy="Mintalah putusan pejabat lain yang berwenang.",
        )
    moment = acting_moment(order.acted_at, book.now, refund.proposed_at)
    refund.decided_by, refund.decided_at, refund.decision = book.actor.id, moment, order.decision
    refund.state = "granted" if order.granted else "refused"
    found = waiting_money.lies(book, refund.reference)
    others = [taken for taken in found.taken if taken.number != refund.number]
    if order.granted:
        there = found.principal if refund.decree else found.waits
        if refund.amount > there.waiting:
            raise Refusal(
                "more_than_waits",
                f"Uang ini sudah terpakai untuk ketetapan lain; yang tersisa {format_rupiah(there.waiting)}.",
                field="number",
                remedy="Tolak usulan ini; bendahara dapat mengusulkan sisanya.",
            )
        refund.pay_by = months_after(office_date(moment), change_rules().refund.pay_within_months)
        mine = next(taken for taken in found.taken if taken.number == refund.number)
        refund.compensation = found.compensation
        others.append(mine.model_copy(update={"at": moment, "compensation": refund.compensation}))
    refund_store.keep_refund(book, refund)
    _note(book, found, f"refund_{refund.state}", moment, refund, order.decision)
    waiting_money.keep(book, found, others)
    if order.granted:
        about = subject_of(refund.number, refund.application_id)
        book.say(retribution.RefundDecided(application_id=about, number=refund.number))
    return {"number": refund.number, "state": refund.state, "pay_by": refund.pay_by and refund.pay_by.isoformat()}


def paid_out(book: Book, order: retribution.RecordRefundPaid) -> dict:
    """Enter that a granted refund left the city's account, with the interest of that day: once, however repeated."""
    refund = _named(book, order.number)
    if refund.state == "paid":
        return _repeated(refund, order)
    if refund.state != "granted":
        raise Refusal("not_granted", f"Pengembalian {order.number} belum dikabulkan.", field="number")
    if not office_date(refund.decided_at) <= order.day <= office_date(book.now):
        raise Refusal("paid_when", "Tanggal pembayaran harus antara putusannya dan hari ini.", field="day")
    moment = acting_moment(order.acted_at, book.now, refund.decided_at)
    parts = refund.lines(order.day)
    if order.amount not in (None, sum(parts.values())):
        raise Refusal(
            "amount_differs",
            f"Yang harus dibayar pada {long_date(order.day)} adalah {format_rupiah(sum(parts.values()))}.",
            field="amount",
            remedy="Bila bank mentransfer jumlah lain, selesaikan selisihnya dengan bank lebih dahulu.",
        )
    refund.state, refund.paid_by = "paid", book.actor.id
    refund.paid_on, refund.bank_reference = order.day, order.bank_reference
    refund.late_interest, refund.paid_beside = parts.get("late_interest", 0), sum(parts.values()) - refund.amount
    refund_store.keep_refund(book, refund)
    found = waiting_money.lies(book, refund.reference)
    _note(book, found, "refund_paid", moment, refund, order.bank_reference)
    paid = {"paid_on": order.day, "paid_beside": refund.paid_beside}
    taken = [each.model_copy(update=paid if each.number == refund.number else {}) for each in found.taken]
    waiting_money.keep(book, found, taken)
    about = subject_of(refund.number, refund.application_id)
    said = {"number": refund.number, "amount": refund.amount, "compensation": refund.paid_beside}
    book.say(retribution.RefundPaid(application_id=about, paid_on=order.day, payee=refund.payee, **said))
    return _answer(refund, repeated=False)


def note_told(book: Book, order: retribution.RecordRefundTold) -> dict:
    """Note how the payer of money that is nobody's was told that it goes back. What was noted is kept as it was."""
    refund = _named(book, order.number)
    if refund.application_id:
        raise Refusal("payer_known", "Pemohon berkasnya sudah diberi tahu dengan surat elektronik.", field="number")
    if refund.state not in ("granted", "paid"):
        raise Refusal("not_granted", f"Pengembalian {order.number} belum dikabulkan.", field="number")
    if not office_date(refund.decided_at) <= order.day <= office_date(book.now):
        raise Refusal("told_when", "Tanggal pemberitahuan harus antara putusannya dan hari ini.", field="day")
    moment = acting_moment(order.acted_at, book.now, refund.decided_at)
    told = {"how": order.how, "day": order.day, "note": order.note}
    refund.told.append(Told(noted_by=book.actor.id, noted_at=moment, **told))
    refund_store.keep_refund(book, refund)
    return {"number": refund.number, "told": len(refund.told)}


def _require_there(found: Source, order: retribution.ProposeRefund) -> None:
    """What waits, or by a decree the principal of a file that ended; never more than there is."""
    if order.decree is None:
        if found.principal and found.principal.free and not found.waits.free:
            raise Refusal(
                "decree_missing",
                "Uang ini pokok retribusi dari berkas yang sudah berakhir; pengembaliannya memerlukan dasar keputusan.",
                field="decree",
                remedy="Isi nomor, tanggal, dan pejabat keputusan yang menjadi dasarnya.",
            )
        require_there(found, order.amount)
        return
    if found.principal is None:
        raise Refusal(
            "not_ended",
            "Pokok retribusi hanya dapat dikembalikan dari berkas yang sudah berakhir.",
            field="decree",
            remedy="Untuk berkas yang masih berjalan, usulkan keberatan, keringanan, atau pembatalan.",
        )
    if change_rules().ended.returned == "never":
        raise Refusal("not_returned", "Pokok retribusi dari berkas yang berakhir tidak dikembalikan.", field="decree")
    require_there(found._replace(waits=found.principal), order.amount)


def _repeated(refund: Refund, order: retribution.RecordRefundPaid) -> dict:
    if (refund.bank_reference, refund.paid_on) != (order.bank_reference, order.day):
        raise Refusal(
            "conflicting_repeat",
            f"Pengembalian {refund.number} sudah tercatat dibayar dengan acuan atau tanggal lain.",
            field="bank_reference",
            remedy="Periksa rekening koran; yang sudah tercatat tidak diubah.",
        )
    return _answer(refund, repeated=True)


def _answer(refund: Refund, repeated: bool) -> dict:
    paid = {"paid_out": refund.amount + refund.paid_beside, "late_interest": refund.late_interest}
    return {"number": refund.number, **paid, "repeated": repeated}


def _named(book: Book, number: str) -> Refund:
    if (refund := refund_store.refund(book, number)) is None:
        raise Refusal("unknown_refund", f"Pengembalian {number} tidak ada.", field="number")
    return refund


def _note(book: Book, found: Source, what: str, at: datetime, refund: Refund, said: str = "") -> None:
    """In the history of the file, without the recipient; money that is nobody's has its refund alone."""
    if found.assessment:
        words = f"{refund.number}: {format_rupiah(refund.amount)}" + (f". {said}" if said else "")
        found.assessment.history.append(book.happening(what, at, words))
