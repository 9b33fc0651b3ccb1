"""PBG: PP 16/2021. `LLt × (Ilo × SHST) × It × Ibg`, with `It = If × Σ(bp × Ip) × Fm`, and `V × I × Ibg × HSpbg`.

Indices are not rounded; each line goes to the nearest whole rupiah, as SIMBG shows the bill. The tables are those of
two public calculators that agree; Ilo and SHST of Kota Bekasi are not known. Above 60 floors and for basements the
rule is from memory. A height coefficient given beside the floors must be the table's.
"""

from decimal import Decimal, localcontext

from catalogue.retribution.inputs import Inputs, decimal_of, in_table, refuse, weight_times_index
from catalogue.retribution.note import EXACT, Factor, Note, line, note, product

LAW = "PP 16/2021"
FUNCTIONS = {  # indeks fungsi
    "usaha": Decimal("0.7"), "usaha UMKM": Decimal("0.5"), "hunian < 100 m2 dan < 2 lantai": Decimal("0.15"),
    "hunian > 100 m2 dan > 2 lantai": Decimal("0.17"), "keagamaan": Decimal(0), "fungsi khusus": Decimal(1),
    "sosial budaya": Decimal("0.3"), "ganda/campuran <= 500 m2 dan <= 2 lantai": Decimal("0.6"),
    "ganda/campuran > 500 m2 dan > 2 lantai": Decimal("0.8"),
}  # fmt: skip
WEIGHTS = {"kompleksitas": Decimal("0.3"), "permanensi": Decimal("0.2"), "ketinggian": Decimal("0.5")}
BUILDING = {  # indeks bangunan gedung, Ibg
    "bangunan baru": Decimal(1), "rusak sedang": Decimal("0.225"), "rusak berat": Decimal("0.325"),
    "pelestarian pratama": Decimal("0.325"), "pelestarian madya": Decimal("0.225"),
    "pelestarian utama": Decimal("0.15"),
}  # fmt: skip
HIGHEST_LOCALITY = Decimal("0.005")
FLOORS = tuple(  # of 1 to 60 floors
    Decimal(coefficient)
    for coefficient in [
        "1",
        "1.090",
        "1.120",
        "1.135",
        "1.162",
        "1.197",
        "1.236",
        "1.265",
        "1.299",
        "1.333",
        "1.364",
        "1.393",
        "1.420",
        "1.445",
        "1.468",
        "1.489",
        "1.508",
        "1.525",
        "1.541",
        "1.556",
        "1.570",
        "1.584",
        "1.597",
        "1.610",
        "1.622",
        "1.634",
        "1.645",
        "1.656",
        "1.666",
        "1.676",
        "1.686",
        "1.695",
        "1.704",
        "1.713",
        "1.722",
        "1.730",
        "1.738",
        "1.746",
        "1.754",
        "1.761",
        "1.768",
        "1.775",
        "1.782",
        "1.789",
        "1.795",
        "1.801",
        "1.807",
        "1.813",
        "1.818",
        "1.823",
        "1.828",
        "1.833",
        "1.837",
        "1.841",
        "1.845",
        "1.849",
        "1.853",
        "1.856",
        "1.859",
        "1.862",
    ]
)
BASEMENTS = [Decimal("1.197"), Decimal("1.299"), Decimal("1.393")]
MOST_FLOORS, MOST_BASEMENTS = 200, 20


def floor_coefficient(floors: int) -> Decimal:
    """The height coefficient of so many floors; above 60, 0.003 more for each floor."""
    return FLOORS[floors - 1] if floors <= len(FLOORS) else FLOORS[-1] + Decimal("0.003") * (floors - len(FLOORS))


def basement_coefficient(layers: int) -> Decimal:
    """The height coefficient of so many layers below ground; above 3, 0.1 more for each layer."""
    return BASEMENTS[layers - 1] if layers <= 3 else BASEMENTS[-1] + Decimal("0.1") * (layers - 3)


def index(case: Inputs) -> Note:
    """`pbg_indeks_terintegrasi`: the index alone. Parameters as `0.3 x 1`."""
    total = Decimal(0)
    for name in WEIGHTS:
        weight, value, _ = weight_times_index(case.raw(name), case.name(name))
        in_table(weight, [WEIGHTS[name]], case.name(name))
        in_table(value, _heights() if name == "ketinggian" else [Decimal(1), Decimal(2)], case.name(name))
        total += product([weight, value])
    function = case.one_of("indeks_fungsi", set(FUNCTIONS.values()))
    owner = case.one_of("faktor_kepemilikan", [Decimal(0), Decimal(1)])
    return Note({"sigma_bp_ip": total, "indeks_terintegrasi": product([function, total, owner])})


def pbg(case: Inputs) -> Note:
    """`pbg_pp16_2021`: the building and its prasarana, each a line."""
    area, remarks, values = case.area("llt_m2"), [], {}
    if case.given("indeks_terintegrasi"):
        integrated = case.decimal("indeks_terintegrasi", most=4)
        locality = case.decimal("ilo", above=0)
        if locality > HIGHEST_LOCALITY and locality != 1:
            refuse(case.name("ilo"), f"indeks lokalitas paling tinggi 0.005 (0,5 %), tertulis {locality}")
        if locality == 1:
            remarks.append("Ilo melebihi 0,5 %: hanya sah sebagai angka uji, bukan untuk penetapan.")
    else:
        sigma = _sigma(case)
        function = case.one_of("indeks_fungsi", set(FUNCTIONS.values()))
        owner = case.one_of("faktor_kepemilikan", [Decimal(0), Decimal(1)])
        integrated = product([function, sigma, owner])
        values["sigma_bp_ip"] = sigma
        locality = case.decimal("ilo", above=0)
        if locality > HIGHEST_LOCALITY:
            refuse(case.name("ilo"), f"indeks lokalitas paling tinggi 0.005 (0,5 %), tertulis {locality}")
    building = line(
        "Bangunan gedung",
        "luas total lantai × (indeks lokalitas × SHST) × indeks terintegrasi × indeks bangunan gedung",
        LAW,
        [
            ("luas total lantai (m2)", area),
            Factor("indeks lokalitas", locality, f"{LAW} (paling tinggi 0,5 %)"),
            ("SHST (Rp/m2)", case.rupiah("shst")),
            Factor("indeks terintegrasi", integrated, LAW),
            Factor("indeks bangunan gedung", case.one_of("ibg", set(BUILDING.values()), Decimal(1)), LAW),
        ],
    )
    extras = [_extra(row, number) for number, row in enumerate(case.rows("prasarana"), 1)]
    return note(
        [building, *extras],
        remarks,
        **values,
        indeks_terintegrasi=integrated,
        bangunan_exact=building.unrounded,
        bangunan=building.amount,
        prasarana=[extra.amount for extra in extras],
    )


def _sigma(case: Inputs) -> Decimal:
    indices = {
        "kompleksitas": case.one_of("kompleksitas_ip", [Decimal(1), Decimal(2)]),
        "permanensi": case.one_of("permanensi_ip", [Decimal(1), Decimal(2)]),
        "ketinggian": _height(case),
    }
    with localcontext(EXACT):
        return sum((product([WEIGHTS[name], index]) for name, index in indices.items()), Decimal(0))


def _height(case: Inputs) -> Decimal:
    """By floors, by basement layers, or the area-weighted mean of `bagian`; a coefficient given must agree."""
    if case.given("bagian"):
        parts = case.rows("bagian")
        if not parts:
            refuse(case.name("bagian"), "harus berisi paling sedikit satu bagian")
        weighed = [(part.area("luas_m2"), _part(part)) for part in parts]
        for part in parts:
            part.finish()
        areas = sum((area for area, _ in weighed), Decimal(0))
        with localcontext(EXACT):
            return sum((area * height for area, height in weighed), Decimal(0)) / areas
    if not any(case.given(key) for key in ("jumlah_lantai", "lapis_basement")):
        return case.one_of("koefisien_ketinggian", _heights())
    height = _part(case)
    if case.given("koefisien_ketinggian"):
        in_table(case.decimal("koefisien_ketinggian"), [height], case.name("koefisien_ketinggian"))
    return height


def _part(part: Inputs) -> Decimal:
    floors, below = part.given("jumlah_lantai"), part.given("lapis_basement")
    if floors and below:
        refuse(part.name("lapis_basement"), "lantai dan basement ditulis sebagai bagian tersendiri dalam 'bagian'")
    if below:
        return basement_coefficient(part.count("lapis_basement", most=MOST_BASEMENTS))
    return floor_coefficient(part.count("jumlah_lantai", most=MOST_FLOORS))


def _heights() -> set[Decimal]:
    above = [floor_coefficient(floors) for floors in range(61, MOST_FLOORS + 1)]
    return {*FLOORS, *above, *(basement_coefficient(layers) for layers in range(1, MOST_BASEMENTS + 1))}


def _extra(row: Inputs, number: int):
    name = row.text("nama") if row.given("nama") else f"Prasarana {number}"
    made = line(
        name,
        "volume × indeks × indeks bangunan gedung × harga satuan",
        LAW,
        [
            ("volume", row.decimal("volume", above=0)),
            ("indeks", decimal_of(row.raw("indeks"), row.name("indeks"), above=0, most=10)),
            Factor("indeks bangunan gedung", row.one_of("ibg", set(BUILDING.values()), Decimal(1)), LAW),
            ("harga satuan (Rp)", row.rupiah("harga_satuan")),
        ],
    )
    row.finish()
    return made
