"""The 21 service standards of the secretariat, read against what the decree prints."""

from datetime import date

import pytest

from catalogue.standard import CODES, COMPONENTS, words
from catalogue.standards_book import service_standard, service_standards, standards_decree
from values.refusal import Refusal

DAY, WORKING_DAY, MINUTE, MONTH = "day", "working_day", "minute", "month"

# Components 4 and 11 of every annex: amount, unit, per; staff.
TIMES_AND_STAFF = {
    "S-I": (1, DAY, None, 8),
    "S-II": (1, DAY, None, 8),
    "S-III": (2, DAY, None, 12),
    "S-IV": (30, MINUTE, None, 7),
    "S-V": (10, WORKING_DAY, None, 11),
    "S-VI": (10, WORKING_DAY, None, 10),
    "S-VII": (2, DAY, None, 10),
    "S-VIII": (1, DAY, "jabatan", 6),
    "S-IX": (1, DAY, "judul SOP", 4),
    "S-X": (10, DAY, None, 4),
    "S-XI": (30, MINUTE, "kegiatan", 6),
    "S-XII": (1, DAY, None, 7),
    "S-XIII": (15, MINUTE, None, 5),
    "S-XIV": (2, WORKING_DAY, None, 8),
    "S-XV": (30, MINUTE, None, 9),
    "S-XVI": (10, MINUTE, "usulan", 4),
    "S-XVII": (4, DAY, None, 30),
    "S-XVIII": (4, DAY, None, 9),
    "S-XIX": (4, DAY, None, 9),
    "S-XX": (3, MONTH, None, 9),
    "S-XXI": (3, MONTH, None, 9),
}

PRODUCTS = {
    "S-I": ["Disposisi Wali Kota/Wakil Wali Kota/Sekda atas surat masuk"],
    "S-II": ["Disposisi Wali Kota/Wakil Wali Kota/Sekda atas surat masuk"],
    "S-III": ["Pelayanan keprotokolan dalam kegiatan Perangkat Daerah"],
    "S-IV": ["Plakat dan Piala"],
    "S-V": ["Pelayanan Informasi Publik PPID Utama Kota Bekasi"],
    "S-VI": ["Pelayanan Informasi Publik PPID Utama Kota Bekasi"],
    "S-VII": ["Fasilitasi Tamu Kunjungan ke Pemerintah Kota Bekasi"],
    "S-VIII": ["Dokumen Anjab ABK"],
    "S-IX": ["SOP Perangkat Daerah"],
    "S-X": ["Evaluasi Kelembagaan Perangkat Daerah"],
    "S-XI": ["Asistensi RKA"],
    "S-XII": [
        "Nota Dinas Hasil pembahasan permasalahan",
        "Produk Hukum yang dibutuhkan (Peraturan Daerah / Peraturan Wali Kota/Keputusan Wali Kota)",
    ],
    "S-XIII": [
        "Peraturan Daerah yang telah diberi Nomor",
        "Peraturan Bersama yang telah diberi Nomor",
        "Berita Daerah Peraturan DPRD yang telah diberi Nomor",
        "Keputusan Wali Kota yang telah diberi Nomor",
        "Keputusan Kepala Perangkat Daerah yang telah diberi Nomor",
        "Keputusan Pengguna Anggaran yang telah diberi Nomor",
        "Perjanjian Kerjasama yang telah diberi Nomor",
    ],
    "S-XIV": ["Fasilitasi Pembuatan Produk Hukum Daerah"],
    "S-XV": ["Akun LPSE (Penyedia/Pejabat Pengadaan/Pejabat Pembuat Komitmen)"],
    "S-XVI": ["Daftar Harga Barang pada Aplikasi Si-encang dan buku SHT Barang"],
    "S-XVII": ["Pelaksanaan Kegiatan Pelaksanaan Hari Besar Nasional dan Hari Jadi Kota Bekasi"],
    "S-XVIII": ["Surat Analisa Kerja Sama;", "Surat Penolakan Kerja Sama."],
    "S-XIX": ["Naskah Kerja Sama;", "Surat Penolakan Kerja Sama."],
    "S-XX": ["Verifikasi Data Dukung LPPD"],
    "S-XXI": ["Verifikasi Data Capaian Indikator Utama"],
}

# How many of each the decree prints: legal bases, requirements, steps, facilities, competencies, overseers, channels.
COUNTS = {
    "S-I": (4, 1, 4, 5, 3, 4, 5),
    "S-II": (2, 1, 4, 5, 3, 4, 5),
    "S-III": (2, 2, 5, 4, 6, 4, 5),
    "S-IV": (2, 2, 4, 4, 2, 4, 5),
    "S-V": (7, 3, 4, 1, 3, 3, 5),
    "S-VI": (6, 2, 3, 1, 3, 3, 5),
    "S-VII": (3, 2, 9, 1, 3, 3, 5),
    "S-VIII": (5, 2, 6, 1, 4, 4, 5),
    "S-IX": (4, 1, 5, 1, 4, 4, 5),
    "S-X": (7, 2, 6, 4, 4, 4, 5),
    "S-XI": (4, 1, 6, 3, 4, 4, 5),
    "S-XII": (2, 2, 5, 4, 2, 4, 6),
    "S-XIII": (4, 3, 4, 7, 2, 4, 5),
    "S-XIV": (4, 2, 5, 4, 2, 4, 6),
    "S-XV": (2, 11, 8, 5, 2, 4, 7),
    "S-XVI": (4, 1, 5, 4, 4, 4, 5),
    "S-XVII": (6, 3, 4, 7, 1, 4, 5),
    "S-XVIII": (8, 1, 7, 4, 1, 4, 5),
    "S-XIX": (8, 2, 8, 4, 1, 4, 5),
    "S-XX": (6, 1, 6, 4, 4, 4, 5),
    "S-XXI": (7, 1, 6, 4, 4, 4, 5),
}

# Every fork and way back the decree prints, in words or as an arrow of its chart: step, answer, where to.
PRINTED_BRANCHES = {
    "S-I": [(2, "ya", 3), (2, "tidak", "pemohon")],
    "S-II": [(2, "ya", 3), (2, "tidak", "pemohon")],
    "S-IV": [(4, "ya", "selesai")],
    "S-X": [(3, "tidak", 2), (5, "tidak", 4)],
    "S-XI": [(4, "tidak", "pemohon"), (5, "ya", 7), (5, "tidak", "pemohon")],
    "S-XII": [(5, "ya", "selesai")],
    "S-XIII": [(3, "ya", 4), (3, "tidak", "pemohon")],
    "S-XV": [(3, "tidak", 4), (3, "ya", "pemohon"), (4, "ya", 5), (4, "tidak", "pemohon")],
    "S-XVI": [(2, "tidak", "pemohon"), (3, "ya", 5), (4, "tidak", "pemohon"), (4, "tidak", "selesai")],
    "S-XVIII": [(7, "ya", "selesai"), (7, "tidak", "selesai")],
    "S-XIX": [(8, "tidak", 6)],
    "S-XX": [(2, "ya", 3), (2, "tidak", "pemohon"), (5, "tidak", 4), (6, "tidak", 5)],
    "S-XXI": [
        *[(2, "ya", 3), (2, "tidak", "pemohon"), (3, "tidak", 2)],
        *[(4, "tidak", 3), (5, "tidak", 4), (6, "tidak", 5)],
    ],
}


@pytest.fixture(params=CODES)
def standard(request):
    """Each of the 21 standards."""
    return service_standard(request.param)


def test_there_are_the_21_standards_of_the_decree_in_their_order():
    assert list(service_standards()) == list(CODES)
    assert CODES[0] == "S-I" and CODES[20] == "S-XXI" and len(set(CODES)) == 21
    assert [standard.annex for standard in service_standards().values()] == list(range(1, 22))
    assert service_standards() is service_standards(), "read once"


def test_a_standard_has_all_fourteen_components(standard):
    assert len(COMPONENTS) == 14
    assert [component for component in COMPONENTS if not words(getattr(standard, component)).strip()] == []


def test_times_and_staff_are_those_printed(standard):
    amount, unit, per, staff = TIMES_AND_STAFF[standard.code]
    (limit,) = standard.time.limits
    assert (limit.amount, limit.unit, limit.per) == (amount, unit, per)
    assert standard.staff_count.number == staff
    assert ("kerja" in standard.time.printed.lower()) == (unit == WORKING_DAY), "hari is not hari kerja"


def test_products_are_those_printed(standard):
    assert standard.products == PRODUCTS[standard.code]


def test_lists_are_as_long_as_printed(standard):
    lists = ("legal_basis", "requirements", "steps", "facilities", "competencies", "internal_oversight")
    assert tuple(len(getattr(standard, name)) for name in (*lists, "complaint_channels")) == COUNTS[standard.code]


def test_every_service_is_free_of_charge(standard):
    assert standard.fee.amount == 0 and standard.fee.printed.startswith("Tidak ada")


def test_every_service_is_watched_by_the_city_secretary_and_takes_complaints_in_one_place(standard):
    assert standard.internal_oversight[-1] == "Sekretaris Daerah"
    assert standard.complaint_channels[0] == "Pengaduan Online Terpadu : http://pengaduan.bekasikota.go.id"


def test_forks_and_ways_back_are_those_printed(standard):
    printed = [(step.number, branch.answer, branch.to) for step in standard.steps for branch in step.branches]
    assert printed == PRINTED_BRANCHES.get(standard.code, [])


def test_no_step_prints_a_time_of_its_own(standard):
    assert [step.number for step in standard.steps if step.limit] == []
    assert [step.code for step in standard.path.steps if step.limit] == []


def test_names_are_the_printed_ones_and_titles_say_the_same(standard):
    assert standard.name == standard.name.upper()
    same = standard.name.replace(" / ", "/").replace("AKUNTABILTAS", "AKUNTABILITAS")
    assert standard.title.upper() == same


def test_steps_are_numbered_as_printed_even_where_the_decree_leaves_a_number_out():
    numbers = {code: [step.number for step in each.steps] for code, each in service_standards().items()}
    assert numbers.pop("S-XI") == [1, 2, 3, 4, 5, 7]
    assert all(found == list(range(1, len(found) + 1)) for found in numbers.values())


def test_a_step_without_an_actor_says_where_its_actor_is_taken_from():
    elsewhere = {
        (code, step.number): step.actor_from
        for code, standard in service_standards().items()
        for step in standard.steps
        if step.actor_from != "text"
    }
    chart = [("S-I", 3), ("S-II", 3), ("S-V", 4), ("S-VI", 2), ("S-VII", 9), ("S-XVI", 5)]
    chart += [("S-XVII", number) for number in (1, 2, 3, 4)]
    context = [("S-XVIII", number) for number in (3, 4, 5, 7)]
    assert elsewhere == dict.fromkeys(chart, "chart") | dict.fromkeys(context, "context")


@pytest.mark.parametrize(
    ("code", "component", "text"),
    [
        ("S-III", "competencies", "Berpenampilan menarik."),
        ("S-V", "time", "10 (sepuluh) hari kerja setelah permohonan informasi diterima"),
        ("S-VII", "competencies", "Memahami penulisan berita rumus 5 W + 1 H."),
        ("S-VIII", "legal_basis", "060/Kep.583-Org/XII/2017"),
        ("S-VIII", "facilities", "e-Anjab/e-Sinjab"),
        ("S-X", "complaint_channels", "organisasi.kota.bekasi@gmail.com"),
        ("S-XII", "service_guarantee", "Dilaksanakan sesuai dengan SOP"),
        ("S-XIV", "complaint_channels", "Jdih.bekasikota.go.id"),
        ("S-XIV", "fee", "Tidak ada Biaya"),
        ("S-XV", "requirements", "SITU / HO dan Domisili (Asli dan Copy);"),
        ("S-XV", "safety_guarantee", "ISO 27001 & Standarisasi LKPP"),
        ("S-XV", "evaluation", "Audit Eksternal dilakukan oleh Auditor ISO."),
        ("S-XVI", "complaint_channels", "e-mail : perlengkapansetda17@gmail.com"),
        ("S-XIX", "requirements", "LoI (Letter of Intent)"),
        ("S-XX", "steps", "IKK 2.1, IKK 2.2 dan IKK 2.3"),
        ("S-XXI", "legal_basis", "Peraturan Presiden Nomor 29 Tahun 2014"),
    ],
)
def test_a_component_reads_as_printed(code, component, text):
    assert text in words(getattr(service_standard(code), component))


def test_lists_within_lists_are_kept():
    (letter,) = service_standard("S-I").requirements
    identity, address = letter.items
    assert letter.text == "Surat dengan persyaratan :"
    assert identity.items == ["Nama", "Alamat", "Nomor Telepon"]
    assert address == "Nama dan Alamat Tujuan Jelas."


def test_faults_of_the_authors_stay_and_faults_of_the_scan_are_kept_beside_the_mended_text():
    assert "Draft Analisi Jabatan" in service_standard("S-VIII").requirements
    assert "diperbaiksi" in words(service_standard("S-XI").steps)
    slips = {slip.printed_in_scan: slip.mended for slip in service_standard("S-XVI").slips}
    assert slips["perlengkapansetdal 7@gmail.com"] == "perlengkapansetda17@gmail.com"
    assert all(slip.why for standard in service_standards().values() for slip in standard.slips)


def test_the_decree_is_told_with_what_it_revokes_and_the_head_over_every_annex():
    decree = standards_decree()
    assert (decree.number, decree.date) == ("065/Kep.63-TU/III/2020", date(2020, 3, 6))
    assert decree.revokes.number == "065.2/Kep.212-Org/XII/2017"
    assert decree.vision == "Cerdas, Kreatif, Maju, Sejahtera dan Ihsan"
    assert decree.promise == "Memberikan pelayanan prima dengan profesional dan sepenuh hati"
    assert decree.maklumat.startswith("“Dengan ini, kami menyatakan sanggup") and decree.maklumat.endswith("berlaku.”")
    assert [len(part) for part in (decree.considering, decree.legal_basis, decree.mission, decree.decides)] == [
        2,
        7,
        5,
        5,
    ]


def test_a_standard_goes_out_and_comes_back_as_json(standard):
    assert type(standard).model_validate_json(standard.model_dump_json()) == standard


def test_an_unknown_service_is_refused():
    for code in ("S-XXII", "s-i", "", None, []):
        with pytest.raises(Refusal) as refused:
            service_standard(code)
        assert refused.value.code == "unknown_service" and refused.value.remedy
