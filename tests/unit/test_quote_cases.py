"""Worked cases through the formulas and through `ptsp quote`: to the rupiah, and every wrong figure refused by name."""

import json

import pytest
from typer.testing import CliRunner

from deploy.maps.doors import PROJECT
from ptsp.main import app
from ptsp.quote.cases import quote, read_cases

CASES = PROJECT / "tests/data/retribution/worked_cases.yaml"


@pytest.mark.parametrize("case", read_cases(CASES), ids=lambda case: case["id"])
def test_a_worked_case_comes_out_as_its_source_says(case):
    done = quote(case, 1)
    assert done.outcome == ("equal" if done.asserted else "not_asserted")


@pytest.mark.parametrize("case", read_cases(CASES), ids=lambda case: case["id"])
def test_a_worked_case_is_refused_when_a_figure_is_missing_unknown_or_of_the_wrong_shape(case):
    def refused(inputs: dict) -> str | None:
        done = quote(case | {"inputs": inputs}, 1)
        return done.refused.field if done.refused else None

    assert refused(case["inputs"] | {"hadiah": 1}) == "hadiah"
    assert refused({}) is not None
    for key, value in case["inputs"].items():
        if value is None:
            continue
        assert refused(case["inputs"] | {key: {"salah": True}}) is not None, key
        if not isinstance(value, list | str):
            assert refused(case["inputs"] | {key: -1}) == key


WRONG = {
    "rupiah with decimals": ("flat", "{tarif: 150000.0}", "tarif"),
    "rupiah as text": ("flat", '{tarif: "150.000"}', "tarif"),
    "no area": ("per_m2", "{luas_m2: 0, tarif: 100}", "luas_m2"),
    "an absurd area": ("per_m2", "{luas_m2: 1e12, tarif: 100}", "luas_m2"),
    "an area that is no number": ("per_m2", "{luas_m2: .nan, tarif: 100}", "luas_m2"),
    "an area with its unit": ("per_m2", "{luas_m2: 72 m2, tarif: 100}", "luas_m2"),
    "half a vehicle": ("per_unit", "{jumlah: 1.5, tarif: 100}", "jumlah"),
    "a coefficient outside its table": (
        "ho_tarif_x_luas_x_il_x_ig",
        "{luas_m2: 80, kawasan: industri, indeks_lokasi: 4, indeks_gangguan: 1}",
        "indeks_lokasi",
    ),
    "a floor coefficient of other floors": (
        "pbg_pp16_2021",
        "{llt_m2: 72, ilo: '0.005', shst: 5350000, indeks_fungsi: '0.15', kompleksitas_ip: 1, permanensi_ip: 2,"
        " jumlah_lantai: 2, koefisien_ketinggian: '1', faktor_kepemilikan: 1, ibg: 1}",
        "koefisien_ketinggian",
    ),
    "a locality above 0.5 %": (
        "pbg_pp16_2021",
        "{llt_m2: 72, ilo: '0.05', shst: 5350000, indeks_fungsi: '0.15', kompleksitas_ip: 1, permanensi_ip: 2,"
        " jumlah_lantai: 1, faktor_kepemilikan: 1}",
        "ilo",
    ),
    "a day before the tariff": ("iptm_kota_bekasi", "{jenis: baru, tahun_kalender: 2011}", "tahun_kalender"),
    "a tariff that is not the table's": ("apar_per_tabung", "{item: [[CO2 2-6 kg, 1, 3001]]}", "item[1].tarif"),
    "a kind of venue nobody knows": ("minol_flat_per_jenis_tempat", "{jenis_tempat: warung}", "jenis_tempat"),
    "a price beside the table": ("imta_usd100_per_orang_bulan", "{orang: 0, bulan: 12}", "orang"),
    "a rate of no law": ("bunga_keterlambatan", "{pokok: 1000, persen_per_bulan: '3', bulan: 1}", "persen_per_bulan"),
    "an unknown formula": ("karangan", "{}", "formula"),
}


@pytest.mark.parametrize(("formula", "inputs", "field"), WRONG.values(), ids=WRONG)
def test_a_wrong_case_is_refused_with_its_field_and_the_others_still_run(tmp_path, formula, inputs, field):
    file = tmp_path / "cases.yaml"
    right = "{id: benar, formula: flat, inputs: {tarif: 5000}, expected: {total: 5000}}"
    file.write_text(f"examples:\n- {{id: salah, formula: {formula}, inputs: {inputs}}}\n- {right}\n")
    ran = CliRunner().invoke(app, ["quote", str(file), "--json"])
    assert ran.exit_code == 2
    wrong, fine = json.loads(ran.stdout)["cases"]
    assert (wrong["outcome"], wrong["refused"]["field"]) == ("refused", field) and wrong["refused"]["reason"]
    assert fine["outcome"] == "equal"


@pytest.mark.parametrize(("expected", "code"), [(5000, 0), (5001, 1)])
def test_a_difference_is_said_and_ends_with_1(tmp_path, expected, code):
    file = tmp_path / "cases.json"
    case = {"id": "x", "formula": "flat", "inputs": {"tarif": 5000}, "expected": {"total": expected}}
    file.write_text(json.dumps({"examples": [case]}))
    ran = CliRunner().invoke(app, ["quote", str(file)])
    assert ran.exit_code == code and ("-1" in ran.stdout) == (code == 1)


def test_a_difference_ends_with_1_also_beside_a_refusal_and_an_id_that_stands_twice_is_said(tmp_path):
    file = tmp_path / "cases.yaml"
    case = "{{id: x, formula: flat, inputs: {{tarif: {}}}, expected: {{total: 5000}}}}"
    file.write_text(f"examples:\n- {case.format(5001)}\n- {case.format(-1)}\n")
    ran = CliRunner().invoke(app, ["quote", str(file)])
    assert ran.exit_code == 1 and "Id ganda, masing-masing dihitung sendiri: x" in ran.stdout
    told = json.loads(CliRunner().invoke(app, ["quote", str(file), "--json"]).stdout)
    assert told["repeated_ids"] == ["x"] and [each["outcome"] for each in told["cases"]] == ["different", "refused"]


def test_a_source_that_contradicts_itself_is_shown_and_does_not_fail(tmp_path):
    file = tmp_path / "cases.yaml"
    marked = "status: published_but_inconsistent, formula: per_unit, expected: {printed_total: 7, lain: 1}"
    wrong, refused = (f"- {{{marked}, inputs: {{jumlah: {number}, tarif: 3}}}}" for number in (2, 0))
    file.write_text(f"examples:\n{wrong}\n{refused}\n")
    ran = CliRunner().invoke(app, ["quote", str(file), "--json"])
    first, second = json.loads(ran.stdout)["cases"]
    assert ran.exit_code == 0 and first["outcome"] == second["outcome"] == "not_asserted"
    assert first["compared"][0]["difference"] == "-1" and second["refused"]["field"] == "jumlah"


def test_a_file_that_is_no_list_of_cases_ends_with_2(tmp_path):
    (tmp_path / "x.yaml").write_text("examples: []")
    for name in ("x.yaml", "missing.yaml"):
        assert CliRunner().invoke(app, ["quote", str(tmp_path / name)]).exit_code == 2
