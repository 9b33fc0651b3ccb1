"""What a nota keeps is enough to make it again, whatever formula it was made by and whichever version kept it."""

from datetime import date

import pytest

from catalogue.nota_lines import Line, Reckoned, again, recompute
from contracts import retribution
from services.retribution import proving, store
from services.retribution.letter_model import Nota
from services.retribution.proof import differences
from tests.assessed import Assessed

SHOP = {"luas_m2": "150", "kawasan": "permukiman", "lokasi": "jalan_sekunder", "gangguan": "sedang", "mesin_pk": "25"}
PERCENT = {
    "bangunan": [{"luas": "100.5", "nilai_satuan": 999, "kj": "1.1"}],
    "persen": {"permohonan": "0.25", "pengukuran": "1.5", "pengawasan": "3"},
}
UPWARDS = {"luas_m2": "33.33", "indeks_terintegrasi": "0.3125", "harga_satuan": 4501, "pembulatan": "ke_atas"}


def tampered(file: Assessed, **changes) -> None:
    def falsify(book):
        record = store.find(book, file.file)
        record.nota = record.nota.model_copy(update=changes)
        store.save(book, record)

    file.drawers.let(falsify)


def test_a_nota_keeps_its_formula_and_inputs_and_they_alone_give_its_lines():
    file = Assessed("ho_situ", "baru", SHOP).prepare().sign_nota()
    nota = Nota.model_validate_json(file.record.nota.model_dump_json())
    assert nota.formula == "ho_tarif_x_luas_x_il_x_ig"
    assert nota.inputs == {
        "tanggal": "2016-03-08", "kawasan": "permukiman", "luas_m2": "150", "indeks_lokasi": "2",
        "indeks_gangguan": "2", "mesin_pk": "25",
    }  # fmt: skip
    assert again(nota.formula, nota.inputs).lines == nota.lines
    assert [line.amount for line in nota.lines] == [360_000, 750_000]  # 150 x 600 x 2 x 2; three started 10 PK
    assert differences(file.record) == []


def test_inputs_that_were_changed_afterwards_are_found_line_by_line():
    file = Assessed("ho_situ", "baru", SHOP).prepare().sign_nota()
    tampered(file, inputs=file.record.nota.inputs | {"mesin_pk": "35"})
    [found] = differences(file.record)
    assert (found.stored, found.again) == (750_000, 1_000_000)
    assert found.where == "baris 2 dari rumus ho_tarif_x_luas_x_il_x_ig"
    tampered(file, formula="nobody_knows")
    assert [(each.where, each.again) for each in differences(file.record)] == [("rumus nobody_knows", None)]


@pytest.mark.parametrize(
    ("formula", "inputs", "why"),
    [
        ("imb_kota_bekasi_2012", PERCENT, "a percentage, and workings that are not charged"),
        ("imb_permenpu24_2007", UPWARDS, "rounded upwards"),
        ("trayek_flat_per_kendaraan", {"izin_baru_le8": 3, "kartu_pengawasan": 3}, "two rows of a tariff"),
        ("apar_per_tabung", {"item": [["CO2 2-6 kg", 4], ["busa >30 L", 1]]}, "a list of kinds"),
        ("bebas", {}, "nothing to pay"),
    ],
)
def test_any_formula_of_money_can_be_kept_in_a_nota(formula, inputs, why):
    made = again(formula, inputs)
    kept = Reckoned.model_validate_json(made.model_dump_json())
    assert kept == made and again(kept.formula, kept.inputs) == kept
    for line in (*kept.lines, *kept.workings):
        assert recompute(line) == line.amount, why
    assert bool(kept.workings) == (formula == "imb_kota_bekasi_2012")


def old_line(**more) -> Line:
    """A line as versions kept it that knew one row of a tariff times some factors."""
    kept = {
        "name": "Izin gangguan di kawasan permukiman", "formula": "area_index", "tariff_row": "ho-permukiman-2012",
        "tariff": 650, "article": "Peraturan Daerah", "effective_from": "2012-01-01",
        "placeholder_city": "Kabupaten Lumajang", "unrounded": "390000", "amount": 390_000,
        "factors": [{"name": "Luas", "value": "150", "unit": "m2"}, {"name": "Letak", "value": "2"},
                    {"name": "Gangguan", "value": "2"}],
    }  # fmt: skip
    return Line.model_validate(kept | more)


def test_a_nota_kept_before_formulas_were_kept_reads_and_gives_its_own_rupiah_again():
    """The whole area at the first band, as it was charged then: 150 x 650 x 2 x 2."""
    file = Assessed("ho_situ", "baru", {name: SHOP[name] for name in SHOP if name != "mesin_pk"}).prepare().sign_nota()
    tampered(file, formula=None, inputs=None, lines=[old_line()], total=390_000)
    assert differences(file.record) == []
    month = proving.recompute_month(file.drawers, retribution.RecomputeNota(month="2016-03"))
    assert month["total"] == 390_000 and month["different"] == []
    tampered(file, lines=[old_line(amount=390_001)], total=390_001)
    assert [each.again for each in differences(file.record)] == [390_000]


def test_an_old_nota_in_dollars_still_finds_the_row_it_names():
    file = Assessed("imta", None, {"jumlah_tka": 2, "lama_bulan": 6}, bidang="tertentu")
    file.prepare(who="tertentu-1").sign_nota(who="tertentu-head")
    factors = [{"name": "Jumlah tenaga kerja asing", "value": "2"}, {"name": "Lama bekerja", "value": "6"}]
    line = old_line(formula="per_unit", tariff_row="imta-2012", tariff=1_343_600, factors=factors)
    line = line.model_copy(update={"amount": 16_123_200, "unrounded": "16123200", "effective_from": date(2012, 12, 1)})
    tampered(file, formula=None, inputs=None, lines=[line], total=16_123_200)
    assert differences(file.record) == []
