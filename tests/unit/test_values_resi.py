"""The resi number survives being written down and typed in, or is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from values.refusal import Refusal
from values.resi import Resi, check_digit

NUMBERS = st.builds(
    Resi, year=st.integers(min_value=2000, max_value=9999), sequence=st.integers(min_value=1, max_value=999_999)
)


def test_a_resi_is_printed_with_year_sequence_and_check_digit():
    assert Resi.format(123, 2016) == "R-2016-000123-2"
    assert check_digit("572") == 4  # the example in Damm's own description


@given(NUMBERS)
def test_a_printed_resi_reads_back(resi):
    assert Resi.parse(f"  {str(resi).lower()} ") == resi


@settings(max_examples=50)
@given(NUMBERS, st.sampled_from([2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 14]), st.integers(min_value=1, max_value=9))
def test_one_wrong_digit_is_always_noticed(resi, place, shift):
    text = str(resi)
    wrong = text[:place] + str((int(text[place]) + shift) % 10) + text[place + 1 :]
    with pytest.raises(Refusal) as refused:
        Resi.parse(wrong)
    assert refused.value.code == "resi_check_digit"
    assert "angka" in refused.value.message


@settings(max_examples=50)
@given(NUMBERS, st.sampled_from([2, 3, 4, 7, 8, 9, 10, 11]))
def test_two_swapped_neighbours_are_always_noticed(resi, place):
    text = str(resi)
    swapped = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    if swapped == text:
        assert Resi.parse(swapped) == resi
        return
    with pytest.raises(Refusal):
        Resi.parse(swapped)


@pytest.mark.parametrize(
    "text", ["", "R-2016-123-2", "2016-000123-2", "R-2016-000123", "R_2016_000123_2", "R-٢٠١٦-000123-2"]
)
def test_a_number_of_another_shape_is_refused_with_an_example(text):
    with pytest.raises(Refusal) as refused:
        Resi.parse(text)
    assert refused.value.code == "resi_malformed"
    assert refused.value.field == "resi"
    assert Resi.parse(refused.value.remedy.split("misalnya ")[1].rstrip(".")).sequence == 123


def test_the_year_with_sequence_zero_is_never_a_resi():
    with pytest.raises(Refusal):
        Resi.parse(f"R-2016-000000-{check_digit('2016000000')}")


@pytest.mark.parametrize(("sequence", "year"), [(0, 2016), (1_000_000, 2016), (1, 1999)])
def test_numbers_outside_the_range_are_our_own_fault(sequence, year):
    with pytest.raises(ValueError, match=r"resi"):
        Resi.format(sequence, year)
