"""The clock of a file, and the bells it rings: before a limit, at it and after it, once each, also long after."""

from datetime import datetime

import pytest

from contracts import intake, retribution, technical_team
from services.intake import actions, bells, heard, printing, requests, store
from services.intake.clock import clock_of
from tests.builders import FILE, Drawers, Papers, fact, officer, on, order, submission
from values.dates import JAKARTA


class Desk:
    """A counter in March 2016 whose days go by: what is entered is entered when it happens."""

    def __init__(self, code: str = "imb", sub_kind: str | None = "rumah_tinggal", **quantities):
        self.drawers, self.papers = Drawers(now=on(3, 1)), Papers()
        self.handed_in = submission(self.papers, code, sub_kind, quantities=quantities, acted_at=on(3, 1))
        self.drawers.ask(actions.submit, self.handed_in, "counter-2")
        self.drawers.let(printing.inspect_attachments(self.papers, self.drawers.heard(intake.ApplicationSubmitted)[0]))

    @property
    def file(self):
        return store.find(self.drawers, FILE)

    def on(self, at: datetime) -> "Desk":
        self.drawers.now = at
        return self

    def check(self, **verdicts):
        findings = [
            {"requirement": a.requirement, "verdict": verdicts.get(a.requirement, "complete")}
            for a in self.handed_in.attachments
        ]
        self.drawers.ask(actions.check_completeness, order(intake.CheckCompleteness, findings=findings), "counter-2")
        return self

    def answer(self, requirement: str):
        document = self.papers.hand_in(f"{requirement} baru")
        self.drawers.ask(
            requests.answer, order(intake.AnswerItem, requirement=requirement, document=document), "counter-2"
        )
        return self

    def look(self) -> list[str]:
        """One look of the watch: the marks of what it found."""
        found = bells.due(self.drawers)
        for due in found:
            self.drawers.let(due.act)
        return [due.key.rpartition(":")[0] for due in found]

    def raised(self):
        kinds = (intake.ReminderRaised, intake.EscalationRaised)
        return [(type(e).__name__, e.step, getattr(e, "level", 0)) for e in self.drawers.said if isinstance(e, kinds)]


def at(day: int, hour: int = 9, month: int = 3) -> datetime:
    return datetime(2016, month, day, hour, tzinfo=JAKARTA)


@pytest.fixture
def before_the_team() -> Desk:
    """Registered on Tuesday 1 March: three working days for the team (9 March was a holiday), seven for the whole."""
    return Desk(luas_m2="100.00", waktu="tetap").check()


def test_a_step_is_reminded_of_then_escalated_at_its_limit_and_after_it(before_the_team):
    desk = before_the_team
    assert desk.on(at(2)).look() == []
    desk.on(at(3, 8)).look()
    assert desk.raised() == [("ReminderRaised", "verification", 0)]
    assert desk.on(at(4, 23)).look() == []
    desk.on(at(5, 0)).look()
    assert desk.raised()[-1] == ("EscalationRaised", "verification", 1)
    desk.on(at(8, 0)).look()
    assert desk.raised()[-1] == ("EscalationRaised", "verification", 2)
    reminder = desk.drawers.heard(intake.ReminderRaised)[0]
    assert (reminder.role, reminder.bidang, reminder.due_at.date().day) == ("technical_officer", "jasa_usaha", 4)


def test_after_a_long_time_away_each_bell_still_rings_and_only_once(before_the_team):
    desk = before_the_team.on(at(30))
    first = desk.look()
    assert sorted(first) == sorted(
        [f"rang:{name}:{of}:1" for of in ("verification", "file") for name in ("remind", "due", "escalate")]
    )
    assert len(desk.raised()) == 6
    assert desk.look() == [] and len(desk.raised()) == 6


def test_two_watches_that_saw_the_same_bell_ring_it_once(before_the_team):
    desk = before_the_team.on(at(3, 8))
    [due] = bells.due(desk.drawers)
    for _ in range(2):
        desk.drawers.let(due.act)
    assert desk.raised() == [("ReminderRaised", "verification", 0)]


def test_a_file_that_went_on_is_not_reminded_of_the_step_it_left(before_the_team):
    desk = before_the_team.on(at(3, 8))
    [due] = bells.due(desk.drawers)
    filed = fact(technical_team.BeritaAcaraFiled, outcome="recommended", verified_at=at(3, 7))
    desk.drawers.hear(heard.take_berita_acara, filed)
    desk.drawers.let(due.act)
    assert desk.raised() == []


def test_what_was_over_when_it_was_entered_from_paper_rings_no_bell():
    desk = Desk(luas_m2="100.00", waktu="tetap").on(at(1, month=6))
    findings = [{"requirement": a.requirement, "verdict": "complete"} for a in desk.handed_in.attachments]
    on_paper = order(intake.CheckCompleteness, findings=findings, acted_at=at(1, 10))
    desk.drawers.ask(actions.check_completeness, on_paper, "counter-2")
    assert desk.look() == [] and desk.raised() == []
    assert clock_of(desk.file, at(1, month=6))["file"]["overdue"], "it is late all the same, and says so"


def test_what_the_applicant_never_answers_is_reminded_of_and_then_closed():
    desk = Desk("siup", "kecil").check(ktp="missing")
    assert desk.file.standing.status == "waiting_for_applicant"
    desk.on(at(12)).look()
    [reminder] = desk.drawers.heard(intake.ReminderRaised)
    assert (reminder.role, reminder.step) == ("applicant", "completing")
    desk.on(at(15, 23)).look()
    assert desk.drawers.heard(intake.ApplicationWithdrawn) == []
    desk.on(at(16)).look()
    [closed] = desk.drawers.heard(intake.ApplicationWithdrawn)
    assert closed.lapsed and "15 Maret 2016" in closed.reason
    assert (desk.file.standing.status, desk.file.standing.outcome) == ("withdrawn", "withdrawn")
    assert len(desk.drawers.heard(intake.ArchivingDue)) == 1
    assert desk.look() == []


def test_an_answer_in_time_keeps_the_file_open():
    desk = Desk("siup", "kecil").check(ktp="missing").on(at(14)).answer("ktp")
    desk.on(at(1, month=5)).look()
    assert desk.file.standing.status == "submitted"
    assert desk.drawers.heard(intake.ApplicationWithdrawn) == []


def test_the_clock_stands_still_while_the_applicant_pays_and_says_why(before_the_team):
    desk = before_the_team.on(at(2))
    desk.drawers.hear(
        heard.take_berita_acara, fact(technical_team.BeritaAcaraFiled, outcome="recommended", verified_at=at(2))
    )
    desk.drawers.hear(heard.take_skrd, fact(retribution.SkrdIssued, issued_at=at(3)))
    waiting = clock_of(desk.file, at(28))["file"]
    assert (waiting["running"], waiting["stopped_because"], waiting["overdue"]) == (False, "applicant", False)
    desk.on(at(28)).drawers.hear(heard.take_receipt, fact(retribution.ReceiptIssued, paid_at=at(28)))
    going_on = clock_of(desk.file, at(29))["file"]
    assert going_on["running"] and going_on["used"] == waiting["used"] == "1"
    steps = [(step["step"], step["visit"], step["outcome"]) for step in clock_of(desk.file, at(29))["steps"]]
    assert steps[-2:] == [("payment", 1, "paid"), ("initial_bidang_head", 1, None)]


def test_a_question_about_a_file_is_answered_with_its_clock(before_the_team):
    desk = before_the_team.on(at(2))
    question = intake.FindApplication(application_id=FILE)
    found = actions.find(desk.drawers, question, officer("counter-2"))
    clock = found["clock"]["file"]
    assert (clock["unit"], clock["limit"], clock["due"][:10]) == ("working_day", 7, "2016-03-11")
    assert found["promised_on"] == "2016-03-11", "what the applicant was promised is what the clock holds us to"
