"""Whatever happens to a parent and its child in whatever order: the child stands exactly when the parent makes it."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.holds import SUSPENDED, hold
from contracts import intake
from services.intake import actions, halting, store
from tests.unit.test_rooms_intake_links import CHILD, HEAD, PARENT, Family
from values.refusal import Refusal

WITHOUT = ("refused", "withdrawn")


class Office(Family):
    """A family to which things happen an hour apart; what the office refuses did not happen."""

    def happens(self, what: str, file: str) -> None:
        self.drawers.now += timedelta(hours=1)
        try:
            getattr(self, f"_{what}")(file)
        except Refusal as no:
            assert no.message

    def _tick(self, file: str) -> None:
        (self.parent if file == PARENT else self.child).tick(at=self.drawers.now)

    def _suspend(self, file: str) -> None:
        self.suspend(file, at=self.drawers.now)

    def _revive(self, file: str) -> None:
        self.revive(file, at=self.drawers.now)

    def _withdraw(self, file: str) -> None:
        self.do(actions.withdraw, intake.WithdrawApplication, file, "counter-2", reason="Rencana dibatalkan")

    def _refuse(self, file: str) -> None:
        self.do(actions.refuse, intake.RefuseApplication, file, HEAD, reason="Lokasi tidak sesuai peruntukan")

    def _issue(self, file: str) -> None:
        if self.due(file):
            self.issue(file, day=min(28, self.drawers.now.day + 1))

    def _link(self, file: str) -> None:
        self.do(halting.link, intake.LinkApplication, file, "counter-2", parent=PARENT if file == CHILD else CHILD)


WHAT = ("tick", "suspend", "revive", "withdraw", "refuse", "issue", "link")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(WHAT), st.sampled_from((PARENT, CHILD))), max_size=12))
def test_a_child_stands_exactly_when_its_parent_makes_it(story):
    office = Office()
    for what, file in story:
        office.happens(what, file)
        parent, child = (store.find(office.drawers, id) for id in (PARENT, CHILD))
        above, below = parent.standing, child.standing
        if office.due(CHILD):
            assert above.outcome == "issued", "no licence before its parent's"
        if below.outcome is not None:
            continue
        halted = hold(child.history, SUSPENDED)
        own = halted is not None and not halted.by_parent
        if above.outcome in WITHOUT:
            assert own or halted.what == "parent_closed"
        elif above.outcome is None and hold(parent.history, SUSPENDED):
            assert halted is not None
        else:
            assert halted is None or own, "it goes on with its parent"
        if above.outcome == "issued":
            assert own or below.hold is None
        turns = [said.turn for said in office.drawers.said if getattr(said, "turn", 0) and said.application_id == CHILD]
        assert turns == list(range(1, len(turns) + 1))
