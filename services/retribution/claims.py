"""Verbs of retribution about a debt that is late: by the clock a teguran, then an STRD is proposed, each once; the Head
signs the STRD."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from catalogue.late_rules import late_notices
from contracts import retribution
from plumbing.messaging.book import Book, Reader
from plumbing.messaging.watch import Due
from plumbing.numbering import allocate
from services.retribution import actions, store
from services.retribution.lateness import next_claim, proposed, to_sign
from services.retribution.model import Assessment, Claim, StrdProposal
from values.dates import office_date
from values.refusal import Refusal
from values.rupiah import format_rupiah

PREFIXES = {"teguran": "TGR", "strd": "STRD"}


def due(reader: Reader) -> Iterator[Due]:
    """Every file whose next claim should go out by today; what it costs grows with what is due."""
    ids = store.with_claim_due(reader, office_date(reader.now))
    return (Due(f"claim:{id}", id, partial(claim, application_id=id)) for id in ids)


def claim(book: Book, application_id: str) -> None:
    """Claim what is owed today. It may have been paid since it was seen: then it is only planned anew."""
    assessment, today = store.heard_of(book, application_id), office_date(book.now)
    ahead = next_claim(assessment)
    if ahead and ahead.on <= today:
        if ahead.kind == "lapse":
            _lapse(book, assessment)
        elif assessment.owed(today).total_left:
            _remind(book, assessment) if ahead.kind == "teguran" else _propose(book, assessment)
    store.save(book, assessment)


def _remind(book: Book, assessment: Assessment) -> None:
    made, letter = _claimed(book, assessment, "teguran", book.now), assessment.letter
    book.say(
        retribution.TeguranRaised(
            application_id=assessment.id,
            number=made.number,
            skrd_number=letter.number,
            principal=made.principal,
            interest=made.interest,
            due_on=assessment.owed(office_date(book.now)).due_on,
            pay_by=made.pay_by,
            payment_code=letter.payment_code,
        )
    )


def _propose(book: Book, assessment: Assessment) -> None:
    assessment.strd_proposals.append(StrdProposal(proposed_at=book.now))
    assessment.history.append(book.happening("strd_proposed"))


def _lapse(book: Book, assessment: Assessment) -> None:
    proposed(assessment).lapsed_at = book.now
    assessment.history.append(book.happening("strd_lapsed", note="tidak ada lagi yang ditagih"))


def sign_strd(book: Book, order: retribution.SignStrd) -> dict:
    """The Head signs: the STRD gets its number and claims what is owed on that day. Refusals: `no_strd`,
    `nothing_owed`, and those of everyone who may not sign."""
    assessment, moment = actions.open_file(book, order)
    waits = proposed(assessment)
    if waits is None:
        signed = next((each.number for each in reversed(assessment.claims) if each.kind == "strd"), None)
        said = f"STRD {signed} sudah ditandatangani." if signed else "Tidak ada STRD yang menunggu tanda tangan."
        raise Refusal("strd_signed" if signed else "no_strd", said, field="application_id")
    actions.require_authority(book.actor, assessment, moment, "skrd")  # who signs SKRD signs STRD: assumed
    if to_sign(assessment) is None or not assessment.owed(office_date(moment)).total_left:
        raise Refusal("nothing_owed", "Tidak ada lagi utang terlambat yang ditagih; usul STRD gugur.")
    made = _claimed(book, assessment, "strd", moment, signed_by=book.actor.id)
    waits.signed_as = made.number
    store.save(book, assessment)
    book.say(retribution.StrdSigned(application_id=assessment.id, number=made.number))
    return {"number": made.number, "principal": made.principal, "interest": made.interest}


def _claimed(book: Book, assessment: Assessment, kind: str, at: datetime, signed_by: str | None = None) -> Claim:
    """The numbered claim for what is owed on its day."""
    day = office_date(at)
    owed = assessment.owed(day)
    holder = actions.holder_of(assessment, sum(each.kind == kind for each in assessment.claims))
    made = Claim(
        kind=kind,
        number=f"{PREFIXES[kind]}-{day.year}-{allocate(book, f'{kind}/{day.year}', holder):05d}",
        raised_at=at,
        pay_by=day + timedelta(days=late_notices().strd.days),
        principal=owed.principal_left,
        interest=owed.interest_left,
        signed_by=signed_by,
    )
    assessment.claims.append(made)
    sums = f"pokok {format_rupiah(made.principal)}, bunga {format_rupiah(made.interest)}"
    what = "strd_signed" if kind == "strd" else "teguran_raised"
    assessment.history.append(book.happening(what, at, f"{made.number}: {sums}"))
    return made
