"""Numbers of papers as two cities write them, and an amount in words."""

from catalogue.retribution.inputs import Inputs
from catalogue.retribution.note import Note
from values.terbilang import LARGEST, terbilang


def in_words(case: Inputs) -> Note:
    """`terbilang`: whole rupiah in words."""
    return Note({"terbilang": terbilang(case.rupiah("angka", least=0, most=LARGEST))})


def _year(case: Inputs) -> int:
    return case.count("tahun", least=2000, most=2099) % 100


def skrd_tangsel(case: Inputs) -> Note:
    """`nomor_skrd_tangsel`: OPD, operator, year, running number of five digits."""
    office, operator = case.count("opd", most=99), case.count("operator", most=99)
    return Note({"no_skrd": f"{office:02}.{operator:02}.{_year(case):02}.{case.count('urut', most=99_999):05}"})


def payment_tangsel(case: Inputs) -> Note:
    """`nomor_bayar_tangsel`: operator, month, year, OPD, running number."""
    operator, month, office = case.count("operator", most=99), case.count("bulan", most=12), case.count("opd", most=99)
    return Note({"no_bayar": f"{operator:02}{month:02}{_year(case):02}{office:02}{case.count('urut', most=99_999):05}"})


def npwrd_bekasi(case: Inputs) -> Note:
    """`npwrd_kota_bekasi`: R., year, running number of four digits."""
    return Note({"npwrd": f"R.{_year(case):02}{case.count('urut', most=9_999):04}"})
