"""The other turns a file can take, over the whole office: taken back, refused, corrected, paid late, free of charge."""

from typing import Any

import pytest

from catalogue.licences import licence_type
from contracts import archive, intake, issuance, notification, retribution, technical_team
from tests.away import kept_away
from tests.people import People, a_pdf, eventually
from tests.turns import Turn, on
from values.refusal import Refusal


def test_a_file_withdrawn_at_the_technical_team_gives_everything_back_and_is_archived(people: People):
    file = Turn(people, "imb", "rumah_tinggal", quantities={"luas_m2": "80.00", "waktu": "tetap"}).registered()
    officers = file.accepted()
    file.booked()
    busy = people.ask(officers["distako"], technical_team.TasksOf())
    assert file.id in {task["application_id"] for task in busy}

    people.do("counter-2", intake.WithdrawApplication, application_id=file.id, reason="Rencana batal", acted_at=on(4))
    end = people.wait_for(file.id, "archived", 40)
    assert end["standing"]["outcome"] == "withdrawn"
    case = eventually(lambda: (c := file.case())["closed"] == "withdrawn" and c, 40, "the case to be closed")
    assert case["appointment"] is None
    for officer in officers.values():
        assert file.id not in {task["application_id"] for task in people.ask(officer, technical_team.TasksOf())}
    file.is_on_both_sites()
    file.told({"diterima", "terdaftar", "undangan_tim", "jadwal", "dicabut", "diarsipkan"})
    with pytest.raises(Refusal, match="case_closed"):
        file.found()


def test_a_file_refused_by_the_bidang_gets_its_letter_and_is_archived(people: People):
    file = Turn(people, "siup", "kecil").registered()
    reason = "Lokasi tidak sesuai peruntukan ruang"
    people.do("jasa-usaha-head", intake.RefuseApplication, application_id=file.id, reason=reason, acted_at=on(3))
    end = people.wait_for(file.id, "archived", 40)
    assert end["standing"]["outcome"] == "refused"
    [letter] = [document for document in end["documents"] if document["kind"] == "surat_penolakan"]
    assert letter["number"].endswith("/TOLAK-BPPT/III/2016")
    assert people.second.get(letter["sha256"]).startswith(b"%PDF-")
    file.is_on_both_sites()
    file.told({"diterima", "terdaftar", "ditolak", "diarsipkan"})
    with pytest.raises(Refusal, match=r"draft_closed|unknown_draft"):
        people.do("jasa-usaha-head", issuance.InitialDraft, application_id=file.id)


def test_a_correction_comes_back_and_passes_in_the_second_round(people: People):
    file = Turn(people, "tdg", "baru").registered()
    first = file.examined("correction", day=4)
    asked = people.wait_for(file.id, "waiting_for_applicant", 40)
    technical = [r.code for r in licence_type("tdg").required("technical", sub_kind="baru")]
    assert [item["requirement"] for item in asked["items"] if item["state"] == "wrong"] == technical
    for code in technical:
        paper = people.hand_in(a_pdf(f"{file.id} {code} diperbaiki"))
        people.do(
            "counter-2", intake.AnswerItem, application_id=file.id, requirement=code, document=paper, acted_at=on(7)
        )

    eventually(lambda: file.case()["round"] == 2, 40, "the second round")
    second = file.examined("recommended", day=9)
    people.wait_for(file.id, "in_issuance", 40)
    assert first["outcome"] == "correction" and second["outcome"] == "recommended"
    assert first["number"] != second["number"]
    papers = [document for document in people.where(file.id)["documents"] if document["kind"] == "berita_acara"]
    assert [paper["number"] for paper in papers] == [first["number"], second["number"]]
    file.has_paper("daftar_kekurangan")
    file.issued(day=10)
    file.told({"kekurangan", "berita_acara", "terbit", "diserahkan", "diarsipkan"})


def test_what_the_team_does_not_recommend_is_refused_with_its_reason(people: People):
    file = Turn(people, "tdg", "baru").registered()
    assert file.examined("refused", day=4)["outcome"] == "refused"
    end = people.wait_for(file.id, "archived", 40)
    assert end["standing"]["outcome"] == "refused"
    [refused] = [h for h in end["history"] if h["what"] == "refused"]
    assert "Tidak direkomendasikan tim teknis" in refused["note"] and "Pendapat disperindagkop" in refused["note"]
    file.has_paper("surat_penolakan")
    file.told({"berita_acara", "ditolak", "diarsipkan"})


def test_an_skrd_paid_late_and_in_two_parts_is_settled_by_the_second(people: People):
    file = Turn(people, "iptm", "baru").registered()
    skrd = file.demanded(total=100_000)
    assert skrd["due_on"] == "2016-04-02"
    code = skrd["payment_code"]

    def pay(amount: int, reference: str, at: str) -> dict:
        fields = {"payment_code": code, "amount": amount, "bank_reference": f"{reference}-{file.id}", "paid_at": at}
        return people.do("treasurer", retribution.RecordPayment, **fields)

    assert pay(60_000, "A", "2016-03-20T10:00:00+07:00")["outcome"] == "partial"
    assert people.where(file.id)["standing"]["status"] in ("in_retribution", "waiting_for_payment")
    assert pay(60_000, "A", "2016-03-20T10:00:00+07:00")["repeated"]
    assert pay(40_000, "B", "2016-04-12T10:00:00+07:00")["outcome"] == "matched"
    assert pay(1_300, "C", "2016-04-13T10:00:00+07:00") | {"repeated": None} == {
        "outcome": "overpaid", "repeated": None, "paid": 101_300, "overpaid": 500,
        "principal": 0, "interest": 800, "principal_left": 0, "interest_left": 0,
    }  # fmt: skip
    people.wait_for(file.id, "in_issuance", 40)
    [settled] = file.said("retribution", "SkrdPaid")
    assert (settled["amount"], settled["late_days"]) == (100_000, 10)
    file.has_paper("tanda_bukti_pembayaran")
    file.issued(day=13, month=4)
    file.told({"skrd", "lunas", "terbit"})


@pytest.mark.parametrize(("code", "sub_kind"), [("siup", "menengah"), ("tdp", "pt")])
def test_a_type_without_team_and_without_retribution_goes_straight_to_its_licence(people: People, code, sub_kind):
    file = Turn(people, code, sub_kind).registered()
    end = file.issued(day=3)
    kinds = {document["kind"] for document in end["documents"]}
    assert kinds == {"attachment", "resi", "licence"}
    assert not {"berita_acara_filed", "nota_filed"} & {h["what"] for h in end["history"]}
    file.is_on_both_sites()


def test_a_grave_of_2019_is_free_by_its_edition_and_no_nota_is_written(people: People):
    file = Turn(people, "iptm", "baru", year=2019).registered()
    people.wait_for(file.id, "in_issuance", 40)
    end = file.issued(day=4)
    assert end["edition"] == "2018-01"
    assert {document["kind"] for document in end["documents"]} == {"attachment", "resi", "licence"}


def test_a_grave_of_2017_assessed_when_it_had_become_free_costs_nothing_and_no_skrd_is_written(people: People):
    """The way is that of its edition; the tariff is that of the day of the nota."""
    file = Turn(people, "iptm", "baru", year=2017).registered()
    eventually(file.assessed, 40, "the assessment")
    at: dict[str, Any] = {"application_id": file.id}
    assert people.do("tertentu-1", retribution.PrepareNota, acted_at=on(3, year=2018), **at)["total"] == 0
    people.do("tertentu-head", retribution.SignNota, acted_at=on(3, 10, year=2018), **at)
    with pytest.raises(Refusal, match="nothing_to_pay"):
        people.do("administration-1", retribution.IssueSkrd, **at)
    people.wait_for(file.id, "in_issuance", 40)
    people.do("counter-2", intake.WithdrawApplication, reason="Cukup sampai di sini", acted_at=on(4, year=2018), **at)
    end = people.wait_for(file.id, "archived", 60)
    assert end["edition"] == "2016-11"
    kinds = {document["kind"] for document in end["documents"]}
    assert kinds == {"attachment", "resi", "nota_perhitungan"}


def test_an_applicant_without_an_address_is_told_nothing_and_the_file_goes_its_way(people: People):
    nobody = intake.APPLICANT_EXAMPLE | {"email": None}
    file = Turn(people, "siup", "kecil", applicant=nobody).registered()
    file.issued(day=3)
    told = file.told({"diterima", "terdaftar", "terbit", "diserahkan", "diarsipkan"}, outcome="no_address")
    assert {letter["to"] for letter in told} == {"applicant"}


def test_a_paper_that_never_reached_the_store_is_asked_for_again_and_stops_nothing(people: People):
    file = Turn(people, "siup", "kecil", leave_out=("ktp",))
    people.tick(file.id, "siup", "kecil", acted_at=on(2), ktp="missing")
    lost = {"requirement": "ktp", "document": people.hand_in(a_pdf("contoh")) | {"sha256": "ab" * 32}}
    people.do("counter-2", intake.AnswerItem, application_id=file.id, acted_at=on(2, 10), **lost)
    no = file.refused_tick()
    assert (no.code, no.field) == ("unreadable", "ktp") and "tidak sampai" in no.message
    people.do("counter-2", intake.WithdrawApplication, application_id=file.id, reason="Batal saja", acted_at=on(3))
    end = people.wait_for(file.id, "archived", 40)
    assert "ab" * 32 not in {document["sha256"] for document in end["documents"]}
    file.is_on_both_sites()


def test_a_file_without_a_single_paper_can_be_withdrawn_and_archived(people: People):
    everything = tuple(r.code for r in licence_type("siup").required(sub_kind="kecil"))
    file = Turn(people, "siup", "kecil", leave_out=everything)
    people.do("counter-2", intake.WithdrawApplication, application_id=file.id, reason="Salah loket", acted_at=on(3))
    assert people.wait_for(file.id, "archived", 40)["documents"] == []
    assert people.ask("archivist", archive.FindBundle(application_id=file.id))["bundles"][-1].get("objects", []) == []
    assert people.ask("counter-1", notification.DeliveriesOf(application_id=file.id))


# --- while a part of the office is away ------------------------------------------------------------------------------


def test_while_the_mail_server_is_away_the_file_goes_on_and_its_letters_come_later(people: People, stack):
    with kept_away(stack, "mail"):
        file = Turn(people, "siup", "kecil").registered()
        file.issued(day=3)
        eventually(lambda: file.troubles("notification"), 40, "a letter to be put off")
    file.told({"diterima", "terdaftar", "terbit", "diserahkan", "diarsipkan"}, seconds=60)
    eventually(lambda: file.troubles("notification") == 0, 60, "no letter to wait any more")


@pytest.mark.parametrize("site", ["primary_site", "second_site"])
def test_a_store_killed_while_a_file_is_being_archived_only_delays_it(people: People, stack, site):
    file = Turn(people, "siup", "kecil").registered()
    with kept_away(stack, site):
        people.do("counter-2", intake.WithdrawApplication, application_id=file.id, reason="Batal", acted_at=on(4))
        eventually(lambda: file.troubles("archive"), 40, "the archive to put it off")
        assert people.where(file.id)["standing"]["status"] == "withdrawn"
        assert file.said("archive", "BundleReplicated") == []
    people.wait_for(file.id, "archived", 60)
    file.is_on_both_sites()
    assert len(file.said("archive", "BundleArchived")) == len(file.said("archive", "BundleReplicated")) == 1
    assert file.troubles("archive") == 0
