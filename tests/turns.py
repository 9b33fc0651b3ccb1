"""A file on its way through the whole office, for tests of its turns; each method is one stretch of the way."""

from typing import Any

from pymongo import MongoClient

from catalogue.licences import licence_type
from contracts import archive, issuance, notification, retribution, technical_team
from tests.people import People, eventually
from values.refusal import Refusal

SECONDS = 40  # how long anything may take on a busy machine


def on(day: int, hour: int = 9, minute: int = 0, *, month: int = 3, year: int = 2016) -> str:
    return f"{year}-{month:02d}-{day:02d}T{hour:02d}:{minute:02d}:00+07:00"


class Turn:
    """Handed in at the counter on 1 March of the year, with a paper for every requirement not left out."""

    def __init__(
        self,
        people: People,
        code: str,
        sub_kind: str | None,
        *,
        year: int = 2016,
        leave_out: tuple[str, ...] = (),
        **more: Any,
    ):
        self.people, self.kind, self.sub_kind, self.year = people, licence_type(code), sub_kind, year
        self.transaction = more.get("transaction")
        self.id = people.submit(code, sub_kind, leave_out, acted_at=self.on(1), **more)

    def on(self, day: int, hour: int = 9, minute: int = 0, month: int = 3) -> str:
        return on(day, hour, minute, month=month, year=self.year)

    def registered(self) -> "Turn":
        """Found complete on 2 March; its resi printed."""
        self.people.tick(self.id, self.kind.code, self.sub_kind, acted_at=self.on(2), transaction=self.transaction)
        eventually(lambda: self.happened("resi_printed"), SECONDS, "the resi")
        return self

    def refused_tick(self) -> Refusal:
        """What the counter is told that calls everything complete, once the answer was looked at too."""
        eventually(lambda: self.happened("papers_inspected") == 2, SECONDS, "the answer to be looked at")
        try:
            self.people.tick(self.id, self.kind.code, self.sub_kind, acted_at=self.on(2, 11))
        except Refusal as no:
            return no
        raise AssertionError("it was taken for complete")

    # --- the technical team ------------------------------------------------------------------------------------------

    def case(self) -> dict:
        return self.people.ask("operator-1", technical_team.FindCase(application_id=self.id))

    def accepted(self, day: int = 3) -> dict[str, str]:
        """Every SKPD's officer accepts; who goes, by SKPD."""
        eventually(lambda: self._is_there(technical_team.FindCase), SECONDS, "the case")
        officers = {task["skpd"]: task["officer"] for task in self.case()["tasks"]}
        for skpd, officer in officers.items():
            self.do(officer, technical_team.AcceptTask, self.on(day), skpd=skpd)
        return officers

    def booked(self, day: int = 4) -> None:
        """A time in the afternoon that all officers have free: other tests book the same people."""
        for hour in range(12, 24):
            period = {"starts_at": self.on(day, hour), "ends_at": self.on(day, hour, 30), "place": "Ruang rapat BPPT"}
            period["outside_hours_because"] = "Kantor sepi pada malam hari"
            try:
                head = f"{self.kind.bidang.replace('_', '-')}-1"
                self.do(head, technical_team.BookAppointment, self.on(day - 1, 10), **period)
                return
            except Refusal as no:
                if no.code != "double_booking":
                    raise
        raise AssertionError("nobody has time all day")

    def found(self, outcome: str = "recommended", day: int = 4) -> None:
        """Every SKPD records what it found at the end of the day, and signs."""
        officers = {task["skpd"]: task["officer"] for task in self.case()["tasks"]}
        seen = {"observations": [{"point": "Keadaan di lokasi", "fits": outcome == "recommended"}]}
        for skpd, officer in officers.items():
            seen |= {"recommendation": outcome, "opinion": f"Pendapat {skpd}", "skpd": skpd}
            self.do(officer, technical_team.RecordFindings, self.on(day, 23, 45), **seen)
        for skpd, officer in officers.items():
            self.do(officer, technical_team.SignBeritaAcara, self.on(day, 23, 50), skpd=skpd)

    def examined(self, outcome: str, day: int) -> dict:
        """A whole round of the team, verified the day after; its number and outcome."""
        self.accepted(day - 1)
        self.booked(day)
        self.found(outcome, day)
        head = f"{self.kind.bidang.replace('_', '-')}-head"
        return self.do(head, technical_team.VerifyBeritaAcara, self.on(day, 23, 55))

    # --- money and licence -------------------------------------------------------------------------------------------

    def assessed(self) -> bool:
        return self._is_there(retribution.FindAssessment)

    def demanded(self, total: int) -> dict:
        """Nota and SKRD on 3 March."""
        eventually(self.assessed, SECONDS, "the assessment")
        bidang = self.kind.bidang.replace("_", "-")
        assert self.do(f"{bidang}-1", retribution.PrepareNota, self.on(3))["total"] == total
        self.do(f"{bidang}-head", retribution.SignNota, self.on(3, 10))
        self.do("administration-1", retribution.IssueSkrd, self.on(3, 11))
        return self.do("head-2014", retribution.SignSkrd, self.on(3, 12))

    def drafted(self) -> bool:
        return self._is_there(issuance.FindLicence)

    def issued(self, day: int, month: int = 3) -> dict:
        """Initialled, signed, handed over and archived; where it stands at the end."""
        eventually(self.drafted, SECONDS, "the draft")
        for n, who in enumerate(
            (f"{self.kind.bidang.replace('_', '-')}-head", "administration-head", "tata-usaha-head")
        ):
            self.do(who, issuance.InitialDraft, self.on(day, 9 + n, month=month))
        self.do("head-2014", issuance.SignLicence, self.on(day, 13, month=month))
        issued = ("licence_issued", "revocation_issued")
        eventually(lambda: any(map(self.happened, issued)), SECONDS, "the paper")
        given = {"receiver": "holder", "identity_checked": True}
        self.do("counter-3", issuance.HandOverLicence, self.on(day, 14, month=month), **given)
        return self.people.wait_for(self.id, "archived", SECONDS)

    # --- what became of it -------------------------------------------------------------------------------------------

    def happened(self, what: str) -> int:
        return sum(h["what"] == what for h in self.people.where(self.id)["history"])

    def has_paper(self, kind: str) -> None:
        def there() -> bool:
            return kind in {document["kind"] for document in self.people.where(self.id)["documents"]}

        eventually(there, SECONDS, f"the paper {kind}")

    def is_on_both_sites(self) -> None:
        """Every paper of the last bundle and its manifest are the same here and there."""
        bundle = self.people.ask("archivist", archive.FindBundle(application_id=self.id))["bundles"][-1]
        papers = {document["sha256"] for document in self.people.where(self.id)["documents"]}
        assert set(bundle["objects"]) == papers and papers
        for digest in papers:
            assert self.people.second.get(digest) == self.people.store.get(digest)
        assert self.people.second.get_named(bundle["manifest"]) == self.people.store.get_named(bundle["manifest"])

    def told(self, turns: set[str], outcome: str = "sent", seconds: float = SECONDS) -> list[dict]:
        """These letters were written, and this became of each letter to the applicant."""

        def all_written() -> list[dict] | None:
            letters = self.people.ask("counter-1", notification.DeliveriesOf(application_id=self.id))
            return letters if turns <= {letter["turn"] for letter in letters} else None

        letters = eventually(all_written, seconds, f"letters {turns}")
        assert {letter["outcome"] for letter in letters if letter["to"] == "applicant"} == {outcome}
        return letters

    def said(self, room: str, fact: str) -> list[dict]:
        """What a room has stated of the file, from its journal."""
        with MongoClient(self.people.environment["PTSP_DATABASE_URL"]) as client:
            facts = client[room].journal.find({"subject": self.id})
            return [f["envelope"]["data"] for f in facts if f["envelope"]["type"] == f"ptsp.{room}.{fact}.v1"]

    def troubles(self, room: str) -> int:
        """How many facts of the file a room has put off and not handled yet."""
        with MongoClient(self.people.environment["PTSP_DATABASE_URL"]) as client:
            return client[room].troubles.count_documents({"subject": self.id})

    # --- asking ------------------------------------------------------------------------------------------------------

    def do(self, who: str, kind: type, at: str, **fields: Any) -> Any:
        return self.people.do(who, kind, application_id=self.id, acted_at=at, **fields)

    def _is_there(self, question: type) -> bool:
        try:
            return bool(self.people.ask("operator-1", question(application_id=self.id)))
        except Refusal as no:
            if not no.code.startswith("unknown_"):
                raise
            return False
