"""What is asked about a licence that exists: which one, whether it may be, and what becomes of it."""

from datetime import date
from typing import NamedTuple

from catalogue.offering import Offering
from catalogue.transactions import Transaction, transaction
from contracts import intake, issuance
from plumbing.messaging.book import Book, NotYet
from services.intake import store
from services.intake.licence import Licence
from services.intake.model import Application
from values.refusal import Refusal


class Asked(NamedTuple):
    """What an application asks for: the transaction, the licence it is about when that is one of ours, the sub-kind and
    the particulars it will carry."""

    transaction: Transaction
    licence: Licence | None
    sub_kind: str | None
    quantities: dict


def read(book: Book, order: intake.SubmitApplication, kind: Offering, on: date) -> Asked:
    """Check what is asked for. A licence of our register is held to what it says; one that is only on paper is checked
    by the counter, who sees the original."""
    asked = kind.transaction(order.transaction, order.sub_kind)
    licence = _licence(book, order, kind, asked, on)
    before = store.find(book, licence.application_id) if licence else None
    kept = before is not None and asked.particulars != "stated"
    sub_kind = order.sub_kind or (before.sub_kind if kept and before.licence_type == kind.code else None)
    if asked.particulars != "not_needed" or sub_kind:
        kind.check_sub_kind(sub_kind)
    if asked.particulars == "not_needed":
        if order.quantities:
            raise Refusal(
                "unknown_quantity",
                f"{asked.name} tidak memerlukan isian besaran.",
                field=next(iter(order.quantities))[:40],
                remedy="Kosongkan isian ini.",
            )
        return Asked(asked, licence, sub_kind, {})
    quantities = order.quantities or (before.quantities if kept else {})
    kind.read_quantities(quantities)
    return Asked(asked, licence, sub_kind, quantities)


def _licence(
    book: Book, order: intake.SubmitApplication, kind: Offering, asked: Transaction, on: date
) -> Licence | None:
    number = order.licence_number
    if not asked.about_a_licence:
        if number is not None:
            raise Refusal(
                "no_licence_needed",
                "Permohonan baru tidak menyebut nomor izin yang sudah ada.",
                field="licence_number",
                remedy="Kosongkan nomor izin, atau pilih perpanjangan, perubahan, atau permohonan lain atas izin itu.",
            )
        return None
    if number is None:
        raise Refusal(
            "licence_missing",
            f"{asked.name}: nomor izin yang dimaksud belum disebutkan.",
            field="licence_number",
            remedy="Tulis nomor izin seperti tercetak pada dokumennya.",
        )
    licence = store.licence(book, number)
    if licence is None:
        if asked.in_register:
            raise Refusal(
                "unknown_licence",
                f"Izin nomor {number} tidak ada dalam register kami.",
                field="licence_number",
                remedy="Bawa dokumen yang ada ke loket informasi.",
            )
        return None
    licence.require(asked, getattr(kind, "revokes", None) or kind.code, order.applicant.nik, on)
    other = store.find(book, licence.in_work) if licence.in_work else None
    if other is not None and other.standing.outcome is None:
        raise Refusal(
            "already_in_work",
            f"Izin nomor {number} sedang diproses dalam berkas {other.resi or other.id[:8]}.",
            field="licence_number",
            remedy="Tunggu sampai berkas itu selesai, atau tarik kembali berkas itu.",
        )
    return licence


def take_up(book: Book, licence: Licence | None, application: Application) -> None:
    """The licence is being asked about in this file."""
    if licence is not None:
        licence.in_work = application.id
        store.save_licence(book, licence)


def enter(book: Book, application: Application, event: issuance.LicenceIssued) -> None:
    """A licence was issued and stands in the register. A copy is no licence of its own, nor is a revocation."""
    if transaction(application.transaction).licence in ("none", "replaced"):
        store.save_licence(
            book,
            Licence(
                number=event.document.number,
                application_id=application.id,
                licence_type=application.licence_type,
                holder_nik=application.applicant.nik,
                valid_until=event.valid_until,
            ),
        )


def ended(book: Book, event: issuance.LicenceEnded) -> None:
    """A licence of ours was replaced or revoked."""
    licence = store.licence(book, event.number)
    if licence is None and event.by is None:
        return  # it was never issued, so it never stood in the register
    if licence is None:
        raise NotYet(f"licence {event.number} is not here yet")
    licence.state, licence.ended_by = event.how, event.by
    store.save_licence(book, licence)
