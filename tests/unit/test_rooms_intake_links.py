"""Files that depend on each other: a child waits for its parent's licence, stands with it, and goes on with it."""

from datetime import timedelta

import pytest

from contracts import intake, issuance
from contracts.documents import example
from services.intake import actions, bells, halting, heard, store
from services.intake.clock import clock_of
from tests.builders import Counter, Drawers, fact, on, order, refused

PARENT, CHILD, GRANDCHILD = "file-parent", "file-child", "file-grandchild"
HEAD = "jasa-usaha-head"


class Family:
    """Two SIUPs (or three) of one applicant, entered as they happen; the later depends on the earlier."""

    def __init__(self):
        self.drawers = Drawers(now=on(3, 1, 12))
        self.parent = Counter(drawers=self.drawers, application_id=PARENT)
        self.child = self.born(CHILD, PARENT)

    def born(self, id: str, parent: str | None) -> Counter:
        return Counter(drawers=self.drawers, application_id=id, parent=parent)

    def at(self, moment):
        """The days go by: what happens is entered when it does."""
        self.drawers.now = max(self.drawers.now, moment)
        return moment

    def issue(self, file: str, day: int = 7) -> None:
        """The parafs, the signature and the licence of a registered file."""
        self.at(on(3, day))
        for role in ("bidang_head", "administration_head", "tata_usaha_head"):
            at = on(3, day - 1).isoformat()
            said = fact(issuance.LicenceInitialled, application_id=file, role=role, initialled_at=at)
            self.drawers.hear(heard.take_initial, said)
        document = example("licence", f"510/Kep.{len(file)}-BPPT/III/2016")
        issued = {"document": document, "signed_at": on(3, day).isoformat(), "valid_until": None}
        self.drawers.hear(heard.take_licence, fact(issuance.LicenceIssued, application_id=file, **issued))

    def do(self, act, kind, file: str, who=HEAD, at=None, **fields):
        acted_at = self.at(at or self.drawers.now)
        return self.drawers.ask(act, order(kind, application_id=file, acted_at=acted_at, **fields), who)

    def suspend(self, file: str = PARENT, at=None):
        return self.do(halting.suspend, intake.SuspendApplication, file, at=at, reason="Tanah masih dalam sengketa")

    def revive(self, file: str = PARENT, at=None):
        return self.do(halting.revive, intake.ReviveApplication, file, at=at, reason="Putusan sudah tetap")

    def hold(self, file: str = CHILD):
        held = store.find(self.drawers, file).standing.hold
        return held and held.what

    def due(self, file: str) -> int:
        return sum(e.application_id == file for e in self.drawers.heard(intake.IssuanceDue))


@pytest.fixture
def family() -> Family:
    return Family()


def test_a_child_waits_before_its_issuance_until_the_parent_has_its_licence(family):
    family.parent.tick()
    family.child.tick()
    assert (family.due(PARENT), family.due(CHILD), family.hold()) == (1, 0, "waits_for_parent")
    family.issue(PARENT)
    assert (family.due(CHILD), family.hold()) == (1, None)
    family.issue(CHILD, day=9)
    assert store.find(family.drawers, CHILD).standing.outcome == "issued"


def test_a_child_that_comes_later_does_not_wait(family):
    family.parent.tick()
    family.issue(PARENT)
    family.child.tick(at=family.at(on(3, 7, 10)))
    assert (family.due(CHILD), family.hold()) == (1, None)
    [due] = [e for e in family.drawers.heard(intake.IssuanceDue) if e.application_id == CHILD]
    assert due.parent == PARENT


def test_the_clock_of_a_child_stands_while_it_waits(family):
    family.parent.tick()
    family.child.tick()
    waiting = clock_of(store.find(family.drawers, CHILD), on(3, 4))["file"]
    assert (waiting["running"], waiting["stopped_because"], waiting["used"]) == (False, "parent", "0")
    family.issue(PARENT, day=7)
    going = clock_of(store.find(family.drawers, CHILD), on(3, 8))["file"]
    assert going["running"] and going["due"] > waiting["due"]


def test_a_suspended_parent_lets_its_children_stand_and_go_on_with_it(family):
    family.parent.tick()
    grandchild = family.born(GRANDCHILD, CHILD)
    family.suspend(at=on(3, 2))
    assert [family.hold(file) for file in (PARENT, CHILD, GRANDCHILD)] == [
        "suspended",
        "suspended_with_parent",
        "suspended_with_parent",
    ]
    assert "ditangguhkan" in refused("suspended", lambda: grandchild.tick(at=family.at(on(3, 3)))).message
    refused("not_suspended", lambda: family.revive(CHILD, at=on(3, 3)))
    refused("already_suspended", lambda: family.suspend(at=on(3, 3)))
    family.revive(at=on(3, 4))
    assert [family.hold(file) for file in (PARENT, CHILD, GRANDCHILD)] == [None, None, None]
    suspended = [(e.application_id, e.turn) for e in family.drawers.heard(intake.ApplicationSuspended)]
    revived = [(e.application_id, e.turn) for e in family.drawers.heard(intake.ApplicationRevived)]
    assert suspended == [(PARENT, 1), (CHILD, 1), (GRANDCHILD, 1)]
    assert revived == [(PARENT, 2), (CHILD, 2), (GRANDCHILD, 2)]
    assert family.child.tick(at=family.at(on(3, 4, 10)))["resi"]


def test_nothing_is_due_of_a_suspended_file_until_it_goes_on(family):
    family.suspend(at=on(3, 1, 10))
    refused("suspended", lambda: family.parent.tick(at=family.at(on(3, 1, 10))))
    family.revive(at=on(3, 1, 11))
    family.parent.tick(at=family.at(on(3, 1, 12)))
    assert family.due(PARENT) == 1


def test_no_bell_rings_while_a_file_stands(family):
    family.parent.tick()
    family.suspend(at=on(3, 1, 11))
    family.drawers.now = on(11, 1)
    assert bells.due(family.drawers) == []
    family.revive(at=on(11, 1))
    family.drawers.now = on(11, 30)
    assert [due.key.split(":")[1] for due in bells.due(family.drawers)]


@pytest.mark.parametrize("end", ["withdrawn", "refused"])
def test_a_child_whose_parent_ends_without_a_licence_stands_and_lapses_unless_it_is_given_another(family, end):
    family.child.tick()
    if end == "withdrawn":
        family.parent.withdraw(at=family.at(on(3, 2)))
    else:
        reason = "Lokasi tidak sesuai peruntukan"
        family.do(actions.refuse, intake.RefuseApplication, PARENT, at=on(3, 2), reason=reason)
    assert family.hold() == "parent_closed"
    [said] = family.drawers.heard(intake.ApplicationSuspended)
    assert said.application_id == CHILD and said.lapses_on == on(3, 16).date()
    family.drawers.now = on(3, 17)
    for due in bells.due(family.drawers):
        family.drawers.let(due.act)
    child = store.find(family.drawers, CHILD)
    assert child.standing.outcome == "withdrawn" and "berkas induk" in child.history[-1].note
    assert family.drawers.heard(intake.ApplicationWithdrawn)[-1].lapsed


def test_another_parent_lets_it_go_on(family):
    family.child.tick()
    family.parent.withdraw(at=family.at(on(3, 2)))
    other = family.born("file-other", None)
    answer = family.do(halting.link, intake.LinkApplication, CHILD, "counter-2", at=on(3, 3), parent="file-other")
    assert answer == {"parent": "file-other", "hold": "parent"}
    other.tick()
    family.issue("file-other")
    assert family.due(CHILD) == 1
    assert store.find(family.drawers, PARENT).children == []


def test_a_parent_is_a_living_file_of_the_same_person_and_not_its_own_child(family):
    stranger = intake.APPLICANT_EXAMPLE | {"nik": "3275010101800009"}
    refused(
        "unknown_parent",
        lambda: Counter(drawers=family.drawers, application_id="file-last", parent=PARENT, applicant=stranger),
    )
    refused("unknown_parent", lambda: family.born("file-last", "file-nobody"))

    def link(file: str, parent: str):
        return family.do(halting.link, intake.LinkApplication, file, "counter-2", at=on(3, 3), parent=parent)

    refused("circular_parent", lambda: link(PARENT, CHILD))
    refused("circular_parent", lambda: link(PARENT, PARENT))
    family.parent.withdraw(at=family.at(on(3, 2)))
    refused("parent_closed", lambda: family.born("file-last", PARENT))


def test_what_is_being_signed_is_not_made_to_wait_any_more(family):
    alone = family.born("file-alone", None)
    alone.tick()
    assert family.due("file-alone") == 1
    refused(
        "already_in_issuance",
        lambda: family.do(halting.link, intake.LinkApplication, "file-alone", "counter-2", parent=PARENT),
    )


def test_only_the_head_of_its_bidang_suspends_a_file(family):
    refused(
        "wrong_bidang",
        lambda: family.do(
            halting.suspend, intake.SuspendApplication, PARENT, "tertentu-head", reason="Tanah masih dalam sengketa"
        ),
    )


def test_facts_of_the_rooms_are_kept_while_a_file_stands(family):
    family.parent.tick()
    family.suspend(at=on(3, 2))
    said = fact(
        issuance.LicenceInitialled,
        application_id=PARENT,
        role="bidang_head",
        initialled_at=on(3, 2).isoformat(),
    )
    family.drawers.hear(heard.take_initial, said)
    assert store.find(family.drawers, PARENT).standing.step == "initial_administration_head"
    assert store.find(family.drawers, PARENT).standing.since <= on(3, 2) + timedelta(minutes=1)
