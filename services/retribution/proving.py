"""Verbs of retribution that compute again: every signed note each night, a month when asked, open files under other
tariffs."""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial
from itertools import chain

from pydantic import ValidationError

from catalogue.licences import licence_type
from catalogue.nota_lines import compute
from catalogue.tariff_book import TariffBook, TariffRow, tariff_book
from contracts import retribution
from plumbing.messaging.book import Book, Reader
from plumbing.messaging.watch import Due
from services.retribution import store
from services.retribution.model import Assessment
from services.retribution.proof import NotaDiffers, differences
from services.retribution.rates import rate_for
from values.dates import JAKARTA, office_date
from values.refusal import Refusal

FROM_HOUR = 1  # at night, by the clock in Jakarta; an office that was off then proves as soon as it is on


def nightly(reader: Reader) -> Iterator[Due]:
    """Once a night all signed notes are computed again. A note that differs is a trouble for the operators, said at
    each look until it agrees; what differed the night before and agrees now is taken back. Files kept by a version that
    knew neither claims nor this are planned on the way."""
    now = reader.now.astimezone(JAKARTA)
    tonight = now.date().isoformat()
    if now.hour < FROM_HOUR or store.proof(reader, tonight):
        return
    checked, different, older = 0, [], store.unplanned(reader)
    signed = (each for month in months(now) for each in store.with_nota_of(reader, month))
    seen = set()
    for assessment in chain(signed, (each for each in older if each.nota and each.nota.signed_at)):
        if assessment.id in seen:
            continue
        seen.add(assessment.id)
        checked += 1
        if differences(assessment):
            different.append(assessment.id)
    for assessment in older:
        yield Due(f"plan:{assessment.id}", assessment.id, partial(plan, application_id=assessment.id))
    before = store.last_proof(reader).get("different", [])
    for id in dict.fromkeys([*different, *before]):
        yield Due(f"recompute:{id}", id, partial(require_same, application_id=id))
    done = partial(store.keep_proof, night=tonight, checked=checked, different=different)
    yield Due(f"recomputed:{tonight}", "", done)


def plan(book: Book, application_id: str) -> None:
    """A file kept by an older version gets what is kept beside the record: its next claim, the month of its nota."""
    store.save(book, store.heard_of(book, application_id))


def require_same(book: Book, application_id: str) -> None:
    """`NotaDiffers`, with where and by how much, when the note of that file does not give the same rupiah again."""
    assessment = store.heard_of(book, application_id)
    if found := differences(assessment):
        raise NotaDiffers(f"{assessment.nota.number}: {'; '.join(each.said for each in found)}")


def months(until: datetime) -> Iterator[str]:
    """`2012-01` to the month of that moment: no note is older than the oldest tariff."""
    first = min(row.effective_from for row in tariff_book().rows.values())
    for n in range(first.year * 12 + first.month - 1, until.year * 12 + until.month):
        yield f"{n // 12}-{n % 12 + 1:02d}"


def recompute_month(reader: Reader, question: retribution.RecomputeNota) -> dict:
    """How many notes were signed in a month, what they come to, and which do not give the same rupiah again."""
    notes = store.with_nota_of(reader, question.month)
    different = [(each, found) for each in notes if (found := differences(each))]
    return {
        "month": question.month,
        "checked": len(notes),
        "total": sum(each.nota.total for each in notes),
        "different": [
            {
                "application_id": each.id,
                "resi": each.resi,
                "number": each.nota.number,
                "total": each.nota.total,
                "differences": [d._asdict() | {"said": d.said} for d in found],
            }
            for each, found in different
        ],
    }


def what_if(reader: Reader, question: retribution.WhatIf) -> dict:
    """Which open files (without a signed note) would cost something else under other tariffs on a day, and how much.

    `rows` replace all rows of the retributions they name; the others stay as they are.
    """
    other, day = _with(question.rows), question.on or office_date(reader.now)
    files = [each for each in store.without_nota(reader) if each.closed is None]
    ours = tariff_book()
    compared = [(each, _total(reader, each, day, ours), _total(reader, each, day, other)) for each in files]
    changed = [
        {
            "application_id": each.id,
            "resi": each.resi,
            "licence_name": each.licence_name,
            "before": before,
            "after": after,
        }
        for each, before, after in compared
        if before != after
    ]
    return {"on": day.isoformat(), "checked": len(files), "changed": changed}


def _total(reader: Reader, assessment: Assessment, day: date, book: TariffBook) -> int | str:
    """Whole rupiah, or why it cannot be computed."""
    kind = licence_type(assessment.licence_type, assessment.edition)
    try:
        rates = [rate_for(reader, day)] if kind.retribution and kind.retribution.in_dollars else []
        lines = compute(kind, assessment.sub_kind, assessment.quantities, day, book, rates)
        return sum(line.amount for line in lines)
    except Refusal as no:
        return no.message


def _with(rows: list[dict]) -> TariffBook:
    try:
        others = [TariffRow.model_validate(row) for row in rows]
    except ValidationError as error:
        first = error.errors()[0]
        raise Refusal("bad_tariff", f"Baris tarif tidak dapat dibaca: {first['msg']}.", field="rows") from error
    return tariff_book().replacing(others)
