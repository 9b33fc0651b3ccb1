"""The technical team: who is asked to examine a file, and when they meet; nobody is booked twice."""

from collections import Counter as Tally
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.office import organisation
from contracts import technical_team
from services.technical_team import actions, worklist
from services.technical_team.model import SLOT, slots_between, strictest
from tests.builders import NOW, Drawers, officer, on, refused
from tests.team import OTHER, SKPD, Team, hand_to
from values.refusal import Refusal

# --- pure rules ------------------------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from(["recommended", "correction", "refused"]), min_size=1, max_size=6))
def test_the_strictest_recommendation_counts_whoever_says_it_and_whatever_the_others_say(words):
    outcome = strictest(words)
    assert outcome in words
    assert ("refused" in words) == (outcome == "refused")
    assert (outcome == "recommended") == (set(words) == {"recommended"})


@given(
    st.datetimes(on(1, 4).replace(tzinfo=None), on(12, 30).replace(tzinfo=None)),
    st.timedeltas(timedelta(minutes=1), timedelta(hours=8)),
)
def test_an_appointment_holds_every_half_hour_it_touches(start, length):
    start = start.replace(tzinfo=NOW.tzinfo)
    slots = slots_between(start, start + length)
    assert len(slots) == len(set(slots)) and len(slots) * SLOT >= length
    assert slots[0] <= start.strftime("%Y-%m-%dT%H:%M")
    assert len(slots_between(start, start + length + SLOT)) == len(slots) + 1


def test_two_appointments_that_only_touch_share_no_half_hour():
    assert not set(slots_between(on(3, 7, 9), on(3, 7, 10))) & set(slots_between(on(3, 7, 10), on(3, 7, 11)))


# --- tasks -----------------------------------------------------------------------------------------------------------


def test_each_skpd_is_offered_its_task_once():
    team = Team()
    offered = team.drawers.heard(technical_team.TaskOffered)
    assert [(offer.skpd, offer.officer_id) for offer in offered] == [(s, team.officer_of(s)) for s in SKPD]
    assert all(officer(team.officer_of(skpd)).unit == skpd for skpd in SKPD)


def test_tasks_go_to_the_least_busy_so_the_work_is_shared():
    drawers = Drawers()
    officers = [Team(f"file-{n:06d}", drawers).officer_of("distako") for n in range(9)]
    assert set(Tally(officers).values()) == {3}


def test_a_declined_task_goes_to_the_least_busy_of_the_others_until_nobody_is_left():
    team = Team()
    asked = [team.officer_of("distako")]
    Team(OTHER, team.drawers)  # makes another officer of the same SKPD busy
    busy = Team(OTHER, team.drawers).officer_of("distako")
    asked.append(team.decline())
    assert asked[1] not in (asked[0], busy)
    asked.append(team.decline(at=on(3, 3, 10)))
    assert len(set(asked)) == 3 and team.case.task("distako").declined_by == asked[:2]
    refused("nobody_left", lambda: team.decline(at=on(3, 3, 11)))
    assert [o.officer_id for o in team.drawers.heard(technical_team.TaskOffered) if o.application_id == team.file][
        2:
    ] == asked[1:]


def test_the_burden_of_a_declined_task_goes_with_it():
    team = Team()
    before, first = sum(team.workloads().values()), team.officer_of("distako")
    second = team.decline()
    assert sum(team.workloads().values()) == before
    assert first not in team.workloads() and team.workloads()[second] == 1


def test_a_task_is_for_the_officer_it_was_offered_to():
    team = Team()
    other = next(o for o in ("tim-distako-1", "tim-distako-2", "tim-distako-3") if o != team.officer_of("distako"))
    accept = (actions.accept, technical_team.AcceptTask)
    refused("not_your_task", lambda: team.one(*accept, "distako", on(3, 3), who=other))
    assert "distako" in refused("not_concerned", lambda: team.one(*accept, "dinkes", on(3, 3), who=other)).remedy
    team.accept()
    refused("wrong_state", lambda: team.one(*accept, "distako", on(3, 4)))
    refused("wrong_state", team.decline)


def test_an_officer_sees_their_own_open_tasks():
    team = Team()
    mine = officer(team.officer_of("distako"))
    assert [t["skpd"] for t in worklist.tasks_of(team.drawers, mine)] == ["distako"]
    of_others = worklist.tasks_of(team.drawers, officer("tim-dinkes-1"))
    assert of_others == []
    team.drawers.let(lambda book: actions.close(book, team.file, "withdrawn"))
    assert worklist.tasks_of(team.drawers, mine) == []


def test_a_case_is_shown_to_the_agencies_concerned():
    team = Team()
    question = technical_team.FindCase(application_id=team.file)
    assert worklist.find(team.drawers, question, officer("jasa-usaha-1"))["resi"]
    assert worklist.find(team.drawers, question, officer("tim-distako-3"))["resi"]
    refused("not_concerned", lambda: worklist.find(team.drawers, question, officer("tim-dinkes-1")))
    unknown = technical_team.FindCase(application_id="nothing")
    refused("unknown_case", lambda: worklist.find(team.drawers, unknown, officer("jasa-usaha-1")))


# --- appointments ----------------------------------------------------------------------------------------------------


def test_a_meeting_is_booked_for_all_when_all_have_accepted():
    team = Team()
    assert "Dinas Tata Kota" in refused("not_all_accepted", team.book).message
    team.accept()
    assert team.book() == {"moved": False}
    [booked] = team.drawers.heard(technical_team.AppointmentBooked)
    assert booked.officers == [team.officer_of(skpd) for skpd in SKPD] and not booked.moved
    assert len(team.booked()) == 4, "two officers, two half hours"


def test_nobody_is_booked_twice_at_one_time():
    team = Team().accept()
    team.book()
    other = Team(OTHER, team.drawers).accept()
    for skpd in SKPD:  # the same people on the other file
        hand_to(other, skpd, team.officer_of(skpd))
    busy = organisation().officers[team.officer_of("distako")].name
    assert busy in refused("double_booking", lambda: other.book(on(3, 7, 9, 30))).message
    assert other.book(on(3, 7, 10)) == {"moved": False}
    assert len(team.booked()) == 8


def test_moving_an_appointment_gives_the_old_time_back():
    team = Team().accept()
    team.book()
    first = team.booked()
    assert team.book(on(3, 8), at=on(3, 4)) == {"moved": True}
    assert not first & team.booked() and len(team.booked()) == 4
    assert team.drawers.heard(technical_team.AppointmentBooked)[-1].moved
    other = Team(OTHER, team.drawers).accept()
    for skpd in SKPD:
        hand_to(other, skpd, team.officer_of(skpd))
    other.book(on(3, 7))
    assert len(team.booked()) == 8


def test_a_move_that_is_refused_leaves_the_appointment_where_it_was():
    team = Team().accept()
    team.book()
    other = Team(OTHER, team.drawers).accept()
    for skpd in SKPD:
        hand_to(other, skpd, team.officer_of(skpd))
    other.book(on(3, 8))
    before = team.booked()
    refused("double_booking", lambda: team.book(on(3, 8), at=on(3, 4)))
    assert team.booked() == before and team.case.appointment.starts_at == on(3, 7)
    assert team.book(on(3, 7, 9, 30), at=on(3, 4)) == {"moved": True}, "its own old time is no hindrance"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 20), st.integers(1, 6)), max_size=10))
def test_whatever_is_booked_and_moved_the_calendar_holds_exactly_what_is_booked(wishes):
    drawers = Drawers()
    teams = [Team(f"file-{n:06d}", drawers).accept() for n in range(3)]
    for team in teams[1:]:
        for skpd in SKPD:
            hand_to(team, skpd, teams[0].officer_of(skpd))
    for which, half_hour, length in wishes:
        starts = on(3, 7, 8) + half_hour * SLOT
        try:
            teams[which].book(starts, hours=length / 2, because="Warga hanya ada sore")
        except Refusal as no:
            assert no.code == "double_booking"
    held = [slot for team in teams if team.case.appointment for slot in team.case.appointment.slots]
    assert len(held) == len(set(held))
    assert set(held) == teams[0].booked()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"hours": 0}, "ends_at"),
        ({"hours": -1}, "ends_at"),
        ({"hours": 8.5}, "ends_at"),
        ({"starts": on(3, 3, 9)}, "starts_at"),
        ({"starts": on(3, 7).replace(year=2018)}, "starts_at"),
        ({"starts": on(12, 31).replace(year=9999, hour=15)}, "starts_at"),
    ],
)
def test_a_time_that_cannot_be_is_refused(change, field):
    assert refused("bad_period", lambda: Team().accept().book(**change)).field == field


@pytest.mark.parametrize("starts", [on(3, 6, 2), on(3, 9), on(3, 7, 7), on(3, 7, 15, 30)])
def test_outside_office_hours_and_on_days_off_a_reason_is_asked_for_and_kept(starts):
    """A Sunday at two in the night, Nyepi, before opening, beyond closing."""
    team = Team().accept()
    assert refused("outside_hours", lambda: team.book(starts)).field == "starts_at"
    team.book(starts, because="Warga hanya ada saat itu")
    assert team.case.history[-1].note.endswith("(di luar jam kantor: Warga hanya ada saat itu)")


def test_a_meeting_over_the_noon_break_needs_no_reason():
    assert Team().accept().book(on(3, 7, 11, 30), hours=2) == {"moved": False}


def test_a_case_that_is_closed_frees_its_people_from_then_on():
    team = Team().accept()
    team.book(on(3, 7, 9), hours=4)
    team.find(at=on(3, 7, 9, 40)).sign(at=on(3, 7, 9, 50))
    team.verify(at=on(3, 7, 10, 10))
    other = Team(OTHER, team.drawers).accept()
    for skpd in SKPD:
        hand_to(other, skpd, team.officer_of(skpd))
    refused("double_booking", lambda: other.book(on(3, 7, 9, 30)))
    other.book(on(3, 7, 10, 30))
    assert team.case.appointment.ends_at == on(3, 7, 13), "the paper still says when it was to be"


def test_only_the_bidang_of_the_file_books_and_verifies():
    team = Team().accept()
    refused("wrong_bidang", lambda: team.book(who="tertentu-1"))
    team.book()
    team.find().sign()
    refused("wrong_bidang", lambda: team.verify(who="tertentu-head"))
