"""Papers beside the way of a file (teguran, STRD, later receipts, tax notes) join its bundle, whenever they come."""

import pytest

from contracts import intake, retribution
from services.intake import heard
from services.intake.following import moved
from tests.builders import Counter, fact, on
from tests.closed import Closed

PAPERS = [
    (heard.take_claim, retribution.TeguranFiled, "teguran"),
    (heard.take_claim, retribution.StrdIssued, "strd"),
    (heard.take_further_receipt, retribution.FurtherReceiptIssued, "tanda_bukti_pembayaran"),
    (heard.take_tax_note, retribution.TaxNoteFiled, "nota_pajak"),
]
each = pytest.mark.parametrize(("take", "kind", "paper"), PAPERS, ids=[paper for *_, paper in PAPERS])


@each
def test_it_joins_a_file_on_its_way_which_stands_where_it_stood(take, kind, paper):
    counter = Counter()
    counter.tick()
    before = counter.record.standing
    counter.drawers.hear(take, fact(kind, application_id=counter.file))
    assert counter.record.paper(paper) and counter.record.standing == before
    assert counter.drawers.heard(intake.ArchivingDue) == []


@each
def test_it_joins_a_file_that_was_archived_and_makes_a_further_bundle(take, kind, paper):
    counter = Counter()
    counter.withdraw()
    [first] = counter.drawers.heard(intake.ArchivingDue)
    counter.drawers.hear(take, fact(kind, application_id=counter.file))
    _, second = counter.drawers.heard(intake.ArchivingDue)
    assert len(second.documents) == len(first.documents) + 1 and second.documents[-1].kind == paper
    counter.drawers.now = on(12, 24)
    assert paper in [shown.kind for shown in moved(counter.record).papers], "by this its code can be checked"


def test_a_late_strd_lies_on_both_sites():
    closed = Closed()
    first = closed.seal()
    strd = closed.hands.hand_in("STRD-2016-00001")
    closed.due = fact(intake.ArchivingDue, documents=[*closed.documents, strd], closed_at=on(3, 10))
    second = closed.seal()
    closed.replicate(first)
    closed.replicate(second)
    assert strd["sha256"] in second.objects and strd["sha256"] not in first.objects
    assert closed.stored(second, closed.sites.second) == closed.stored(second)


def test_that_a_payer_is_late_is_told_to_nobody_who_only_looks_up_the_number():
    counter = Counter()
    counter.tick()
    for take, kind, _ in PAPERS[:2]:
        counter.drawers.hear(take, fact(kind, application_id=counter.file))
    assert {"teguran_issued", "strd_issued"} <= {happening.what for happening in counter.record.history}
    assert not {"teguran_issued", "strd_issued"} & {turn.what for turn in moved(counter.record).history}
