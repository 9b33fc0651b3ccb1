"""The decision to give money back, as a paper: to whom, what it is made of, who asked, who decided, on what basis."""

from collections.abc import Callable, Iterator

from catalogue.change_rules import change_rules
from catalogue.retribution import money_back
from contracts import retribution
from contracts.retribution.refunds import is_nobodys, subject_of
from plumbing.messaging.book import Book, NotYet, Reader
from plumbing.officials import person, signature
from plumbing.papers import Papers
from services.retribution import refund_store, store, waiting_money
from services.retribution.model import Assessment
from services.retribution.printing import TEMPLATES, filing
from services.retribution.refund_store import Refund
from values.dates import long_date, office_date
from values.rupiah import format_rupiah
from values.terbilang import terbilang
from values.verification_code import verification_code

KIND = "surat_pengembalian"
NOBODYS = "Kode bayar yang disebut penyetor bukan milik SKRD mana pun"


def print_refund(papers: Papers, reader: Reader, event: retribution.RefundDecided) -> Callable[[Book], None]:
    """The decision as a paper; it joins the file its money lies with, and stands alone where that is nobody's."""
    refund = refund_store.refund(reader, event.number)
    if refund is None or refund.decided_at is None:
        raise NotYet(f"the decision on refund {event.number} is not here yet")
    document = papers.file(KIND, TEMPLATES / f"{KIND}.typ", refund_data(papers, reader, refund), refund.number)
    granted = retribution.RefundGranted(
        application_id=event.application_id,
        document=document,
        number=refund.number,
        amount=refund.amount,
        compensation=refund.compensation,
        pay_by=refund.pay_by,
        decided_at=refund.decided_at,
        payee=refund.payee,
    )
    joins = (
        None if is_nobodys(event.application_id) else filing(refund.application_id, document, "refund_filed", granted)
    )

    def finish(book: Book) -> None:
        refund_store.keep_paper(book, refund.number, document)
        if joins:
            joins(book)
        else:
            book.say(granted)

    return finish


def refund_data(papers: Papers, reader: Reader, refund: Refund) -> dict:
    """What the decision prints; the keys are those of the example beside the template."""
    found, file = waiting_money.lies(reader, refund.reference), None
    if refund.application_id:
        file = store.heard_of(reader, refund.application_id)
    code = verification_code(subject_of(refund.number, refund.application_id), KIND, refund.number)
    asked = person(refund.proposed_by, ("treasurer", None), office_date(refund.proposed_at))
    payment = found.waits.payment
    return {
        "document_date": refund.decided_at.isoformat(),
        "number": refund.number,
        "verification_code": code,
        "verification_qr": papers.check_address(code),
        "title": "Pengembalian Retribusi" if refund.decree else "Pengembalian Kelebihan Pembayaran Retribusi",
        "payer": {
            "name": file.payer.name if file else refund.account.name,
            "address": file.payer.address if file else "",
            "npwrd": (file.payer.npwp or "") if file else "",
        },
        "licence": file.licence_name if file else "",
        "resi_number": file.resi if file else "",
        "letters": _letters(file) if file else [NOBODYS],
        "money": f"{format_rupiah(payment.amount)} tanggal {long_date(office_date(payment.paid_at))}, "
        f"acuan {payment.bank_reference}",
        "basis": (change_rules().ended if refund.decree else change_rules().refund).legal_basis,
        "decree": _decree(refund),
        "asked_on": long_date(refund.asked_on),
        "proposed_by": ", ".join(filter(None, (asked["name"], asked["position"]))),
        "reason": refund.reason,
        "decision": refund.decision,
        "lines": [{"name": name, "amount": format_rupiah(amount)} for name, amount in _lines(refund)],
        "total": format_rupiah(refund.amount + refund.compensation),
        "total_words": terbilang(refund.amount + refund.compensation),
        "recipient": f"{refund.account.name}, {refund.account.bank}, rekening yang berakhir dengan "
        f"{refund.account.number[-4:]}",
        "pay_by": long_date(refund.pay_by),
        "notes": list(_notes(refund)),
        "signature": signature(refund.decided_by, refund.decided_at, seat=("head", None)),
    }


def _letters(file: Assessment) -> list[str]:
    """The SKRD the money was paid for, and what changed of it."""
    return [
        f"{letter.kind.upper()} Nomor {letter.number} tanggal {long_date(office_date(letter.signed_at))}"
        for letter in file.signed_letters
    ]


def _decree(refund: Refund) -> str:
    if (decree := refund.decree) is None:
        return ""
    return f"{decree.issued_by}, Nomor {decree.number} tanggal {long_date(decree.day)}; {decree.legal_basis}"


def _lines(refund: Refund) -> Iterator[tuple[str, int]]:
    yield ("Pokok retribusi" if refund.decree else "Kelebihan pembayaran"), refund.amount
    if refund.compensation:
        rule = money_back.rule_on(change_rules().compensation, office_date(refund.decided_at))
        yield f"Imbalan bunga menurut keputusan keberatan ({rule.legal_basis})", refund.compensation


def _notes(refund: Refund) -> Iterator[str]:
    if rule := money_back.rule_on(change_rules().late_refund, refund.pay_by):
        yield (
            f"Yang dibayar sesudah {long_date(refund.pay_by)} ditambah imbalan bunga {rule.percent} ("
            f"{rule.legal_basis}; cara menghitung bulannya dianggap, belum dipastikan)."
        )
    yield "Nomor rekening lengkap hanya ada pada bendahara penerimaan."
    yield "Keputusan ini dapat diperiksa keasliannya dengan kode di bawah."
