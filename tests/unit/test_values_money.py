"""Money: strict rupiah, the way it is printed, said in words and rounded."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from values.rupiah import Rupiah, format_rupiah, round_half_up
from values.terbilang import terbilang

RUPIAH = TypeAdapter(Rupiah)


@pytest.mark.parametrize("bad", [-1, 1.0, "1000", True, None, Decimal(5)])
def test_rupiah_refuses_what_is_not_a_whole_non_negative_number(bad):
    with pytest.raises(ValidationError):
        RUPIAH.validate_python(bad)


def test_rupiah_takes_zero_and_large_sums():
    assert RUPIAH.validate_python(0) == 0
    assert RUPIAH.validate_python(15_267_005_099) == 15_267_005_099


@pytest.mark.parametrize(
    ("amount", "printed"),
    [
        (0, "Rp 0"),
        (999, "Rp 999"),
        (1_000, "Rp 1.000"),
        (1_797_750, "Rp 1.797.750"),
        (15_267_005_099, "Rp 15.267.005.099"),
    ],
)
def test_rupiah_is_printed_with_dots(amount, printed):
    assert format_rupiah(amount) == printed


@given(st.integers(min_value=0, max_value=10**15))
def test_printed_rupiah_reads_back_to_the_same_amount(amount):
    assert int(format_rupiah(amount).removeprefix("Rp ").replace(".", "")) == amount


@pytest.mark.parametrize("bad", [1.5, "10", True])
def test_printing_refuses_what_is_not_an_integer(bad):
    with pytest.raises(TypeError):
        format_rupiah(bad)
    with pytest.raises(TypeError):
        terbilang(bad)


def test_negative_money_is_neither_printed_nor_said():
    with pytest.raises(ValueError, match="negative"):
        format_rupiah(-1)
    with pytest.raises(ValueError, match="terbilang"):
        terbilang(-1)


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("0.4", 0), ("0.5", 1), ("1.5", 2), ("2.5", 3), ("1072665.49999", 1072665), ("8801042.25", 8801042), ("-0.5", -1)],
)
def test_a_half_rupiah_rounds_away_from_zero(value, rounded):
    assert round_half_up(Decimal(value)) == rounded


def test_rounding_refuses_a_float():
    with pytest.raises(TypeError):
        round_half_up(2.5)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "nol rupiah"),
        (11, "sebelas rupiah"),
        (1_000, "seribu rupiah"),
        (1_100, "seribu seratus rupiah"),
        (75_000, "tujuh puluh lima ribu rupiah"),
        (100_000, "seratus ribu rupiah"),
        (187_625, "seratus delapan puluh tujuh ribu enam ratus dua puluh lima rupiah"),
        (1_000_000, "satu juta rupiah"),
        (9_920_675, "sembilan juta sembilan ratus dua puluh ribu enam ratus tujuh puluh lima rupiah"),
        (101_000, "seratus satu ribu rupiah"),
        (1_001_000, "satu juta seribu rupiah"),
        (21_001_500, "dua puluh satu juta seribu lima ratus rupiah"),
        (2_000_000_000, "dua miliar rupiah"),
        (1_000_000_000_000, "satu triliun rupiah"),
    ],
)
def test_an_amount_is_said_in_indonesian(amount, words):
    assert terbilang(amount) == words


SMALL = ["nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"]
UNITS = ((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1_000, "ribu"), (100, "ratus"), (10, "puluh"))


def spelled(number: int) -> str:
    """The same by other means: unit by unit, `se` for one of ribu, ratus and puluh when it stands alone."""
    if number < 12:
        return SMALL[number]
    if number < 20:
        return f"{SMALL[number - 10]} belas"
    size, unit = next((size, unit) for size, unit in UNITS if number >= size)
    many, rest = divmod(number, size)
    head = f"se{unit}" if many == 1 and size <= 1_000 else f"{spelled(many)} {unit}"
    return f"{head} {spelled(rest)}" if rest else head


@given(st.integers(0, 10**15 - 1) | st.integers(0, 10_000_000) | st.integers(0, 10**9).map(lambda n: n * 1_000))
def test_an_amount_is_said_as_spelling_it_unit_by_unit_says_it(amount):
    assert terbilang(amount) == f"{spelled(amount)} rupiah"


def test_an_amount_beyond_triliun_is_refused():
    with pytest.raises(ValueError, match="speaks of"):
        terbilang(10**15)
