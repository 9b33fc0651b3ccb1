"""IMB of Kota Bekasi, basis 2017: the index formula of the city's later retribution system.

Area to two decimals, each parameter and their sum to three, money to the nearest rupiah per line. The default weights
add up to 0.90: the national 0.10 for location is absent. The city's unit prices and index tables are not known: the
case gives them.
"""

from decimal import Decimal

from catalogue.retribution.inputs import LARGEST_AREA, Inputs, decimal_of, refuse
from catalogue.retribution.note import Factor, Note, line, note, product, to_places
from catalogue.retribution.permen_pu_24_2007 import WEIGHTS, parameter_named, triples

LAW = "Peraturan Kota Bekasi 2017 (dasar pengenaan 2017)"
ABSENT = "lokasi"
INDEX_KEYS = {
    "indeks_prasarana": "indeks prasarana",
    "indeks_penggunaan": "indeks penggunaan",
    "indeks_waktu": "indeks waktu penggunaan",
    "indeks_bawah_tanah": "indeks di bawah permukaan tanah",
}


def imb(case: Inputs) -> Note:
    """`imb_kota_bekasi_2017`. `pengganti_balik_nama: true`: only the administration is charged."""
    parts = enumerate(case.items("luas_bangunan"), 1)
    areas = [decimal_of(v, f"{case.name('luas_bangunan')}[{n}]", above=0, most=LARGEST_AREA) for n, v in parts]
    area = to_places(sum(areas, Decimal(0)), 2)
    if not area:
        refuse(case.name("luas_bangunan"), "jumlah luas dibulatkan menjadi nol m2")
    classes = to_places(sum(_parameters(case), Decimal(0)), 3)
    building = line(
        "Bangunan gedung",
        "luas × indeks prasarana × indeks parameter × indeks penggunaan × waktu × bawah tanah × harga satuan",
        LAW,
        [
            ("luas (m2)", area),
            Factor("indeks parameter", classes, LAW),
            *[Factor(name, _index(case, key), LAW) for key, name in INDEX_KEYS.items()],
            ("harga satuan (Rp/m2)", case.rupiah("harga_satuan")),
        ],
    )
    extras = [_extra(row, number) for number, row in enumerate(case.rows("prasarana"), 1)]
    cost = case.rupiah("penatausahaan", least=0) if case.given("penatausahaan") else 0
    administration = line("Penatausahaan", "tarif tetap", LAW, [("tarif (Rp)", cost)])
    only_administration = case.yes("pengganti_balik_nama")
    lines = [administration] if only_administration else [building, *extras, administration]
    return note(
        lines,
        total_luas=area,
        total_indeks=classes,
        bangunan=0 if only_administration else building.amount,
        prasarana=[0 if only_administration else extra.amount for extra in extras],
        penatausahaan=cost,
    )


def _parameters(case: Inputs) -> list[Decimal]:
    """Each `bobot × indeks`, half up to three decimals. A parameter stands once; location has no weight here."""
    seen, products = set(), []
    for name, weight, index in triples(case, "parameter"):
        parameter = parameter_named(name, case.name("parameter"))
        if parameter == ABSENT or parameter in seen:
            left = [each for each in WEIGHTS if each != ABSENT]
            refuse(
                f"{case.name('parameter')}.{name}", f"parameter tidak dikenal atau ganda; masing-masing sekali: {left}"
            )
        seen.add(parameter)
        products.append(to_places(product([weight, index]), 3))
    return products


def _index(case: Inputs, key: str) -> Decimal:
    return case.decimal(key, most=10) if case.given(key) else Decimal(1)


def _extra(row: Inputs, number: int):
    name = row.text("nama") if row.given("nama") else f"Prasarana {number}"
    factors = [
        ("volume", row.decimal("volume", above=0, most=10**7)),
        ("indeks penggunaan", row.decimal("indeks", most=10)),
        ("harga satuan (Rp)", row.rupiah("harga_satuan")),
    ]
    row.finish()
    return line(name, "volume × indeks penggunaan × harga satuan", LAW, factors)
