"""Force majeure stops the clock only as declared, for those concerned; a wrong declaration is refused at the door."""

import json
import shutil
from datetime import date, datetime
from functools import partial
from pathlib import Path

import pytest

from catalogue.editions import editions
from catalogue.force_majeure import Declaration, force_majeure, force_majeure_pauses, load_force_majeure
from catalogue.licences import licence_types
from catalogue.reading import DATA, CatalogueFault
from catalogue.standards_book import service_standards
from tests.spoil import change
from values.clock import Pause
from values.dates import JAKARTA


@pytest.fixture
def fire(tmp_path: Path) -> Path:
    """A copy of the fire of 2016 to spoil."""
    shutil.copytree(DATA / "force_majeure", tmp_path / "force_majeure")
    return tmp_path / "force_majeure" / "2016_fire.yaml"


def read(fire: Path) -> tuple[Declaration, ...]:
    units, types, services = {"tertentu", "jasa_usaha", "setda_humas"}, {"imb", "siup"}, {"S-I", "S-V"}
    return load_force_majeure(fire.parent.parent, units=units, types=types, services=services)


def test_the_fire_of_2016_closed_two_days_for_all_under_a_fictional_decree():
    (fire,) = [each for each in force_majeure() if each.since == date(2016, 9, 27)]
    assert fire.fictional and fire.scope == "all"
    midnight = {day: datetime(2016, 9, day, tzinfo=JAKARTA) for day in (27, 29)}
    assert Pause(midnight[27], midnight[29], f"force_majeure:{fire.decree}") in force_majeure_pauses(
        "jasa_usaha", "imb"
    )


def test_a_declaration_concerns_its_units_and_its_types_and_nobody_else(fire):
    change(fire, "scope: all", "scope: {units: [tertentu], types: [imb]}")
    declared = read(fire)

    def stopped(unit: str | None, licence_type: str | None) -> bool:
        return bool(force_majeure_pauses(unit, licence_type, declared=declared))

    assert stopped("tertentu", "siup") and stopped("jasa_usaha", "imb")
    assert not stopped("jasa_usaha", "siup") and not stopped(None, None)


def test_a_declaration_concerns_a_service_by_its_code_or_by_the_unit_that_gives_it(fire):
    change(fire, "scope: all", "scope: {services: [S-I], units: [setda_humas]}")
    declared = read(fire)
    assert force_majeure_pauses("setda_tata_usaha", "S-I", declared=declared)
    assert force_majeure_pauses("setda_humas", "S-V", declared=declared)
    assert not force_majeure_pauses("setda_tata_usaha", "S-II", declared=declared)
    assert not force_majeure_pauses("tertentu", "imb", declared=declared)


def test_every_unit_type_and_service_the_office_offers_can_be_named_by_a_declaration(fire, monkeypatch):
    """As at the start of a room: a type of any edition, each service, and the unit that gives it."""
    standards = service_standards()
    types = {code: kind for edition in editions() for code, kind in licence_types(edition).items()}
    units = {kind.bidang for kind in (*types.values(), *standards.values())}
    named = {"units": sorted(units), "types": sorted(types), "services": sorted(standards)}
    change(fire, "scope: all", f"scope: {json.dumps(named)}")
    here = partial(load_force_majeure, fire.parent.parent)
    monkeypatch.setattr("catalogue.force_majeure.load_force_majeure", here)
    (declared,) = force_majeure.__wrapped__()
    for kind in (*types.values(), *standards.values()):
        assert force_majeure_pauses(None, kind.code, declared=[declared])
        assert force_majeure_pauses(kind.bidang, None, declared=[declared])


def test_a_declaration_not_yet_lifted_is_an_open_pause(fire):
    change(fire, "until: 2016-09-28\n", "")
    (pause,) = force_majeure_pauses(declared=read(fire))
    assert pause.until is None and pause.holds_at(datetime(2020, 1, 1, tzinfo=JAKARTA))


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("until: 2016-09-28", "until: 2016-09-26", "until: 2016-09-26 is before 2016-09-27"),
        ("from: 2016-09-27", "from: 27 September", "from: "),
        ("decree: 360", "number: 1\ndecree: 360", "number: "),
        ("scope: all", "scope: {}", "scope."),
        ("scope: all", "scope: {towns: [bekasi]}", "scope."),
        ("scope: all", "scope: {units: [tertentu, loket_7]}", "scope.units: unknown: 'loket_7'"),
        ("scope: all", "scope: {types: [imb, becak]}", "scope.types: unknown: 'becak'"),
        ("scope: all", "scope: {services: [S-I, S-XXII]}", "scope.services: unknown: 'S-XXII'"),
        ("scope: all", "scope: {types: [S-I]}", "scope.types: unknown: 'S-I'"),
        ("reason: Kebakaran kantor BPPT Kota Bekasi", "reason: ''", "reason: "),
    ],
)
def test_a_wrong_declaration_is_refused_by_file_and_key(fire, old, new, key):
    change(fire, old, new)
    with pytest.raises(CatalogueFault, match=r"force_majeure/2016_fire\.yaml") as fault:
        read(fire)
    assert f"yaml: {key}" in str(fault.value)


def test_a_decree_that_stands_twice_is_refused(fire):
    shutil.copy(fire, fire.with_name("2016_fire_again.yaml"))
    with pytest.raises(CatalogueFault, match=r"2016_fire_again\.yaml: decree: 360/Kep\.001-BPPT/IX/2016 stands twice"):
        read(fire)
