"""Izin gangguan (HO) with the tables of Kabupaten Lumajang: tariff × area × location index × disturbance index.

The band is taken as flat: the whole area at the tariff of the band it falls in (an assumption; the source prints no
worked sum). Machine power is a line of its own.
"""

from decimal import Decimal

from catalogue.retribution.dated import charged, row_of
from catalogue.retribution.inputs import Inputs
from catalogue.retribution.note import Factor, Note, note

SURROUNDINGS = ("permukiman", "pertokoan", "industri", "lain")
BANDS = ((100, ""), (200, "_101_200"), (300, "_201_300"), (400, "_301_400"), (500, "_401_500"), (1000, "_501_1000"))
ABOVE = "_di_atas_1000"
LOCATIONS = {"jalan utama": Decimal(1), "jalan sekunder": Decimal(2), "jalan lingkungan": Decimal(3)}
DISTURBANCES = {"rendah": Decimal(1), "sedang": Decimal(2), "tinggi": Decimal(3)}
STEP, LARGEST_STEPPED = 10, 310  # PK
TABLE = "tabel indeks HO Kabupaten Lumajang"


def ho(case: Inputs) -> Note:
    """`ho_tarif_x_luas_x_il_x_ig`; `mesin_pk` above nothing adds the machines."""
    area = case.area("luas_m2")
    band = next((suffix for top, suffix in BANDS if area <= top), ABOVE)
    row = row_of(case, "ho", case.choice("kawasan", SURROUNDINGS) + band)
    lines = [
        charged(
            row,
            "tarif × luas × indeks lokasi × indeks gangguan",
            ("luas (m2)", area),
            Factor("indeks lokasi", _index(case, "indeks_lokasi", LOCATIONS), TABLE),
            Factor("indeks gangguan", _index(case, "indeks_gangguan", DISTURBANCES), TABLE),
        )
    ]
    extra = {}
    if case.given("mesin_pk") and (power := case.decimal("mesin_pk", most=100_000)):
        steps = int(power // STEP) + (1 if power % STEP else 0)
        if power <= LARGEST_STEPPED:
            machine = charged(
                row_of(case, "ho", "mesin_per_10_pk"), "setiap 10 PK yang dimulai × tarif", ("10 PK", steps)
            )
        else:
            machine = charged(row_of(case, "ho", "mesin_di_atas_310_pk"), "tarif tetap di atas 310 PK")
        lines.append(machine)
        extra["mesin"] = machine.amount
    return note(lines, tarif_per_m2=row.amount, tempat_usaha=lines[0].amount, **extra)


def _index(case: Inputs, key: str, table: dict[str, Decimal]) -> Decimal:
    """The index as a number of its table or by the name of its row."""
    value = case.raw(key)
    return table[value] if isinstance(value, str) and value in table else case.one_of(key, set(table.values()))
