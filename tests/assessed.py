"""Files before retribution, for unit tests of its rules: each step at a likely time of 8 March 2016."""

from datetime import datetime
from typing import Any

from contracts import intake, retribution
from services.retribution import actions, changing, claims, correcting, payment, store
from tests.builders import NOW, Drawers, fact, on, order

WHY = "Permohonan pemohon diterima lengkap."
DECREE = {
    "number": "973/Kep.112/2016",
    "day": "2016-03-09",
    "issued_by": "Wali Kota Bekasi",
    "legal_basis": "Peraturan Daerah Nomor 9 Tahun 2012 Pasal 124",
}
HOUSE = {"luas_m2": "100.00", "waktu": "tetap"}


class Assessed:
    """A file whose retribution is due: a house of 100 m2, Rp 140.625, unless something else is said."""

    def __init__(
        self,
        code: str = "imb",
        sub_kind: str | None = "rumah_tinggal",
        quantities: dict | None = None,
        *,
        file: str = "file-0001",
        drawers: Drawers | None = None,
        now: datetime = NOW,
        since: datetime | None = None,
        bidang: str = "jasa_usaha",
        **more: Any,
    ):
        self.drawers, self.file = drawers or Drawers(now), file
        changes = {"application_id": file, "licence_type": code, "sub_kind": sub_kind, "bidang": bidang} | more
        quantities = HOUSE if quantities is None else quantities
        self.due = fact(intake.AssessmentDue, **changes, quantities=quantities, since=since or on(3, 7))
        self.drawers.hear(actions.open_assessment, self.due)

    @property
    def record(self):
        return store.find(self.drawers, self.file)

    def prepare(self, at: datetime | None = None, who: str = "jasa-usaha-1") -> "Assessed":
        return self._do(actions.prepare_nota, retribution.PrepareNota, at or on(3, 8), who)

    def sign_nota(self, at: datetime | None = None, who: str = "jasa-usaha-head") -> "Assessed":
        return self._do(actions.sign_nota, retribution.SignNota, at or on(3, 8, 10), who)

    def issue(self, at: datetime | None = None, together: tuple[str, ...] = ()) -> "Assessed":
        at = at or on(3, 8, 11)
        return self._do(actions.issue_skrd, retribution.IssueSkrd, at, "administration-1", together=together)

    def sign_skrd(self, at: datetime | None = None, who: str = "head-2014") -> "Assessed":
        return self._do(actions.sign_skrd, retribution.SignSkrd, at or on(3, 8, 13), who)

    def sign_strd(self, at: datetime | None = None, who: str = "head-2014") -> "Assessed":
        return self._do(claims.sign_strd, retribution.SignStrd, at, who)

    def demanded(self) -> "Assessed":
        """With a signed SKRD, due on 7 April."""
        return self.prepare().sign_nota().issue().sign_skrd()

    def pay(
        self, amount: int, reference: str, at: datetime | None = None, code: str | None = None, **more: Any
    ) -> dict:
        """What came in, by default on 10 March under the file's own code."""
        fields = {"amount": amount, "bank_reference": reference, "paid_at": at or on(3, 10)}
        said = order(retribution.RecordPayment, payment_code=code or self.record.skrd.payment_code, **fields | more)
        return self.drawers.ask(payment.record, said, "treasurer")

    def correct(
        self, quantities: dict, at: datetime, reason: str = "Luas bangunan salah dibaca.", who: str = "jasa-usaha-1"
    ) -> dict:
        """A nota that replaces the signed one, not yet signed."""
        said = order(
            retribution.CorrectNota, application_id=self.file, quantities=quantities, reason=reason, acted_at=at
        )
        return self.drawers.ask(correcting.correct_nota, said, who)

    def propose(self, at: datetime, kind: str, **fields: Any) -> str:
        """A change brought before the Head; its number."""
        decree = {"decree": DECREE} if kind in ("relief", "instalments") else {}
        proposal = {"kind": kind, **decree, **fields}
        said = order(retribution.ProposeChange, application_id=self.file, proposal=proposal, reason=WHY, acted_at=at)
        return self.drawers.ask(changing.propose, said, "administration-1")["number"]

    def decide(self, at: datetime, number: str, granted: bool = True, principal: int | None = None) -> dict:
        """The Head's word on it."""
        fields = {"number": number, "granted": granted, "decision": WHY, "principal": principal}
        said = order(retribution.DecideChange, application_id=self.file, acted_at=at, **fields)
        return self.drawers.ask(changing.decide, said, "head-2014")

    def close(self, why: str = "withdrawn") -> None:
        self.drawers.let(lambda book: actions.close(book, self.file, why))

    def _do(self, act, kind, at: datetime | None, who: str, **more: Any) -> "Assessed":
        self.drawers.ask(act, order(kind, application_id=self.file, acted_at=at, **more), who)
        return self
