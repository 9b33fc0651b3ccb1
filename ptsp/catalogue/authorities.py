"""Who signs and initials what on a day, as a screen."""

from datetime import date
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from catalogue.authority import EXCEPTION_NAMES
from catalogue.powers import DOCUMENTS
from values.dates import long_date


def screen(found: dict[str, Any], on: date) -> RenderableType:
    """What `catalogue.powers.powers_on` found, on the screen, readable at 100 columns."""
    signs = _table("Dokumen", "Ruang lingkup", "Ditandatangani oleh", "Berdasarkan")
    for each in found["signatures"]:
        scope = "semua jenis izin" if each["scope"] == "all" else ", ".join(each["scope"])
        scope = scope or "belum ada jenis izin yang disebut sumber"
        mark = " (sementara)" if each["placeholder"] else ""
        behalf = f"a.n. {each['on_behalf_of']}: " if each["on_behalf_of"] else ""
        who = "; ".join(map(_words, each["signatories"])) if each["scope"] else f"{each['role_name']} setempat"
        words = behalf + (who or "jabatan kosong")
        signs.add_row(DOCUMENTS[each["document"]], scope + mark, words, each["decree"]["number"])
    initials = _table("Urutan", "Paraf", "Oleh")
    for chain in found["initials"]:
        for place, seat in enumerate(chain["order"], start=1):
            initials.add_row(
                str(place), seat["role_name"], "; ".join(map(_words, seat["officers"])) or "jabatan kosong"
            )
        initials.add_row("", Text(f"untuk {chain['types']} jenis izin", "dim"), "")
    acting = _table("Pejabat", "Bertindak sebagai", "Alasan", "Selama", "Surat")
    for each in found["acting"]:
        reason = each["reason"].replace("_", " ")
        period = f"{long_date(each['from'])} sampai {long_date(each['until'])}"
        acting.add_row(each["name"], f"{each['kind']} {each['seat']}", reason, period, each["decree"]["number"])
    exceptions = _table("Naskah", "Tanpa paraf", "Dinyatakan oleh", "Berdasarkan")
    for each in found["exceptions"]:
        cells = [", ".join(each[key]) for key in ("skip_names", "invoked_by_names")]
        exceptions.add_row(EXCEPTION_NAMES[each["kind"]], *cells, each["decree"]["number"])
    return Group(
        Text(f"Kewenangan pada {long_date(on)}", "bold"),
        *_part("Tanda tangan", signs),
        *_part("Paraf surat izin", initials),
        *_part("Pelaksana harian dan pelaksana tugas", acting),
        *_part("Pengecualian paraf", exceptions),
    )


def _words(person: dict[str, Any]) -> str:
    return f"{person['name']} ({person['position']})"


def _part(title: str, table: Table) -> list[RenderableType]:
    return [Text(), Text(title, "bold"), table if table.rows else Text("Tidak ada.", "dim")]


def _table(*columns: str) -> Table:
    table = Table(box=SIMPLE_HEAD, header_style="bold", padding=(0, 1, 0, 0), pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
