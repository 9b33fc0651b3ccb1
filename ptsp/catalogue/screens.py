"""How lists, totals, checks and differences look on the screen, readable at 100 columns."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from catalogue.difference import Change
from catalogue.editions import Edition
from catalogue.licence_type import YEARS, LicenceType
from catalogue.office import Organisation
from catalogue.plain import TOTAL, USED
from catalogue.standard import ServiceStandard
from ptsp.catalogue.checking import Faulty, Loaded
from values.dates import long_date

READINGS = {
    "A": "66 baris bernomor sebagaimana tercetak",
    "B": "A, tetapi baris 15 (angkutan), yang sebagian selnya kosong, diganti sub-barisnya",
    "C": "B, ditambah sub-baris rencana tapak (site plan, baris 2)",
    "D": "C, tetapi baris kesehatan 32 sampai 48 diganti kepalanya",
    "E": "D, tanpa baris 50 (pencabutan SIUP)",
}
ABOUT = {
    "type": "layanan",
    "sub_kind": "jenis permohonan",
    "requirement": "persyaratan",
    "cost": "biaya",
    "path": "alur",
    "time": "waktu",
    "validity": "masa berlaku",
    "skpd": "SKPD",
    "initials": "paraf",
    "signature": "tanda tangan",
    "other": "lain-lain",
}
PARTS = {
    "units": "unit kerja dan SKPD",
    "roles": "peran",
    "officers": "pejabat dan petugas",
    "authorities": "kewenangan menandatangani",
    "acting": "penunjukan Plh. dan Plt.",
    "exceptions": "pengecualian paraf",
    "tariffs": "baris tarif retribusi",
    "editions": "edisi katalog",
    "types": "jenis izin bernomor",
    "requirements": "persyaratan",
    "standards": "standar pelayanan",
    "steps": "langkah alur",
    "holidays": "keputusan hari libur",
    "office_components": "ketentuan yang sama untuk semua jenis izin",
    "hours": "ketentuan jam kerja",
    "force_majeure": "pernyataan keadaan kahar",
}


def types(kinds: Iterable[LicenceType], edition: Edition) -> RenderableType:
    """Every numbered type with its sub-rows and the printed figures. A blank cell is blank, a zero is 0."""
    table = _table()
    table.add_column("No.", justify="right", no_wrap=True)
    table.add_column("Kode", overflow="fold", width=26)
    table.add_column("Nama", overflow="fold", width=26)
    for year in YEARS:
        table.add_column(str(year), justify="right", no_wrap=True)
    for kind in kinds:
        short = f" ({kind.abbreviation})" if kind.abbreviation else ""
        mark = "" if kind.counted else " *"
        cells = [_cell(kind.count(year)) for year in YEARS]
        table.add_row(str(kind.number), Text(kind.code, "bold"), Text(kind.name + short + mark), *cells)
        for line in kind.lines:
            cells = [_cell(line.count(year)) for year in YEARS]
            table.add_row("", Text(f"  {line.code}", "dim"), Text(f"  {line.name}", "dim"), *cells, style="dim")
    note = "Sel kosong: tidak tercetak, bukan nol. *: tidak dijumlahkan sebagai baris; sebabnya di `show`."
    head = Text(f"Edisi {edition.code}, berlaku sejak {long_date(edition.published)}", "bold")
    return Group(head, Text(), table, Text(), Text(note, "dim"))


def services(standards: Iterable[ServiceStandard], office: Organisation) -> RenderableType:
    """The services of the secretariat."""
    table = _table()
    for column, width in (("Kode", 8), ("Layanan", 42), ("Bagian", 24), ("Waktu", 22)):
        table.add_column(column, width=width, overflow="fold")
    for each in standards:
        table.add_row(Text(each.code, "bold"), each.title, office.units[each.unit].name, each.time.printed)
    return table


def totals(plain: Mapping[str, Any]) -> RenderableType:
    """Each reading against the printed bottom row, and the one the office uses."""
    table = _table()
    table.add_column("Bacaan", no_wrap=True)
    printed = plain["printed"]["counts"]
    for cell in printed:
        table.add_column("Jumlah" if cell == TOTAL else cell, justify="right", no_wrap=True)
    for reading, these in plain["readings"].items():
        cells = [
            Text(f"{number(these['counts'][cell])} {'=' if equal else '≠'}", "green" if equal else "red")
            for cell, equal in these["equals_printed"].items()
        ]
        table.add_row(Text(reading, "bold"), *cells)
    table.add_row(Text("Tercetak", "bold"), *(Text(f"{number(value)}  ", "bold") for value in printed.values()))
    words = [Text(f"{reading}  {READINGS[reading]}") for reading in plain["readings"]]
    why = (
        f"Kantor memakai bacaan {USED}: hanya bacaan ini sama dengan baris jumlah tercetak pada setiap tahun dan pada "
        "jumlah seluruhnya."
    )
    return Group(table, Text(), *words, Text(), Text(why, "bold"))


def differences(found: Sequence[Change], older: Edition, newer: Edition) -> RenderableType:
    """What changes, type by type, and for whom."""
    head = Text(f"Dari edisi {older.code} ke edisi {newer.code} ({long_date(newer.published)})", "bold")
    decree = newer.decree or f"keputusannya belum diketahui; sumber: {newer.source}"
    parts: list[RenderableType] = [head, Text(f"{newer.about}\nDasar: {decree}"), Text()]
    if not found:
        return Group(*parts, Text("Tidak ada yang berubah.", "green"))
    for code, name in dict.fromkeys((change.type_code, change.type_name) for change in found):
        parts.append(Text(f"{name} ({code})", "bold"))
        grid = Table.grid(padding=(0, 2, 0, 0))
        grid.add_column(width=16)
        grid.add_column(overflow="fold")
        here = [change for change in found if change.type_code == code]
        for whom, changes in groupby(here, key=lambda change: change.for_whom):
            for change in changes:
                grid.add_row(f"  {ABOUT[change.about]}", Text(change.text))
            grid.add_row("  untuk siapa", Text(whom, "dim"))
        parts += [grid, Text()]
    return Group(*parts)


def check(parts: Sequence[Loaded]) -> RenderableType:
    """How many of each, and the time of all."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(justify="right")
    for each in parts:
        table.add_row(Text(number(each.count), "bold"), PARTS[each.part])
    milliseconds = round(1000 * sum(each.seconds for each in parts))
    return Group(table, Text(f"\nKatalog lengkap dan benar, dibaca dalam {milliseconds} milidetik.", "green"))


def fault(what: Faulty) -> RenderableType:
    """The first thing that is wrong: where, why, what to do."""
    place = what.file if what.line is None else f"{what.file}, baris {what.line}"
    grid = Table.grid(padding=(0, 2, 0, 0))
    for label, value in (("Berkas", place), ("Bagian", what.key), ("Sebab", what.reason), ("Tindakan", what.remedy)):
        grid.add_row(Text(label, "bold"), Text(value))
    return Group(Text("Katalog salah dan tidak dapat dipakai.", "bold red"), grid)


def number(value: int) -> str:
    """A number as it is written here: 57.025."""
    return f"{value:,}".replace(",", ".")


def _cell(count: int | None) -> str:
    return "" if count is None else number(count)


def _table() -> Table:
    return Table(box=SIMPLE_HEAD, header_style="bold", padding=0, pad_edge=False, show_edge=False)
