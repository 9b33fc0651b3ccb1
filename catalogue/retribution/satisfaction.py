"""Satisfaction scores and samples: KepmenPAN 25/2004, PermenPANRB 14/2017, Krejcie and Morgan 1970.

The weight of 2004 is 0.071, not 1/14: Bekasi's published scores only come out so. Rounding is at the very end.
"""

from decimal import Decimal

from catalogue.retribution.inputs import Inputs, decimal_of, refuse
from catalogue.retribution.note import Note, product, to_places

WEIGHT_2004, ELEMENTS_2004, ELEMENTS_2017, BASE = Decimal("0.071"), 14, 9, Decimal(25)
WORDS = {"A": "Sangat Baik", "B": "Baik", "C": "Kurang Baik", "D": "Tidak Baik"}
BANDS_2004 = (("A", Decimal("81.26")), ("B", Decimal("62.51")), ("C", Decimal("43.76")), ("D", Decimal(0)))
BANDS_2017 = (("A", Decimal("88.31")), ("B", Decimal("76.61")), ("C", Decimal("65.00")), ("D", Decimal(25)))
SAMPLES = {10: 10, 50: 44, 100: 80, 200: 132, 300: 169, 500: 217, 1000: 278, 5000: 357, 10000: 370}


def _letter(score: Decimal, bands) -> str:
    return next(letter for letter, lowest in bands if score >= lowest)


def _elements(case: Inputs, number: int) -> list[Decimal]:
    values = case.items("nrr")
    if len(values) != number:
        refuse(case.name("nrr"), f"harus {number} unsur, tertulis {len(values)}")
    return [decimal_of(v, f"{case.name('nrr')}[{n}]", least=1, most=4) for n, v in enumerate(values, 1)]


def ikm(case: Inputs) -> Note:
    """`ikm_kepmenpan25_2004`: 14 elements × 0.071, × 25."""
    elements, weight = _elements(case, ELEMENTS_2004), case.one_of("bobot", [WEIGHT_2004], WEIGHT_2004)
    weighted = sum((product([value, weight]) for value in elements), Decimal(0))
    score = to_places(weighted * case.one_of("dasar", [BASE], BASE), 2)
    letter = _letter(score, BANDS_2004)
    return Note({"jumlah_nrr_tertimbang": weighted, "ikm": score, "mutu": letter, "kinerja": WORDS[letter]})


def ikm_letter(case: Inputs) -> Note:
    """`ikm_kategori_kepmenpan25_2004`: the letter of a score, for 2004 to 2017."""
    if case.given("tahun"):
        case.count("tahun", least=2004, most=2017)
    letter = _letter(to_places(case.decimal("ikm", least=25, most=100), 2), BANDS_2004)
    return Note({"mutu": letter, "kinerja": WORDS[letter]})


def skm(case: Inputs) -> Note:
    """`skm_permenpanrb14_2017`: the mean of nine elements × 25."""
    elements = _elements(case, ELEMENTS_2017)
    score = to_places(sum(elements, Decimal(0)) * case.one_of("dasar", [BASE], BASE) / ELEMENTS_2017, 2)
    letter = _letter(score, BANDS_2017)
    return Note({"ikm": score, "mutu": letter, "kinerja": WORDS[letter]})


def skm_letter(case: Inputs) -> Note:
    """`skm_kategori_permenpanrb14_2017`."""
    letter = _letter(to_places(case.decimal("nilai", least=25, most=100), 2), BANDS_2017)
    return Note({"mutu": letter, "kinerja": WORDS[letter]})


def sample(case: Inputs) -> Note:
    """`krejcie_morgan`: the sample by the formula, and by the printed table where it has the population."""
    population = case.count("populasi", most=10**9)
    chi = Decimal("3.841") * Decimal("0.25")
    exact = chi * population / (Decimal("0.0025") * (population - 1) + chi)
    by_table = {"sampel_tabel": SAMPLES[population]} if population in SAMPLES else {}
    return Note({**by_table, "sampel_rumus": int(to_places(exact, 0))})
