"""Force majeure stops the clock only as declared, for those concerned; a wrong declaration is refused at the door."""

import shutil
from datetime import date, datetime
from pathlib import Path

import pytest

from catalogue.force_majeure import Declaration, force_majeure, force_majeure_pauses, load_force_majeure
from catalogue.reading import DATA, CatalogueFault
from tests.spoil import change
from values.clock import Pause
from values.dates import JAKARTA


@pytest.fixture
def fire(tmp_path: Path) -> Path:
    """A copy of the fire of 2016 to spoil."""
    shutil.copytree(DATA / "force_majeure", tmp_path / "force_majeure")
    return tmp_path / "force_majeure" / "2016_fire.yaml"


def read(fire: Path) -> tuple[Declaration, ...]:
    return load_force_majeure(fire.parent.parent, units={"tertentu", "jasa_usaha"}, types={"imb", "siup"})


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


def test_a_declaration_not_yet_lifted_is_an_open_pause(fire):
    change(fire, "until: 2016-09-28\n", "")
    (pause,) = force_majeure_pauses(declared=read(fire))
    assert pause.until is None and pause.holds_at(datetime(2020, 1, 1, tzinfo=JAKARTA))


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("until: 2016-09-28", "until: 2016-09-26", "until: Value error, 2016-09-26 is before 2016-09-27"),
        ("from: 2016-09-27", "from: 27 September", "from: "),
        ("decree: 360", "number: 1\ndecree: 360", "number: "),
        ("scope: all", "scope: {}", "scope."),
        ("scope: all", "scope: {towns: [bekasi]}", "scope."),
        ("scope: all", "scope: {units: [tertentu, loket_7]}", "scope.units: unknown: 'loket_7'"),
        ("scope: all", "scope: {types: [imb, becak]}", "scope.types: unknown: 'becak'"),
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
