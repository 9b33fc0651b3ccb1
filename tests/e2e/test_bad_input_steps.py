"""One file's whole way, and at every step everything wrong that can be tried before the right thing is done.

In the future; before the step that preceded it; by somebody else in the same role; the same command again, which is the
same command; the same act again, which is refused.
"""

from typing import Any

import pytest

from contracts import intake, issuance, retribution, technical_team
from contracts.base import Command
from plumbing.messaging.envelope import new_id
from tests.people import People, a_pdf, eventually
from values.refusal import Refusal

pytestmark = pytest.mark.usefixtures("nothing_is_parked")

TOMORROW, LONG_AGO = "2999-01-01T00:00:00Z", "2010-01-01T00:00:00Z"
TECHNICAL = ("distako", "disbang")


def on(day: int, hour: int = 9, minute: int = 0) -> str:
    return f"2016-03-{day:02d}T{hour:02d}:{minute:02d}:00+07:00"


class Walk:
    """A file and everything that is tried with it."""

    def __init__(self, people: People):
        self.people = people
        self.file = ""

    def refused(self, who: str, kind: type[Command], role: str | None = None, **fields: Any) -> Refusal:
        with pytest.raises(Refusal) as caught:
            self.people.ask(who, kind(command_id=new_id(), **fields), role)
        no = caught.value
        assert len(no.message) > 10 and no.message.rstrip().endswith(".")
        return no

    def step(
        self,
        who: str,
        kind: type[Command],
        at: str,
        *,
        others: dict[str, str] | None = None,
        again: str | None,
        role: str | None = None,
        **fields: Any,
    ) -> Any:
        """Try what is wrong, do it, do the same command again, and try the act again.

        `others` maps officers who may not do it (though their role may) to the code of their refusal. `again` is the
        code with which the act itself is refused the second time; None: it may be done again.
        """
        if "application_id" in kind.model_fields:
            fields = {"application_id": self.file} | fields
        assert self.refused(who, kind, role, acted_at=TOMORROW, **fields).code == "in_the_future"
        early = self.refused(who, kind, role, acted_at=LONG_AGO, **fields)
        assert early.code in ("before_previous_step", "before_appointment") and early.field == "acted_at"
        for other, code in (others or {}).items():
            assert self.refused(other, kind, acted_at=at, **fields).code == code
        order = kind(command_id=new_id(), acted_at=at, **fields)
        answer = self.people.ask(who, order, role)
        assert [self.people.ask(who, order, role) for _ in range(2)] == [answer, answer]
        if again is not None:
            assert self.refused(who, kind, role, acted_at=at, **fields).code == again
        return answer

    def happened(self, what: str) -> int:
        return sum(h["what"] == what for h in self.people.where(self.file)["history"])


def test_everything_wrong_is_tried_at_every_step_and_the_file_arrives_all_the_same(people: People):
    walk = Walk(people)
    house = {"luas_m2": "100.00", "waktu": "tetap"}
    file = walk.file = people.submit("imb", "rumah_tinggal", leave_out=("ktp",), quantities=house, acted_at=on(1))

    # The counter. Nothing but the check and a withdrawal can be done with a file that has only come in.
    early = {
        intake.WithdrawRequest: ("counter-2", {"requirement": "npwp", "reason": "Tidak pernah diminta"}),
        technical_team.VerifyBeritaAcara: ("jasa-usaha-head", {}),
        retribution.PrepareNota: ("jasa-usaha-1", {}),
        retribution.SignSkrd: ("head-2014", {}),
        issuance.InitialDraft: ("jasa-usaha-head", {}),
        issuance.SignLicence: ("head-2014", {}),
        issuance.HandOverLicence: ("counter-3", {"receiver": "holder", "identity_checked": True}),
    }
    for kind, (who, fields) in early.items():
        code = walk.refused(who, kind, application_id=file, **fields).code
        assert code.startswith(("unknown_", "not_requested")), kind
    tick = {
        "findings": [
            {"requirement": item["requirement"], "verdict": "missing" if item["requirement"] == "ktp" else "complete"}
            for item in people.where(file)["items"]
        ]
    }
    eventually(lambda: walk.happened("papers_inspected"), 40, "the papers to be looked at")
    assert walk.refused("counter-2", intake.CheckCompleteness, application_id=file, findings=[
        {"requirement": "surat_cinta", "verdict": "complete"}]).code == "unknown_requirement"  # fmt: skip
    walk.step("counter-2", intake.CheckCompleteness, on(1, 10), again="wrong_state", **tick)
    assert walk.happened("items_requested") == 1

    # The answer: only what was asked for, only as an attachment.
    ktp = people.hand_in(b"%PDF-1.4 not really")
    answer = {"requirement": "ktp", "document": ktp}
    for wrong, code in (
        ({"requirement": "npwp"}, "not_requested"),
        ({"requirement": "surat_cinta"}, "unknown_requirement"),
        ({"document": ktp | {"kind": "licence"}}, "not_an_attachment"),
    ):
        assert walk.refused("counter-2", intake.AnswerItem, application_id=file, **answer | wrong).code == code
    walk.step("counter-2", intake.AnswerItem, on(2), again="not_requested", **answer)
    eventually(lambda: walk.happened("papers_inspected") == 2, 40, "the answer to be looked at")
    complete = {"findings": [{"requirement": "ktp", "verdict": "complete"}]}
    no = walk.refused("counter-2", intake.CheckCompleteness, application_id=file, **complete)
    assert (no.code, no.field) == ("unreadable", "ktp")
    wrong = {"findings": [{"requirement": "ktp", "verdict": "wrong"}]}
    people.do("counter-2", intake.CheckCompleteness, application_id=file, acted_at=on(2, 10), **wrong)
    real = people.hand_in(a_pdf(file))
    people.do("counter-2", intake.AnswerItem, application_id=file, requirement="ktp", document=real, acted_at=on(2, 11))
    eventually(lambda: walk.happened("papers_inspected") == 3, 40, "the new answer to be looked at")
    registered = walk.step("counter-2", intake.CheckCompleteness, on(2, 12), again="wrong_state", **complete)
    assert registered["resi"] and walk.happened("registered") == 1

    _technical_team(walk)
    _money(walk)
    _licence(walk)
    end = people.wait_for(file, "archived", 60)
    assert [d["kind"] for d in end["documents"]].count("licence") == 1
    for kind, fields in (
        (intake.WithdrawApplication, {"reason": "Terlambat"}),
        (intake.AnswerItem, answer),
    ):
        assert walk.refused("counter-2", kind, application_id=file, **fields).code == "already_closed"
    refuse = {"application_id": file, "reason": "Lokasi tidak sesuai peruntukan ruang"}
    assert walk.refused("jasa-usaha-head", intake.RefuseApplication, **refuse).code == "already_closed"


def _technical_team(walk: Walk) -> None:
    file = walk.file
    eventually(lambda: _case(walk), 40, "the case")
    officers = {task["skpd"]: task["officer"] for task in _case(walk)["tasks"]}
    others = {
        skpd: next(f"tim-{skpd}-{n}" for n in (1, 2, 3) if f"tim-{skpd}-{n}" != officers[skpd]) for skpd in officers
    }
    assert set(officers) == set(TECHNICAL)

    book = {"starts_at": on(4, 15), "ends_at": on(4, 16), "place": "Jl. Melati No. 12"}
    assert (
        walk.refused("jasa-usaha-1", technical_team.BookAppointment, application_id=file, **book).code == "bad_period"
    )
    early = walk.refused("jasa-usaha-1", technical_team.BookAppointment, application_id=file, acted_at=on(3), **book)
    assert early.code == "not_all_accepted"
    for skpd, officer in officers.items():
        elsewhere = {others[skpd]: "not_your_task", "tim-dinkes-1": "not_your_task"}
        walk.step(officer, technical_team.AcceptTask, on(3), skpd=skpd, others=elsewhere, again="wrong_state")
        no = walk.refused(officer, technical_team.AcceptTask, application_id=file, skpd="dinkes")
        assert no.code == "not_concerned" and skpd in no.remedy
    for wrong in (
        {"ends_at": on(4, 15)},
        {"ends_at": on(5)},
        {"starts_at": on(2), "ends_at": on(2, 10)},
        {"starts_at": "9999-12-31T23:00:00Z", "ends_at": "9999-12-31T23:30:00Z"},
    ):
        no = walk.refused(
            "jasa-usaha-1", technical_team.BookAppointment, application_id=file, acted_at=on(3, 10), **book | wrong
        )
        assert no.code == "bad_period" and no.field in wrong
    walk.step(
        "jasa-usaha-1",
        technical_team.BookAppointment,
        on(3, 10),
        others={"tertentu-1": "wrong_bidang"},
        again=None,
        **book,
    )

    findings = {
        "observations": [{"point": "Garis sempadan", "fits": True}],
        "recommendation": "recommended",
        "opinion": "Sesuai rencana tata ruang",
    }
    for skpd, officer in officers.items():
        early = walk.refused(
            officer, technical_team.SignBeritaAcara, application_id=file, skpd=skpd, acted_at=on(4, 15)
        )
        assert early.code == "wrong_state"
        walk.step(
            officer, technical_team.RecordFindings, on(4, 16), skpd=skpd, again=None,
            others={others[skpd]: "not_your_task"}, **findings,
        )  # fmt: skip
    assert (
        walk.refused("jasa-usaha-head", technical_team.VerifyBeritaAcara, application_id=file).code == "not_all_signed"
    )
    for skpd, officer in officers.items():
        walk.step(officer, technical_team.SignBeritaAcara, on(4, 17), skpd=skpd, again="wrong_state")
    verify = {"others": {"tertentu-head": "wrong_bidang"}, "again": "case_closed"}
    walk.step("jasa-usaha-head", technical_team.VerifyBeritaAcara, on(7), **verify)
    whats = [h["what"] for h in _case(walk)["history"]]
    for what, times in (
        ("task_accepted", 2),
        ("findings_recorded", 2),
        ("berita_acara_signed", 2),
        ("berita_acara_verified", 1),
    ):
        assert whats.count(what) == times, what
    assert (
        walk.refused(officers["distako"], technical_team.AcceptTask, application_id=file, skpd="distako").code
        == "case_closed"
    )


def _case(walk: Walk) -> dict | None:
    try:
        return walk.people.ask("jasa-usaha-1", technical_team.FindCase(application_id=walk.file))
    except Refusal:
        return None


def _money(walk: Walk) -> None:
    people, file = walk.people, walk.file

    def found() -> dict:
        return people.ask("treasurer", retribution.FindAssessment(application_id=file))

    eventually(lambda: walk.happened("due:retribution:1"), 40, "the assessment")
    eventually(lambda: _answers(found), 40, "the assessment in its room")
    tertentu = {"tertentu-1": "wrong_bidang"}
    assert walk.refused("jasa-usaha-head", retribution.SignNota, application_id=file).code == "no_nota"
    nota = walk.step("jasa-usaha-1", retribution.PrepareNota, on(8), others=tertentu, again=None)
    assert nota["total"] == 140_625
    assert walk.refused("administration-1", retribution.IssueSkrd, application_id=file).code == "nota_not_signed"
    walk.step(
        "jasa-usaha-head",
        retribution.SignNota,
        on(8, 10),
        others={"tertentu-head": "wrong_bidang"},
        again="nota_signed",
    )
    assert walk.refused("jasa-usaha-1", retribution.PrepareNota, application_id=file).code == "nota_signed"
    assert walk.refused("head-2014", retribution.SignSkrd, application_id=file).code == "no_skrd"
    walk.step("administration-1", retribution.IssueSkrd, on(8, 11), again="skrd_exists")
    skrd = walk.step("head-2014", retribution.SignSkrd, on(8, 13), again="skrd_signed")
    assert skrd["due_on"] == "2016-04-07"

    paid = {"payment_code": skrd["payment_code"], "amount": 140_625, "bank_reference": f"BJB-{file}", "paid_at": on(10)}
    for wrong, code, field in (
        ({"paid_at": TOMORROW}, "in_the_future", "paid_at"),
        ({"paid_at": LONG_AGO}, "before_previous_step", "paid_at"),
        ({"acted_at": TOMORROW}, "in_the_future", "acted_at"),
        ({"acted_at": LONG_AGO}, "before_previous_step", "acted_at"),
    ):
        no = walk.refused("treasurer", retribution.RecordPayment, **paid | wrong)
        assert (no.code, no.field) == (code, field)
    order = retribution.RecordPayment(command_id=new_id(), **paid)
    first = people.ask("treasurer", order)
    assert first["outcome"] == "matched" and people.ask("treasurer", order) == first
    assert people.do("treasurer", retribution.RecordPayment, **paid) == {"outcome": "matched", "repeated": True}
    no = walk.refused("treasurer", retribution.RecordPayment, **paid | {"amount": 1})
    assert (no.code, no.field) == ("conflicting_repeat", "amount")
    whats = [h["what"] for h in found()["history"]]
    for what in ("nota_signed", "skrd_numbered", "skrd_signed", "payment_matched", "paid"):
        assert whats.count(what) == 1, what
    assert found()["paid"] == 140_625 and whats.count("nota_prepared") == 1


def _answers(ask) -> bool:
    try:
        return bool(ask())
    except Refusal:
        return False


def _licence(walk: Walk) -> None:
    people, file = walk.people, walk.file
    eventually(lambda: walk.happened("due:issuance:1"), 40, "the draft")

    def found() -> dict:
        return people.ask("head-2014", issuance.FindLicence(application_id=file))

    eventually(lambda: _answers(found), 40, "the draft in its room")
    assert walk.refused("head-2014", issuance.SignLicence, application_id=file).code == "not_initialled"
    turns = ("jasa-usaha-head", "administration-head", "tata-usaha-head")
    for n, who in enumerate(turns):
        others = dict.fromkeys((*turns[n + 1 :], "tertentu-head"), "not_your_turn")
        again = "all_initialled" if n == 2 else "not_your_turn"
        walk.step(who, issuance.InitialDraft, on(14, 9 + n), others=others, again=again)
    signed = walk.step("head-2014", issuance.SignLicence, on(15), again="already_signed")
    assert found()["number"] == signed["number"] and len(found()["initials"]) == 3
    assert walk.refused("jasa-usaha-head", issuance.InitialDraft, application_id=file).code == "already_signed"
    eventually(lambda: walk.happened("licence_issued"), 40, "the licence")
    given = {"application_id": file, "receiver": "holder", "identity_checked": False}
    assert walk.refused("counter-3", issuance.HandOverLicence, **given).code == "identity_not_checked"
    given = {"receiver": "holder", "identity_checked": True}
    walk.step("counter-3", issuance.HandOverLicence, on(16), again="already_handed_over", **given)
    eventually(lambda: walk.happened("handed_over") == 1, 40, "the handover")


def test_an_applicant_touches_only_their_own_file(people: People):
    walk = Walk(people)
    papers = [{"requirement": "ktp", "document": people.hand_in(a_pdf(new_id()))}]
    order = intake.SubmitApplication.make_example().model_copy(
        update={"command_id": new_id(), "application_id": new_id(), "sub_kind": "kecil", "channel": "online"}
    )
    order = order.model_validate(order.model_dump() | {"attachments": papers})
    file = people.ask("warga-siti", order, "applicant")["application_id"]
    mine, theirs = "warga-siti", "warga-budi"
    assert people.ask(mine, intake.FindApplication(application_id=file), "applicant")["application_id"] == file
    with pytest.raises(Refusal, match="not_yours"):
        people.ask(theirs, intake.FindApplication(application_id=file), "applicant")
    for kind, fields in (
        (intake.WithdrawApplication, {"reason": "Bukan milik saya"}),
        (intake.AnswerItem, {"requirement": "ktp", "document": papers[0]["document"]}),
    ):
        assert walk.refused(theirs, kind, "applicant", application_id=file, **fields).code == "not_yours"
    again = order.model_copy(update={"command_id": new_id()})
    with pytest.raises(Refusal, match="already_submitted"):
        people.ask(theirs, again, "applicant")
    assert people.ask(mine, order, "applicant")["application_id"] == file, "the same command is the same command"
    done = {"application_id": file, "reason": "Rencana dibatalkan"}
    walk.file = file
    latest = people.where(file)["standing"]["since"]
    walk.step(mine, intake.WithdrawApplication, latest, role="applicant", again="already_closed", **done)
    assert people.wait_for(file, "archived", 60)["standing"]["outcome"] == "withdrawn"
