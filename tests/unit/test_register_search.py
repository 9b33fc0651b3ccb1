"""The register of licences looked through: found by number, name, type, days and standing, page after page, and never
read as a whole."""

from datetime import date

import pytest

from contracts import issuance
from contracts.people import Actor
from services.issuance import register, searching, store
from tests.builders import Drawers, officer, on, order, refused
from tests.desk import Desk, a_licence

HEAD = "jasa-usaha-head"


class Asked(Drawers):
    """Drawers that count what was read of the register."""

    read = 0

    def find(self, collection, query, limit=0, by=None):
        found = super().find(collection, query, limit, by)
        self.read += len(found)
        return found


@pytest.fixture
def drawers() -> Asked:
    drawers = Asked()
    a_licence(drawers, "a", "Siti Rahmawati", "Toko Melati", 9)
    a_licence(drawers, "b", "CV. Rahmawati Jaya", "Bengkel Jaya", 10)
    a_licence(drawers, "c", "Budi Santoso", "Warung Budi", 22)
    Desk("draft", drawers).initialled()
    return drawers


def found(drawers, who="head-2014", **asked) -> list[str]:
    answer = searching.search(drawers, issuance.SearchLicences(**asked), officer(who))
    assert answer["next"] is None
    return [each["id"] for each in answer["licences"]]


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ({}, ["c", "b", "a"]),
        ({"number": " r-b "}, ["b"]),
        ({"name": "rahmawati"}, ["b", "a"]),
        ({"name": "Rahmawati SITI"}, ["a"]),
        ({"name": "bengkel"}, ["b"]),
        ({"name": "rahma"}, []),
        ({"since": "2016-03-10", "until": "2016-03-21"}, ["b"]),
        ({"licence_type": "siup", "until": "2016-03-10"}, ["b", "a"]),
        ({"licence_type": "imb"}, []),
        ({"standing": "valid"}, ["c", "b", "a"]),
        ({"standing": "suspended"}, []),
        ({"name": "rahmawati", "since": "2016-03-10"}, ["b"]),
    ],
    ids=str,
)
def test_licences_are_found_by_number_name_type_and_days(drawers, asked, ids):
    assert found(drawers, **asked) == ids


def test_a_licence_is_found_by_its_own_number_whatever_the_letters(drawers):
    number = store.find(drawers, "c").number
    assert found(drawers, number=number.lower()) == ["c"]


def test_each_standing_has_its_list_and_a_licence_is_in_the_one_of_today(drawers):
    words = {"number": store.find(drawers, "a").number, "reason": "Kegiatan tidak sesuai izin", "acted_at": on(3, 15)}
    drawers.ask(register.suspend, order(issuance.SuspendLicence, **words), HEAD)
    later = {"transaction": "renewal", "licence_number": store.find(drawers, "b").number}
    a_licence(drawers, "d", "CV. Rahmawati Jaya", "Bengkel Jaya", 23, **later)
    assert found(drawers, standing="suspended") == ["a"] and found(drawers, standing="replaced") == ["b"]
    assert found(drawers, standing="valid") == ["d", "c"]
    answer = searching.search(drawers, issuance.SearchLicences(standing="replaced"), officer("head-2014"))
    assert answer["licences"][0]["ended_by"] == store.find(drawers, "d").number
    words = words | {"reason": "Pelanggaran sudah diperbaiki", "acted_at": on(3, 20)}
    drawers.ask(register.reinstate, order(issuance.ReinstateLicence, **words), HEAD)
    assert found(drawers, standing="suspended") == []


def test_what_has_run_out_is_listed_by_its_last_day():
    drawers = Drawers()
    for file, day in (("a", 9), ("b", 10), ("c", 22)):
        a_licence(
            drawers, file, "Toko Melati", "Toko Melati", day, licence_type="itu", edition="2016-11", sub_kind=None
        )
    ends = store.find(drawers, "a").valid_until
    drawers.now = on(3, 15).replace(year=ends.year)
    assert found(drawers, standing="run_out") == ["b", "a"]
    assert found(drawers, standing="run_out", since=ends, until=ends) == ["a"]
    assert found(drawers, standing="run_out", since=ends, until=ends, name="melati") == ["a"]
    assert found(drawers, standing="valid") == ["c"]


@pytest.mark.parametrize("asked", [{}, {"name": "toko"}, {"licence_type": "siup"}], ids=str)
def test_the_register_is_read_page_by_page_to_its_end(drawers, asked):
    a_licence(drawers, "e", "Toko Agus", "Toko Agus", 22)
    a_licence(drawers, "f", "Toko Agus", "Toko Agus", 9)
    whole, seen, before = found(drawers, **asked), [], None
    while not seen or before:
        question = issuance.SearchLicences(most=1, before=before, **asked)
        answer = searching.search(drawers, question, officer("archivist"))
        seen += [each["id"] for each in answer["licences"]]
        before = answer["next"]
        assert len(answer["licences"]) == 1
    assert seen == whole and {"a", "e", "f"} <= set(seen)


def test_one_page_reads_its_own_days_and_no_others(drawers):
    drawers.read = 0
    searching.search(drawers, issuance.SearchLicences(until="2016-03-22", most=1), officer("archivist"))
    assert drawers.read <= 3, "the day of the first, and those up to the second"


def test_an_answer_that_has_read_enough_says_where_to_go_on(drawers, monkeypatch):
    monkeypatch.setattr(searching, "LOOKED_AT", 1)
    seen, before, answers = [], None, 0
    while answers == 0 or before:
        question = issuance.SearchLicences(licence_type="siup", standing="valid", before=before)
        answer = searching.search(drawers, question, officer("archivist"))
        seen += [each["id"] for each in answer["licences"]]
        before, answers = answer["next"], answers + 1
        assert answers < 10
    assert seen == ["c", "b", "a"] and answers == 2


def test_a_bidang_sees_its_own_licences(drawers):
    assert found(drawers, HEAD) == ["c", "b", "a"] and found(drawers, "tertentu-head") == []


def test_a_secret_paper_is_listed_without_its_name_and_not_found_by_it():
    drawers = Drawers()
    desk = Desk("s", drawers)
    desk.mark("head-2014", "secret")
    for who in ("jasa-usaha-head", "administration-head"):
        desk.initial(who)
    desk.sign()
    desk.printed()
    name = desk.draft.holder.name
    question = issuance.SearchLicences()
    for who, holder, ids in (("head-2014", name, ["s"]), ("counter-2", None, [])):
        (row,) = searching.search(drawers, question, officer(who))["licences"]
        assert row["holder"] == holder and row["number"]
        assert found(drawers, who, name=name) == ids


def test_a_period_upside_down_is_refused(drawers):
    question = issuance.SearchLicences(since=date(2016, 3, 9), until=date(2016, 3, 8))
    refused("period_upside_down", lambda: searching.search(drawers, question, Actor(id="head-2014", role="head")))
