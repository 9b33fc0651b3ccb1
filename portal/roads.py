"""Where officers can go, by role, and what they can do with a file where it stands. Each page is named once, here."""

from collections.abc import Collection
from typing import NamedTuple

from catalogue.path import APPLICANT
from catalogue.standards_book import roles_in_services
from portal.words import N_


class Road(NamedTuple):
    """A page in the head of the officers' part. Without roles: for everyone who works here."""

    address: str
    name: str
    roles: tuple[str, ...] = ()


class Act(NamedTuple):
    """Something that may be done with a file: by whom, when (`at`, as of `acts_of`; none: always), on which page."""

    roles: tuple[str, ...]
    at: tuple[str, ...]
    address: str  # `{id}` stands for the file
    name: str


SERVICES = tuple(role for role in roles_in_services() if role != APPLICANT)
INITIALLING, SIGNING = ("bidang_head", "administration_head", "tata_usaha_head"), ("head", "camat")
FINANCE = ("treasurer", "administration_officer", "administration_head", "tata_usaha_head", "head")
RATES = ("treasurer",)
LEADERS = ("head", "tata_usaha_head", "administration_head", "mayor", "vice_mayor", "city_secretary", "assistant")

BIDANG = ("bidang_officer", "bidang_head")
AGREEING, SIGNING_NOTES = (*FINANCE, *BIDANG), ("bidang_head", "administration_head")
REGISTER = ("counter", *BIDANG, "administration_officer", "administration_head", "tata_usaha_head", "head", "archivist")

ROADS: tuple[Road, ...] = (
    Road("/petugas", N_("Meja kerja")),
    Road("/petugas/loket", N_("Daftarkan"), ("counter", "setda_counter")),
    Road("/petugas/tim", N_("Tugas"), ("technical_officer",)),
    Road("/petugas/kalender", N_("Kalender"), ("technical_officer",)),
    Road("/petugas/bidang", N_("Pekerjaan Bidang"), BIDANG),
    Road("/petugas/tanda-tangan", N_("Paraf"), INITIALLING),
    Road("/petugas/tanda-tangan", N_("Tanda tangan"), SIGNING),
    Road("/petugas/daftar-izin", N_("Daftar izin"), REGISTER),
    Road("/petugas/kewenangan", N_("Kewenangan"), INITIALLING),
    Road("/petugas/arsip", N_("Arsip"), ("archivist",)),
    Road("/petugas/operator", N_("Jalur pesan"), ("operator",)),
    Road("/petugas/sandi-pemohon", N_("Kata sandi pemohon"), ("counter", "setda_counter")),
    Road("/petugas/skrd", N_("SKRD"), ("administration_officer", "treasurer", "head")),
    Road("/petugas/uang", N_("Uang menunggu"), ("treasurer", "head")),
    Road("/petugas/kas", N_("Buku kas"), FINANCE),
    Road("/petugas/kurs", N_("Kurs"), RATES),
    Road("/petugas/rekening", N_("Rekening koran"), FINANCE),
    Road("/petugas/rekap", N_("Rekapitulasi"), FINANCE),
    Road("/petugas/pencocokan", N_("Pencocokan"), AGREEING),
    Road("/petugas/pimpinan", N_("Kinerja"), LEADERS),
)

ACTS: tuple[Act, ...] = (
    Act(BIDANG, ("taxed",), "/petugas/berkas/{id}/pajak", N_("Nota perhitungan pajak daerah")),
    Act(
        ("counter",),
        ("check_completeness", "wait_for_applicant"),
        "/petugas/loket/{id}/kelengkapan",
        N_("Periksa kelengkapan, pindai berkas yang dibawa"),
    ),
    Act(("counter",), ("issued",), "/petugas/loket/{id}/serah", N_("Serahkan surat izin")),
    Act(SERVICES, ("by_hand",), "/petugas/langkah/{id}", N_("Kerjakan langkahnya")),
    Act(
        ("administration_officer", "treasurer", "head"),
        ("retribution", "payment", "paid"),
        "/petugas/skrd/{id}",
        N_("Nota dan SKRD"),
    ),
    Act(
        ("counter", "setda_counter"),
        ("open",),
        "/petugas/loket/{id}/cabut",
        N_("Cabut permohonan atas permintaan pemohon"),
    ),
    Act(("technical_officer",), (), "/petugas/tim/{id}", N_("Tugas tim teknis")),
    Act(BIDANG, ("technical_verification",), "/petugas/bidang/{id}/jadwal", N_("Tim dan jadwal")),
    Act(BIDANG, ("technical_verification",), "/petugas/bidang/{id}/berita-acara", N_("Berita acara")),
    Act(BIDANG, ("retribution", "payment", "paid"), "/petugas/bidang/{id}/nota", N_("Nota perhitungan")),
    Act(("bidang_head",), ("open",), "/petugas/bidang/{id}/putusan", N_("Tangguhkan, lanjutkan atau tolak")),
    Act((*INITIALLING, *SIGNING), ("initial", "sign"), "/petugas/konsep/{id}", N_("Lihat konsep suratnya")),
)


def roads_of(role: str) -> list[Road]:
    """The pages of a role."""
    return [road for road in ROADS if not road.roles or role in road.roles]


def acts_of(role: str, marks: Collection[str], id: str) -> list[tuple[str, str]]:
    """(address, name) of what that role may do with a file. `marks`: the act of the step it is at, `by_hand` for a
    service, `paid` once there is an SKRD, `open` while it has no outcome, `issued` while its licence waits to be handed
    over, `taxed` where its type carries a tax. The room decides; this only shows."""
    found = [act for act in ACTS if role in act.roles and (not act.at or set(act.at) & set(marks))]
    return [(act.address.format(id=id), act.name) for act in found]
