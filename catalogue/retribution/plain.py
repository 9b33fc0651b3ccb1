"""The rules that tariffs of any basis are built of: flat, per unit, area with indices, bands."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from catalogue.retribution.inputs import Inputs, refuse
from catalogue.retribution.note import Note, line, note, product

ROUNDING = "setiap baris dibulatkan ke rupiah utuh terdekat (setengah ke atas), kemudian dijumlahkan"


def flat(amount: int, factors: Sequence[Decimal]) -> Decimal:
    """One fixed amount, times the row's own index when it has one."""
    return product([Decimal(amount), *factors])


def per_unit(amount: int, factors: Sequence[Decimal]) -> Decimal:
    """`jumlah × tarif`: so many vehicles, graves, persons … The number of units must be there."""
    if not factors:
        raise ValueError("a tariff per unit needs a number of units")
    return product([Decimal(amount), *factors])


def area_index(amount: int, factors: Sequence[Decimal]) -> Decimal:
    """`luas × indeks × … × harga satuan` (Permen PU 24/PRT/M/2007 for IMB; Perda HO for the Izin Gangguan)."""
    if len(factors) < 2:
        raise ValueError("an area tariff needs an area and an index")
    return product([Decimal(amount), *factors])


FORMULAS: dict[str, Callable[[int, Sequence[Decimal]], Decimal]] = {
    "flat": flat,
    "per_unit": per_unit,
    "area_index": area_index,
}
WORDS = {"flat": "tarif tetap", "per_unit": "jumlah × tarif", "area_index": "luas × indeks × tarif"}
BASIS = "tarif yang disebut pada kasus"


def quote_flat(case: Inputs) -> Note:
    """`flat`: `tarif`, nothing else."""
    return note([line("Retribusi", WORDS["flat"], BASIS, [("tarif (Rp)", case.rupiah("tarif", least=0))])])


def quote_per_unit(case: Inputs) -> Note:
    """`per_unit`: `jumlah` × `tarif`."""
    factors = [("jumlah", case.count("jumlah")), ("tarif (Rp)", case.rupiah("tarif", least=0))]
    return note([line("Retribusi", WORDS["per_unit"], BASIS, factors)])


def quote_per_m2(case: Inputs) -> Note:
    """`per_m2`: `luas_m2` × `tarif`."""
    factors = [("luas (m2)", case.area("luas_m2")), ("tarif (Rp/m2)", case.rupiah("tarif", least=0))]
    return note([line("Retribusi", "luas × tarif", BASIS, factors)])


def quote_area_index(case: Inputs) -> Note:
    """`area_index`: `luas_m2` × each of `indeks` × `tarif`."""
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
