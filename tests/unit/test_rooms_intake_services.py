"""The 21 services of the secretariat: people take their steps, and every return the decree draws is walked."""

from datetime import datetime, timedelta

import pytest

from catalogue.office import organisation
from catalogue.path import APPLICANT, ENDS, FINISHED, REFUSED, WITHDRAWN
from catalogue.standards_book import service_standards
from catalogue.ways import way
from contracts import archive, intake
from contracts.people import Actor
from services.intake import actions, bells, heard, printing, steps, store
from services.intake.clock import clock_of
from tests.builders import FILE, Drawers, Papers, fact, order, refused, submission, warga
from values.dates import JAKARTA

STANDARDS = service_standards()
MORNING = datetime(2020, 3, 9, 8, 30, tzinfo=JAKARTA)
each_service = pytest.mark.parametrize("code", STANDARDS)


class Service:
    """One request, handed in at a counter of the secretariat on a Monday of March 2020."""

    def __init__(self, code: str):
        self.standard, self.drawers, self.papers = STANDARDS[code], Drawers(now=MORNING), Papers()
        handed_in = submission(self.papers, code, None, attachments=[], quantities={}, acted_at=MORNING)
        self.drawers.ask(actions.submit, handed_in, self.actor("setda_counter"))
        self.drawers.let(printing.inspect_attachments(self.papers, self.drawers.heard(intake.ApplicationSubmitted)[0]))

    @property
    def file(self):
        return store.find(self.drawers, FILE)

    def actor(self, role: str, unit: str | None = None) -> Actor:
        """Somebody who holds this role, in the unit that the service wants."""
        role = "setda_counter" if role == APPLICANT else role  # it came on paper: entered for them at the counter
        known = role in self.standard.path.roles
        unit = unit or (self.standard.unit_of(role) if known else None)
        holder = organisation().officers_with(role, unit, on=MORNING.date())[0]
        return Actor(id=holder.id, role=role, unit=holder.unit)

    def take(self, outcome: str, minutes: int = 1, actor: Actor | None = None, **changes) -> dict:
        """The step at which it stands, by whoever's step it is."""
        self.drawers.now += timedelta(minutes=minutes)
        step = self.file.step
        actor = actor or self.actor(step.actor)
        return self.drawers.ask(
            steps.take, order(intake.TakeStep, **{"step": step.code, "outcome": outcome} | changes), actor
        )

    def walk(self, target: str) -> list[dict]:
        """On the shortest way from where it stands to another step, or to an end; what was answered."""
        return [self.take(outcome) for _, outcome in way(self.standard.path, self.file.step.code, target)]

    def close(self) -> None:
        """The room prints the resi and the archive proves both copies."""
        for event in self.drawers.heard(intake.ApplicationRegistered):
            self.drawers.let(printing.print_resi(self.papers, self.drawers, event))
        self.drawers.hear(heard.take_replicated, fact(archive.BundleReplicated))


@each_service
def test_every_service_is_done_step_by_step_by_those_whose_steps_they_are(code):
    service = Service(code)
    service.walk(FINISHED)
    assert (service.file.standing.outcome, service.file.standing.holder) == ("issued", "Arsiparis")
    service.close()
    assert service.file.standing.status == "archived"
    [due] = service.drawers.heard(intake.ArchivingDue)
    assert [d.kind for d in due.documents] == ["resi"]
    assert service.drawers.heard(intake.StepTaken)[-1].finished
    assert [e for e in service.drawers.said if type(e).__name__ in ("IssuanceDue", "AssessmentDue")] == []


@each_service
def test_every_outcome_of_every_step_leads_where_the_standard_says(code):
    path = STANDARDS[code].path
    for step in path.steps:
        for outcome, target in step.outcomes.items():
            if outcome == "expired":
                continue
            service = Service(code)
            service.walk(step.code)
            assert service.file.step == step
            service.take(outcome)
            now = service.file
            assert (now.step.code if now.step else now.standing.outcome) == ENDED.get(target, target)


@each_service
def test_whoever_serves_a_person_knows_who_it_is_and_the_operator_does_not(code):
    service, question = Service(code), intake.FindApplication(application_id=FILE)
    servants = [service.actor(role) for role in service.standard.path.roles - {APPLICANT}]
    known = {who.role: actions.find(service.drawers, question, who)["applicant"] for who in servants}
    assert {whose and whose["name"] for whose in known.values()} == {"Siti Rahmawati"}, known
    operator = service.actor("operator")
    assert actions.find(service.drawers, question, operator)["applicant"] is None


ENDED = {FINISHED: "issued", REFUSED: "refused", WITHDRAWN: "withdrawn"}


@each_service
def test_another_role_another_unit_and_another_step_are_refused(code):
    service = Service(code)
    step = service.file.step
    outcome = next(iter(step.outcomes))
    stranger = "mayor" if step.actor != "mayor" else "helpdesk"
    refused("wrong_role", lambda: service.take(outcome, actor=service.actor(stranger)))
    seat = service.standard.unit_of(step.actor)
    others = [u for u in organisation().units if seat and u != seat]
    if others:
        elsewhere = Actor(id="somebody", role=step.actor, unit=others[0])
        refused("wrong_unit", lambda: service.take(outcome, actor=elsewhere))
    refused("wrong_step", lambda: service.take(outcome, step="no_such_step", actor=service.actor(step.actor)))
    refused("unknown_outcome", lambda: service.take("shrugged"))
    assert service.drawers.heard(intake.StepTaken) == []


def test_the_resi_is_given_when_the_letter_is_entered_and_promises_what_the_standard_says():
    service = Service("S-XIII")
    path = service.standard.path
    first = next(o for o, to in path.first.outcomes.items() if to not in ENDS and path[to].actor != APPLICANT)
    service.take(first, minutes=5)
    file = service.file
    assert file.resi.startswith("R-2020-") and file.promised_on == MORNING.date()
    clock = clock_of(file, MORNING + timedelta(minutes=15))["file"]
    assert (clock["unit"], clock["limit"], clock["used"]) == ("minute", 15, "10")
    assert clock_of(file, MORNING + timedelta(minutes=21))["file"]["overdue"]


def test_a_number_is_given_once_and_without_gaps():
    numbers = []
    drawers = Drawers(now=MORNING)
    for n in range(3):
        service = Service("S-XIII")
        service.drawers.documents |= {k: v for k, v in drawers.documents.items() if k[0] == "series"}
        numbers += filter(None, [answer["number"] for answer in service.walk(FINISHED)])
        drawers = service.drawers
        assert len(numbers) == n + 1
    assert numbers == ["0001/S-XIII/2020", "0002/S-XIII/2020", "0003/S-XIII/2020"]


def test_a_request_that_is_never_completed_is_closed_after_fourteen_days():
    service = Service("S-IV")
    service.take("incomplete")
    assert service.file.standing.status == "waiting_for_applicant"
    service.drawers.now = MORNING + timedelta(days=15)
    for due in bells.due(service.drawers):
        service.drawers.let(due.act)
    assert (service.file.standing.status, service.file.standing.outcome) == ("withdrawn", "withdrawn")
    [closed] = service.drawers.heard(intake.ApplicationWithdrawn)
    assert closed.lapsed


def test_a_service_is_not_taken_in_before_its_decree_nor_with_what_it_does_not_ask():
    early = MORNING.replace(year=2019)
    papers, drawers = Papers(), Drawers(now=early)
    clerk = Service("S-IV").actor("setda_counter")

    def hand_in(**changes):
        fields = {"attachments": [], "quantities": {}, "acted_at": early} | changes
        sub_kind = fields.pop("sub_kind", None)
        return drawers.ask(actions.submit, submission(papers, "S-IV", sub_kind, **fields), clerk)

    refused("type_not_open", hand_in)
    drawers.now = MORNING
    refused("unknown_sub_kind", lambda: hand_in(acted_at=MORNING, sub_kind="baru"))
    refused("unknown_quantity", lambda: hand_in(acted_at=MORNING, quantities={"luas_m2": "1"}))


def test_a_licence_does_not_go_by_hand():
    drawers, papers = Drawers(now=MORNING), Papers()
    drawers.ask(actions.submit, submission(papers, "siup", "kecil", acted_at=MORNING), "counter-2")
    taking = order(intake.TakeStep, step="completeness", outcome="complete")
    refused("not_by_hand", lambda: drawers.ask(steps.take, taking, "counter-2"))


def test_what_an_applicant_handed_in_on_line_they_answer_themselves_and_nobody_else():
    papers, drawers = Papers(), Drawers(now=MORNING)
    handed_in = submission(papers, "S-IV", None, attachments=[], quantities={}, acted_at=MORNING, channel="online")
    drawers.ask(actions.submit, handed_in, warga())
    clerk = Service("S-IV").actor("setda_counter")

    def take(step, outcome, who):
        return drawers.ask(steps.take, order(intake.TakeStep, step=step, outcome=outcome), who)

    take("register", "incomplete", clerk)
    refused("wrong_role", lambda: take("complete_request", "answered", clerk))
    refused("not_yours", lambda: take("complete_request", "answered", warga("warga-2")))
    assert take("complete_request", "answered", warga())["step"] == "register"


def test_the_counters_check_of_a_licence_does_not_pass_for_a_step_of_a_service():
    service = Service("S-XIII")
    service.walk("completeness")
    check = order(intake.CheckCompleteness, findings=[{"requirement": "syarat_1", "verdict": "complete"}])
    refused("by_hand", lambda: service.drawers.ask(actions.check_completeness, check, "counter-2"))
    assert service.file.step.code == "completeness"
