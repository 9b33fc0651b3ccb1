"""The recap as a workbook: figures as numbers, so that others can reckon on. The sums are written as figures too, those
that were checked and signed."""

import io
from datetime import datetime

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from plumbing.officials import unit_name
from services.retribution.recaps import name_of
from values.dates import long_date
from values.periods import Period

RUPIAH = "#,##0"
COLUMNS = {
    "Kode rekening": "account_code",
    "Jenis": "licence_type",
    "Bidang": "bidang",
    "SKRD": "skrd",
    "Ketetapan (Rp)": "assessed",
    "Pokok diterima (Rp)": "principal",
    "Bunga diterima (Rp)": "interest",
    "Lebih bayar (Rp)": "overpaid",
    "Akan dikembalikan (Rp)": "promised",
    "Dikembalikan (Rp)": "refunded",
    "Dikurangkan (Rp)": "reduced",
    "Tidak ditagih lagi (Rp)": "written_off",
    "Belum dibayar (Rp)": "outstanding",
}
SUMS = {
    "Diterima seluruhnya": "received",
    "Tanpa SKRD": "unassigned",
    "Akan dikembalikan (dikabulkan, belum dibayar)": "promised",
    "Dikembalikan": "refunded",
    "Imbalan bunga yang dibayar (bukan penerimaan)": "compensated",
    "Diterima di rekening kas daerah": "bank",
    "Diterima bendahara penerimaan": "cash",
    "Disetor bendahara": "deposited",
    "Pembayaran (banyaknya)": "payments",
}


def workbook(span: Period, made: dict) -> bytes:
    """One sheet: heading, a row per account code, type and Bidang, their sum, and where the money was received."""
    book, sums = Workbook(), made["figures"]
    sheet = book.active
    sheet.title = span.code
    number = made["number"] or "rancangan, belum ditandatangani"
    sheet.append([f"Rekapitulasi penerimaan retribusi {span.name}"])
    sheet.append([f"{long_date(span.first)} sampai {long_date(span.last)}; nomor: {number}"])
    sheet.append([])
    sheet.append(list(COLUMNS))
    for row in sums["rows"]:
        shown = row | {"licence_type": name_of("licence_type", row["licence_type"]), "bidang": unit_name(row["bidang"])}
        sheet.append([shown.get(key, 0) for key in COLUMNS.values()])
    sheet.append(["Jumlah", "", "", *(sums.get(key, 0) for key in list(COLUMNS.values())[3:])])
    total = sheet.max_row
    sheet.append([])
    for name, key in SUMS.items():
        sheet.append([name, "", "", "", sums.get(key, 0)])
    _dress(sheet, total)
    made_at = datetime.fromisoformat(made["signed_at"]).replace(tzinfo=None)
    book.properties.created = book.properties.modified = made_at
    book.properties.title = f"Rekapitulasi retribusi {span.name}"
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _dress(sheet: Worksheet, total: int) -> None:
    for bold in (1, 4, total):
        for cell in sheet[bold]:
            cell.font = Font(bold=True)
    for letter, width in zip("ABCDEFGHIJKLM", (18, 40, 44, 8, *[20] * 9), strict=True):
        sheet.column_dimensions[letter].width = width
    for row in sheet.iter_rows(min_row=5, min_col=4):
        for cell in row:
            cell.number_format = RUPIAH
    sheet.freeze_panes = "A5"
