"""Files before the technical team, for unit tests of its rules: each step with a likely time of its own."""

from datetime import timedelta

from contracts import intake, technical_team
from services.technical_team import actions, store, visiting
from tests.builders import Drawers, fact, on, order

SKPD = ("distako", "disbang")
OTHER = "file-000002"


class Team:
    """One file before the team of two SKPD."""

    def __init__(self, file: str = "file-000001", drawers: Drawers | None = None, **changes):
        self.drawers, self.file = drawers or Drawers(), file
        due = {"application_id": file, "skpd": list(SKPD), "since": on(3, 2), "bidang": "jasa_usaha"}
        self.drawers.hear(actions.open_case, fact(intake.VerificationDue, **due | changes))

    @property
    def case(self):
        return store.find(self.drawers, self.file)

    def officer_of(self, skpd: str) -> str:
        return self.case.task(skpd).officer

    def each(self, act, kind, at, **fields):
        for skpd in SKPD:
            self.one(act, kind, skpd, at, **fields)

    def one(self, act, kind, skpd, at, who=None, **fields):
        done = order(kind, application_id=self.file, skpd=skpd, acted_at=at, **fields)
        return self.drawers.ask(act, done, who or self.officer_of(skpd))

    def accept(self, at=None):
        self.each(actions.accept, technical_team.AcceptTask, at or on(3, 3))
        return self

    def decline(self, skpd="distako", at=None):
        return self.one(
            actions.decline, technical_team.DeclineTask, skpd, at or on(3, 3), reason="Bertugas di luar kota"
        )["offered_to"]

    def book(self, starts=None, hours=1.0, at=None, who="jasa-usaha-1", place="Jl. Melati No. 12", because=""):
        starts = starts or on(3, 7)
        period = {
            "starts_at": starts,
            "ends_at": starts + timedelta(hours=hours),
            "place": place,
            "outside_hours_because": because,
        }
        booked = order(technical_team.BookAppointment, application_id=self.file, acted_at=at or on(3, 3, 10), **period)
        return self.drawers.ask(actions.book_appointment, booked, who)

    def find(self, at=None, **recommendations):
        for skpd in SKPD:
            self.find_one(skpd, recommendations.get(skpd, "recommended"), at)
        return self

    def find_one(self, skpd, recommendation="recommended", at=None):
        found = {"observations": [{"point": "Garis sempadan", "fits": True}], "opinion": f"Pendapat {skpd}"}
        kind, at = technical_team.RecordFindings, at or on(3, 7, 10)
        return self.one(visiting.record_findings, kind, skpd, at, recommendation=recommendation, **found)

    def sign_one(self, skpd, at=None, **fields):
        return self.one(visiting.sign, technical_team.SignBeritaAcara, skpd, at or on(3, 7, 11), **fields)

    def sign(self, at=None):
        self.each(visiting.sign, technical_team.SignBeritaAcara, at or on(3, 7, 11))
        return self

    def verify(self, at=None, who="jasa-usaha-head"):
        verified = order(technical_team.VerifyBeritaAcara, application_id=self.file, acted_at=at or on(3, 8))
        return self.drawers.ask(actions.verify, verified, who)

    def workloads(self) -> dict[str, int]:
        return {id: d["open"] for (name, id), d in self.drawers.documents.items() if name == "workload" and d["open"]}

    def booked(self) -> set[str]:
        return {id for (name, id), d in self.drawers.documents.items() if name == "calendar" and d["case"]}


def hand_to(team: Team, skpd: str, officer: str) -> None:
    """Make this officer the one who does the task."""

    def hand(book):
        case = store.find(book, team.file)
        case.task(skpd).officer = officer
        store.save(book, case)

    team.drawers.let(hand)
