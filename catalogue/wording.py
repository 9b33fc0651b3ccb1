"""What the codes of a path are called in Indonesian, for screens, drawings and papers."""

from catalogue.path import Limit, Step

UNITS = {"minute": "menit", "hour": "jam", "day": "hari", "working_day": "hari kerja", "month": "bulan"}
ENDS = {"finished": "Selesai", "refused": "Ditolak", "withdrawn": "Ditarik kembali"}
OUTCOMES = {
    "agreed": "disepakati",
    "answered": "dijawab",
    "approved": "disetujui",
    "archived": "diarsipkan",
    "complete": "lengkap",
    "correction": "perlu perbaikan",
    "delivered": "diserahkan",
    "disposed": "didisposisi",
    "expired": "lewat waktu",
    "forwarded": "diteruskan",
    "held": "dilaksanakan",
    "incomplete": "belum lengkap",
    "initialled": "diparaf",
    "skipped": "dilewati",
    "inventoried": "diinventarisasi",
    "not_recommended": "tidak direkomendasikan",
    "not_registered": "belum terdaftar",
    "nothing_to_pay": "tanpa bayar",
    "numbered": "dinomori",
    "paid": "dibayar",
    "prepared": "disiapkan",
    "published": "dipublikasikan",
    "recommended": "direkomendasikan",
    "refused": "ditolak",
    "registered": "dicatat",
    "registered_elsewhere": "terdaftar di tempat lain",
    "returned": "dikembalikan",
    "reviewed": "ditelaah",
    "signed": "ditandatangani",
    "skrd_issued": "SKRD terbit",
    "studied": "dikaji",
    "to_assistant": "ke Asisten",
    "to_city_secretary": "ke Sekda",
    "to_mayor": "ke Wali Kota",
    "to_vice_mayor": "ke Wakil Wali Kota",
}


def outcome_words(code: str) -> str:
    """What an outcome is called; one without a word of its own is read from its code (`sent_on` is `sent on`)."""
    return OUTCOMES.get(code, code.replace("_", " "))


def limit_words(limit: Limit) -> str:
    """A limit as people say it: `2 hari kerja`, `30 menit per kegiatan`."""
    per = f" per {limit.per}" if limit.per else ""
    return f"{limit.amount} {UNITS[limit.unit]}{per}"


def time_words(step: Step) -> str | None:
    """How long a step may take; for one that waits for the applicant, when the waiting ends. None: nothing is set."""
    if step.limit is not None:
        return f"paling lama {limit_words(step.limit)}"
    return f"ditutup setelah {step.closes_after} hari" if step.closes_after else None


def listed(words: list[str]) -> str:
    """Words in a row as a sentence has them: `a`, `a dan b`, `a, b, dan c`."""
    if len(words) < 3:
        return " dan ".join(words)
    return f"{', '.join(words[:-1])}, dan {words[-1]}"


ASSUMPTION = "asumsi; ketentuan Kota Bekasi belum diketahui"
ASSUMED_STEPS = "asumsi untuk urutan dan jangka waktu tiap langkah; yang mengikat adalah jangka waktu keseluruhan"
SOURCES = {
    "assumed": ASSUMPTION,
    "assumed at the national ceiling of Perpres 97/2014": f"{ASSUMPTION} (batas Perpres Nomor 97 Tahun 2014)",
    "Bekasi area, older list": "daftar persyaratan lama wilayah Bekasi",
    "Kabupaten Kediri 2016": "ketentuan Kabupaten Kediri, 2016; ketentuan Kota Bekasi belum diketahui",
    "Kabupaten Kediri 2016 (use of regional assets)": (
        "ketentuan Kabupaten Kediri tentang pemakaian aset daerah, 2016; ketentuan Kota Bekasi belum diketahui"
    ),
    "Kota Bekasi, Perda 9/2012 by press": "pemberitaan tentang Peraturan Daerah Kota Bekasi Nomor 9 Tahun 2012",
    "Kota Bekasi, list of the BPPT of October 2011": "daftar BPPT Kota Bekasi, Oktober 2011",
    "Kota Bekasi, press of 7 November 2017 and of 24 February 2020: free since 2018": (
        "pemberitaan tentang Kota Bekasi, 7 November 2017 dan 24 Februari 2020"
    ),
    "Kota Bekasi, press of 24 February 2020": "pemberitaan tentang Kota Bekasi, 24 Februari 2020",
    "Permendagri 78/2012": "Peraturan Menteri Dalam Negeri Nomor 78 Tahun 2012",
    "derived: this Bidang prepares the tax notes (duty 18)": "uraian tugas: Bidang ini menyusun nota pajak daerah",
    "tupoksi, Perwal Bekasi 60/2009": "tugas pokok dan fungsi, Peraturan Wali Kota Bekasi Nomor 60 Tahun 2009",
}


def source_words(source: str) -> str:
    """Where a decision comes from, for the public; a source that is not ours stands as it is written."""
    return SOURCES.get(source, source)
