"""The noticeboard: what anyone may know of a file, whatever order the facts come in."""

from datetime import timedelta
from itertools import permutations

import pytest

from contracts import intake, issuance, retribution, technical_team
from contracts.noticeboard import Notice
from plumbing.messaging.book import NotYet
from services.noticeboard import actions, store
from tests.builders import FILE, NOW, Counter, Drawers, fact, on
from values.verification_code import verification_code

ACTS = {
    intake.ApplicationMoved: actions.note_move,
    technical_team.AppointmentBooked: actions.note_appointment,
    retribution.SkrdIssued: actions.note_skrd,
    retribution.ReceiptIssued: actions.note_payment,
    issuance.LicenceIssued: actions.note_licence,
    issuance.LicenceEnded: actions.note_end,
    issuance.LicenceSuspended: actions.note_suspension,
    issuance.LicenceReinstated: actions.note_reinstatement,
}


def test_what_nobody_asks_for_any_more_is_not_to_be_paid_in_whatever_order_it_is_told():
    issued, ended = fact(retribution.SkrdIssued), fact(retribution.DemandEnded)
    for order in ((issued, ended), (ended, issued)):
        board = Drawers()
        for said in order:
            act = actions.note_skrd if said is issued else actions.note_end_of_demand
            board.hear(act, said)
        assert store.notice(board, FILE).skrd and store.notice(board, FILE).to_pay is None


def test_a_withdrawn_file_asks_for_nothing_but_leads_its_joint_skrd_on_for_the_others():
    counter = Counter()
    counter.tick()
    counter.withdraw()
    moved = counter.drawers.heard(intake.ApplicationMoved)[-1]
    for covers, asks in (((), False), (("R-1", "R-2"), True)):
        board = Drawers()
        board.hear(actions.note_skrd, fact(retribution.SkrdIssued, covers=covers))
        assert store.notice(board, FILE).to_pay
        board.hear(actions.note_move, moved)
        assert bool(store.notice(board, FILE).to_pay) is asks


FINISHED = {
    "revision": 9,
    "status": "archived",
    "step": None,
    "outcome": "issued",
    "since": "2016-03-11T10:00:00+07:00",
}


def board(*facts) -> Drawers:
    """A noticeboard that heard these facts; what came too early is said again at the end, as the bus does."""
    drawers, waiting = Drawers(), list(facts)
    for _ in range(3):
        heard, waiting = waiting, []
        for event in heard:
            try:
                drawers.hear(ACTS[type(event)], event)
            except NotYet:
                waiting.append(event)
    assert waiting == []
    return drawers


def notice(drawers: Drawers) -> Notice:
    found = {}
    drawers.let(lambda book: found.update(it=store.notice(book, FILE)))
    return found["it"]


def test_every_fact_fills_its_part_of_the_notice():
    seen = notice(board(*[fact(kind) for kind in ACTS if kind is not issuance.LicenceEnded]))
    assert seen.moved.resi == seen.resi == "R-2016-000123-7"
    assert seen.skrd.amount == 187_625 and seen.skrd.paid_at is not None
    assert seen.payment_code == "201603000123"
    assert seen.licence.verification_code == "K7QF-3M2P-X9DA"
    assert seen.appointment.kind == "visit"


@pytest.mark.parametrize("order", list(permutations(range(4))), ids=lambda order: "".join(map(str, order)))
def test_facts_that_overtake_each_other_leave_the_same_notice_and_the_same_tally(order):
    facts = [
        fact(intake.ApplicationMoved),
        fact(intake.ApplicationMoved, **FINISHED),
        fact(issuance.LicenceIssued),
        fact(retribution.SkrdIssued),
    ]
    drawers = board(*[facts[n] for n in order])
    assert drawers.documents == board(*facts).documents
    assert drawers.documents[("days", "2016-03-10")]["issued"] == {"siup": 1}


def test_a_receipt_that_overtakes_its_skrd_waits_for_it():
    with pytest.raises(NotYet):
        Drawers().hear(actions.note_payment, fact(retribution.ReceiptIssued))
    seen = notice(board(fact(retribution.ReceiptIssued), fact(retribution.SkrdIssued)))
    assert seen.skrd.paid_at is not None


def owing(*facts) -> tuple[int, bool]:
    """What the board asks for after an SKRD of Rp 187.625 and what followed, and whether it calls it paid."""
    drawers = board(fact(retribution.SkrdIssued))
    for each in facts:
        act = actions.note_supplement if isinstance(each, retribution.SupplementIssued) else actions.note_change
        drawers.hear(actions.note_payment if isinstance(each, retribution.ReceiptIssued) else act, each, times=2)
    skrd = notice(drawers).skrd
    return (skrd.amount, skrd.paid_at is not None) if skrd else (0, False)


def test_a_demand_that_changes_is_asked_for_as_it_is_now():
    more = fact(retribution.SupplementIssued)
    assert owing(fact(retribution.ReceiptIssued), more) == (14_063, False), "what of it is left is to be paid"
    assert owing(fact(retribution.ChangeFiled)) == (105_469, False)
    assert owing(fact(retribution.ChangeFiled, granted=False)) == (187_625, False)
    gone = {"principal": 0, "principal_left": 0, "due_on": None}
    assert owing(fact(retribution.ChangeFiled, **gone, cleared_at=NOW)) == (0, True)


def test_a_cancelled_skrd_is_asked_for_no_longer_unless_the_next_one_is_there_already():
    cancelled = {"anew": True, "principal": 0, "principal_left": 0, "due_on": None}
    assert owing(fact(retribution.ChangeFiled, **cancelled)) == (0, False)
    assert owing(fact(retribution.ChangeFiled, **cancelled, skrd_number="an earlier one")) == (187_625, False)


def test_older_news_changes_nothing():
    late = board(fact(intake.ApplicationMoved, **FINISHED), fact(intake.ApplicationMoved))
    assert notice(late).moved.status == "archived"


def test_a_file_is_counted_once_as_received_finished_and_issued_each_on_its_day():
    drawers = board(fact(intake.ApplicationMoved), fact(intake.ApplicationMoved, **FINISHED))
    drawers.hear(actions.note_licence, fact(issuance.LicenceIssued), times=2)
    days = {key: day for (name, key), day in drawers.documents.items() if name == "days"}
    assert days == {
        "2016-03-07": {"_id": "2016-03-07", "received": 1, "finished": 0, "in_time": 0, "issued": {}},
        "2016-03-10": {"_id": "2016-03-10", "received": 0, "finished": 0, "in_time": 0, "issued": {"siup": 1}},
        "2016-03-11": {"_id": "2016-03-11", "received": 0, "finished": 1, "in_time": 1, "issued": {}},
    }


def test_every_paper_of_a_file_can_be_found_by_the_code_printed_on_it():
    drawers = board(fact(intake.ApplicationMoved))
    code = verification_code(FILE, "resi", "R-2016-000123-7")
    assert drawers.documents[("papers", code)]["kind"] == "resi"


def test_a_revoked_licence_is_known_as_revoked_also_when_its_paper_is_heard_of_later():
    seen = notice(board(fact(issuance.LicenceEnded), fact(issuance.LicenceIssued)))
    assert seen.ended is not None and seen.licence is not None


def test_the_board_beats_once_a_minute():
    drawers = Drawers()
    first, again = actions.heartbeat(drawers), actions.heartbeat(drawers)
    assert [due.key for due in first] == [due.key for due in again]
    drawers.now = NOW + timedelta(minutes=1)
    assert actions.heartbeat(drawers)[0].key != first[0].key
    drawers.let(first[0].act)
    assert drawers.documents[("heartbeats", "noticeboard")]["at"].startswith("2016-11-30T09:01")


# --- what intake tells it --------------------------------------------------------------------------------------------


def test_each_change_of_a_file_is_told_and_nothing_is_told_twice():
    counter = Counter()
    counter.tick()
    told = counter.drawers.heard(intake.ApplicationMoved)
    assert [event.revision for event in told] == sorted({event.revision for event in told})
    assert told[0].status == "submitted"
    assert told[-1].resi == counter.record.resi and told[-1].step == counter.record.standing.step


def test_nobody_can_be_recognised_by_what_is_told():
    counter = Counter()
    counter.tick(npwp_perusahaan="wrong")
    applicant = counter.order.applicant
    for event in counter.drawers.heard(intake.ApplicationMoved):
        said = event.model_dump_json()
        personal = [applicant.name, applicant.nik, applicant.address, applicant.phone, applicant.email, "catatan loket"]
        assert [text for text in personal if text in said] == []
        assert event.applicant == "S*** R***"


def test_the_papers_of_the_applicant_are_not_told():
    counter = Counter()
    counter.tick()
    counter.withdraw(on(3, 3))
    kinds = {paper.kind for event in counter.drawers.heard(intake.ApplicationMoved) for paper in event.papers}
    assert "attachment" not in kinds


@pytest.mark.parametrize("first", [0, 1])
def test_a_refund_is_shown_whichever_fact_comes_first(first):
    facts = [fact(retribution.RefundGranted), fact(retribution.RefundPaid, compensation=50)]
    drawers = Drawers()
    for event in (facts[first], facts[1 - first]):
        drawers.hear(actions.note_refund, event, times=2)
    [refund] = drawers.let(lambda book: store.notice(book, FILE)).refunds
    assert (refund.amount, refund.pay_by.isoformat(), refund.paid_on.isoformat()) == (1_000, "2016-06-01", "2016-04-02")
    assert refund.compensation == 50, "what was paid is the last word"
