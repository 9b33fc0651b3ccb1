"""What the technical team finds: recorded after the meeting, signed by each SKPD, verified by the Bidang, printed."""

import pytest

from contracts import intake, technical_team
from services.technical_team import actions, printing, store, visiting
from tests.builders import Drawers, Papers, fact, officer, on, order, refused
from tests.team import SKPD, Team


def verified(**recommendations) -> Team:
    team = Team().accept()
    team.book()
    team.find(**recommendations).sign().verify()
    return team


def printed(team: Team, papers: Papers | None = None) -> technical_team.BeritaAcaraFiled:
    event = team.drawers.heard(technical_team.BeritaAcaraVerified)[-1]
    team.drawers.let(printing.print_berita_acara(papers or Papers(), team.drawers, event))
    return team.drawers.heard(technical_team.BeritaAcaraFiled)[-1]


def further_round(team: Team) -> None:
    due = {"application_id": team.file, "skpd": list(SKPD), "since": on(3, 20), "round": 2, "bidang": "jasa_usaha"}
    team.drawers.hear(actions.open_case, fact(intake.VerificationDue, **due))


def close(team: Team, why: str = "withdrawn") -> None:
    team.drawers.let(lambda book: actions.close(book, team.file, why))


def test_findings_need_an_appointment_and_come_after_it_began():
    team = Team().accept()
    refused("no_appointment", team.find)
    team.book(on(3, 7, 9))
    assert refused("before_appointment", lambda: team.find(at=on(3, 7, 8, 59))).field == "acted_at"
    team.find(at=on(3, 7, 9))
    refused("already_held", lambda: team.book(on(3, 9), at=on(3, 7, 10)))


def test_an_skpd_signs_what_it_found_and_not_before():
    team = Team().accept()
    team.book()
    refused("wrong_state", team.sign)
    team.find(at=on(3, 7, 10))
    refused("before_previous_step", lambda: team.sign(at=on(3, 7, 9, 59)))
    team.sign(at=on(3, 7, 10))


def test_nobody_signs_before_every_skpd_has_recorded_its_findings_and_nothing_is_concluded_before():
    team = Team().accept()
    team.book()
    team.find_one("distako")
    no = refused("findings_missing", lambda: team.sign_one("distako"))
    assert "Dinas Bangunan" in no.message and "Dinas Tata Kota" not in no.message
    assert printing.berita_acara(Papers(), team.case)["conclusion"] == printing.NOT_YET
    team.find_one("disbang", "refused")
    assert "tidak merekomendasikan" in printing.berita_acara(Papers(), team.case)["conclusion"]
    team.sign_one("distako")


def test_findings_that_change_after_a_signature_make_it_void_until_it_is_given_again():
    team = Team().accept()
    team.book()
    team.find()
    team.sign_one("distako", dissent="Pagar terlalu tinggi")
    team.find_one("disbang", "refused", at=on(3, 7, 12))
    mine = team.case.task("distako")
    assert (mine.state, mine.signed_at, mine.dissent, mine.void_at) == ("found", None, "", on(3, 7, 12))
    assert [h.what for h in team.case.history][-3:] == ["berita_acara_signed", "findings_recorded", "signature_void"]
    refused("before_previous_step", lambda: team.sign_one("distako", at=on(3, 7, 11, 30)))
    assert "Dinas Tata Kota" in refused("not_all_signed", team.verify).message
    asked = technical_team.ReadBeritaAcara(application_id=team.file)
    paper = printing.read(Papers(), team.drawers, asked, officer("jasa-usaha-head"))
    assert paper["recommendations"][0]["signed_at"] == ""
    assert paper["void"] == [{"skpd": "Dinas Tata Kota", "at": "7 Maret 2016 pukul 12.00 WIB"}]
    team.sign(at=on(3, 7, 13))
    assert team.case.task("distako").void_at is None
    assert team.verify()["outcome"] == "refused"


def test_each_skpd_enters_its_paper_in_its_own_order():
    """What one agency did on paper is not held up by what another has entered before."""
    team = Team()
    team.one(actions.accept, technical_team.AcceptTask, "disbang", on(3, 5))
    team.one(actions.accept, technical_team.AcceptTask, "distako", on(3, 3))
    assert [task.state for task in team.case.tasks] == ["accepted", "accepted"]
    refused("before_previous_step", lambda: Team().accept(at=on(3, 1)))


def test_a_task_offered_on_is_accepted_after_it_was_declined():
    team = Team()
    team.decline(at=on(3, 4))
    refused("before_previous_step", lambda: team.one(actions.accept, technical_team.AcceptTask, "distako", on(3, 3)))


def test_the_bidang_verifies_only_what_every_skpd_has_signed():
    team = Team().accept()
    team.book()
    team.find()
    team.one(visiting.sign, technical_team.SignBeritaAcara, "distako", on(3, 7, 11))
    no = refused("not_all_signed", team.verify)
    assert "Dinas Bangunan" in no.message and "Dinas Tata Kota" not in no.message


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        ({}, "recommended"),
        ({"disbang": "correction"}, "correction"),
        ({"distako": "refused", "disbang": "correction"}, "refused"),
    ],
)
def test_one_skpd_is_not_outvoted(said, outcome):
    team = verified(**said)
    [event] = team.drawers.heard(technical_team.BeritaAcaraVerified)
    assert (event.outcome, event.number, event.round) == (outcome, "BA-2016-00001", 1)
    assert team.workloads() == {}, "the work is done"
    refused("case_closed", team.verify)
    refused("case_closed", lambda: team.accept())


def test_the_paper_says_who_found_what_and_goes_out_with_every_opinion():
    team, papers = verified(disbang="correction"), Papers()
    filed = printed(team, papers)
    made = papers.made["berita_acara"]
    assert [row["recommendation"] for row in made["recommendations"]] == ["Direkomendasikan", "Perlu perbaikan"]
    assert [row["skpd"] for row in made["findings"]] == ["Dinas Tata Kota", "Dinas Bangunan dan Permukiman"]
    assert made["held"]["day"] == "Senin" and made["held"]["time"] == "09.00 WIB"
    assert made["signature"]["position"].startswith("Kepala Bidang")
    assert filed.outcome == "correction" and filed.verified_at == on(3, 8)
    assert [opinion.rpartition(": ")[2] for opinion in filed.opinions] == ["Pendapat distako", "Pendapat disbang"]
    assert team.case.documents == [filed.document]


def test_a_further_round_asks_the_same_officers_and_gets_its_own_number():
    team = verified(disbang="correction")
    printed(team)
    before = [team.officer_of(skpd) for skpd in SKPD]
    further_round(team)
    assert [team.officer_of(skpd) for skpd in SKPD] == before and team.case.round == 2
    assert [task.state for task in team.case.tasks] == ["offered", "offered"]
    team.accept(on(3, 21))
    team.book(on(3, 22), at=on(3, 21, 10))
    team.find(on(3, 22, 10)).sign(on(3, 22, 11)).verify(on(3, 23))
    numbers = [event.number for event in team.drawers.heard(technical_team.BeritaAcaraVerified)]
    assert numbers == ["BA-2016-00001", "BA-2016-00002"]
    printed(team)
    assert len(team.case.documents) == 2


@pytest.mark.parametrize("why", ["withdrawn", "refused"])
def test_when_the_file_ends_elsewhere_tasks_and_times_are_given_back(why):
    team = Team().accept()
    team.book()
    close(team, why)
    assert team.workloads() == {} and team.booked() == set()
    assert team.case.closed == why
    refused("case_closed", team.find)


@pytest.mark.parametrize("why", ["withdrawn", "refused"])
def test_the_news_of_the_end_may_overtake_that_of_the_beginning(why):
    drawers = Drawers()
    drawers.let(lambda book: actions.close(book, "file-000001", why))
    team = Team(drawers=drawers)
    assert team.case is None and team.workloads() == {}
    assert drawers.heard(technical_team.TaskOffered) == []
    accept = order(technical_team.AcceptTask, application_id=team.file, skpd="distako")
    refused("unknown_case", lambda: drawers.ask(actions.accept, accept, "tim-distako-1"))


def test_no_further_round_begins_for_a_file_that_was_withdrawn_between():
    team = verified(disbang="correction")
    printed(team)
    close(team)
    further_round(team)
    assert team.case.round == 1 and team.workloads() == {}


def test_a_berita_acara_that_was_verified_is_printed_though_the_file_ended_meanwhile():
    team = verified()
    close(team)
    assert printed(team).outcome == "recommended"
    assert team.workloads() == {}, "given back once, not twice"


def test_a_paper_about_a_case_that_is_not_here_waits():
    with pytest.raises(store.NotYet):
        printing.print_berita_acara(Papers(), Drawers(), technical_team.BeritaAcaraVerified.make_example())
