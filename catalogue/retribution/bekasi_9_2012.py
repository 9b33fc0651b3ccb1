"""Burial places (IPTM), Perda Kota Bekasi 9/2012: the city's own figures. Free since 2018 (one report: since 2017)."""

from datetime import date

from catalogue.retribution.dated import charged, row_of
from catalogue.retribution.inputs import Inputs, refuse
from catalogue.retribution.note import Note, note

KINDS = {
    "baru": "baru", "tumpang_tindih": "tumpang_tindih", "angkat_rangka": "angkat_rangka",
    "perpanjangan": "daftar_ulang_per_tahun",
}  # fmt: skip
VALID_FOR = 3  # years
FREE_FROM = 2018


def iptm(case: Inputs) -> Note:
    """`iptm_kota_bekasi`: `jenis`, years, and the calendar year it is asked in (without it, the paid tariff).

    A renewal is 25,000 a year; the other kinds have one amount for the three years a place is granted.
    """
    kind = case.text("jenis").lower().replace(" ", "_")
    if kind not in (*KINDS, "semua"):
        refuse(case.name("jenis"), f"{kind!r} tidak dikenal; pilihannya {', '.join((*KINDS, 'semua'))}")
    if case.given("tahun_kalender") and case.given("tanggal"):
        refuse(case.name("tanggal"), "tulis tanggal atau tahun_kalender, tidak keduanya")
    day, day_from = {}, "tanggal"
    if case.given("tahun_kalender"):
        day_from = "tahun_kalender"
        day = {"tanggal": date(case.count("tahun_kalender", least=1900, most=2100), 1, 1)}
    elif case.given("tanggal"):
        day = {"tanggal": case.day("tanggal")}
    if kind == "semua":
        if not day or day["tanggal"].year < FREE_FROM:
            refuse(case.name("jenis"), f"'semua' hanya untuk masa bebas retribusi, sejak {FREE_FROM}")
        rows = [row_of(Inputs(day, book=case.book), "iptm", which) for which in KINDS.values()]
        return note([charged(row, "tarif tetap") for row in rows])
    row = row_of(Inputs(day, book=case.book), "iptm", KINDS[kind], day_from=day_from)
    if case.given("tarif_per_tahun"):
        if kind != "perpanjangan":
            refuse(case.name("tarif_per_tahun"), "hanya perpanjangan yang bertarif per tahun")
        if case.rupiah("tarif_per_tahun", least=0) != row.amount:
            refuse(case.name("tarif_per_tahun"), f"tarif {row.name} adalah {row.amount} rupiah")
    if kind == "perpanjangan":
        years = case.count("tahun", most=99)
        return note([charged(row, "jumlah tahun × tarif per tahun", ("tahun", years))])
    if case.given("tahun") and case.count("tahun", most=99) != VALID_FOR:
        refuse(case.name("tahun"), f"izin berlaku {VALID_FOR} tahun")
    return note([charged(row, "tarif tetap")])
