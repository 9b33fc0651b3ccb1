"""Table 3.2.4: every row and every way of adding it up, against the figures printed in the annual report of 2016."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.licence_type import YEARS
from catalogue.licences import licence_table, licence_type, licence_types
from catalogue.yearly_table import mix, mix_2016, spread, totals

EXPECTED = {
    "A": (31_928, 33_033, 26_038, 49_272, 53_220, 56_989, 250_480),
    "B": (49_039, 50_148, 41_444, 49_272, 53_220, 56_989, 300_112),
    "C": (49_622, 50_843, 41_444, 49_272, 53_220, 56_989, 301_390),
    "D": (49_622, 50_843, 41_444, 49_272, 53_220, 57_026, 301_427),
    "E": (49_622, 50_843, 41_444, 49_272, 53_220, 57_025, 301_426),
    "printed": (49_622, 50_843, 41_444, 49_272, 53_220, 57_025, 301_426),
}


def test_all_66_rows_are_there_in_order():
    assert [kind.number for kind in licence_types().values()] == list(range(1, 67))
    assert all(code == kind.code for code, kind in licence_types().items())


@pytest.mark.parametrize("reading", EXPECTED)
def test_each_reading_gives_the_sums_known_for_it(reading):
    by_year = totals()[reading]
    assert (*by_year.values(), sum(by_year.values())) == EXPECTED[reading]


def test_every_printed_line_together_shows_the_double_counting():
    table = licence_table()
    lines = [*table.types.values(), *table.headers.values()]
    lines += [line for kind in table.types.values() for line in kind.lines]
    assert len(lines) == 66 + 2 + 39
    assert sum(line.printed_total or 0 for line in lines) + 0 == 492_381


def test_eleven_rows_are_zero_in_all_six_years():
    empty = [kind.number for kind in licence_types().values() if not kind.printed_total]
    assert empty == [4, 8, 21, 23, 26, 39, 51, 53, 59, 62, 64]


def test_a_blank_cell_is_not_a_zero():
    assert licence_type("sipa").count(2011) is None
    assert licence_type("iutm").count(2012) is None
    assert licence_type("ipr").count(2011) == 0


def test_the_true_mismatches_of_the_table_are_kept_as_printed():
    ho = licence_type("ho_situ")
    assert ho.count(2016) == 1_029
    assert sum(line.count(2016) for line in ho.lines) == 1_074
    health = licence_table().headers["pelayanan_kesehatan"]
    rows = sum(kind.count(2016) for kind in licence_types().values() if kind.header == health.code)
    assert (health.count(2016), rows) == (322, 285)


def test_the_mix_of_2016_is_exactly_what_was_issued():
    assert sum(count for *_, count in mix_2016()) == 57_025


@pytest.mark.parametrize("year", YEARS)
def test_the_mix_of_any_year_adds_up_to_its_bottom_row(year):
    assert sum(count for *_, count in mix(year)) == totals()["printed"][year]


def test_the_mix_names_each_kind_once_and_only_kinds_one_could_apply_for():
    keys = [(code, sub_kind) for code, sub_kind, _ in mix_2016()]
    assert len(keys) == len(set(keys))
    for code, sub_kind, count in mix_2016():
        licence_type(code).check_sub_kind(sub_kind)
        assert count > 0


def test_the_mix_follows_reading_e():
    counts = {(code, sub_kind): count for code, sub_kind, count in mix_2016()}
    assert [counts["sipa", kind] for kind in ("lokal", "barang", "akdp")] == [1_405, 12_758, 1_690]
    assert [counts["ho_situ", kind] for kind in ("baru", "perpanjangan", "daftar_ulang")] == [724, 196, 109]
    assert counts["apotek", None] == 81 + 37
    assert counts["imb", "pecahan"] == 4_050
    assert not any(code == "pencabutan_siup" for code, _ in counts)


@given(st.integers(0, 10_000), st.lists(st.integers(0, 500), min_size=1, max_size=6).filter(any))
def test_spreading_keeps_the_total_and_stays_within_one_of_the_exact_share(total, weights):
    shares = spread(total, {str(place): weight for place, weight in enumerate(weights)})
    assert sum(shares.values()) == total
    for place, weight in enumerate(weights):
        assert abs(shares[str(place)] - total * weight / sum(weights)) < 1
