"""Bells whose moments moved after they were planned: by force majeure declared, ended or lifted, or a new calendar."""

from datetime import datetime

import pytest

from catalogue import file_clock
from catalogue.everything import fingerprint_of
from contracts import intake
from services.intake import actions, bells, store
from tests.builders import FILE, order
from tests.unit.test_rooms_intake_clock import Desk, at
from values.clock import Pause


class Office:
    """What the catalogue of the process says; each change of it is another catalogue."""

    def __init__(self, patch: pytest.MonkeyPatch):
        self.patch, self.changes = patch, 0
        self.declares()

    def declares(self, since: datetime | None = None, until: datetime | None = None) -> None:
        self.changes += 1
        pauses = [Pause(since, until, "force_majeure:1")] if since else []
        self.patch.setattr(file_clock, "force_majeure_pauses", lambda **_: pauses)
        self.patch.setattr(store, "fingerprint", lambda now=f"{self.changes:016x}": now)


@pytest.fixture
def office(monkeypatch) -> Office:
    return Office(monkeypatch)


def registered() -> Desk:
    """On Tuesday 1 March: the step's reminder is on the 3rd, its limit ends with the 4th."""
    return Desk(luas_m2="100.00", waktu="tetap").check()


def plan_anew(desk: Desk) -> int:
    """One look for what another catalogue planned; how many files it named."""
    outdated = list(bells.outdated(desk.drawers))
    for due in outdated:
        desk.drawers.let(due.act)
    return len(outdated)


def kept(desk: Desk) -> dict:
    return desk.drawers.get("applications", FILE)


def test_a_bell_that_force_majeure_moved_later_is_planned_anew_without_a_word_and_leaves_the_look(office):
    desk = registered()
    office.declares(at(2), at(11))
    assert desk.on(at(4)).look() == []
    assert kept(desk)["bell_at"] > at(11) and list(bells.due(desk.drawers)) == []
    assert desk.raised() == []
    desk.on(kept(desk)["bell_at"]).look()
    assert desk.raised() == [("ReminderRaised", "verification", 0)]


def test_a_bell_that_moved_earlier_rings_at_the_next_planning_and_not_at_the_moment_once_stored(office):
    office.declares(at(2), at(11))
    desk = registered()
    office.declares(at(2), at(2, 10))
    desk.on(at(8, 10))
    assert kept(desk)["bell_at"] > at(8, 10) and list(bells.due(desk.drawers)) == []
    assert plan_anew(desk) == 1
    assert desk.raised() == [("ReminderRaised", "verification", 0), ("EscalationRaised", "verification", 1)]
    assert plan_anew(desk) == 0 and desk.look() == []


def test_while_force_majeure_lasts_nothing_rings_and_when_it_is_lifted_the_rest_of_the_limit_counts(office):
    desk = registered()
    office.declares(at(2))
    assert plan_anew(desk.on(at(2, 12))) == 1
    assert "bell_at" not in kept(desk)
    assert desk.on(at(28)).look() == [] and desk.raised() == []
    office.declares(at(2), at(29, 0))
    assert plan_anew(desk) == 1
    assert desk.raised() == [] and kept(desk)["bell_at"] > at(29, 0)


def test_files_planned_by_this_catalogue_and_closed_files_are_not_planned_anew(office):
    desk = registered()
    assert list(bells.outdated(desk.drawers)) == []
    desk.on(at(2)).drawers.ask(actions.withdraw, order(intake.WithdrawApplication, reason="Batal"), "counter-2")
    office.declares(at(2), at(11))
    assert list(bells.outdated(desk.drawers)) == [] and not set(store.PLAN) & kept(desk).keys()


def test_a_catalogue_that_comes_back_is_planned_with_again(office):
    desk = registered()
    first = kept(desk)["bell_at"]
    for _ in range(2):
        office.declares(at(2), at(11))
        assert plan_anew(desk) == 1 and kept(desk)["bell_at"] > first
        office.declares()
        assert plan_anew(desk) == 1 and kept(desk)["bell_at"] == first


def test_another_declaration_and_another_holiday_give_another_fingerprint(tmp_path):
    seen = {fingerprint_of(tmp_path)}
    for name in ("force_majeure/flood.yaml", "holidays/2016_day.yaml"):
        file = tmp_path / name
        file.parent.mkdir()
        for text in ("until: 2016-03-02", "until: 2016-03-03"):
            file.write_text(text)
            assert fingerprint_of(tmp_path) == fingerprint_of(tmp_path) not in seen
            seen.add(fingerprint_of(tmp_path))
