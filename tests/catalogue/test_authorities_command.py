"""`ptsp catalogue authorities`: who signs and initials what on a day, acting for whom."""

import json

import pytest
from typer.testing import CliRunner

from catalogue.office import organisation
from ptsp.catalogue.command import app
from ptsp.demo.people import KECAMATAN


def run(*words: str, exit_code: int = 0) -> str:
    result = CliRunner().invoke(app, ["authorities", *words])
    assert result.exit_code == exit_code, result.output
    return result.output


def on(day: str) -> dict:
    return json.loads(run("--json", "--on", day))


@pytest.mark.parametrize(
    ("day", "head", "acting"),
    [
        ("2016-08-07", "head-2014", None),
        ("2016-08-08", "tata-usaha-head", "plh-head-2016-08"),
        ("2016-08-12", "tata-usaha-head", "plh-head-2016-08"),
        ("2016-08-13", "head-2014", None),
    ],
)
def test_a_day_shows_who_signs_then_and_acting_for_whom(day, head, acting):
    told = on(day)
    signs = {each["id"]: each for each in told["signatures"]}
    for paper in ("licence-2015", "skrd-2009"):
        assert [(who["id"], who["acting"]) for who in signs[paper]["signatories"]] == [(head, acting)]
    assert signs["licence-2015"]["decree"]["number"] == "060/Kep.244-Org/IV/2015"
    assert [each["id"] for each in told["acting"]] == ([acting] if acting else [])
    assert "licence-2009" not in signs


def test_the_camat_of_every_kecamatan_is_shown_with_a_scope_that_is_said_to_be_unknown():
    camat = next(each for each in on("2016-08-09")["signatures"] if each["id"] == "licence-camat-2015")
    assert camat["placeholder"] and camat["scope"] == [] and len(camat["signatories"]) == 12
    assert "belum ada jenis izin" in run("--on", "2016-08-09")


def test_initials_stand_in_their_order_with_what_may_be_left_out():
    told = on("2016-03-01")
    [chain] = told["initials"]
    assert chain["types"] == 66
    assert [seat["role"] for seat in chain["order"]] == ["bidang_head", "administration_head", "tata_usaha_head"]
    assert len(chain["order"][0]["officers"]) == 3
    assert {each["kind"]: each["skips"] for each in told["exceptions"]} == {
        "urgent": ["tata_usaha_head"],
        "secret": ["tata_usaha_head"],
    }


def test_the_screen_says_the_same_in_words():
    shown = " ".join(run("--on", "2016-08-09").split())
    for words in ("Kewenangan pada 9 Agustus 2016", "Plh. Kepala Badan", "dinas luar", "mendesak", "rahasia", "SKRD"):
        assert words in shown
    before = run("--on", "2009-01-01")
    assert before.count("Tidak ada.") == 3 and "jabatan kosong" in before


def test_a_day_that_is_none_is_refused():
    run("--on", "kemarin", exit_code=2)


def test_the_demonstration_applies_from_every_kecamatan_of_the_city():
    assert {organisation().kecamatan(name).code for name in KECAMATAN} == {
        unit.code for unit in organisation().units.values() if unit.kind == "kecamatan"
    }
