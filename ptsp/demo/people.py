"""Who applies and for what place: invented people at invented addresses in the twelve kecamatan of Bekasi.

Nobody here exists: a NIK that begins with 999999 belongs to no region, numbers beginning with 0800 0000 are not given
out, and `.example` receives no mail (RFC 2606).
"""

import re
from random import Random

from contracts.intake import Applicant, Place

KECAMATAN = {
    "Bantargebang": ("Bantargebang", "Ciketing Udik", "Cikiwul", "Sumur Batu"),
    "Bekasi Barat": ("Bintara", "Bintara Jaya", "Jakasampurna", "Kota Baru", "Kranji"),
    "Bekasi Selatan": ("Jakamulya", "Jakasetia", "Kayuringin Jaya", "Marga Jaya", "Pekayon Jaya"),
    "Bekasi Timur": ("Aren Jaya", "Bekasi Jaya", "Duren Jaya", "Margahayu"),
    "Bekasi Utara": ("Harapan Baru", "Harapan Jaya", "Kaliabang Tengah", "Marga Mulya", "Perwira", "Teluk Pucung"),
    "Jatiasih": ("Jatiasih", "Jatikramat", "Jatiluhur", "Jatimekar", "Jatirasa", "Jatisari"),
    "Jatisampurna": ("Jatikarya", "Jatiraden", "Jatirangga", "Jatiranggon", "Jatisampurna"),
    "Medan Satria": ("Harapan Mulya", "Kali Baru", "Medan Satria", "Pejuang"),
    "Mustika Jaya": ("Cimuning", "Mustika Jaya", "Mustikasari", "Padurenan"),
    "Pondok Gede": ("Jatibening", "Jatibening Baru", "Jaticempaka", "Jatimakmur", "Jatiwaringin"),
    "Pondok Melati": ("Jatimelati", "Jatimurni", "Jatirahayu", "Jatiwarna"),
    "Rawalumbu": ("Bojong Menteng", "Bojong Rawalumbu", "Pengasinan", "Sepanjang Jaya"),
}
GIVEN = (
    *("Adiwangsa", "Anjarwati", "Bagaskara", "Bestari", "Cahyaning", "Darmaji", "Dewantara", "Endahwati", "Fitriyani"),
    *(
        "Gemilang",
        "Hapsari",
        "Harjuna",
        "Ismoyo",
        "Jayanti",
        "Kartikasari",
        "Kusumo",
        "Larasati",
        "Lesmana",
        "Maheswari",
    ),
    *("Maulana", "Nirmala", "Nugraha", "Pangestu", "Purnamasari", "Rahayu", "Ramadhan", "Sasmita", "Setyaningsih"),
    *("Tirtayasa", "Utami", "Wahyuni", "Wicaksana", "Yudistira", "Zulaikha"),
)
FAMILY = (
    *("Angkasaraya", "Bahtera", "Cendana", "Danuwarih", "Embunwangi", "Giriwana", "Jatikencana", "Kalimasada"),
    *("Lazuardi", "Mandalawangi", "Nusakambang", "Padmanagara", "Rinjanika", "Segaraputra", "Talagawarna", "Wanabakti"),
)
STREETS = (
    *("Melati", "Kenanga", "Cempaka", "Flamboyan", "Anggrek", "Dahlia", "Nusa Indah", "Teratai", "Bougenville"),
    *("Merpati", "Kutilang", "Rajawali", "Mangga", "Rambutan", "Delima", "Pandan", "Cemara", "Akasia"),
)
FIRMS = (
    *(
        "Sumber Rezeki",
        "Maju Bersama",
        "Cahaya Bekasi",
        "Karya Mandiri",
        "Putra Patriot",
        "Berkah Jaya",
        "Sinar Kalimalang",
    ),
    *("Mitra Sejahtera", "Tunas Harapan", "Guna Sarana", "Bumi Patriot", "Anugerah Utama"),
)
OBJECTS = {
    "imb": ("Rumah tinggal {name}", "Rumah toko {firm}", "Bangunan {firm}"),
    "ippl": ("Lahan {name}", "Lahan usaha {firm}"),
    "izin_lokasi": ("Kawasan {firm}",),
    "reklame": ("Papan reklame {firm}", "Neon box {firm}", "Spanduk {firm}", "Billboard {firm}"),
    "sipa": ("Armada {firm}", "Kendaraan barang {firm}"),
    "trayek": ("Angkutan kota {firm}",),
    "iptm": ("Makam almarhum {name}", "Makam almarhumah {name}"),
    "tdg": ("Gudang {firm}",),
    "iui": ("Pabrik {firm}",),
    "sipa_air": ("Sumur bor {firm}",),
    "siplc": ("Instalasi air limbah {firm}",),
    "imta": ("Penempatan tenaga kerja asing {firm}",),
    "apotek": ("Apotek {firm}",),
    "optikal": ("Optik {firm}",),
    "klinik_mendirikan": ("Klinik {firm}",),
    "klinik_operasional": ("Klinik {firm}",),
    "rekom_sekolah_swasta": ("Sekolah {firm}",),
}
ANY_OBJECT = ("Toko {firm}", "CV {firm}", "PT {firm}", "Usaha {firm}")
FIRM_TYPES = ("siup", "tdp", "tdg", "iui", "iutm", "iujk", "trayek", "imta", "siup_mb", "sipa_air")


def applicant(rng: Random, number: int, licence_type: str) -> Applicant:
    """An invented applicant; `number` keeps NIK, phone and address of the mailbox apart within one run."""
    name = f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}"
    born = f"{rng.randint(1, 28):02d}{rng.randint(1, 12):02d}{rng.randint(55, 97):02d}"
    kecamatan = rng.choice(tuple(KECAMATAN))
    mailbox = re.sub(r"[^a-z]+", ".", name.lower())
    return Applicant(
        name=name,
        nik=f"999999{born}{number % 10_000:04d}",
        address=f"{_street(rng)}, {rng.choice(KECAMATAN[kecamatan])}, {kecamatan}, Kota Bekasi",
        phone=f"08000000{number % 100_000:05d}",
        email=f"{mailbox}.{number}@warga.example",
        npwp=f"99{number % 10**7:07d}409000" if licence_type in FIRM_TYPES else None,
    )


def place(rng: Random, applicant_name: str, licence_type: str) -> Place:
    """The shop, building, vehicle or grave the licence is about."""
    kecamatan = rng.choice(tuple(KECAMATAN))
    pattern = rng.choice(OBJECTS.get(licence_type, ANY_OBJECT))
    return Place(
        name=pattern.format(name=applicant_name, firm=rng.choice(FIRMS)),
        address=_street(rng),
        kecamatan=kecamatan,
        kelurahan=rng.choice(KECAMATAN[kecamatan]),
        latitude=round(-6.24 + rng.uniform(-0.08, 0.08), 6),
        longitude=round(106.99 + rng.uniform(-0.06, 0.06), 6),
    )


def _street(rng: Random) -> str:
    return (
        f"Jl. {rng.choice(STREETS)} No. {rng.randint(1, 180)}, RT {rng.randint(1, 12):03d}/RW {rng.randint(1, 20):03d}"
    )
