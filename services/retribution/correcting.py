"""Verbs of retribution about a signed nota that is wrong: another takes its place, and names it."""

from contracts import retribution
from plumbing.messaging.book import Book
from services.retribution import actions, store
from values.refusal import Refusal


def correct_nota(book: Book, order: retribution.CorrectNota) -> dict:
    """Draw up the nota that replaces the signed one, with the right quantities and the tariffs of the first one's day.
    It counts when the head of the Bidang signs it; until then it may be drawn up again."""
    assessment, moment = actions.open_file(book, order, bidang=True)
    first = assessment.nota
    if first is None or first.signed_at is None:
        raise Refusal(
            "nota_not_signed",
            "Nota perhitungan belum ditandatangani; tidak ada yang dibetulkan.",
            field="application_id",
            remedy="Susun ulang nota itu.",
        )
    measured = assessment.model_copy(update={"quantities": order.quantities or assessment.quantities})
    nota = actions.draw_up(
        book,
        measured,
        book.actor,
        moment,
        first.computed_on,
        replaces=first.number,
        reason=order.reason,
        quantities=order.quantities,
    )
    if nota.lines == first.lines:
        raise Refusal(
            "nothing_changes",
            f"Nota pembetulan sama dengan nota {first.number}, baris demi baris.",
            field="quantities",
            remedy="Isi ukuran yang benar.",
        )
    assessment.correction = nota
    assessment.history.append(book.happening("nota_corrected", moment, f"{first.number}: {order.reason}"))
    store.save(book, assessment)
    lines = [line.model_dump(mode="json") for line in nota.lines]
    return {"replaces": first.number, "before": first.total, "total": nota.total, "lines": lines}
