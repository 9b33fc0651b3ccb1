"""Slow work of retribution about debts that are late: the STRD as a paper."""

from collections.abc import Callable

from catalogue.late_rules import late_notices
from contracts import retribution
from plumbing.messaging.book import Book, Reader
from plumbing.papers import Papers
from services.retribution import store
from services.retribution.model import Assessment, Claim
from services.retribution.printing import TEMPLATES, filing, grouped, heading
from values.dates import long_date, office_date
from values.rupiah import format_rupiah
from values.terbilang import terbilang

PLACE = "Bekasi"
AUTHORITY = "a.n. Kepala Badan Pelayanan Perizinan Terpadu"


def print_strd(papers: Papers, reader: Reader, event: retribution.StrdRaised) -> Callable[[Book], None]:
    """The STRD as a paper; with it principal and interest are claimed."""
    assessment = store.heard_of(reader, event.application_id)
    claim = next(claim for claim in assessment.claims if claim.number == event.number)
    document = papers.file("strd", TEMPLATES / "strd.typ", strd_data(papers, assessment, claim), claim.number)
    issued = retribution.StrdIssued(
        application_id=assessment.id,
        document=document,
        skrd_number=assessment.letter.number,
        principal=claim.principal,
        interest=claim.interest,
        pay_by=claim.pay_by,
        payment_code=assessment.letter.payment_code,
    )
    return filing(assessment.id, document, "strd_issued", issued)


def strd_data(papers: Papers, assessment: Assessment, claim: Claim) -> dict:
    """What the STRD prints: the debt it follows, each line of the interest, what was paid, what is claimed."""
    skrd, day = assessment.letter, office_date(claim.raised_at)
    teguran = next(each for each in reversed(assessment.claims) if each.kind == "teguran")
    owed = assessment.account_on(day)
    total = claim.principal + claim.interest
    return {
        **heading(papers, assessment, "strd", claim.number, claim.raised_at),
        "skrd_number": skrd.number,
        "skrd_date": long_date(office_date(skrd.signed_at)),
        "due_date": long_date(owed.due_on),
        "teguran": f"Nomor {teguran.number} tanggal {long_date(office_date(teguran.raised_at))}",
        "lines": [
            {"description": said["said"], "basis": f"{said['legal_basis']}; {said['article']}", "amount": amount}
            for said, amount in ((line.as_dict(), format_rupiah(line.amount)) for line in owed.lines)
        ],
        "assumptions": [*owed.remarks, *_assumed_notices()],
        "principal": format_rupiah(claim.principal),
        "interest_paid": format_rupiah(owed.interest_paid),
        "interest": format_rupiah(claim.interest),
        "total": format_rupiah(total),
        "total_words": terbilang(total),
        "pay_by": long_date(claim.pay_by),
        "payment_code": grouped(skrd.payment_code),
        "issued": {"place": PLACE, "date": long_date(day), "authority": AUTHORITY},
    }


def _assumed_notices() -> list[str]:
    notices = late_notices()
    if not (notices.teguran.assumed or notices.strd.assumed):
        return []
    days = f"{notices.teguran.days} hari sesudah jatuh tempo, STRD {notices.strd.days} hari sesudah teguran"
    return [f"Anggapan: teguran {days}; peraturan kota tentang hal ini tidak diketahui."]
