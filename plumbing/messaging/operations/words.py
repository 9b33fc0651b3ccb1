"""Indonesian for the operators: every room, fact, command and kind of failure in words of the office."""

from datetime import UTC, datetime, timedelta

from plumbing.messaging.operations.act_words import ACTS
from plumbing.messaging.operations.phrases import PHRASES
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
