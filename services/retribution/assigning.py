"""Money goes to the SKRD it was meant for: from there on it counts as a payment of the day it came in."""

from contracts import retribution
from plumbing.messaging.book import Book
from plumbing.numbering import allocate
from services.retribution import payment, refund_store, store, waiting_money
from services.retribution.model import Assessment, Payment, Taken
from services.retribution.refund_store import Assignment
from services.retribution.waiting_money import Source
from values.dates import office_date
from values.happening import acting_moment
from values.refusal import Refusal
from values.rupiah import format_rupiah


def assign(book: Book, order: retribution.AssignMoney) -> dict:
    """Give money that waits to another payment code. The answer is that of a payment there; what is too much there
    waits again, under the number of the assignment."""
    found = waiting_money.lies(book, order.reference)
    moment = acting_moment(order.acted_at, book.now, found.waits.payment.paid_at)
    require_there(found, order.amount)
    target = _target(book, order, found)
    year = office_date(moment).year
    number = f"PDH-{year}-{allocate(book, f'pemindahan/{year}', order.command_id):05d}"
    came = found.waits.payment
    left = Taken(
        number=number,
        kind="assigned",
        reference=order.reference,
        amount=order.amount,
        channel=came.channel,
        at=came.paid_at,
    )
    if found.assessment:
        note = f"{number}: {format_rupiah(order.amount)} ke kode bayar {order.payment_code}. {order.reason}"
        found.assessment.history.append(book.happening("money_assigned", moment, note))
    waiting_money.keep(book, found, [*found.taken, left])
    fields = {"bank_reference": came.bank_reference, "paid_at": came.paid_at, "channel": came.channel}
    answer = payment.count(book, target, Payment(amount=order.amount, assigned=number, **fields))
    refund_store.keep_assignment(
        book,
        Assignment(
            number=number,
            reference=order.reference,
            amount=order.amount,
            payment_code=order.payment_code,
            application_id=target.id,
            came_from=found.assessment and found.assessment.id,
            reason=order.reason,
            outcome=answer["outcome"],
            assigned_by=book.actor.id,
            assigned_at=moment,
        ),
    )
    return answer | {"number": number}


def require_there(found: Source, amount: int) -> None:
    """Never more than is there, and not promised to anybody."""
    if amount > found.waits.free:
        raise Refusal(
            "more_than_waits",
            f"Dengan acuan ini yang masih menunggu keputusan {format_rupiah(found.waits.free)}.",
            field="amount",
            remedy="Isi jumlah yang tidak melebihinya.",
        )


def _target(book: Book, order: retribution.AssignMoney, found: Source) -> Assessment:
    file = store.application_of_code(book, order.payment_code)
    if file is None:
        raise Refusal(
            "unknown_code",
            f"Kode bayar {order.payment_code} bukan milik SKRD yang sudah ditandatangani.",
            field="payment_code",
            remedy="Periksa kode bayar pada SKRD-nya.",
        )
    if found.assessment and found.assessment.id == file:
        raise Refusal("same_code", "Uang ini sudah berada pada kode bayar itu.", field="payment_code")
    return store.asked_for(book, file)
