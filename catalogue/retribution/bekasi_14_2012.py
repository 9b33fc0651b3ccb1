"""Tax on advertising (pajak reklame), Perda Kota Bekasi 14/2012 under UU 28/2009: a tax, never a retribution.

The tax is a percentage of the rental value, which goes by size, days, number and class of road (UU 28/2009 art. 49, 50;
at most 25 %: from memory, unverified). That the city takes the whole 25 % is assumed. The rental values are dated data
in `tax_tariffs/`, kept apart from the tariffs of retributions.
"""

from datetime import date
from decimal import Decimal
from functools import cache

from catalogue.reading import DATA
from catalogue.retribution.inputs import Inputs, refuse
from catalogue.retribution.note import Note, NoteLine, line, note
from catalogue.tariff_book import TariffBook, read_tariffs
from values.refusal import Refusal

TAX = "pajak_reklame"
LEGAL_BASIS = "Peraturan Daerah Kota Bekasi Nomor 14 Tahun 2012 tentang Pajak Reklame"
FORMULA = "luas × sisi × jumlah × hari × nilai sewa reklame × persen / 100"
MOST_PERCENT = Decimal(25)
REMARKS = (
    "Anggapan: tarif 25 % dari nilai sewa reklame (batas tertinggi UU 28/2009); tarif Perda 14/2012 belum dilihat.",
    "Nilai sewa per m2 dan hari menurut pers 1 Februari 2013; lampiran peraturannya belum dilihat.",
)
CLASSES = ("khusus", "kelas_1", "kelas_2", "kelas_3")


@cache
def tax_tariffs() -> TariffBook:
    """The rental values in the package, read once."""
    return TariffBook(read_tariffs(DATA / "tax_tariffs"))


def advertising(case: Inputs) -> Note:
    """`pajak_reklame_kota_bekasi`: `tanggal` and one or more `reklame`: `naskah` (what it says), `luas_m2` of a side,
    `sisi`, `jumlah`, `hari`, `kelas_jalan`."""
    day, rows = case.day("tanggal"), case.rows("reklame")
    if not rows:
        refuse(case.name("reklame"), "sedikitnya satu reklame")
    return note([_line(row, day) for row in rows], REMARKS, dasar=LEGAL_BASIS)


def _line(row: Inputs, day: date) -> NoteLine:
    name, road = row.text("naskah"), row.choice("kelas_jalan", CLASSES)
    try:
        tariff = tax_tariffs().row(TAX, road, day)
    except Refusal as no:
        raise Refusal(no.code, no.message, field=row.name("kelas_jalan"), remedy=no.remedy) from no
    factors = [
        ("luas (m2)", row.area("luas_m2")),
        ("sisi", row.count("sisi", least=1, most=8)),
        ("jumlah", row.count("jumlah", least=1, most=10_000)),
        ("hari", row.count("hari", least=1, most=366)),
        (f"nilai sewa (Rp/{tariff.unit})", tariff.amount),
        ("tarif pajak (persen)", MOST_PERCENT),
    ]
    row.finish()
    return line(f"{tariff.name}: {name}", FORMULA, LEGAL_BASIS, factors, tariff=tariff, divided_by=100)
