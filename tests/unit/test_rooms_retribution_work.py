"""The worklists of retribution: each file stands on the list of whoever does its next work, and on no other."""

import pytest

from contracts import retribution
from services.retribution import worklist
from tests.assessed import Assessed
from tests.builders import NOW, Drawers, officer, on, refused

PEOPLE = {
    "bidang_officer": "jasa-usaha-1",
    "bidang_head": "jasa-usaha-head",
    "administration_officer": "administration-1",
    "head": "head-2014",
    "treasurer": "treasurer",
}


def lists(drawers) -> dict[str, list[str]]:
    """What each role finds on its list."""
    return {
        role: [line["what"] for line in worklist.work_of(drawers, retribution.WorkOf(), officer(who))["work"]]
        for role, who in PEOPLE.items()
    }


def only(role: str | None, what: str | None = None) -> dict[str, list[str]]:
    return {each: [what] if each == role else [] for each in PEOPLE}


def test_a_file_stands_on_one_list_at_a_time_until_it_is_paid():
    file = Assessed()
    assert lists(file.drawers) == only("bidang_officer", "nota_to_prepare")
    file.prepare()
    assert lists(file.drawers) == only("bidang_head", "nota_to_sign")
    file.sign_nota()
    assert lists(file.drawers) == only("administration_officer", "skrd_to_issue")
    file.issue()
    assert lists(file.drawers) == only("head", "skrd_to_sign")
    file.sign_skrd()
    assert lists(file.drawers) == only("treasurer", "skrd_to_pay")
    file.pay(140_625, "BJB-1")
    assert lists(file.drawers) == only(None)


def test_a_file_that_ended_or_costs_nothing_waits_for_nobody():
    file = Assessed()
    file.close()
    assert lists(file.drawers) == only(None)
    year = {"year": 2019}
    free = Assessed("iptm", "baru", {}, now=NOW.replace(**year), bidang="tertentu")
    free.prepare(at=on(3, 8).replace(**year), who="tertentu-1")
    free.sign_nota(at=on(3, 8, 10).replace(**year), who="tertentu-head")
    assert lists(free.drawers) == only(None)


def test_the_longest_waiting_comes_first_and_a_cut_list_says_so():
    drawers = Drawers()
    for day in (9, 3, 6):
        Assessed(file=f"file-{day}", drawers=drawers, since=on(3, day))
    asked = retribution.WorkOf(limit=2)
    found = worklist.work_of(drawers, asked, officer("jasa-usaha-1"))
    assert [line["application_id"] for line in found["work"]] == ["file-3", "file-6"] and found["more"]


def test_a_bidang_sees_its_own_nota_only():
    file = Assessed()
    assert worklist.work_of(file.drawers, retribution.WorkOf(), officer("tertentu-1"))["work"] == []


def test_a_role_asks_for_what_a_colleague_has_to_do_and_not_for_what_is_none_of_its_business():
    file = Assessed()
    asked = retribution.WorkOf(what="nota_to_prepare")
    found = worklist.work_of(file.drawers, asked, officer("jasa-usaha-head"))["work"]
    assert [line["resi"] for line in found] == [file.record.resi]
    refused("not_concerned", lambda: worklist.work_of(file.drawers, asked, officer("treasurer")))


@pytest.mark.parametrize("role", worklist.OWN)
def test_whose_work_it_is_also_looks_after_it(role):
    assert set(worklist.OWN[role]) <= set(worklist.LOOKED_AFTER[role])
