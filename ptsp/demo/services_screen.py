"""What `ptsp demo --services` shows on the screen: a line per file, under its service; a line per licence type."""

from typing import Any

from rich.console import Console
from rich.table import Table

from ptsp.demo.numerals import whole
from ptsp.demo.screen import QUIET, verdict
from ptsp.demo.services_words import OUTCOMES, kept, time_used

RETURNS = "↩"


def show(report: dict[str, Any], pages: list[str], console: Console) -> None:
    """Services, licence types, and whether everything went as it should."""
    console.print()
    console.print(_services(report["services"]))
    console.print(_types(report["types"]))
    verdict(report, console)
    taken, there = (sum(service[key] for service in report["services"]) for key in ("moves_taken", "moves"))
    console.print(f"Hasil langkah layanan yang ditempuh: {whole(taken)} dari {whole(there)}.", highlight=False)
    resi = next((file["resi"] for kind in report["types"] for file in kind["files"] if file["resi"]), None)
    if resi:
        console.print(f"Riwayat satu berkas: ptsp trace {resi}", style="dim", highlight=False, soft_wrap=True)
    for page in pages:
        console.print(page, style="dim", highlight=False, soft_wrap=True)


def _services(services: list[dict[str, Any]]) -> Table:
    table = Table(title="21 layanan sekretariat daerah", title_justify="left", **QUIET)
    for name in ("Kode", "Layanan dan langkah yang ditempuh", "Hasil", "Waktu dan standar", "Janji"):
        table.add_column(name)
    for service in services:
        coverage = f"hasil {service['moves_taken']}/{service['moves']}"
        back = f"kembali {service['returns_taken']}/{service['returns']}"
        table.add_row(
            service["code"], service["name"], coverage, f"{back}; standar {service['standard']}", style="bold"
        )
        for file in service["files"]:
            table.add_row("", _way(service, file), OUTCOMES[file["outcome"]], time_used(file), kept(file))
    return table


def _way(service: dict[str, Any], file: dict[str, Any]) -> str:
    """The steps by their number on the path, those that sent it back marked."""
    places = service["numbers"]
    return " ".join(f"{places[step['step']]}{RETURNS if step['returns'] else ''}" for step in file["steps"])


def _types(types: list[dict[str, Any]]) -> Table:
    table = Table(title="\n66 jenis izin", title_justify="left", **QUIET)
    table.add_column("No.", justify="right")
    table.add_column("Jenis izin", max_width=54)
    for name in ("Langkah", "Hasil", "Waktu dan standar", "Janji"):
        table.add_column(name)
    for kind in types:
        for file in kind["files"]:
            steps, outcome = whole(len(file["steps"])), OUTCOMES[file["outcome"]]
            table.add_row(str(kind["number"]), kind["name"], steps, outcome, time_used(file), kept(file))
    return table
