"""The report on the screen."""

from typing import Any

from rich.console import Console
from rich.table import Table

from ptsp.demo.numerals import decimal, seconds, whole
from values.rupiah import format_rupiah

COLUMNS = ("in_2016", "wanted", "applications", "issued", "refused", "withdrawn")
QUIET = {"box": None, "padding": (0, 1), "header_style": "bold"}


def show(report: dict[str, Any], pages: list[str], console: Console) -> None:
    """Table 3.2.4 beside what was done, retribution, time, the bus, both sites, numbers, and whether it adds up."""
    console.print()
    console.print(_licences(report))
    console.print(_money(report["retribution"]))
    console.print(_times(report["steps"]))
    console.print(_accounts(report))
    verdict(report, console)
    for page in pages:
        console.print(page, style="dim", highlight=False, soft_wrap=True)


def verdict(report: dict[str, Any], console: Console) -> None:
    """One line that says how it went, and one per discrepancy."""
    console.print(
        f"\n{whole(report['applications'])} permohonan: {whole(report['issued'])} terbit, {whole(report['refused'])} "
        f"ditolak, {whole(report['withdrawn'])} ditarik, {whole(report['in_process'])} dalam proses; "
        f"{seconds(report['seconds'])}, [bold]{decimal(report['lifecycles_per_second'], 2)} berkas per detik[/bold].",
        highlight=False,
    )
    if report["adds_up"]:
        console.print("[green]Semuanya cocok.[/green]")
        return
    console.print(f"[red]{len(report['discrepancies'])} hal tidak cocok:[/red]")
    for line in report["discrepancies"]:
        console.print(f"  · {line}", highlight=False, markup=False)


def _licences(report: dict[str, Any]) -> Table:
    table = Table(title="Tabel 3.2.4 dan yang dikerjakan", title_justify="left", **QUIET)
    table.add_column("No.", justify="right")
    table.add_column("Jenis izin", max_width=54)
    for name in ("2016", "bagian", "masuk", "terbit", "ditolak", "ditarik"):
        table.add_column(name, justify="right")
    done, not_done = [], []
    for row in report["table"]:
        (done if row["applications"] or row["wanted"] else not_done).append(row)
    for row in done:
        table.add_row(str(row["number"]), row["name"], *_counts(row))
        for part in row["sub_kinds"]:
            if part["applications"] or part["wanted"]:
                table.add_row("", f"  {part['name']}", *_counts(part), style="dim")
    if not_done:
        table.add_row("", f"{len(not_done)} jenis lain, tanpa bagian", *_counts(_sum(not_done)), style="dim")
    table.add_row("", "Jumlah", *_counts(_sum(report["table"])), style="bold")
    return table


def _sum(rows: list[dict[str, Any]]) -> dict[str, int]:
    return {key: sum(row[key] for row in rows) for key in COLUMNS}


def _counts(row: dict[str, int]) -> list[str]:
    return [whole(row[key]) if row[key] else "–" for key in COLUMNS]


def _money(money: dict[str, Any]) -> Table:
    table = Table(title="\nRetribusi", title_justify="left", show_header=False, **QUIET)
    table.add_column()
    table.add_column(justify="right")
    for name, figure in (
        (f"Ditetapkan ({whole(money['notas'])} nota perhitungan)", format_rupiah(money["assessed"])),
        (f"Ditagih ({whole(money['skrd'])} SKRD)", format_rupiah(money["demanded"])),
        (f"Dibayar ({whole(money['paid_files'])} berkas)", format_rupiah(money["paid"])),
        ("Gugur karena berkas ditarik atau ditolak", format_rupiah(money["closed_unpaid"])),
        ("Dibayar lewat jatuh tempo", f"{whole(money['late'])} berkas"),
        ("Pembayaran yang diulang bank dan dikenali", whole(money["repeats_suppressed"])),
    ):
        table.add_row(name, figure)
    return table


def _times(steps: list[dict[str, Any]]) -> Table:
    table = Table(title="\nWaktu per langkah (waktu sebenarnya)", title_justify="left", **QUIET)
    table.add_column("Langkah")
    for name in ("berkas", "p50", "p95"):
        table.add_column(name, justify="right")
    for step in steps:
        table.add_row(step["name"], whole(step["count"]), seconds(step["p50"]), seconds(step["p95"]))
    return table


def _accounts(report: dict[str, Any]) -> Table:
    table = Table(title="\nNeraca", title_justify="left", show_header=False, **QUIET)
    table.add_column()
    table.add_column(justify="right")
    bus, sites = report["bus"], report["sites"]
    given = sum(series["count"] for series in report["numbers"])
    letters = report["letters"]
    for name, figure in (
        ("Peristiwa disampaikan", bus["events_said"]),
        ("Akibat terjadi", bus["effects"]),
        ("Ulangan dikenali dan diabaikan", bus["duplicates"]),
        ("Dicoba lagi kemudian", bus["retried"]),
        ("Diparkir", bus["parked"]),
        ("Hilang", bus["lost"]),
        ("Ganda", bus["doubled"]),
        ("Dokumen di lokasi utama", sites["primary"]),
        ("Dokumen di lokasi kedua", sites["second"]),
        ("Dokumen berbeda", sites["mismatches"]),
        (f"Nomor diberikan dalam {len(report['numbers'])} seri", given),
        ("Nomor kosong atau ganda", report["number_gaps"]),
        ("Surat elektronik terkirim", letters.get("sent", 0)),
        ("Surat elektronik ditolak atau tanpa alamat", sum(letters.values()) - letters.get("sent", 0)),
    ):
        table.add_row(name, whole(figure))
    return table
