"""The Bidang hands a task to another member: who may, when, and what becomes of the appointment."""

import pytest

from contracts import technical_team
from services.technical_team import handing, store
from tests.builders import on, order, refused
from tests.team import OTHER, Team, hand_to

MEMBERS = ("tim-distako-1", "tim-distako-2", "tim-distako-3")


def hand_over(team: Team, to: str, skpd: str = "distako", at=None, who: str = "jasa-usaha-1") -> dict:
    fields = {"application_id": team.file, "skpd": skpd, "officer_id": to, "reason": "Anggota itu sedang sakit"}
    handed = order(technical_team.HandTask, **fields, acted_at=at or on(3, 4))
    return team.drawers.ask(handing.hand, handed, who)


def another(team: Team) -> str:
    return next(each for each in MEMBERS if each != team.officer_of("distako"))


def test_the_other_member_is_asked_anew_and_the_burden_goes_along():
    team = Team().accept()
    former, other, burden = team.officer_of("distako"), another(team), sum(team.workloads().values())
    assert hand_over(team, other) == {"offered_to": other}
    task = team.case.task("distako")
    assert (task.officer, task.state) == (other, "offered")
    offered = team.drawers.heard(technical_team.TaskOffered)[-1]
    assert (offered.officer_id, offered.skpd) == (other, "distako")
    assert sum(team.workloads().values()) == burden and former not in team.workloads()
    assert [h.what for h in team.case.history[-2:]] == ["task_handed", "task_offered"]


def test_an_appointment_stays_and_its_half_hours_change_hands():
    team = Team().accept()
    team.book(on(3, 7, 9), hours=1)
    former, other = team.officer_of("distako"), another(team)
    before = team.case.appointment
    hand_over(team, other)
    after = team.case.appointment
    assert (after.starts_at, after.place, len(after.slots)) == (before.starts_at, before.place, len(before.slots))
    halves = [slot.rpartition("/")[2] for slot in before.slots if slot.startswith(f"{former}/")]
    team.drawers.let(lambda book: _held(book, team, former, other, halves))


def _held(book, team: Team, former: str, other: str, halves: list[str]) -> None:
    assert halves and {store.holder_of(book, f"{other}/{half}") for half in halves} == {team.file}
    assert {store.holder_of(book, f"{former}/{half}") for half in halves} == {None}


def test_nobody_is_given_a_task_whose_appointment_meets_another_of_theirs():
    team = Team().accept()
    team.book(on(3, 7, 9), hours=1)
    busy = Team(OTHER, team.drawers)
    hand_to(busy, "distako", another(team))
    busy.accept(on(3, 4, 9)).book(on(3, 7, 9), hours=1, at=on(3, 4, 10))
    no = refused("double_booking", lambda: hand_over(team, busy.officer_of("distako"), at=on(3, 4, 11)))
    assert no.field == "officer_id" and team.officer_of("distako") != busy.officer_of("distako")


def test_who_declined_may_be_asked_again_by_the_bidang():
    team = Team()
    first = team.officer_of("distako")
    team.decline()
    hand_over(team, first)
    assert team.case.task("distako").declined_by == [] and team.officer_of("distako") == first


@pytest.mark.parametrize("stranger", ["tim-dinkes-1", "counter-2", "nobody"])
def test_only_a_member_of_that_skpd_can_have_it(stranger: str):
    no = refused("no_such_member", lambda: hand_over(Team(), stranger))
    assert no.field == "officer_id" and "Yang dapat dipilih" in no.remedy


def test_only_the_bidang_of_the_file_hands_it_and_never_to_the_same_member():
    team = Team()
    refused("wrong_bidang", lambda: hand_over(team, another(team), who="tertentu-1"))
    refused("same_member", lambda: hand_over(team, team.officer_of("distako")))
    refused("not_concerned", lambda: hand_over(team, another(team), skpd="dinkes"))


def test_what_holds_findings_is_not_handed_on():
    team = Team().accept()
    team.book(on(3, 7, 9), hours=1)
    team.find()
    refused("wrong_state", lambda: hand_over(team, another(team), at=on(3, 7, 12)))
