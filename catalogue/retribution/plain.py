"""The rules that tariffs of any basis are built of: flat, per unit, area with indices, bands."""

from decimal import Decimal

from catalogue.retribution.dated import charged, row_of
from catalogue.retribution.inputs import Inputs, decimal_of, refuse
from catalogue.retribution.note import Factor, Note, line, note

ROUNDING = "setiap baris dibulatkan ke rupiah utuh terdekat (setengah ke atas), kemudian dijumlahkan"


WORDS = {"flat": "tarif tetap", "per_unit": "jumlah × tarif", "area_index": "luas × indeks × tarif"}
FEWEST = {"flat": 0, "per_unit": 1, "area_index": 2}  # factors, the index of the row among them
BASIS = "tarif yang disebut pada kasus"


def of_a_row(case: Inputs, formula: str) -> Note:
    """One row of the dated tariff `retribusi`, the one for `baris` on `tanggal`, times its own index and each of
    `pengali`, which is [name, number]."""
    row = row_of(case, case.text("retribusi"), case.text("baris") if case.given("baris") else None)
    factors = []
    for number, each in enumerate(case.items("pengali", may_be_empty=True) if case.given("pengali") else (), 1):
        field = f"{case.name('pengali')}[{number}]"
        if not isinstance(each, list) or len(each) != 2 or not isinstance(each[0], str):
            refuse(field, "harus berupa [nama, angka]")
        factors.append(Factor(each[0], decimal_of(each[1], field)))
    if row.index != 1:
        factors.append(Factor(row.index_name or "indeks", row.index))
    if len(factors) < FEWEST[formula]:
        refuse(case.name("pengali"), f"rumus {WORDS[formula]} memerlukan paling sedikit {FEWEST[formula]} pengali")
    return note([charged(row, WORDS[formula], *factors)])


def quote_flat(case: Inputs) -> Note:
    """`flat`: `tarif`, nothing else. With `retribusi`, as `of_a_row`."""
    if case.given("retribusi"):
        return of_a_row(case, "flat")
    return note([line("Retribusi", WORDS["flat"], BASIS, [("tarif (Rp)", case.rupiah("tarif", least=0))])])


def quote_per_unit(case: Inputs) -> Note:
    """`per_unit`: `jumlah` × `tarif`. With `retribusi`, as `of_a_row`."""
    if case.given("retribusi"):
        return of_a_row(case, "per_unit")
    factors = [("jumlah", case.count("jumlah")), ("tarif (Rp)", case.rupiah("tarif", least=0))]
    return note([line("Retribusi", WORDS["per_unit"], BASIS, factors)])


def quote_per_m2(case: Inputs) -> Note:
    """`per_m2`: `luas_m2` × `tarif`."""
    factors = [("luas (m2)", case.area("luas_m2")), ("tarif (Rp/m2)", case.rupiah("tarif", least=0))]
    return note([line("Retribusi", "luas × tarif", BASIS, factors)])


def quote_area_index(case: Inputs) -> Note:
    """`area_index`: `luas_m2` × each of `indeks` × `tarif`. With `retribusi`, as `of_a_row`."""
    if case.given("retribusi"):
        return of_a_row(case, "area_index")
    indices = [
        (f"indeks {number}", Inputs({"indeks": value}, f"indeks[{number}]").decimal("indeks", most=100))
        for number, value in enumerate(case.items("indeks"), 1)
    ]
    factors = [("luas (m2)", case.area("luas_m2")), *indices, ("tarif (Rp/m2)", case.rupiah("tarif", least=0))]
    return note([line("Retribusi", WORDS["area_index"], BASIS, factors)])


def quote_banded(case: Inputs) -> Note:
    """`banded`: `jumlah` in `golongan` (`sampai`, the last without, and `tarif`).

    The whole quantity pays the tariff of the band it falls in; with `progresif: true` each part pays that of its band.
    """
    amount, bands, below = case.decimal("jumlah", above=0), [], Decimal(0)
    rows = case.rows("golongan")
    for number, row in enumerate(rows, 1):
        if (last := number == len(rows)) and not row.given("sampai"):
            top = None
        else:
            top = row.decimal("sampai")
            if top <= below:
                refuse(row.name("sampai"), f"harus lebih dari batas golongan sebelumnya, {below}")
        bands.append((number, below, top, row.rupiah("tarif", least=0)))
        row.finish()
        below = top if not last else below
    if not bands or (bands[-1][2] is not None and amount > bands[-1][2]):
        refuse(case.name("golongan"), f"tidak ada golongan untuk {amount}")
    if case.yes("progresif"):
        parts = [(n, min(amount, top or amount) - low, rate) for n, low, top, rate in bands if amount > low]
    else:
        parts = [next((n, amount, rate) for n, _, top, rate in bands if top is None or amount <= top)]
    return note(
        [
            line(f"Golongan {n}", "jumlah × tarif golongan", BASIS, [("jumlah", q), ("tarif (Rp)", r)])
            for n, q, r in parts
        ]
    )


def quote_free(case: Inputs) -> Note:
    """`bebas`: SIUP, TDP, TDG and the like are not in the closed list of UU 28/2009, article 141."""
    name = case.text("jenis") if case.given("jenis") else "Izin"
    return note([line(f"{name}: tidak dipungut", "bebas retribusi", "UU 28/2009 Pasal 141", [("tarif (Rp)", 0)])])
