"""The 21 services of the secretariat over the whole office: taken in, sent back, done, and archived on two sites."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from catalogue.office import organisation
from catalogue.path import APPLICANT, ENDS, FINISHED, Path
from catalogue.standards_book import service_standards
from catalogue.ways import way
from contracts import archive, intake, notification
from plumbing.messaging.envelope import new_id
from plumbing.object_store import content_key
from tests.people import People, a_pdf, eventually
from values.dates import JAKARTA
from values.refusal import Refusal

MORNING = datetime(2020, 3, 9, 8, 30, tzinfo=JAKARTA)
STANDARDS = service_standards()


def whole_way(path: Path) -> list[tuple[str, str]]:
    """From the beginning to the end, by the applicant once where the path asks for something first."""
    first = path.first
    back = [(o, to) for o, to in first.outcomes.items() if to not in ENDS and path[to].actor == APPLICANT]
    turns = [(first.code, back[0][0]), (back[0][1], "answered")] if back else []
    return [*turns, *way(path, first.code, FINISHED)]


def seated(code: str, role: str) -> str:
    unit = None if role in (APPLICANT, "setda_counter") else STANDARDS[code].unit_of(role)
    role = "setda_counter" if role == APPLICANT else role
    return organisation().officers_with(role, unit, on=MORNING.date())[0].id


def handed_in(people: People, code: str) -> str:
    paper = {"requirement": "syarat_1", "document": people.hand_in(a_pdf(f"{code} {new_id()}"))}
    order = intake.SubmitApplication(
        command_id=new_id(),
        application_id=new_id(),
        licence_type=code,
        channel="counter",
        applicant=intake.APPLICANT_EXAMPLE,
        place=intake.PLACE_EXAMPLE,
        attachments=[paper],
        acted_at=MORNING,
    )
    return people.ask(seated(code, "setda_counter"), order)["application_id"]


def walked(people: People, code: str, file: str) -> dict[str, Any]:
    answer: dict[str, Any] = {}
    path = STANDARDS[code].path
    for n, (step, outcome) in enumerate(whole_way(path), start=1):
        fields = {"application_id": file, "step": step, "outcome": outcome}
        at = MORNING + timedelta(minutes=n)
        answer = people.do(seated(code, path[step].actor), intake.TakeStep, acted_at=at, **fields)
    return answer


def test_all_21_services_are_done_by_those_whose_steps_they_are_and_archived(people: People):
    files = {code: handed_in(people, code) for code in STANDARDS}
    for code, file in files.items():
        answer = walked(people, code, file)
        assert answer["status"] in ("issued", "archived") and answer["resi"].startswith("R-2020-"), code
    for code, file in files.items():
        end = people.wait_for(file, "archived", 60)
        assert (end["standing"]["outcome"], end["edition"]) == ("issued", "2020-03"), code
        assert {document["kind"] for document in end["documents"]} == {"attachment", "resi"}
        for document in end["documents"]:
            name = content_key(document["sha256"])
            assert people.store.digest_of_stored(name) == people.second.digest_of_stored(name)
    bundle = people.ask("archivist", archive.FindBundle(application_id=files["S-IV"]))
    assert len(bundle["bundles"]) == 1

    def letters() -> set[str]:
        told = people.ask("operator-1", notification.DeliveriesOf(application_id=files["S-IV"]))
        return {letter["turn"] for letter in told if letter["outcome"] == "sent"}

    wanted = {"diterima", "menunggu_pemohon", "terdaftar", "layanan_selesai", "diarsipkan"}
    eventually(lambda: letters() == wanted, 30, "the letters")


def test_a_step_out_of_turn_by_somebody_else_or_twice_is_refused_with_what_was_expected(people: People):
    file = handed_in(people, "S-IV")
    clerk, head = seated("S-IV", "setda_counter"), seated("S-IV", "division_head")
    at = {"application_id": file, "acted_at": MORNING + timedelta(minutes=2)}
    with pytest.raises(Refusal, match="wrong_step"):
        people.do(head, intake.TakeStep, step="division_disposition", outcome="disposed", **at)
    with pytest.raises(Refusal, match="wrong_role"):
        people.do(head, intake.TakeStep, step="register", outcome="registered", **at)
    with pytest.raises(Refusal, match="unknown_outcome"):
        people.do(clerk, intake.TakeStep, step="register", outcome="shrugged", **at)
    order = intake.TakeStep(command_id=new_id(), step="register", outcome="registered", **at)
    assert people.ask(clerk, order) == people.ask(clerk, order), "a repeated command is one command"
    with pytest.raises(Refusal, match="wrong_step"):
        people.do(clerk, intake.TakeStep, step="register", outcome="registered", **at)
