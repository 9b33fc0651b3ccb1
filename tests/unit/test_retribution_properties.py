"""What must hold for any figures: lines add up, more never costs less, the same input gives the same rupiah."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.retribution.formulas import compute
from catalogue.retribution.late_interest import blocks, blocks_rounded_up, started_months
from values.refusal import Refusal
from values.rupiah import round_half_up
from values.terbilang import terbilang

areas = st.decimals("0.01", "99999.99", places=2)
units = st.integers(1, 500)
PBG = {
    "ilo": "0.005", "shst": 5350000, "indeks_fungsi": "0.7", "kompleksitas_ip": 2, "permanensi_ip": 2,
    "jumlah_lantai": 3, "faktor_kepemilikan": 1, "ibg": "0.325",
    "prasarana": [{"volume": "13.7", "indeks": "1", "harga_satuan": 25201}],
}  # fmt: skip
IMB = {
    "indeks_terintegrasi": "0.3125", "harga_satuan": 4501, "penyediaan_formulir": 5000,
    "prasarana": [{"volume": "33.3", "indeks": "1.00", "harga_satuan": 333}],
}  # fmt: skip
BEKASI_2017 = {
    "parameter": [["kompleksitas", "0.25", "0.41"], ["ketinggian", "0.10", "0.333"]], "harga_satuan": 20003,
    "penatausahaan": 50000,
}  # fmt: skip
BEKASI_2012 = {"persen": {"permohonan": "0.25", "pengukuran": "1.5", "pengawasan": "3"}}
SIZED = {
    "pbg_pp16_2021": lambda size: PBG | {"llt_m2": size},
    "imb_permenpu24_2007": lambda size: IMB | {"luas_m2": size},
    "imb_kota_bekasi_2017": lambda size: BEKASI_2017 | {"luas_bangunan": [size]},
    "imb_kota_bekasi_2012": lambda size: BEKASI_2012 | {"bangunan": [{"luas": size, "nilai_satuan": 999, "kj": "1.1"}]},
    "per_m2": lambda size: {"luas_m2": size, "tarif": 333},
    "area_index": lambda size: {"luas_m2": size, "indeks": ["0.333", "1.3"], "tarif": 777},
}
COUNTED = {
    "trayek_flat_per_kendaraan": lambda n: {"izin_baru_9_16": n, "kartu_pengawasan": n},
    "apar_per_tabung": lambda n: {"item": [["CO2 2-6 kg", n], ["busa 6-30 L", 1]]},
    "imta_usd100_per_orang_bulan": lambda n: {"orang": n, "bulan": 7, "kurs": "13436.55"},
    "per_unit": lambda n: {"jumlah": n, "tarif": 125},
}


def adds_up(formula: str, inputs: dict) -> int:
    """The total, after looking that the lines add up to it, twice, in figures and in words."""
    note, again = compute(formula, inputs), compute(formula, inputs)
    assert note.as_dict() == again.as_dict()
    assert note.values["total"] == sum(line.amount for line in note.lines) == note.total
    assert note.values["terbilang"] == terbilang(note.total)
    for line in note.lines:
        assert line.amount == round_half_up(line.unrounded) and type(line.amount) is int
    return note.total


@pytest.mark.parametrize("formula", SIZED)
@settings(max_examples=40, deadline=None)
@given(pair=st.tuples(areas, areas))
def test_lines_add_up_and_more_area_never_costs_less(formula, pair):
    small, large = (adds_up(formula, SIZED[formula](size)) for size in sorted(pair))
    assert small <= large


@pytest.mark.parametrize("formula", COUNTED)
@settings(max_examples=40, deadline=None)
@given(pair=st.tuples(units, units))
def test_lines_add_up_and_more_units_never_cost_less(formula, pair):
    small, large = (adds_up(formula, COUNTED[formula](number)) for number in sorted(pair))
    assert small <= large


@given(st.dates(), st.integers(0, 2000))
def test_every_way_of_counting_months_begins_with_the_first_late_day_and_never_falls(due, days):
    paid = type(due).fromordinal(min(due.toordinal() + days, due.max.toordinal()))
    late = (paid - due).days
    for way in (blocks, blocks_rounded_up, started_months):
        assert (way(due, paid) > 0) == (late > 0)
        assert way(due, due) == 0 <= way(due, paid) <= late + 1
    assert blocks(due, paid) - blocks_rounded_up(due, paid) == (1 if late and late % 30 == 0 else 0)


@pytest.mark.parametrize(
    ("power", "rupiah"), [("10", 250_000), ("10.5", 500_000), ("310", 7_750_000), ("311", 8_000_000)]
)
def test_machines_pay_for_each_started_ten_pk_up_to_310(power, rupiah):
    case = {"luas_m2": 1, "kawasan": "lain", "indeks_lokasi": 1, "indeks_gangguan": 1, "mesin_pk": power}
    assert compute("ho_tarif_x_luas_x_il_x_ig", case).values["mesin"] == rupiah


@pytest.mark.parametrize(
    ("area", "tariff"), [(100, 625), ("100.01", 575), (500, 525), (501, 375), (1000, 375), (1001, 325)]
)
def test_an_area_pays_the_tariff_of_its_band(area, tariff):
    case = {"luas_m2": area, "kawasan": "lain", "indeks_lokasi": 1, "indeks_gangguan": 1}
    note = compute("ho_tarif_x_luas_x_il_x_ig", case)
    assert note.values["tarif_per_m2"] == tariff and note.values["total"] == round_half_up(Decimal(str(area)) * tariff)
    assert any("Kabupaten Lumajang" in remark for remark in note.remarks)


def test_interest_stops_at_the_cap_of_its_law():
    note = compute("bunga_keterlambatan", {"pokok": 1000000, "persen_per_bulan": 1, "bulan": 30, "maks_bulan": 24})
    assert note.values["bunga"] == 240_000 and note.remarks


def test_the_formula_of_2012_adds_its_percentages_of_the_building_value():
    parts = [{"luas": "36.5", "nilai_satuan": 1000, "kj": "1.5", "gb": 1}, {"luas": 10, "nilai_satuan": 500}]
    note = compute("imb_kota_bekasi_2012", {"bangunan": parts, "persen": {"permohonan": 1, "pengawasan": "0.5"}})
    assert note.values["nilai_bangunan"] == [54_750, 5_000] and note.values["komponen"] == [598, 299]
    again = compute("imb_kota_bekasi_2012", {"bangunan": parts, "persen": {"permohonan": 1}, "persen_pengganti": 10})
    assert again.total == 60


@pytest.mark.parametrize(
    ("low", "high", "floors", "shst", "amount"), [(1, 6, 2, 1_000_000, 3_770), (1, 10, 3, 500_000, 2_993)]
)
def test_half_a_rupiah_is_seen_behind_a_mean_height_that_does_not_end(low, high, floors, shst, amount):
    # exactly 3,769.5 and 2,992.5: the mean of the heights has no last digit, the amount has
    parts = [{"luas_m2": low, "jumlah_lantai": 1}, {"luas_m2": high, "jumlah_lantai": floors}]
    house = {"llt_m2": low + high, "ilo": "0.0005", "shst": shst, "indeks_fungsi": "0.7", "kompleksitas_ip": 2}
    house |= {"permanensi_ip": 2, "faktor_kepemilikan": 1, "ibg": "1", "prasarana": [], "bagian": parts}
    assert compute("pbg_pp16_2021", house).values["bangunan"] == amount


def test_a_locality_above_half_a_percent_is_refused_also_beside_an_index_given_as_a_figure():
    short = {"llt_m2": 100, "ilo": "0.5", "shst": 5_560_000, "indeks_terintegrasi": 1, "ibg": 1}
    with pytest.raises(Refusal, match=r"0\.005"):
        compute("pbg_pp16_2021", short)
    assert compute("pbg_pp16_2021", short | {"ilo": "0.005"}).values["total"] == 2_780_000
