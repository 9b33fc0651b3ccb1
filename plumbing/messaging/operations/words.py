"""Indonesian for the operators: every room, fact, command and kind of failure in words of the office."""

from datetime import UTC, datetime, timedelta

from values.dates import JAKARTA

ROOMS = {
    "intake": "Pendaftaran",
    "technical_team": "Tim teknis",
    "retribution": "Retribusi",
    "issuance": "Penerbitan",
    "archive": "Arsip",
    "notification": "Pemberitahuan",
    "noticeboard": "Papan pengumuman",
    "operations": "Operasi",
}

# What happened (facts) or is asked (commands), by `room.Message`. A fact or command without its phrase fails the tests.
PHRASES = {
    # facts
    "archive.BundleArchived": "berkas disegel di penyimpanan utama",
    "archive.BundleReplicated": "salinan berkas terbukti sama di lokasi kedua",
    "intake.ApplicationMoved": "keadaan berkas diumumkan",
    "intake.ApplicationRefused": "permohonan ditolak",
    "intake.ApplicationRegistered": "permohonan lengkap dan terdaftar",
    "intake.ApplicationSubmitted": "permohonan masuk",
    "intake.ApplicationWithdrawn": "permohonan ditarik pemohon",
    "intake.ArchivingDue": "berkas selesai dan harus diarsipkan",
    "intake.AssessmentDue": "retribusi harus dihitung",
    "intake.IssuanceDue": "izin harus disiapkan",
    "intake.ItemAnswered": "kekurangan dipenuhi pemohon",
    "intake.ItemsRequested": "kekurangan diminta kepada pemohon",
    "intake.PapersInspected": "berkas lampiran diperiksa sistem",
    "intake.RefusalLetterIssued": "surat penolakan terbit",
    "intake.ResiIssued": "resi terbit",
    "intake.VerificationDue": "verifikasi teknis harus dilakukan",
    "issuance.LicenceHandedOver": "izin diserahkan",
    "issuance.LicenceIssued": "izin terbit",
    "intake.RequestWithdrawn": "satu permintaan kepada pemohon ditarik kembali",
    "intake.ApplicationSuspended": "permohonan ditangguhkan",
    "intake.ApplicationRevived": "permohonan dilanjutkan",
    "issuance.LicenceSuspended": "izin dibekukan",
    "issuance.LicenceReinstated": "izin berlaku kembali",
    "issuance.LicenceEnded": "izin lama diganti atau dicabut",
    "intake.StepTaken": "langkah layanan dikerjakan",
    "intake.TakeStep": "pengerjaan langkah layanan",
    "intake.ReminderRaised": "pengingat batas waktu",
    "intake.EscalationRaised": "batas waktu terlampaui",
    "issuance.LicenceInitialled": "konsep izin diparaf",
    "issuance.InitialsSkipped": "konsep izin dinyatakan mendesak atau rahasia, paraf dilewati",
    "issuance.MarkDraft": "menyatakan konsep izin mendesak atau rahasia",
    "issuance.LicenceSigned": "izin ditandatangani",
    "retribution.NotaPerhitunganFiled": "nota perhitungan terbit",
    "retribution.NotaPerhitunganSigned": "nota perhitungan ditandatangani",
    "intake.TaxNoteDue": "nota perhitungan pajak harus disusun",
    "retribution.PrepareTaxNote": "menyusun nota perhitungan pajak",
    "retribution.SignTaxNote": "menandatangani nota perhitungan pajak",
    "retribution.TaxNoteSigned": "nota perhitungan pajak ditandatangani",
    "retribution.TaxNoteFiled": "nota perhitungan pajak terbit",
    "retribution.RecapIssued": "rekapitulasi retribusi terbit",
    "retribution.RecapSigned": "rekapitulasi retribusi ditandatangani",
    "retribution.RecordDeposit": "mencatat setoran ke kas daerah",
    "retribution.ImportStatement": "mengimpor rekening koran",
    "retribution.UndoStatement": "membatalkan impor rekening koran",
    "retribution.SignRecap": "menandatangani rekapitulasi retribusi",
    "retribution.CorrectNota": "menyusun nota pembetulan",
    "retribution.ProposeChange": "mengajukan perubahan ketetapan",
    "retribution.DecideChange": "memutus perubahan ketetapan",
    "retribution.ChangeDecided": "perubahan ketetapan diputus",
    "retribution.ChangeFiled": "keputusan perubahan ketetapan terbit",
    "retribution.SupplementSigned": "SKRDKB atau SKRDLB ditandatangani",
    "retribution.SupplementIssued": "SKRDKB atau SKRDLB terbit",
    "retribution.AssignMoney": "memindahkan uang ke SKRD yang benar",
    "retribution.ProposeRefund": "mengusulkan pengembalian uang",
    "retribution.DecideRefund": "memutus pengembalian uang",
    "retribution.RecordRefundPaid": "mencatat pengembalian yang dibayar",
    "retribution.RefundGranted": "pengembalian uang dikabulkan",
    "retribution.RefundPaid": "pengembalian uang dibayar",
    "retribution.ReceiptIssued": "tanda bukti pembayaran terbit",
    "retribution.SkrdIssued": "SKRD terbit",
    "retribution.SkrdPaid": "SKRD dibayar lunas",
    "retribution.SkrdSigned": "SKRD ditandatangani",
    "retribution.StrdIssued": "STRD terbit",
    "retribution.StrdRaised": "utang terlambat ditagih dengan STRD",
    "retribution.TeguranRaised": "utang terlambat ditegur",
    "technical_team.AppointmentBooked": "rapat atau kunjungan dijadwalkan",
    "technical_team.AddendumFiled": "tambahan berita acara terbit",
    "technical_team.AddendumSigned": "tambahan berita acara ditandatangani",
    "technical_team.BeritaAcaraFiled": "berita acara terbit",
    "technical_team.BeritaAcaraVerified": "berita acara diverifikasi",
    "technical_team.TaskOffered": "tugas ditawarkan kepada petugas teknis",
    # commands
    "intake.AnswerItem": "memenuhi kekurangan",
    "intake.CheckCompleteness": "memeriksa kelengkapan",
    "intake.RefuseApplication": "menolak permohonan",
    "intake.SubmitApplication": "mengajukan permohonan",
    "intake.WithdrawRequest": "menarik kembali satu permintaan",
    "intake.LinkApplication": "menyebut berkas induk",
    "intake.SuspendApplication": "menangguhkan permohonan",
    "intake.ReviveApplication": "melanjutkan permohonan",
    "issuance.SuspendLicence": "membekukan izin",
    "issuance.ReinstateLicence": "memberlakukan kembali izin",
    "intake.WithdrawApplication": "menarik permohonan",
    "issuance.HandOverLicence": "menyerahkan izin",
    "issuance.InitialDraft": "memaraf konsep izin",
    "issuance.SignLicence": "menandatangani izin",
    "retribution.IssueSkrd": "menomori SKRD",
    "retribution.PrepareNota": "menyusun nota perhitungan",
    "retribution.RecordPayment": "mencatat pembayaran",
    "retribution.NotifyPayment": "memberitahukan pembayaran",
    "retribution.SignNota": "menandatangani nota perhitungan",
    "retribution.SignSkrd": "menandatangani SKRD",
    "archive.OpenPaper": "membuka dokumen arsip",
    "archive.VerifyBundle": "memeriksa kedua salinan berkas",
    "operations.DiscardParked": "membuang pesan yang disisihkan",
    "operations.ReplayParked": "memutar ulang pesan yang disisihkan",
    "technical_team.AcceptTask": "menerima tugas",
    "technical_team.AddAddendum": "menambahkan sesuatu pada berita acara",
    "technical_team.AttachPhoto": "melampirkan foto lapangan",
    "technical_team.ProposeSlot": "mengusulkan waktu lain",
    "technical_team.RemovePhoto": "mengeluarkan foto lapangan",
    "technical_team.BookAppointment": "menjadwalkan rapat atau kunjungan",
    "technical_team.DeclineTask": "menolak tugas",
    "technical_team.RecordFindings": "mencatat temuan",
    "technical_team.SignBeritaAcara": "menandatangani berita acara",
    "technical_team.VerifyBeritaAcara": "memverifikasi berita acara",
}

# What a room looks for by the clock, by `room.method`. A look without its phrase fails the tests.
WATCHES = {
    "intake.ring_bells": "melihat batas waktu",
    "intake.plan_bells_anew": "merencanakan ulang batas waktu",
    "noticeboard.heartbeat": "menandai bahwa papan masih diperbarui",
    "technical_team.plan_older_cases": "menyusun ulang daftar kerja berkas lama",
    "operations.look_around": "melihat jalur pesan",
    "retribution.claim_what_is_late": "menagih utang yang terlambat",
    "retribution.grant_by_silence": "mencari keberatan yang tidak diputus pada waktunya",
    "retribution.prove_notes": "menghitung ulang semua nota",
    "retribution.balance_ledger": "mencocokkan buku dengan semua pembayaran",
    "retribution.compare_with_statements": "mencocokkan buku dengan rekening koran",
}

# What a person did that stated no fact, by the word in the history of the record.
ACTS = {
    "items_ticked": "kelengkapan diperiksa sebagian",
    "item_answered": "satu kekurangan dipenuhi",
    "items_answered": "semua kekurangan dipenuhi",
    "request_withdrawn": "satu permintaan kepada pemohon ditarik kembali",
    "suspended_with_parent": "berkas berhenti bersama berkas induk",
    "parent_closed": "berkas berhenti karena berkas induk ditutup",
    "waits_for_parent": "berkas menunggu izin induk",
    "parent_ready": "izin induk terbit",
    "suspended": "ditangguhkan",
    "revived": "dilanjutkan",
    "reinstated": "izin berlaku kembali",
    "replaced": "izin diganti",
    "task_accepted": "tugas tim teknis diterima",
    "task_declined": "tugas tim teknis ditolak",
    "task_offered": "tugas ditawarkan",
    "appointment_booked": "rapat atau kunjungan dijadwalkan",
    "appointment_moved": "rapat atau kunjungan dipindah",
    "slot_proposed": "waktu lain diusulkan",
    "photo_attached": "foto lapangan dilampirkan",
    "photo_removed": "foto lapangan dikeluarkan",
    "findings_recorded": "temuan dicatat",
    "berita_acara_signed": "berita acara ditandatangani SKPD",
    "signature_void": "tanda tangan batal karena temuan berubah",
    "nota_prepared": "nota perhitungan disusun",
    "nota_corrected": "nota pembetulan disusun",
    "relief_proposed": "keringanan diajukan",
    "relief_granted": "keringanan dikabulkan",
    "relief_refused": "keringanan ditolak",
    "instalments_proposed": "angsuran diajukan",
    "instalments_granted": "angsuran dikabulkan",
    "instalments_refused": "angsuran ditolak",
    "objection_proposed": "keberatan dicatat",
    "objection_granted": "keberatan dikabulkan",
    "objection_refused": "keberatan ditolak",
    "cancellation_proposed": "pembatalan SKRD diajukan",
    "cancellation_granted": "SKRD dibatalkan",
    "cancellation_refused": "pembatalan SKRD ditolak",
    "money_assigned": "uang dipindahkan ke SKRD lain",
    "refund_proposed": "pengembalian uang diusulkan",
    "refund_granted": "pengembalian uang dikabulkan",
    "refund_refused": "pengembalian uang ditolak",
    "refund_paid": "pengembalian uang dibayar",
    "skrdkb_numbered": "SKRDKB dinomori",
    "skrdlb_numbered": "SKRDLB dinomori",
    "demand_changed": "ketetapan retribusi diputus ulang",
    "cleared": "tidak ada lagi yang harus dibayar",
    "skrd_numbered": "SKRD dinomori dan dicocokkan dengan nota",
    "initialled": "konsep izin diparaf",
    "initial_skipped": "paraf dilewati",
    "marked_urgent": "konsep izin dinyatakan mendesak",
    "marked_secret": "konsep izin dinyatakan rahasia",
    "bundle_verified": "kedua salinan berkas diperiksa",
    "paper_opened": "dokumen arsip dibuka",
    "revoked": "izin dicabut",
    "payment_matched": "pembayaran diterima, sesuai SKRD",
    "payment_partial": "pembayaran diterima, belum lunas",
    "payment_overpaid": "pembayaran diterima, lebih dari SKRD",
    "payment_interest": "pembayaran bunga diterima",
    "payment_taken_back": "pembayaran dari rekening koran ditarik kembali",
    "payment_closed_file": "pembayaran diterima untuk berkas yang sudah ditutup",
}

CHANNELS = {"email": "surel"}
DELIVERED = {"sent": "terkirim", "refused": "ditolak server surat", "no_address": "tanpa alamat"}

# What an exception's name tells an operator. The first that is found in the reason is used.
REASONS = {
    "DeliveryLimit": "ruang berhenti mendadak berkali-kali",
    "Undecodable": "isi pesan tidak dapat dibaca",
    "NotaDiffers": "nota tidak lagi menghasilkan rupiah yang sama",
    "LedgerDiffers": "jumlah buku tidak sama dengan pembayaran yang tercatat",
    "StatementDiffers": "buku tidak cocok dengan rekening koran",
    "NotYet": "berkas yang dimaksud belum sampai di ruang ini",
    "Refusal": "ditolak oleh aturan ruang ini",
    "Timeout": "pihak lain tidak menjawab pada waktunya",
    "ConnectionRefused": "pihak lain tidak dapat dihubungi",
    "Connection": "sambungan terputus",
    "SMTP": "surel tidak dapat dikirim",
    "S3": "penyimpanan dokumen menolak",
    "Missing": "dokumen tidak ada di penyimpanan",
    "Damaged": "dokumen rusak di penyimpanan",
    "DuplicateKey": "nomor atau kunci sudah dipakai",
    "BulkWrite": "basis data menolak catatan ini",
}
DETAILED = frozenset(
    {"NotaDiffers", "LedgerDiffers", "StatementDiffers"}
)  # said with what follows the name: it is written for operators
OUR_BUG = "kesalahan program"


def room(name: str) -> str:
    """`retribution` → `Retribusi`; a name that is no room's stays as it is."""
    return ROOMS.get(name, name or "tidak diketahui")


def phrase(cloud_type: str) -> str:
    """What a message says, from its CloudEvents type: `ptsp.intake.ResiIssued.v1` → `resi terbit`."""
    parts = (cloud_type or "").split(".")
    if len(parts) < 3:
        return "pesan yang tidak dikenal"
    name = f"{parts[1]}.{parts[2]}"
    return PHRASES.get(name) or WATCHES.get(name) or f"pesan {parts[2]}"


def act(what: str) -> str:
    """`initialled` → `konsep izin diparaf`; a word without a phrase stays as it is."""
    return ACTS.get(what, what.replace("_", " "))


def step(room_name: str, cloud_type: str, *, command: bool = False) -> str:
    """Which step of the office is concerned: `Retribusi, perintah menandatangani SKRD`."""
    return f"{room(room_name)}, {'perintah' if command else 'setelah'} {phrase(cloud_type)}"


def reason(text: str) -> str:
    """Why something did not work, for somebody who reads no tracebacks."""
    name = (text or "").split(":", 1)[0]
    for mark, words in REASONS.items():
        if mark in name:
            return f"{words}: {text.partition(': ')[2]}" if mark in DETAILED else words
    return OUR_BUG


def moment(at: datetime | None) -> str:
    """`22-11-2016 14.05` in Bekasi's time."""
    return "-" if at is None else f"{aware(at).astimezone(JAKARTA):%d-%m-%Y %H.%M}"


def clock(at: datetime) -> str:
    """`22-11-2016 14.05.09`: to the second, for a story."""
    return f"{aware(at).astimezone(JAKARTA):%d-%m-%Y %H.%M.%S}"


def span(length: timedelta) -> str:
    """How long, roughly: `3 hari`, `2 jam`, `5 menit`, `40 detik`."""
    seconds = max(0, int(length.total_seconds()))
    for size, unit in ((86_400, "hari"), (3_600, "jam"), (60, "menit")):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} detik"


def ago(at: datetime | None, now: datetime) -> str:
    return "-" if at is None else f"{span(now - aware(at))} lalu"


def aware(at: datetime) -> datetime:
    """The database hands out UTC without saying so."""
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at
