"""Verbs of retribution by the clock: a debt that is late is claimed, by a teguran and then by an STRD, each once."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from catalogue.late_rules import late_notices
from contracts import retribution
from plumbing.messaging.book import Book, Reader
from plumbing.messaging.watch import Due
from plumbing.numbering import allocate
from services.retribution import store
from services.retribution.lateness import next_claim
from services.retribution.model import Assessment, Claim
from values.dates import office_date
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
        _raise(book, assessment, ahead.kind)
    store.save(book, assessment)


def _raise(book: Book, assessment: Assessment, kind: str) -> None:
    today, skrd = office_date(book.now), assessment.letter
    owed = assessment.owed(today)
    if not owed.total_left:
        return
    made = Claim(
        kind=kind,
        number=f"{PREFIXES[kind]}-{today.year}-{allocate(book, f'{kind}/{today.year}', assessment.id):05d}",
        raised_at=book.now,
        pay_by=today + timedelta(days=late_notices().strd.days),
        principal=owed.principal_left,
        interest=owed.interest_left,
    )
    assessment.claims.append(made)
    sums = f"pokok {format_rupiah(made.principal)}, bunga {format_rupiah(made.interest)}"
    assessment.history.append(book.happening(f"{kind}_raised", book.now, f"{made.number}: {sums}"))
    if kind == "strd":
        book.say(retribution.StrdRaised(application_id=assessment.id, number=made.number))
        return
    book.say(
        retribution.TeguranRaised(
            application_id=assessment.id,
            number=made.number,
            skrd_number=skrd.number,
            principal=made.principal,
            interest=made.interest,
            due_on=owed.due_on,
            pay_by=made.pay_by,
            payment_code=skrd.payment_code,
        )
    )
