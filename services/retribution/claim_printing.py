"""Slow work of retribution about debts that are late: teguran and STRD as papers."""

from collections.abc import Callable

from catalogue.late_rules import interest_account, late_notices
from contracts import retribution
from plumbing.messaging.book import Book, Reader
from plumbing.officials import signature
from plumbing.papers import Papers
from services.retribution import store
from services.retribution.model import Assessment, Claim
from services.retribution.printing import TEMPLATES, filing, grouped, heading
from values.dates import long_date, office_date
from values.rupiah import format_rupiah
from values.terbilang import terbilang

PLACE = "Bekasi"
AUTHORITY = "a.n. Kepala Badan Pelayanan Perizinan Terpadu"


def print_teguran(papers: Papers, reader: Reader, event: retribution.TeguranRaised) -> Callable[[Book], None]:
    """The teguran as a paper for the file; the payer has it as a letter."""
    assessment, claim = _claimed(reader, event.application_id, event.number)
    data = teguran_data(papers, assessment, claim)
    document = papers.file("teguran", TEMPLATES / "teguran.typ", data, claim.number)
    filed = retribution.TeguranFiled(application_id=assessment.id, document=document, issued_at=claim.raised_at)
    return filing(assessment.id, document, "teguran_issued", filed)


def print_strd(papers: Papers, reader: Reader, event: retribution.StrdSigned) -> Callable[[Book], None]:
    """The signed STRD as a paper; with it principal and interest are claimed."""
    assessment, claim = _claimed(reader, event.application_id, event.number)
    document = papers.file("strd", TEMPLATES / "strd.typ", strd_data(papers, assessment, claim), claim.number)
    issued = retribution.StrdIssued(
        application_id=assessment.id,
        document=document,
        skrd_number=assessment.letter.number,
        principal=claim.principal,
        interest=claim.interest,
        pay_by=claim.pay_by,
        payment_code=assessment.letter.payment_code,
        issued_at=claim.raised_at,
    )
    return filing(assessment.id, document, "strd_issued", issued)


def strd_data(papers: Papers, assessment: Assessment, claim: Claim) -> dict:
    """What the STRD prints: the debt it follows, each line of the interest, what was paid, what is claimed."""
    day = office_date(claim.raised_at)
    teguran = next(each for each in reversed(assessment.claims) if each.kind == "teguran")
    account = interest_account()
    return {
        **_claim_data(papers, assessment, claim),
        "teguran": f"Nomor {teguran.number} tanggal {long_date(office_date(teguran.raised_at))}",
        "principal_account": assessment.letter.account_code,
        "interest_account": account.code,
        "assumptions": [*assessment.account_on(day).remarks, *_assumed_notices(), *account.said],
        "signature": signature(claim.signed_by, claim.raised_at, seat=("head", None)),
    }


def teguran_data(papers: Papers, assessment: Assessment, claim: Claim) -> dict:
    """What the teguran prints: the same debt, asked for before it is claimed."""
    day = office_date(claim.raised_at)
    return {
        **_claim_data(papers, assessment, claim),
        "assumptions": [*assessment.account_on(day).remarks, *_assumed_notices()],
        "issued": {"place": PLACE, "date": long_date(day), "authority": AUTHORITY},
    }


def _claim_data(papers: Papers, assessment: Assessment, claim: Claim) -> dict:
    skrd, owed = assessment.letter, assessment.account_on(office_date(claim.raised_at))
    total = claim.principal + claim.interest
    return {
        **heading(papers, assessment, claim.kind, claim.number, claim.raised_at),
        "skrd_number": skrd.number,
        "skrd_date": long_date(office_date(skrd.signed_at)),
        "due_date": long_date(owed.due_on),
        "lines": [
            {"description": said["said"], "basis": f"{said['legal_basis']}; {said['article']}", "amount": amount}
            for said, amount in ((line.as_dict(), format_rupiah(line.amount)) for line in owed.lines)
        ],
        "principal": format_rupiah(claim.principal),
        "interest_paid": format_rupiah(owed.interest_paid),
        "interest": format_rupiah(claim.interest),
        "total": format_rupiah(total),
        "total_words": terbilang(total),
        "pay_by": long_date(claim.pay_by),
        "payment_code": grouped(skrd.payment_code),
    }


def _claimed(reader: Reader, application_id: str, number: str) -> tuple[Assessment, Claim]:
    assessment = store.heard_of(reader, application_id)
    return assessment, next(claim for claim in assessment.claims if claim.number == number)


def _assumed_notices() -> list[str]:
    notices = late_notices()
    if not (notices.teguran.assumed or notices.strd.assumed):
        return []
    days = f"{notices.teguran.days} hari sesudah jatuh tempo, STRD {notices.strd.days} hari sesudah teguran"
    return [f"Anggapan: teguran {days}; peraturan kota tentang hal ini tidak diketahui."]
