"""IMB by the national index model, Permen PU 24/PRT/M/2007, as most cities had it before 2021.

`L × It × Tk × HSbg` for the building, `V × I × Tk × HSpbg` for prasarana, `It = fungsi × Σ(bobot × indeks) × waktu`.
Products are not rounded before they are added; the two decimals printed in annexes are display only. Some options of
the tables are known from memory only (docs/retribution.md names them).
"""

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

from catalogue.retribution.dated import charged, row_of
from catalogue.retribution.inputs import Inputs, decimal_of, in_table, refuse, weight_times_index
from catalogue.retribution.note import ROUNDINGS, Factor, Note, line, note, product, to_places

LAW = "Permen PU 24/PRT/M/2007"
FUNCTIONS = {
    "hunian rumah tinggal": "0.50", "hunian sederhana": "0.05", "keagamaan": "0", "usaha": "3.00",
    "sosial budaya pemerintah": "0", "sosial budaya": "1.00", "khusus": "2.00", "ganda/campuran": "4.00",
}  # fmt: skip
WEIGHTS = {
    "kompleksitas": "0.25", "permanensi": "0.20", "risiko_kebakaran": "0.15", "zonasi_gempa": "0.15",
    "lokasi": "0.10", "ketinggian": "0.10", "kepemilikan": "0.05",
}  # fmt: skip
INDICES = {
    "kompleksitas": {"sederhana": "0.40", "tidak sederhana": "0.70", "khusus": "1.00"},
    "permanensi": {"darurat": "0.40", "semi permanen": "0.70", "permanen": "1.00"},
    "risiko_kebakaran": {"rendah": "0.40", "sedang": "0.70", "tinggi": "1.00"},
    "zonasi_gempa": {
        "zona I": "0.10", "zona II": "0.20", "zona III": "0.40", "zona IV": "0.50", "zona V": "0.70",
        "zona VI": "1.00",
    },
    "lokasi": {"renggang": "0.40", "sedang": "0.70", "padat": "1.00"},
    "ketinggian": {"rendah": "0.40", "sedang": "0.70", "tinggi": "1.00"},
    "kepemilikan": {"negara/yayasan": "0.40", "perorangan": "0.70", "badan usaha": "1.00"},
}  # fmt: skip
TIMES_OF_USE = {Decimal("0.40"), Decimal("0.70"), Decimal("1.00")}
BELOW_GROUND = {Decimal("1.00"), Decimal("1.30")}
WORKS = {Decimal("1.00"), Decimal("0.65"), Decimal("0.45"), Decimal("0.30")}  # new, damaged or preserved: Tk
EXTRAS = {"pagar_m": "pagar", "ipal_m3": "ipal"}
HIGHEST = Decimal("5.20")  # 4.00 × 1.00 × 1.00 × 1.30


def parameter_named(text: str, field: str) -> str:
    """Which parameter a printed name such as `zonasi gempa zona IV` speaks of."""
    words = re.sub(r"[\s_]+", "_", text.strip().lower())
    name = next((name for name in WEIGHTS if words == name or words.startswith(name + "_")), None)
    return name or refuse(field, f"parameter {text!r} tidak dikenal; pilihannya {', '.join(WEIGHTS)}")


def triples(case: Inputs, key: str) -> list[tuple[str, Decimal, Decimal]]:
    """`[nama, bobot, indeks]` rows: the parameter, its weight (0 to 1) and its index (0 to 1)."""
    found = []
    for number, row in enumerate(case.items(key), 1):
        field = f"{case.name(key)}[{number}]"
        if not isinstance(row, list) or len(row) != 3 or not isinstance(row[0], str):
            refuse(field, "harus berupa [nama, bobot, indeks]")
        weight = decimal_of(row[1], field + ".bobot", above=0, most=1)
        found.append((row[0], weight, decimal_of(row[2], field + ".indeks", most=1)))
    return found


def display(case: Inputs) -> Note:
    """`imb_indeks_parameter_display`: bobot × indeks as annexes print them, half up to two decimals."""
    shown = []
    for name, weight, index in triples(case, "parameters"):
        parameter = parameter_named(name, case.name("parameters"))
        in_table(weight, [Decimal(WEIGHTS[parameter])], f"parameters.{name}")
        in_table(index, {*map(Decimal, INDICES[parameter].values())}, f"parameters.{name}")
        shown.append(to_places(product([weight, index]), 2))
    return Note({"displayed": shown}, remarks=("Dua desimal hanya untuk tampilan, tidak untuk dijumlahkan.",))


def integrated_index(case: Inputs) -> Note:
    """`imb_indeks_terintegrasi`: function, seven parameters (`0.25 x 0.40 sederhana`), time of use."""
    function = _function(case)
    classes = Decimal(0)
    for name, weight in WEIGHTS.items():
        field = case.name(name)
        given, index, option = weight_times_index(case.raw(name), field)
        in_table(given, [Decimal(weight)], field)
        table = {word: Decimal(value) for word, value in INDICES[name].items()}
        in_table(index, set(table.values()), field)
        if option in table and table[option] != index:
            refuse(field, f"indeks {option} adalah {table[option]}, tertulis {index}")
        classes += product([given, index])
    time = case.one_of("waktu", TIMES_OF_USE, Decimal(1))
    below = case.one_of("bawah_tanah", BELOW_GROUND, Decimal(1))
    return Note(
        {"jumlah_klasifikasi": classes, "indeks_terintegrasi": product([function, classes, time, below])},
        remarks=(f"indeks fungsi {function} × klasifikasi {classes} × waktu {time} ({LAW})",),
    )


def _function(case: Inputs) -> Decimal:
    """`hunian rumah tinggal 0.50`, or the number alone."""
    value, field = case.raw("fungsi"), case.name("fungsi")
    table = {name: Decimal(index) for name, index in FUNCTIONS.items()}
    if isinstance(value, str) and (found := re.fullmatch(r"(\D*?)\s*(\d+(?:\.\d+)?)", value.strip())):
        name, value = found[1].strip(), Decimal(found[2])
        if name in table and name != "sosial budaya" and table[name] != value:
            refuse(field, f"indeks fungsi {name} adalah {table[name]}, tertulis {value}")
    elif isinstance(value, str) and value.strip() in table:
        return table[value.strip()]
    return in_table(decimal_of(value, field), set(table.values()), field)


def imb(case: Inputs) -> Note:
    """`imb_permenpu24_2007`: building, prasarana, form and administration, each a line.

    `pembulatan: ke_atas` rounds lines up, as one city prints; without it they go to the nearest rupiah.
    """
    way = case.choice("pembulatan", ROUNDINGS) if case.given("pembulatan") else "terdekat"
    rounding = ROUNDINGS[way]
    work = Factor("indeks pembangunan (Tk)", _work(case), LAW)
    building = line(
        "Bangunan gedung",
        "luas × indeks terintegrasi × indeks pembangunan × harga satuan",
        LAW,
        [
            ("luas (m2)", case.area("luas_m2")),
            Factor("indeks terintegrasi", case.decimal("indeks_terintegrasi", most=HIGHEST), LAW),
            work,
            ("harga satuan (Rp/m2)", case.rupiah("harga_satuan")),
        ],
        rounding=rounding,
    )
    extras = [_extra(row, number, rounding) for number, row in enumerate(case.rows("prasarana"), 1)]
    fixed, values = [], {}
    for key, told, name in (
        ("penyediaan_formulir", "formulir", "Penyediaan formulir"),
        ("administrasi", "administrasi", "Administrasi"),
    ):
        if case.given(key):
            amount = case.rupiah(key, least=0)
            fixed.append(line(name, "tarif tetap", LAW, [("tarif (Rp)", amount)]))
            values[told] = amount
    return note(
        [building, *extras, *fixed],
        bangunan=building.amount,
        prasarana=[extra.amount for extra in extras],
        **values,
    )


def by_classes(case: Inputs) -> Note:
    """`imb_permenpu24_2007_klasifikasi`: the same from the classes of a building, prices from the dated tariff.

    `golongan` names the tariff row, `fungsi` and the seven parameters an option of their tables; `waktu` is the index
    of the time of use, `indeks_pembangunan` that of the work (1.00 when not given). `pagar_m` and `ipal_m3`, above
    nothing, are the prasarana whose prices are known; they count as new.
    """
    row, parts = row_of(case, "imb", case.text("golongan")), []
    for name, weight in WEIGHTS.items():
        option, index = _option(case, name, INDICES[name])
        parts.append((f"{name.replace('_', ' ')}: {option}", Decimal(weight), index))
    classes = sum((product([weight, index]) for _, weight, index in parts), Decimal(0))
    function, factor = _option(case, "fungsi", FUNCTIONS)
    building = charged(
        row,
        "luas × fungsi × klasifikasi × waktu × pembangunan × harga satuan",
        ("luas (m2)", case.area("luas_m2")),
        Factor(f"indeks fungsi: {function}", factor, LAW),
        Factor("klasifikasi, jumlah bobot × indeks", classes, LAW, made_of=tuple(parts)),
        Factor("indeks waktu penggunaan", case.one_of("waktu", TIMES_OF_USE, Decimal(1)), LAW),
        Factor("indeks pembangunan", _work(case), LAW),
    )
    extras = []
    for key, which in EXTRAS.items():
        if case.given(key) and (volume := case.decimal(key, most=10**6)):
            price = row_of(case, "imb", which)
            extras.append(charged(price, "volume × harga satuan", (f"volume ({price.unit})", volume)))
    return note([building, *extras], bangunan=building.amount, prasarana=[extra.amount for extra in extras])


def _option(case: Inputs, key: str, table: dict[str, str]) -> tuple[str, Decimal]:
    """An option of a table as printed, also when it is written with underscores; its index."""
    said = {_written(option): option for option in table}
    option = said[_written(case.choice(key, {*table, *said}))]
    return option, Decimal(table[option])


@lru_cache(100)
def _written(option: str) -> str:
    return re.sub(r"\W+", "_", option.lower())


def _work(case: Inputs) -> Decimal:
    """The index of the work, under either of the two names it goes by; 1.00 when not given."""
    if case.given("indeks") and case.given("indeks_pembangunan"):
        refuse(case.name("indeks"), "indeks dan indeks_pembangunan adalah isian yang sama; tulis salah satu")
    return case.one_of("indeks" if case.given("indeks") else "indeks_pembangunan", WORKS, Decimal(1))


def _extra(row: Inputs, number: int, rounding: str) -> Any:
    name = row.text("nama") if row.given("nama") else f"Prasarana {number}"
    factors = [
        ("volume", row.decimal("volume", above=0, most=10**7)),
        ("indeks", row.decimal("indeks", above=0, most=10)),
        Factor("indeks pembangunan (Tk)", row.one_of("indeks_pembangunan", WORKS, Decimal(1)), LAW),
        ("harga satuan (Rp)", row.rupiah("harga_satuan")),
    ]
    row.finish()
    return line(name, "volume × indeks × indeks pembangunan × harga satuan", LAW, factors, rounding=rounding)
