"""What codes are called on the pages. `N_` marks a message to be translated where it is shown, not here."""


def N_(message: str) -> str:
    """The message itself: it is translated when the page is made."""
    return message


def NN_(one: str, many: str) -> tuple[str, str]:
    """A message for one and for many, to be translated when the page is made."""
    return one, many


STATUSES = {
    "submitted": N_("Berkas masuk, menunggu pemeriksaan kelengkapan"),
    "waiting_for_applicant": N_("Menunggu Anda melengkapi berkas"),
    "in_process": N_("Sedang dikerjakan"),
    "in_verification": N_("Sedang diperiksa tim teknis"),
    "in_retribution": N_("Retribusi sedang dihitung"),
    "waiting_for_payment": N_("Menunggu pembayaran Anda"),
    "in_issuance": N_("Surat sedang disiapkan, diparaf dan ditandatangani"),
    "issued": N_("Selesai"),
    "refused": N_("Permohonan ditolak"),
    "withdrawn": N_("Permohonan dicabut"),
    "archived": N_("Selesai dan diarsipkan"),
}
AT_RETRIBUTION = {  # what of it is done: who holds the file goes by this
    "skrd_to_issue": N_("Retribusi sudah dihitung; SKRD disiapkan"),
    "skrd_to_sign": N_("SKRD menunggu tanda tangan Kepala Badan"),
}
ENDED = {
    "issued": N_("Selesai dan diarsipkan"),
    "refused": N_("Ditolak; berkas diarsipkan"),
    "withdrawn": N_("Dicabut; berkas diarsipkan"),
}
TO_COLLECT = N_("Izin terbit, menunggu diambil")
FOR_OFFICERS = {  # what is said to the applicant as "Anda"
    "waiting_for_applicant": N_("Menunggu pemohon melengkapi berkas"),
    "waiting_for_payment": N_("Menunggu pembayaran pemohon"),
}
HAPPENED = {
    "submitted": N_("Permohonan diterima"),
    "registered": N_("Berkas lengkap dan terdaftar; resi terbit"),
    "items_requested": N_("Pemohon diminta melengkapi berkas"),
    "not_applicable": N_("Satu persyaratan dinyatakan tidak berlaku"),
    "item_answered": N_("Pemohon mengirim satu kekurangan"),
    "items_answered": N_("Semua kekurangan telah dikirim"),
    "addendum_filed": N_("Berita acara diberi tambahan"),
    "berita_acara_filed": N_("Berita acara masuk berkas"),
    "nota_filed": N_("Nota perhitungan masuk berkas"),
    "verification_recommended": N_("Tim teknis merekomendasikan permohonan"),
    "nothing_to_pay": N_("Tidak ada retribusi yang harus dibayar"),
    "skrd_issued": N_("SKRD terbit"),
    "paid": N_("Retribusi lunas"),
    "cleared": N_("Tidak ada lagi retribusi yang harus dibayar"),
    "demand_changed": N_("Ketetapan retribusi diputus ulang"),
    "refund_filed": N_("Pengembalian uang dikabulkan"),
    "skrdkb_issued": N_("SKRDKB terbit: retribusi bertambah"),
    "skrdlb_issued": N_("SKRDLB terbit: retribusi berkurang"),
    "further_paid": N_("Pembayaran berikutnya diterima"),
    "tax_note_filed": N_("Nota perhitungan pajak daerah terbit"),
    "initialled": N_("Surat diparaf"),
    "licence_issued": N_("Izin ditandatangani dan terbit"),
    "handed_over": N_("Izin diserahkan"),
    "refused": N_("Permohonan ditolak"),
    "withdrawn": N_("Permohonan dicabut"),
    "archived": N_("Berkas diarsipkan di dua lokasi"),
    "step_taken": N_("Langkah dikerjakan"),
    "request_withdrawn": N_("Satu permintaan kepada pemohon ditarik kembali"),
    "initial_skipped": N_("Satu paraf dilewati menurut ketentuan"),
    "revocation_issued": N_("Keputusan pencabutan terbit"),
    "suspended": N_("Berkas ditangguhkan"),
    "suspended_with_parent": N_("Berkas ditangguhkan bersama berkas induk"),
    "parent_closed": N_("Berkas berhenti karena berkas induk ditutup"),
    "waits_for_parent": N_("Menunggu izin induk"),
    "parent_ready": N_("Izin induk terbit"),
    "revived": N_("Berkas dilanjutkan"),
}
PAPERS = {
    "resi": N_("Resi pendaftaran"),
    "daftar_kekurangan": N_("Daftar kekurangan"),
    "berita_acara": N_("Berita acara pemeriksaan"),
    "addendum": N_("Tambahan berita acara"),
    "photo": N_("Foto lapangan"),
    "nota_perhitungan": N_("Nota perhitungan retribusi"),
    "skrd": N_("SKRD"),
    "teguran": N_("Surat teguran"),
    "strd": N_("STRD"),
    "skrdkb": N_("SKRDKB"),
    "skrdlb": N_("SKRDLB"),
    "keputusan_retribusi": N_("Keputusan atas ketetapan retribusi"),
    "surat_pengembalian": N_("Keputusan pengembalian"),
    "tanda_bukti_pembayaran": N_("Tanda bukti pembayaran"),
    "nota_pajak": N_("Nota perhitungan pajak daerah"),
    "recap": N_("Rekapitulasi penerimaan retribusi"),
    "pencocokan": N_("Berita acara pencocokan nota dan SKRD"),
    "licence": N_("Surat izin"),
    "surat_pencabutan": N_("Keputusan pencabutan"),
    "surat_penolakan": N_("Surat penolakan"),
    "attachment": N_("Lampiran"),
}
UNITS = {
    "minute": NN_("%(n)s menit", "%(n)s menit"),
    "hour": NN_("%(n)s jam", "%(n)s jam"),
    "day": NN_("%(n)s hari", "%(n)s hari"),
    "working_day": NN_("%(n)s hari kerja", "%(n)s hari kerja"),
    "month": NN_("%(n)s bulan", "%(n)s bulan"),
}
STANDINGS = {
    "valid": N_("Berlaku"),
    "run_out": N_("Habis masa berlakunya"),
    "suspended": N_("Dibekukan"),
    "replaced": N_("Sudah diganti"),
    "revoked": N_("Dicabut"),
}
SIGNED_PAPERS = {
    "licence": N_("Surat izin"),
    "skrd": N_("SKRD"),
    "nota_perhitungan": N_("Nota perhitungan retribusi"),
}
ABSENCES = {
    "cuti": N_("cuti"),
    "dinas_luar": N_("dinas luar"),
    "sakit": N_("sakit"),
    "pensiun": N_("pensiun"),
    "kosong": N_("jabatan kosong"),
}
EXCEPTIONS = {"urgent": N_("Naskah mendesak"), "secret": N_("Naskah rahasia")}
BIDANG = {
    "jasa_usaha": N_("Bangunan, ruang dan usaha"),
    "tertentu": N_("Kesehatan, lingkungan, angkutan dan bidang tertentu"),
    "non_perizinan": N_("Rekomendasi dan nonperizinan"),
}
TASKS = {
    "offered": N_("Menunggu jawaban anggota"),
    "accepted": N_("Diterima"),
    "found": N_("Temuan dicatat, belum ditandatangani"),
    "signed": N_("Ditandatangani"),
}
WORK = {
    "to_accept": N_("Menunggu jawaban anggota"),
    "to_book": N_("Perlu dijadwalkan"),
    "to_examine": N_("Diperiksa tim"),
    "to_verify": N_("Perlu diverifikasi"),
    "nota_to_prepare": N_("Nota perlu disusun"),
    "nota_to_sign": N_("Nota perlu ditandatangani"),
    "skrd_to_issue": N_("SKRD, SKRDKB atau SKRDLB perlu diterbitkan"),
    "skrd_to_sign": N_("SKRD perlu ditandatangani"),
    "skrd_to_pay": N_("SKRD menunggu pembayaran"),
    "change_to_decide": N_("Perubahan ketetapan perlu diputus"),
    "late": N_("Lewat batas"),
}
