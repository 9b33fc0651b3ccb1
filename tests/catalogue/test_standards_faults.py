"""A wrong service standard stops at the door, naming the file and the key."""

import shutil
from pathlib import Path

import pytest

from catalogue.office import load_organisation, organisation
from catalogue.reading import DATA, CatalogueFault
from catalogue.standards_book import load_standards
from tests.spoil import change


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of standards and organisation to spoil."""
    for folder in ("standards", "organisation"):
        shutil.copytree(DATA / folder, tmp_path / folder)
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("title:", "colour: merah\ntitle:", "colour: "),
        ("title:", "annex: 4\ntitle:", "line "),
        ("annex: 4", "annex: 5", "annex: "),
        ("annex: 4", "annex: 22", "annex: "),
        ("code: S-IV", "code: S-XXII", "code: "),
        ("2020-03-06", "2020-03-05", "effective_from: 2020-03-05 is before the decree of 2020-03-06"),
        ("2020-03-06", "2020-03-06\nended: 2020-03-05", "ended: "),
        ("2020-03-06", "kemarin", "effective_from: "),
        ("065/Kep.63-TU/III/2020\n", "065.2/Kep.212-Org/XII/2017\n", "decree: "),
        ("unit: setda_tata_usaha", "unit: setda_sihir", "unit: "),
        ("products:\n  - Plakat dan Piala", "products: []", "products: "),
        ("  - Plakat dan Piala", "  - ''", "products.0"),
        ("amount: 30", "amount: 31", "time"),
        ("unit: minute", "unit: fortnight", "time.limits.0.unit"),
        ("unit: minute", "unit: minute\n      until: makan_siang", "time"),
        ("number: 7", "number: 8", "staff_count"),
        ("  amount: 0", "  amount: -1", "fee.amount"),
        ("answer: ya", "answer: mungkin", "steps.3.branches.0.answer"),
        ("to: selesai", "to: 9", "steps: step 4 leads to 9"),
        ("number: 2", "number: 1", "steps: "),
        ("mended: Permohonan/Proposal", "mended: Surat/Proposal", "slips: "),
        ("actor: setda_counter", "actor: wizard", "path.0.actor: nobody knows the role 'wizard'"),
        ("prepared: deliver", "prepared: nirwana", "path"),
        ("answered: register", "answered: withdrawn", "path: from step complete_request"),
        ("act: register", "act: pray", "path.steps.0.act"),
        ("closes_after: 14", "closes_after: 0", "path.steps.1.closes_after"),
        ("path:", "seats:\n  mayor: wali_kota\npath:", "seats: "),
        ("path:", "seats:\n  division_head: istana\npath:", "seats: unknown unit: 'istana'"),
        ("path:", "seats:\n  division_head: wali_kota\npath:", "seats.division_head: nobody is division_head"),
    ],
)
def test_a_wrong_standard_is_refused_by_file_and_key(root, old, new, key):
    change(root / "standards" / "s_04.yaml", old, new)
    with pytest.raises(CatalogueFault, match=r"standards/s_04\.yaml: ") as fault:
        load_standards(root, office=organisation())
    assert str(fault.value).startswith(f"standards/s_04.yaml: {key}")


def test_two_standards_with_one_code_are_refused(root):
    shutil.copy(root / "standards" / "s_04.yaml", root / "standards" / "s_04_new.yaml")
    with pytest.raises(CatalogueFault, match=r"standards/s_04_new\.yaml: code: 'S-IV' stands twice"):
        load_standards(root, office=organisation())


def test_a_file_named_after_another_annex_is_refused(root):
    (root / "standards" / "s_04.yaml").rename(root / "standards" / "s_22.yaml")
    with pytest.raises(CatalogueFault, match=r"standards/s_22\.yaml: code: S-IV belongs into s_04\.yaml"):
        load_standards(root, office=organisation())


def test_a_missing_annex_is_noticed(root):
    (root / "standards" / "s_13.yaml").unlink()
    with pytest.raises(CatalogueFault, match=r"standards/s_13\.yaml: annex: annex 13 is missing"):
        load_standards(root, office=organisation())


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("date: 2020-03-06", "date: 2020-03-07", r"s_01\.yaml: effective_from"),
        ("number: 065/Kep.63", "number: 066/Kep.63", r"s_01\.yaml: decree"),
        ("promise: ", "oath: ", r"decree\.yaml: promise"),
        ("agency: ", "mood: baik\nagency: ", r"decree\.yaml: mood"),
    ],
)
def test_a_wrong_decree_is_refused_by_file_and_key(root, old, new, key):
    change(root / "standards" / "decree.yaml", old, new)
    with pytest.raises(CatalogueFault, match=f"standards/{key}"):
        load_standards(root, office=organisation())


def test_a_seat_that_falls_empty_is_noticed(root):
    change(root / "organisation" / "officers_secretariat.yaml", "role: vice_mayor", "role: mayor")
    with pytest.raises(CatalogueFault, match=r"s_01\.yaml: seats\.vice_mayor: nobody is vice_mayor in wakil_wali_kota"):
        load_standards(root)


def test_units_and_roles_are_read_from_every_file_of_the_organisation(root):
    office = load_organisation(root)
    assert {"counter", "mayor"} <= office.roles.keys() and {"kepala", "setda_hukum"} <= office.units.keys()
    change(root / "organisation" / "roles_secretariat.yaml", "code: mayor", "code: counter")
    with pytest.raises(CatalogueFault, match=r"roles\*\.yaml: counter: stands twice"):
        load_organisation(root)
    for file in (root / "organisation").glob("units*.yaml"):
        file.unlink()
    with pytest.raises(CatalogueFault, match=r"units\*\.yaml: -: the file is missing"):
        load_organisation(root)
