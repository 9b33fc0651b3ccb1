"""Slow work of retribution about changes: SKRDKB and SKRDLB, and the Head's decision on a change, as papers."""

from collections.abc import Callable
from datetime import date

from catalogue.change_rules import change_rules
from catalogue.late_rules import instalment_rules, rule_on
from catalogue.retribution import money_back
from catalogue.retribution.debt import Owed
from catalogue.retribution.note import plain
from contracts import retribution
from contracts.retribution.changes import Proposal
from plumbing.messaging.book import Book, Reader
from plumbing.officials import signature
from plumbing.papers import Papers
from services.retribution import store
from services.retribution.model import Assessment, Change
from services.retribution.printing import TEMPLATES, filing, heading, skrd_data
from values.dates import long_date, office_date
from values.rupiah import format_rupiah
from values.terbilang import terbilang

TITLES = {
    "relief": "Keputusan Keringanan Retribusi",
    "instalments": "Keputusan Angsuran Retribusi",
    "cancellation": "Keputusan Pembatalan Ketetapan Retribusi",
    "objection": "Keputusan atas Keberatan Retribusi",
}
BY_LAW = "Berlaku karena hukum, tanpa keputusan Kepala Badan"


def print_supplement(papers: Papers, reader: Reader, event: retribution.SupplementSigned) -> Callable[[Book], None]:
    """The SKRDKB or SKRDLB as a paper; with it the debt comes to something else."""
    file = store.heard_of(reader, event.application_id)
    assessment = store.keeper(reader, file)
    letter = next(each for each in assessment.letters if each.number == event.number)
    data = skrd_data(papers, assessment, letter, file)
    document = papers.file(letter.kind, TEMPLATES / "skrd.typ", data, letter.number)
    account = assessment.account_on(office_date(letter.signed_at))
    issued = retribution.SupplementIssued(
        application_id=file.id,
        document=document,
        amount=letter.amount,
        principal=account.principal,
        principal_left=account.principal_left,
        overpaid=account.overpaid,
        due_on=account.due_on,
        payment_code=letter.payment_code,
        issued_at=letter.signed_at,
    )
    return filing(file.id, document, f"{letter.kind}_issued", issued)


def print_decision(papers: Papers, reader: Reader, event: retribution.ChangeDecided) -> Callable[[Book], None]:
    """The decision as a paper; with it the payer knows what is owed now."""
    file = store.heard_of(reader, event.application_id)
    assessment = store.keeper(reader, file)
    change = next(each for each in assessment.changes if each.number == event.number)
    account = assessment.account_on(office_date(change.decided_at))
    anew = bool(change.granted and change.proposal.kind == "cancellation" and change.proposal.anew)
    cleared = bool(change.granted and account.cleared and not assessment.receipt_number and not anew)
    document = papers.file(
        "keputusan_retribusi",
        TEMPLATES / "keputusan_retribusi.typ",
        decision_data(papers, assessment, change, account)
        | heading(papers, file, "keputusan_retribusi", change.number, change.decided_at),
        change.number,
    )
    filed = retribution.ChangeFiled(
        application_id=file.id,
        document=document,
        kind=change.proposal.kind,
        granted=change.granted,
        skrd_number=assessment.letter.number,
        principal=account.principal,
        principal_left=account.principal_left,
        due_on=account.due_on if account.principal_left else None,
        anew=anew,
        cleared_at=change.decided_at if cleared else None,
        decided_at=change.decided_at,
        proof=change.document,
    )
    return filing(file.id, document, "change_filed", filed)


def decision_data(papers: Papers, assessment: Assessment, change: Change, account: Owed) -> dict:
    """What a decision prints: what was asked, why, on what basis, what is owed before and after."""
    letter, day = assessment.signed_letters[0], office_date(change.decided_at)
    return {
        **heading(papers, assessment, "keputusan_retribusi", change.number, change.decided_at),
        "title": TITLES[change.proposal.kind],
        "outcome": "dikabulkan" if change.granted else "ditolak",
        "skrd_number": letter.number,
        "skrd_date": long_date(office_date(letter.signed_at)),
        "asked": asked(change.proposal),
        "basis": basis(change.proposal),
        "reason": change.reason,
        "decision": change.decision,
        "figures": _figures(change, account) if change.granted else [],
        "total": {"name": "Pokok yang belum dibayar", "amount": format_rupiah(account.principal_left)},
        "total_words": terbilang(account.principal_left),
        "parts": _parts(change) if change.granted else [],
        "notes": list(_notes(change, account, day)),
        "signature": signature(
            change.decided_by, change.decided_at, "" if change.decided_by else BY_LAW, seat=("head", None)
        ),
    }


def asked(proposal: Proposal) -> str:
    """What was asked for, in one sentence."""
    match proposal.kind:
        case "relief" if proposal.percent is not None:
            return f"Keringanan {plain(proposal.percent).replace('.', ',')} % dari pokok"
        case "relief":
            return f"Keringanan sebesar {format_rupiah(proposal.amount)}"
        case "instalments":
            return f"Pembayaran dalam {len(proposal.parts)} angsuran"
        case "cancellation":
            return "Pembatalan, diterbitkan lagi" if proposal.anew else "Pembatalan, tanpa ketetapan baru"
    filed = f"surat {proposal.letter} tanggal {long_date(proposal.filed_on)}"
    return f"Keberatan, {filed}: pokok menurut wajib retribusi {format_rupiah(proposal.asked)}"


def basis(proposal: Proposal) -> str:
    """On what it stands: the decree of who may grant it, or the law."""
    if proposal.kind in ("relief", "instalments"):
        decree = proposal.decree
        if decree is None:
            return "Permohonan wajib retribusi"
        return f"{decree.issued_by}, Nomor {decree.number} tanggal {long_date(decree.day)}; {decree.legal_basis}"
    if proposal.kind == "objection":
        return change_rules().objection.legal_basis
    return "Kewenangan Kepala Badan atas ketetapan yang diterbitkannya"


def _figures(change: Change, account: Owed) -> list[dict[str, str]]:
    paid = account.principal - account.principal_left
    rows = {"Pokok sebelum keputusan ini": account.principal + change.amount, "Pokok sekarang": account.principal}
    rows |= {"Pokok yang sudah dibayar": paid} if paid else {}
    rows |= {"Bunga yang belum dibayar": account.interest_left} if account.interest_left else {}
    rows |= {"Kelebihan pembayaran": account.overpaid} if account.overpaid else {}
    rows |= {"Imbalan bunga": change.compensation} if change.compensation else {}
    return [{"name": name, "amount": format_rupiah(amount)} for name, amount in rows.items()]


def _parts(change: Change) -> list[dict[str, str]]:
    if change.proposal.kind != "instalments":
        return []
    return [{"due_on": long_date(part.due_on), "amount": format_rupiah(part.amount)} for part in change.proposal.parts]


def _notes(change: Change, account: Owed, day: date):
    if not change.granted:
        yield "Ketetapan semula tetap berlaku dan dibayar menurut tanggalnya."
    elif change.proposal.kind == "instalments" and (rule := rule_on(instalment_rules(), day)):
        percent = plain(rule.percent_per_month).replace(".", ",")
        yield (
            f"Angsuran yang belum jatuh tempo dikenai bunga {percent} % sebulan ({rule.legal_basis}); yang lewat jatuh "
            "tempo dikenai bunga keterlambatan."
        )
        yield from (f"Anggapan: {said}." for said in rule.assumed)
    elif change.proposal.kind == "cancellation" and change.proposal.anew:
        yield "Ketetapan baru menyusul; yang sudah dibayar diperhitungkan dengannya."
    if change.granted and account.overpaid:
        yield "Kelebihan pembayaran dikembalikan atas permohonan, sesudah utang retribusi lain dipenuhi."
    if change.compensation:
        rule = money_back.rule_on(change_rules().compensation, day)
        yield f"Imbalan bunga {rule.percent} ({rule.legal_basis}); dibayar bersama pengembalian kelebihannya."
    yield "Keputusan ini dapat diperiksa keasliannya dengan kode di bawah."
