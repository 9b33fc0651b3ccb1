"""A payer asks for themselves: their own file, within the law's time, and the Head decides as on any other change."""

from datetime import date

import pytest

from contracts import retribution
from contracts.people import Actor
from portal.pages.own_demand import plan
from services.retribution import changes_printing, changing
from tests.assessed import DECREE, WHY, Assessed
from tests.builders import Papers, on, order, refused
from values.dates import months_after

DUE = 140_625
SITI, BUDI = "akun-siti", "akun-budi"
RELIEF = {"kind": "relief", "percent": "50"}


@pytest.fixture
def file() -> Assessed:
    return Assessed(now=on(12, 30), account=SITI).demanded()


def ask(file: Assessed, proposal: dict, who: str = SITI, at=None, **more) -> dict:
    fields = {"application_id": file.file, "proposal": proposal, "reason": WHY, "acted_at": at or on(3, 14), **more}
    said = order(retribution.ProposeChange, **fields)
    return file.drawers.ask(changing.propose, said, Actor(id=who, role="applicant"))


def objection(day: str = "2016-03-14", asked: int = 100_000) -> dict:
    return {"kind": "objection", "letter": "lewat akun pemohon", "filed_on": day, "asked": asked}


def decide(file: Assessed, number: str, at=None, **fields) -> dict:
    fields = {"application_id": file.file, "number": number, "granted": True, "decision": WHY, **fields}
    return file.drawers.ask(
        changing.decide, order(retribution.DecideChange, acted_at=at or on(3, 15), **fields), "head-2014"
    )


def seen(file: Assessed, who: str = SITI) -> dict:
    actor = Actor(id=who, role="applicant")
    return changing.demand_of(file.drawers, retribution.DemandOf(application_id=file.file), actor)


def test_an_objection_of_the_payer_is_decided_like_any_other(file):
    number = ask(file, objection())["number"]
    assert decide(file, number, principal=120_000)["less"] == DUE - 120_000
    [told] = seen(file)["changes"]
    assert told["granted"] and told["decision"] == WHY and not {"proposed_by", "decided_by"} & told.keys()
    assert seen(file)["owed"]["principal"] == 120_000


def test_nobody_asks_or_looks_for_the_file_of_another(file):
    refused("not_yours", lambda: ask(file, objection(), BUDI))
    refused("not_yours", lambda: seen(file, BUDI))
    nobodys = Assessed(file="file-0002", drawers=file.drawers, resi="R-2").demanded()
    refused("no_account", lambda: ask(nobodys, objection()))


def test_an_objection_is_of_today_and_within_its_time(file):
    refused("filed_when", lambda: ask(file, objection("2016-03-10")))
    assert seen(file)["object_until"] == "2016-05-08"
    ask(file, objection("2016-05-08"), at=on(5, 8, 12))
    [said] = file.drawers.heard(retribution.ChangeProposed)
    assert (said.kind, said.asked_at, said.decide_by.isoformat()) == ("objection", on(5, 8, 12), "2016-11-08")
    late = Assessed(now=on(12, 30), account=SITI).demanded()
    no = refused("objection_late", lambda: ask(late, objection("2016-05-09"), at=on(5, 9, 12)))
    assert "8 Mei 2016" in no.message


@pytest.mark.parametrize("proposal", [{"kind": "cancellation", "anew": False}, RELIEF | {"decree": DECREE}])
def test_what_only_administration_brings_is_refused(file, proposal):
    refused("not_for_payers", lambda: ask(file, proposal))


def test_administration_brings_relief_with_its_decree_only(file):
    said = order(retribution.ProposeChange, application_id=file.file, proposal=RELIEF, reason=WHY, acted_at=on(3, 14))
    refused("decree_missing", lambda: file.drawers.ask(changing.propose, said, "administration-1"))


def test_relief_is_granted_as_the_decree_has_it_and_what_was_asked_stays_on_record(file):
    papers = Papers()
    number = ask(file, RELIEF, document=papers.hand_in("bukti.pdf"))["number"]
    refused("decree_missing", lambda: decide(file, number))
    refused("decree_missing", lambda: decide(file, number, as_decreed=RELIEF))
    refused("not_decreed", lambda: decide(file, number, granted=False, as_decreed=RELIEF | {"decree": DECREE}))
    decreed = {"kind": "relief", "percent": "25", "decree": DECREE}
    assert decide(file, number, as_decreed=decreed)["principal_left"] == 105_469
    [change] = file.record.changes
    assert change.asked.percent == 50 and change.proposal.percent == 25 and change.document.name == "bukti.pdf"
    [said] = file.drawers.heard(retribution.ChangeDecided)
    file.drawers.let(changes_printing.print_decision(papers, file.drawers, said))
    assert file.drawers.heard(retribution.ChangeFiled)[0].proof == change.document, "it joins the file and its archive"
    assert "973/Kep.112/2016" in papers.made["keputusan_retribusi"]["basis"]


def test_relief_is_refused_without_a_decree_and_printed_so(file):
    papers, number = Papers(), ask(file, RELIEF)["number"]
    decide(file, number, granted=False)
    [said] = file.drawers.heard(retribution.ChangeDecided)
    file.drawers.let(changes_printing.print_decision(papers, file.drawers, said))
    assert papers.made["keputusan_retribusi"]["basis"] == "Permohonan wajib retribusi"
    assert seen(file)["owed"]["principal"] == DUE


@pytest.mark.parametrize("times", [2, 3, 7, 24])
def test_the_plan_of_the_page_is_one_that_the_room_takes(file, times):
    parts = plan(DUE, times, date(2016, 3, 14))
    assert sum(part["amount"] for part in parts) == DUE and len(parts) == times
    number = ask(file, {"kind": "instalments", "parts": parts})["number"]
    decreed = {"kind": "instalments", "parts": parts, "decree": DECREE | {"day": "2016-03-14"}}
    decide(file, number, at=on(3, 14, 15), as_decreed=decreed)
    assert [part["amount"] for part in seen(file)["owed"]["parts"] if part["amount"]] == [
        part["amount"] for part in parts
    ]


def test_months_after_the_last_of_a_long_month_are_the_last_of_a_short_one():
    assert months_after(date(2016, 1, 31), 1) == date(2016, 2, 29)
    assert months_after(date(2015, 12, 30), 14) == date(2017, 2, 28)
