"""A licence on the desk of issuance, for tests of its rules."""

from contracts import intake, issuance
from services.issuance import actions, printing, store
from tests.builders import Drawers, Papers, fact, on, order, warga

INITIALS = ("jasa-usaha-head", "administration-head", "tata-usaha-head")


class Desk:
    """A SIUP whose licence is due since 7 March."""

    def __init__(self, file: str = "file-0001", drawers: Drawers | None = None, **changes):
        self.drawers, self.file = drawers or Drawers(), file
        due = {"application_id": file, "sub_kind": "kecil", "since": on(3, 7)} | changes
        self.due = fact(intake.IssuanceDue, **due)
        self.drawers.hear(actions.open_draft, self.due)

    @property
    def draft(self):
        return store.find(self.drawers, self.file)

    def initial(self, who, at=None):
        return self._do(actions.initial, issuance.InitialDraft, who, at or on(3, 8))

    def initialled(self, at=None):
        for who in INITIALS:
            self.initial(who, at)
        return self

    def mark(self, who="administration-head", exception="urgent", at=None, reason="Pemegang izin berangkat besok pagi"):
        return self._do(actions.mark, issuance.MarkDraft, who, at or on(3, 8), exception=exception, reason=reason)

    def sign(self, who="head-2014", at=None, **fields):
        return self._do(actions.sign, issuance.SignLicence, who, at or on(3, 9), **fields)

    def issue(self, papers=None):
        self.initialled().sign()
        return self.printed(papers)

    def printed(self, papers=None):
        signed = self.drawers.heard(issuance.LicenceSigned)[-1]
        self.drawers.let(printing.print_licence(papers or Papers(), self.drawers, signed))
        return self

    def paper(self):
        """The data of the licence as it is printed."""
        return printing.licence(Papers(), self.drawers, self.draft)

    def hand_over(self, at=None, receiver="holder", identity_checked=True, **name):
        fields = {"receiver": receiver, "identity_checked": identity_checked} | name
        return self._do(actions.hand_over, issuance.HandOverLicence, "counter-3", at or on(3, 10), **fields)

    def close(self, why="withdrawn"):
        self.drawers.let(lambda book: actions.close(book, self.file, why))

    def find(self, actor=None, **key):
        return actions.find(self.drawers, issuance.FindLicence(**key), actor or warga())

    def _do(self, act, kind, who, at, **fields):
        return self.drawers.ask(act, order(kind, application_id=self.file, acted_at=at, **fields), who)


def a_licence(drawers: Drawers, file: str, name: str, place: str, day: int, **changes) -> Desk:
    """One issued on that day of March, under the resi `R-file`."""
    example = intake.IssuanceDue.example
    people = {"holder": example["holder"] | {"name": name}, "place": example["place"] | {"name": place}}
    desk = Desk(file, drawers, resi=f"R-{file}", **people, **changes).initialled()
    desk.sign(at=on(3, day))
    return desk.printed()
