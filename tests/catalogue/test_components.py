"""The fourteen components of everything the office offers, worked out or as printed."""

import re
import shutil
from pathlib import Path

import pytest

from catalogue import plain
from catalogue.components import Components, components
from catalogue.cost import FREE
from catalogue.editions import editions
from catalogue.licence_type import LicenceType
from catalogue.licences import licence_type, licence_types
from catalogue.office import organisation
from catalogue.office_components import load_office_components, office_components
from catalogue.reading import DATA, CatalogueFault
from catalogue.standard import CODES, COMPONENTS, words
from catalogue.standards_book import service_standard, standards_decree
from catalogue.wording import ASSUMPTION, SOURCES
from tests.spoil import change

OFFICE = organisation()
TYPES = [(edition, code) for edition in editions() for code in licence_types(edition)]
each_type = pytest.mark.parametrize(("edition", "code"), TYPES, ids=lambda value: value)


def told(code: str, edition: str) -> tuple[LicenceType, Components]:
    kind = licence_type(code, edition)
    return kind, components(kind, OFFICE, editions()[edition].published)


@each_type
def test_a_type_has_all_fourteen_components_in_words_for_the_public(edition, code):
    kind, found = told(code, edition)
    assert all(getattr(found, name) for name in COMPONENTS) and found.validity
    assert {line.text for asked in found.requirements for line in asked.lines} == {r.name for r in kind.requirements}
    lines = [line for name in COMPONENTS if isinstance(part := getattr(found, name), tuple) for line in part]
    assert not [line for line in lines if "{" in str(line)]


@each_type
def test_requirements_stand_apart_and_name_the_sub_kinds_they_are_for(edition, code):
    kind, found = told(code, edition)
    sides = {asked.kind: asked.lines for asked in found.requirements}
    for side in ("administrative", "technical"):
        wanted = [each for each in kind.requirements if each.kind == side]
        assert [line.text for line in sides.get(side, ())] == [each.name for each in wanted]
        assert [len(line.only_for) for line in sides.get(side, ())] == [len(each.only_for) for each in wanted]


@each_type
def test_steps_are_numbered_say_who_and_every_outcome_leads_to_a_step_or_an_end(edition, code):
    kind, found = told(code, edition)
    numbers = [step.number for step in found.steps]
    assert numbers == list(range(1, len(kind.path.steps) + 1))
    for step, planned in zip(found.steps, kind.path.steps, strict=True):
        assert step.actor == OFFICE.roles[planned.actor].name and len(step.branches) == len(planned.outcomes)
        assert all(way.to in numbers or way.to in ("selesai", "ditolak", "ditarik kembali") for way in step.branches)
        assert not any("_" in way.answer for way in step.branches)
    assert [way.to for way in found.steps[-1].branches] == ["selesai"]
    assert [way.onward for way in found.steps[-1].branches] == [True]


@each_type
def test_a_type_without_retribution_is_free_and_one_with_it_names_law_and_tariffs(edition, code):
    kind, found = told(code, edition)
    if kind.retribution is None:
        assert (found.fee.printed, found.fee.amount, found.fee.tariffs) == (FREE, 0, ())
    else:
        assert found.fee.amount is None and found.fee.law == kind.retribution.legal_basis
        assert bool(found.fee.tariffs) == (kind.retribution.tariff is not None)
        assert all(each.figure.startswith("Rp ") for each in found.fee.tariffs)
        assert len(found.fee.factors) == len(kind.retribution.factors)
        assert found.fee.rule == kind.retribution.said


def test_a_burial_place_costs_in_the_first_edition_and_nothing_in_that_of_2018():
    before, after = told("iptm", "2016-11")[1].fee, told("iptm", "2018-01")[1].fee
    assert [each.figure for each in before.tariffs] == ["Rp 100.000", "Rp 75.000", "Rp 50.000"]
    assert (after.printed, after.amount, after.source) == (
        FREE,
        0,
        SOURCES[licence_type("iptm", "2018-01").sources["retribution"]],
    )


def test_figures_of_another_city_are_marked_and_those_of_bekasi_are_not():
    assert told("ho_situ", "2016-11")[1].fee.stand_in == "Kabupaten Lumajang"
    assert told("iptm", "2016-11")[1].fee.stand_in is None


@each_type
def test_every_source_of_a_type_has_indonesian_words(edition, code):
    kind = licence_type(code, edition)
    used = {each.source for each in kind.requirements} | {"assumed", *kind.sources.values()}
    assert used <= SOURCES.keys()


def test_what_is_assumed_says_so():
    found = told("rekom_sekolah_swasta", "2016-11")[1]
    assert {line.source for asked in found.requirements for line in asked.lines} == {ASSUMPTION}
    assert found.time.source.startswith("asumsi") and found.steps_source.startswith("asumsi")


def test_waiting_leads_back_and_the_payment_leads_on():
    steps = told("imb", "2016-11")[1].steps
    turns = {step.number: [(way.answer, way.to) for way in step.branches if not way.onward] for step in steps}
    assert turns[1] == [("belum lengkap", 2)] and turns[2] == [("dijawab", 1), ("lewat waktu", "ditarik kembali")]
    assert turns[5] == [("tanpa bayar", 7)] and turns[6] == []
    assert [step.number for step in steps if step.by_applicant] == [2, 4, 6]


def test_oversight_staff_and_team_are_those_of_the_bidang_and_agencies_of_the_type():
    kind, found = told("iptm", "2016-11")
    assert found.internal_oversight[0].text == f"Kepala {OFFICE.units[kind.bidang].name}"
    assert found.staff_count.number == 34 + 15 and found.staff_count.printed.startswith(
        "49 (empat puluh sembilan) orang"
    )
    assert not any("Tim teknis" in line.text for line in found.competencies)
    imb = told("imb", "2016-11")[1]
    assert imb.staff_count.number == 34 + 13
    assert imb.competencies[-1].text.endswith("dari Dinas Tata Kota dan Dinas Bangunan dan Permukiman")


@pytest.mark.parametrize("code", CODES)
def test_a_service_says_what_its_decree_prints(code):
    standard = service_standard(code)
    found = components(standard, OFFICE, standard.effective_from)
    for name in COMPONENTS:
        told_here, printed = getattr(found, name), getattr(standard, name)
        if name == "requirements":
            told_here = found.requirements[0].lines
        if name == "steps":
            assert [(s.number, s.text, s.actor) for s in told_here] == [(s.number, s.text, s.actor) for s in printed]
        elif isinstance(told_here, tuple):
            assert [line.text for line in told_here] == words(printed).split("\n")
        else:
            assert told_here.printed == printed.printed
    assert found.validity is None and found.fee.amount == 0


def test_what_the_office_states_for_all_names_a_source_for_every_line():
    stated = office_components()
    lists = [value for _, value in stated if isinstance(value, list)]
    assert len(lists) == 7 and all(re.search(r"\d{4}", line.source) for lines in lists for line in lines)


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("Kepala {bidang}", "Kepala {boss}", "internal_oversight.0.text"),
        ("tertentu: 15, ", "", "staff"),
        ("facilities:", "comforts:", "facilities"),
    ],
)
def test_a_fault_in_what_holds_for_all_names_file_and_key(tmp_path: Path, old: str, new: str, key: str):
    file = tmp_path / "office_components.yaml"
    shutil.copy(DATA / file.name, file)
    change(file, old, new)
    with pytest.raises(CatalogueFault) as caught:
        load_office_components(tmp_path)
    assert caught.value.file == file and caught.value.key == key


def test_show_has_the_fourteen_components_of_a_type_under_the_keys_of_a_service():
    kind, office = licence_type("imb"), OFFICE
    shown = plain.whole_type(kind, office, editions()["2016-11"])
    service = plain.whole_standard(service_standard("S-I"), standards_decree(), office)
    assert {"name", *COMPONENTS} <= shown.keys() & service.keys() and all(shown[name] for name in COMPONENTS)
    assert shown["complaint_channels"][0] == "Langsung: loket pengaduan di Gedung Pelayanan Terpadu"
    assert shown["steps"][0]["branches"][1] == {"answer": "belum lengkap", "to": 2, "onward": False}
    assert shown["component_sources"]["evaluation"] == ["Laporan Kinerja BPPT Kota Bekasi Tahun 2016"]
    assert set(shown["requirements"]) == {"administrative", "technical"}
