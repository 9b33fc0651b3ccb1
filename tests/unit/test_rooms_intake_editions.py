"""A file keeps the edition of the catalogue under which it came in, whatever is published later."""

from datetime import UTC, datetime

import pytest

from contracts import intake, retribution
from services.intake import actions, heard, printing, store
from tests.builders import FILE, Drawers, Papers, fact, order, submission


def registered(day: datetime) -> Drawers:
    """A burial licence that came in and was complete on that day."""
    drawers, papers = Drawers(now=day), Papers()
    handed_in = submission(papers, "iptm", "baru", acted_at=day)
    drawers.ask(actions.submit, handed_in, "counter-2")
    drawers.let(printing.inspect_attachments(papers, drawers.heard(intake.ApplicationSubmitted)[0]))
    findings = [{"requirement": a.requirement, "verdict": "complete"} for a in handed_in.attachments]
    drawers.ask(actions.check_completeness, order(intake.CheckCompleteness, findings=findings), "counter-2")
    return drawers


@pytest.mark.parametrize(
    ("day", "edition", "step"),
    [
        (datetime(2017, 12, 29, 3, tzinfo=UTC), "2016-11", "assessment"),
        (datetime(2018, 1, 2, 3, tzinfo=UTC), "2018-01", "initial_bidang_head"),
    ],
    ids=["before burials were free", "since burials are free"],
)
def test_the_edition_of_the_day_decides_the_way(day, edition, step):
    drawers = registered(day)
    file = store.find(drawers, FILE)
    assert (file.edition, file.standing.step) == (edition, step)
    asked, due = drawers.heard(intake.AssessmentDue), drawers.heard(intake.IssuanceDue)
    assert (len(asked), len(due)) == ((1, 0) if edition == "2016-11" else (0, 1))
    assert (asked + due)[0].edition == edition


def test_a_file_of_last_year_goes_on_under_its_own_edition_in_the_new_year():
    drawers = registered(datetime(2017, 12, 29, 3, tzinfo=UTC))
    drawers.now = datetime(2018, 2, 1, 3, tzinfo=UTC)
    drawers.hear(heard.take_skrd, fact(retribution.SkrdIssued))
    assert store.find(drawers, FILE).standing.step == "payment"
    drawers.hear(heard.take_receipt, fact(retribution.ReceiptIssued))
    [due] = drawers.heard(intake.IssuanceDue)
    assert due.edition == "2016-11"
