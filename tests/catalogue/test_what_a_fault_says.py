"""A fault in the catalogue tells an officer where to look and what would be right."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from catalogue.editions import load_editions
from catalogue.licences import load_licence_table
from catalogue.reading import DATA, CatalogueFault, Entry, build, read_yaml
from ptsp.catalogue.checking import told
from tests.spoil import change


class Day(Entry):
    day: date
    name: str


@pytest.mark.parametrize("written", ["2018-13-01", "2013-02-30", "2012-99-01"])
def test_a_date_that_is_none_is_told_with_its_line(tmp_path: Path, written):
    file = tmp_path / "days.yaml"
    file.write_text(f"name: Nyepi\nday: {written}\n", encoding="utf-8")
    with pytest.raises(CatalogueFault) as fault:
        read_yaml(file)
    assert "this is no date" in fault.value.reason
    assert told(fault.value, tmp_path).line == 2


def test_an_edition_on_a_day_that_is_none_is_refused_with_file_and_line(tmp_path: Path):
    shutil.copytree(DATA / "editions", tmp_path / "editions")
    file = tmp_path / "editions" / "editions.yaml"
    change(file, "published: 2018-01-01", "published: 2018-13-01")
    with pytest.raises(CatalogueFault) as fault:
        load_editions(tmp_path)
    seen = told(fault.value, tmp_path)
    text = file.read_text(encoding="utf-8").splitlines()
    assert seen.file == "editions/editions.yaml" and "2018-13-01" in text[seen.line - 1]


def test_an_unknown_key_is_told_with_those_there_are(tmp_path: Path):
    with pytest.raises(CatalogueFault) as fault:
        build(Day, {"day": date(2018, 1, 1), "name": "Tahun Baru", "colour": "red"}, tmp_path / "days.yaml")
    assert (fault.value.key, fault.value.reason) == ("colour", "unknown key; there are day, name")


def test_a_role_nobody_has_is_told_where_the_stretch_names_it(tmp_path: Path):
    for folder in ("licence_types", "organisation", "tariffs", "editions"):
        shutil.copytree(DATA / folder, tmp_path / folder)
    change(tmp_path / "licence_types" / "stretches.yaml", "actor: technical_officer", "actor: wizard")
    with pytest.raises(CatalogueFault) as fault:
        load_licence_table(tmp_path)
    seen = told(fault.value, tmp_path)
    assert (seen.file, seen.key) == (
        "licence_types/stretches.yaml",
        "stretches.technical_verification.verification.actor",
    )
    assert seen.line and "wizard" in seen.reason and "roles" in seen.reason
