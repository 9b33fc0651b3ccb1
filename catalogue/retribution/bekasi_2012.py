"""IMB of Kota Bekasi, basis 2012 (Perda 9/2012): percentage components of the building value, as the city's later
retribution system computes them.

Each step is rounded to whole rupiah. The city's price per m2, coefficients and percentages are not known: the case
gives them. KJ, GB, LB and TB most likely mean kelas jalan, guna, kelas and tingkat bangunan.
"""

from decimal import Decimal

from catalogue.retribution.inputs import Inputs, refuse
from catalogue.retribution.note import Note, line, note, product
from values.rupiah import round_half_up

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
    values = [_building_value(row) for row in case.rows("bangunan")]
    if not values:
        refuse(case.name("bangunan"), "harus berisi paling sedikit satu bagian bangunan")
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
    found = {"nilai_bangunan": values, "total_nilai": total}
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


def _building_value(row: Inputs) -> int:
    if row.given("nama"):
        row.text("nama")
    cost = round_half_up(product([row.area("luas"), Decimal(row.rupiah("nilai_satuan"))]))
    factors = [row.decimal(key, above=0, most=10) for key in COEFFICIENTS if row.given(key)]
    row.finish()
    return round_half_up(product([Decimal(cost), *factors]))
