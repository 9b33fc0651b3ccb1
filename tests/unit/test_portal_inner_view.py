"""What officers read of the inside of a file, and what a saved file is called: words, never codes or hashes."""

import re

import pytest

from catalogue.licences import licence_type
from contracts import intake
from contracts.documents import Kind
from contracts.people import Actor
from portal.downloads import disposition
from portal.inner_view import figures_of, papers_of, record_of
from portal.language import languages
from portal.numbers import EXAMPLE_RESI
from portal.words import HAPPENED, PAPERS
from services.intake import actions
from tests.builders import FILE, Counter, on

number = languages()["id"].number


def told_of(counter: Counter) -> dict:
    """What intake tells an officer of the file."""
    asker = Actor(id="counter-2", role="counter", unit=None)
    return actions.find(counter.drawers, intake.FindApplication(application_id=FILE), asker)


@pytest.fixture
def asked_once() -> Counter:
    counter = Counter()
    counter.tick(npwp_perusahaan="wrong")
    counter.answer("npwp_perusahaan")
    counter.tick(on(3, 3))
    return counter


def test_the_record_names_requirements_and_says_nothing_of_the_houses_own_marks(asked_once: Counter):
    record = record_of(told_of(asked_once))
    assert {line.what for line in record} <= HAPPENED.keys()
    notes = {line.what: line.note for line in record}
    name = next(item["name"] for item in told_of(asked_once)["items"] if item["requirement"] == "npwp_perusahaan")
    assert notes["items_requested"] == notes["item_answered"] == name
    assert not any(re.search(r"[a-z]_[a-z]", line.note) for line in record)


def test_who_received_a_licence_stays_as_it_was_noted(asked_once: Counter):
    found = told_of(asked_once)
    found["history"].append(found["history"][0] | {"what": "handed_over", "note": "proxy: Budi Santoso"})
    assert record_of(found)[0].note == "proxy: Budi Santoso"


def test_what_was_handed_in_is_called_by_the_requirement_it_answers_and_marked_when_another_took_its_place(
    asked_once: Counter,
):
    found = told_of(asked_once)
    item = next(item for item in found["items"] if item["requirement"] == "npwp_perusahaan")
    found["documents"].append(item["document"] | {"sha256": "ab" * 32, "name": "npwp_perusahaan.jpg"})
    papers = {paper.sha256: paper for paper in papers_of(found)}
    assert papers[item["document"]["sha256"]].name == item["name"] and not papers[item["document"]["sha256"]].former
    assert papers["ab" * 32].former
    assert not any(".pdf" in paper.name for paper in papers.values())


def test_declared_figures_are_named_with_their_units_and_choices_in_words():
    kind = licence_type("imb")
    told = dict(figures_of(kind, {"luas_m2": "1165.25", "waktu": "tetap"}, number))
    area, time = (next(q for q in kind.quantities if q.code == code) for code in ("luas_m2", "waktu"))
    assert told == {area.name: f"1.165,25 {area.unit}", time.name: time.choices["tetap"].name}


@pytest.mark.parametrize("kind", Kind.__args__)
def test_a_saved_paper_is_called_by_what_it_is_and_its_number(kind: str):
    name = disposition(PAPERS[kind], "640/Kep.1-BPPT/I/2016", EXAMPLE_RESI).partition('"')[2].rstrip('"')
    assert name == f"{PAPERS[kind]} 640-Kep.1-BPPT-I-2016 - {EXAMPLE_RESI}.pdf"


def test_nothing_in_a_name_breaks_the_header_or_leads_out_of_a_folder():
    said = disposition('Foto "x"\r\nSet-Cookie: a=b; ../../etc/passwd é', resi="R-1", media_type="image/png")
    assert said.count('"') == 2 and "\n" not in said and "/" not in said and ";" not in said.partition(";")[2]
    assert said.endswith('.png"')


def test_the_number_of_a_resi_is_not_said_twice():
    assert disposition("Resi pendaftaran", EXAMPLE_RESI, EXAMPLE_RESI).count("R-2016") == 1


def test_one_file_that_answers_several_requirements_is_named_by_each(asked_once: Counter):
    found = told_of(asked_once)
    first, second = found["items"][:2]
    for item in (first, second):
        item["document"] = first["document"] | {"name": f"{item['requirement']}.pdf"}
    found["documents"] = [first["document"], second["document"]]
    assert [paper.name for paper in papers_of(found)] == [first["name"], second["name"]]
