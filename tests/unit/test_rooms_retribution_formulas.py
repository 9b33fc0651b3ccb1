"""How an amount is found: published and derived examples to the rupiah, and what must hold for any figures."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.exchange import ExchangeRate
from catalogue.licences import licence_type
from catalogue.nota_lines import compute, recompute
from catalogue.retribution import formulas
from services.retribution.model import late_days
from values.refusal import Refusal

DAY = date(2016, 3, 8)

# (what it is, [(formula, tariff, factors)], rupiah): each line is rounded once, then the lines are added.
EXAMPLES = [
    ("IMB, 100 m2: the building of a published example", [("area_index", 4500, "100 0.3125 1.00")], 140_625),
    (
        "the same with fence, waste water treatment and form",
        [
            ("area_index", 4500, "100 0.3125 1.00"),
            ("area_index", 500, "60 1.00"),
            ("area_index", 4000, "3 1.00"),
            ("flat", 5000, ""),
        ],
        187_625,
    ),
    ("its index: function 0.50 x classification 0.625", [("area_index", 4500, "100 0.50 0.625")], 140_625),
    (
        "IMB by the city's formula of 2017, 108.35 m2, with fence and administration",
        [("area_index", 20000, "108.35 0.495"), ("area_index", 2500, "40.00 1.00"), ("flat", 50000, "")],
        1_222_665,
    ),
    ("PBG, a simple house", [("area_index", 5_350_000, "72 0.005 0.18")], 346_680),
    ("PBG, with 20 m of fence", [("area_index", 5_350_000, "72 0.005 0.18"), ("area_index", 25200, "20 1 1")], 850_680),
    ("PBG, a shop on two floors", [("area_index", 6_170_000, "240 0.005 1.0815")], 8_007_426),
    ("PBG, a building of the state", [("area_index", 6_170_000, "1000 0.005 0")], 0),
    (
        "PBG, rebuilt after heavy damage: .25 is dropped",
        [("area_index", 6_170_000, "800 0.005 1.09725 0.325")],
        8_801_042,
    ),
    (
        "PBG, a clinic with paving",
        [("area_index", 5_350_000, "900 0.005 0.468"), ("area_index", 2300, "400 1 1")],
        12_187_100,
    ),
    ("PBG, dummy figures of a public test", [("area_index", 5_560_000, "100 1 1 1")], 556_000_000),
    ("HO, 80 m2 among shops", [("area_index", 675, "80 1 1")], 54_000),
    ("HO, 150 m2 among houses, second street, medium disturbance", [("area_index", 600, "150 2 2")], 360_000),
    ("IMTA, one person, twelve months, USD 100 at 13,436", [("per_unit", 1_343_600, "12")], 16_123_200),
    ("IPTM, three years more", [("per_unit", 25_000, "3")], 75_000),
    ("IPTM, new", [("flat", 100_000, "")], 100_000),
    ("IPTM, one grave above another", [("flat", 50_000, "")], 50_000),
    ("IPTM, free since 2018", [("flat", 0, "")], 0),
    ("trayek, up to 8 seats", [("per_unit", 1_250_000, "1")], 1_250_000),
    ("trayek, 9 to 16 seats", [("per_unit", 1_500_000, "1")], 1_500_000),
    ("trayek, more than 28 seats", [("per_unit", 2_000_000, "1")], 2_000_000),
    ("trayek, a control card", [("per_unit", 125_000, "1")], 125_000),
    ("trayek, three vehicles with cards", [("per_unit", 1_250_000, "3"), ("per_unit", 125_000, "3")], 4_125_000),
    ("alcohol, five stars", [("flat", 5_000_000, "")], 5_000_000),
    ("alcohol, four stars", [("flat", 4_000_000, "")], 4_000_000),
    ("alcohol, a restaurant", [("flat", 2_500_000, "")], 2_500_000),
    ("extinguisher, 1 to 2 kg", [("per_unit", 6_000, "1")], 6_000),
    ("extinguisher, 2 to 5 kg", [("per_unit", 8_000, "1")], 8_000),
    ("extinguisher, more than 10 kg", [("per_unit", 15_000, "1")], 15_000),
    ("CO2, 2 to 6 kg", [("per_unit", 3_000, "1")], 3_000),
    ("CO2, 10 to 15 kg", [("per_unit", 7_000, "1")], 7_000),
]


def quoted(formula: str, tariff: int, factors: str = "") -> int:
    """What a rule of any basis gives for that tariff and those factors."""
    first, *others = factors.split() or [None]
    sizes = {"flat": {}, "per_unit": {"jumlah": first}, "area_index": {"luas_m2": first, "indeks": others}}[formula]
    return formulas.compute(formula, {"tarif": tariff} | sizes).total


@pytest.mark.parametrize(("lines", "total"), [pytest.param(*rest, id=name) for name, *rest in EXAMPLES])
def test_a_worked_example_comes_out_to_the_rupiah(lines, total):
    assert sum(quoted(*line) for line in lines) == total


@pytest.mark.parametrize(
    ("code", "sub_kind", "quantities", "total"),
    [
        ("imb", "rumah_tinggal", {"luas_m2": "100.00", "waktu": "tetap"}, 140_625),
        (
            "ho_situ",
            "baru",
            {"luas_m2": 80, "kawasan": "pertokoan", "lokasi": "jalan_utama", "gangguan": "rendah"},
            54_000,
        ),
        ("siup_mb", "baru", {"jenis_tempat": "hotel_bintang_5"}, 5_000_000),
        ("siup_mb", "baru", {"jenis_tempat": "restoran_talam_kencana"}, 2_500_000),
        ("trayek", None, {"jumlah_kendaraan": 3, "kelas_kendaraan": "sampai_8"}, 3_750_000),
        ("trayek", None, {"jumlah_kendaraan": 1, "kelas_kendaraan": "lebih_dari_28"}, 2_000_000),
        ("iptm", "baru", {}, 100_000),
        ("iptm", "daftar_ulang", {}, 75_000),
        ("iptm", "tumpang_tindih", {}, 50_000),
        ("imta", None, {"jumlah_tka": 1, "lama_bulan": 12}, 16_123_200),
        ("rekom_damkar", None, {"jumlah_tabung": 1, "jenis_tabung": "serbuk_lebih_10_kg"}, 15_000),
        ("rekom_damkar", None, {"jumlah_tabung": 4, "jenis_tabung": "co2_sampai_6_kg"}, 12_000),
        ("rekom_damkar", None, {"jumlah_tabung": 2, "jenis_tabung": "busa_dari_6_sampai_30_l"}, 6_000),
    ],
)
def test_a_licence_type_is_computed_from_its_tariff_and_the_quantities_that_were_declared(
    code, sub_kind, quantities, total
):
    [line] = compute(licence_type(code), sub_kind, quantities, DAY)
    assert line.amount == total == recompute(line)
    assert line.article and (line.tariff_row is None or line.effective_from <= DAY)


def test_a_house_with_fence_and_waste_water_treatment_is_the_published_example_without_its_form():
    """100 m2, 60 m, 3: Rp 140.625, 30.000, 12.000 (contoh 1 of the regulation the prices are from)."""
    lines = compute(
        licence_type("imb"),
        "rumah_tinggal",
        {"luas_m2": "100", "waktu": "tetap", "pagar_m": "60", "ipal_m3": "3"},
        DAY,
    )
    assert [line.amount for line in lines] == [140_625, 30_000, 12_000] == [recompute(line) for line in lines]


@pytest.mark.parametrize(
    ("work", "rupiah"),
    [("rusak_sedang", 63_281), ("rusak_berat", 91_406), ("pelestarian_utama", 42_188)],  # 140.625 x 0,45; 0,65; 0,30
)
def test_what_is_repaired_or_preserved_pays_a_part_and_its_new_fence_the_whole(work, rupiah):
    declared = {"luas_m2": "100", "waktu": "tetap", "pekerjaan": work, "pagar_m": "60"}
    lines = compute(licence_type("imb"), "rumah_tinggal", declared, DAY)
    assert [line.amount for line in lines] == [rupiah, 30_000] == [recompute(line) for line in lines]


def test_an_exempt_employer_pays_nothing_at_any_rate_and_the_line_says_why():
    declared = {"jumlah_tka": 3, "lama_bulan": 12, "dibebaskan": "lembaga_sosial"}
    [line] = compute(licence_type("imta"), None, declared, DAY)
    assert line.amount == 0 == recompute(line) and line.name == "Dibebaskan: lembaga sosial"
    assert line.placeholder_city is None, "no rate was used"


def test_a_nuisance_permit_pays_the_band_of_its_area_and_its_machines():
    """Lumajang: 150 m2 among houses Rp 600, second street 2, medium 2; 25 PK are three started steps of 250.000."""
    declared = {"luas_m2": 150, "kawasan": "permukiman", "lokasi": "jalan_sekunder", "gangguan": "sedang"}
    lines = compute(licence_type("ho_situ"), "baru", declared | {"mesin_pk": "25"}, DAY)
    assert [line.amount for line in lines] == [360_000, 750_000] == [recompute(line) for line in lines]
    assert [line.amount for line in compute(licence_type("ho_situ"), "baru", declared, DAY)] == [360_000]


def test_dollars_become_rupiah_by_the_rate_of_the_day_and_a_stand_in_says_so():
    declared, rate = {"jumlah_tka": 2, "lama_bulan": 6}, ExchangeRate(day="2016-03-02", rupiah="13159.50", source="KMK")
    [line] = compute(licence_type("imta"), None, declared, DAY, rates=[rate])
    assert line.amount == 15_791_400 == recompute(line) and line.placeholder_city is None  # 2 x 6 x 100 x 13.159,50
    assert "2 Maret 2016" in line.factors[-1].name
    [later] = compute(licence_type("imta"), None, declared, date(2016, 3, 9), rates=[rate])
    assert later.amount == 16_123_200 and "contoh" in later.placeholder_city, "a rate holds for seven days"
    assert "2016" not in later.factors[-1].name, "a stand-in is the rate of no day"


def test_an_input_that_is_wrong_is_told_by_the_name_it_was_asked_for():
    with pytest.raises(Refusal) as no:
        compute(licence_type("ho_situ"), "baru", {"luas_m2": 1, "kawasan": "hutan"}, DAY)
    assert no.value.field in ("kawasan", "lokasi")


def test_a_grave_is_free_since_2018_and_the_line_says_why():
    [line] = compute(licence_type("iptm"), "baru", {}, date(2019, 5, 2))
    assert line.amount == 0 and line.effective_from == date(2018, 1, 1) and "dibebaskan" in line.name


def test_a_line_names_every_figure_it_was_computed_from():
    [line] = compute(licence_type("imb"), "rumah_tinggal", {"luas_m2": "72.50", "waktu": "tetap"}, DAY)
    assert (line.tariff, line.tariff_row) == (4500, "imb-rumah-tinggal-2012")
    assert [factor.value for factor in line.factors] == ["72.5", "0.5", "0.625", "1", "1"]
    parts = {part.name: (part.weight, part.index) for part in line.factors[2].made_of}
    assert len(parts) == 7 and parts["zonasi gempa: zona IV"] == ("0.15", "0.50")
    assert Decimal(line.unrounded) == Decimal("101953.125") and line.amount == 101_953
    assert line.placeholder_city, "the city's own figure is not known, and the paper must say so"


def test_half_a_rupiah_counts_as_one_and_lines_are_rounded_before_they_are_added():
    assert [quoted("area_index", 1, f"{area} 0.5") for area in (1, 2, 3)] == [1, 1, 2]
    lines = [{"volume": 1, "indeks": "0.5", "harga_satuan": 1}] * 4
    building = {"luas_m2": 1, "indeks_terintegrasi": 0, "harga_satuan": 1, "prasarana": lines}
    assert formulas.compute("imb_permenpu24_2007", building).total == 4


def test_what_has_no_retribution_or_no_tariff_yet_is_refused():
    with pytest.raises(Refusal) as no:
        compute(licence_type("siup"), "kecil", {}, DAY)
    assert no.value.code == "no_retribution"
    with pytest.raises(Refusal) as no:
        compute(licence_type("iptm"), "baru", {}, date(2011, 12, 31))
    assert no.value.code == "no_tariff_in_force"


@pytest.mark.parametrize(("formula", "which"), [("per_unit", "trayek"), ("area_index", "siup_mb")])
def test_a_tariff_per_unit_needs_its_units_and_an_area_its_index(formula, which):
    row = {"retribusi": which, "baris": {"trayek": "sampai_8", "siup_mb": "bar"}[which]}
    with pytest.raises(Refusal) as no:
        formulas.compute(formula, row)
    assert no.value.field == "pengali"
    assert formulas.compute("flat", {"retribusi": "trayek", "baris": "sampai_8"}).total == 1_250_000


@given(st.dates(date(2016, 1, 1), date(2017, 1, 1)), st.integers(-400, 400))
def test_only_days_after_the_due_date_are_late(due, days):
    paid = date.fromordinal(due.toordinal() + days)
    assert late_days(due, paid) == max(0, days)
