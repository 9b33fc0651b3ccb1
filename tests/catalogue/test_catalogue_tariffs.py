"""Dated tariffs: the right row for the day, a reason when there is none, and honest placeholders."""

from datetime import date
from decimal import Decimal

import pytest

from catalogue.licences import licence_type
from catalogue.tariff_book import CITY, tariff, tariff_book, tariff_row, tariff_rows
from values.refusal import Refusal
from values.rupiah import round_half_up


@pytest.mark.parametrize(("case", "amount"), [("baru", 100_000), ("daftar_ulang", 75_000), ("tumpang_tindih", 50_000)])
def test_a_burial_place_costs_until_2017_and_is_free_after(case, amount):
    assert tariff("iptm", case, date(2016, 6, 1)).amount == amount
    assert tariff("iptm", case, date(2017, 12, 31)).amount == amount
    assert tariff("iptm", case, date(2018, 1, 1)).amount == 0
    assert not tariff("iptm", case, date(2018, 1, 1)).placeholder


def test_a_day_before_the_tariff_is_refused_with_the_first_day():
    with pytest.raises(Refusal) as refused:
        tariff("iptm", "baru", date(2011, 12, 31))
    assert refused.value.code == "no_tariff_in_force"
    assert "1 Januari 2012" in refused.value.message


def test_an_unknown_case_is_refused_and_an_unknown_retribution_is_our_fault():
    with pytest.raises(Refusal) as refused:
        tariff("iptm", "kremasi", date(2016, 1, 1))
    assert refused.value.code == "unknown_tariff_case"
    with pytest.raises(KeyError):
        tariff("parkir", None, date(2016, 1, 1))


def test_an_old_note_finds_its_row_whatever_the_day():
    row = tariff("iptm", "baru", date(2016, 1, 1))
    assert tariff_row(row.id) is row
    assert len(tariff_rows("iptm")) == 10


def test_only_the_burial_tariffs_are_the_citys_own():
    own = {row.retribution for row in tariff_book().rows.values() if not row.placeholder}
    assert own == {"iptm"}
    for row in tariff_book().rows.values():
        assert row.placeholder == (row.city != CITY)


def test_the_building_tariff_gives_the_published_worked_example():
    """100 m2 × 0,3125 × Rp 4.500, fence 60 m × Rp 500, treatment 3 × Rp 4.000."""
    rows = {case: tariff("imb", case, date(2016, 1, 1)) for case in ("rumah_tinggal", "pagar", "ipal")}
    waktu = licence_type("imb").quantity("waktu").index_of("tetap")
    assert round_half_up(rows["rumah_tinggal"].amount * Decimal("0.3125") * Decimal("100.0") * waktu) == 140_625
    assert (rows["pagar"].amount * 60, rows["ipal"].amount * 3) == (30_000, 12_000)


def test_the_nuisance_tariff_gives_the_sum_worked_out_for_lumajang():
    row = tariff("ho", "pertokoan", date(2016, 1, 1))
    ho = licence_type("ho_situ")
    lokasi, gangguan = ho.quantity("lokasi").index_of("jalan_utama"), ho.quantity("gangguan").index_of("rendah")
    assert round_half_up(row.amount * row.index * Decimal(80) * lokasi * gangguan) == 54_000
