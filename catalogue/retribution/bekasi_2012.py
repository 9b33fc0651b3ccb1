"""IMB of Kota Bekasi, basis 2012 (Perda 9/2012): percentage components of the building value, as the city's later
retribution system computes them.

Each step is rounded to whole rupiah. The city's price per m2, coefficients and percentages are not known: the case
gives them. KJ, GB, LB and TB most likely mean kelas jalan, guna, kelas and tingkat bangunan.
"""

from catalogue.retribution.inputs import Inputs, refuse
from catalogue.retribution.note import Note, NoteLine, line, note

LAW = "Perda Kota Bekasi 9/2012"
COEFFICIENTS = {"kj": "KJ", "gb": "GB", "lb": "LB", "tb": "TB"}
COMPONENTS = {
    "permohonan": "Permohonan", "penatausahaan": "Penatausahaan", "plat_nomor": "Plat nomor",
    "penerbitan_sertifikat": "Penerbitan sertifikat IMB", "verifikasi_data_teknis": "Verifikasi data teknis",
    "pengukuran": "Pengukuran", "pematokan": "Pematokan GSJ/GSS",
    "pemeriksaan_gambar": "Pemeriksaan gambar rencana", "pengawasan": "Pengawasan izin",
}  # fmt: skip


def imb(case: Inputs) -> Note:
    """`imb_kota_bekasi_2012`: `bangunan` rows (luas, nilai_satuan, kj, gb, lb, tb) and `persen` per component.

    An empty coefficient counts as 1. `persen_pengganti` makes it a replacement: that percentage of the retribution is
    charged (the city's screen calls it a discount, yet charges it).
    """
    parts = [_part(row, number) for number, row in enumerate(case.rows("bangunan"), 1)]
    if not parts:
        refuse(case.name("bangunan"), "harus berisi paling sedikit satu bagian bangunan")
    values = [part[-1].amount for part in parts]
    total = sum(values)
    shares = Inputs(case.raw("persen"), case.name("persen"))
    lines = [
        line(
            name,
            "persentase × total nilai bangunan / 100",
            LAW,
            [("persentase (%)", shares.decimal(key, most=100)), ("total nilai bangunan (Rp)", total)],
            divided_by=100,
        )
        for key, name in COMPONENTS.items()
        if shares.given(key)
    ]
    shares.finish()
    if not lines:
        refuse(case.name("persen"), "harus berisi paling sedikit satu komponen")
    found = {"nilai_bangunan": values, "total_nilai": total, "workings": [line for part in parts for line in part]}
    if not case.given("persen_pengganti"):
        return note(lines, komponen=[each.amount for each in lines], retribusi=sum(x.amount for x in lines), **found)
    retribution = sum(each.amount for each in lines)
    replacement = line(
        "IMB pengganti",
        "persentase × retribusi / 100",
        LAW,
        [("persentase (%)", case.decimal("persen_pengganti", above=0, most=100)), ("retribusi (Rp)", retribution)],
        divided_by=100,
    )
    return note([replacement], komponen=[each.amount for each in lines], retribusi=retribution, **found)


def _part(row: Inputs, number: int) -> tuple[NoteLine, NoteLine]:
    """Price and value of one part of the building; each step is rounded to rupiah."""
    name = row.text("nama") if row.given("nama") else f"Bagian {number}"
    price = line(
        f"{name}: harga",
        "luas × nilai satuan",
        LAW,
        [("luas (m2)", row.area("luas")), ("nilai satuan (Rp/m2)", row.rupiah("nilai_satuan"))],
    )
    given = [(COEFFICIENTS[key], row.decimal(key, above=0, most=10)) for key in COEFFICIENTS if row.given(key)]
    row.finish()
    formula = " × ".join(["harga", *(name for name, _ in given)])
    return price, line(f"{name}: nilai bangunan", formula, LAW, [("harga (Rp)", price.amount), *given])
