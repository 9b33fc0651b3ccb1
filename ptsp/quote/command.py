"""`ptsp quote FILE`: what the formulas make of worked cases, beside what is expected of them. Needs no stack."""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from catalogue.retribution.note import Note, plain, shown
from ptsp.here import columns, console
from ptsp.quote.cases import Quoted, quote, read_cases
from values.refusal import Refusal
from values.rupiah import format_rupiah

DIFFERENT, REFUSED = 1, 2
WORDS = {
    "equal": ("cocok", "green"), "different": ("BERBEDA", "red"), "refused": ("DITOLAK", "red"),
    "computed": ("dihitung", ""), "not_asserted": ("sumber tidak konsisten, tidak diuji", "yellow"),
}  # fmt: skip


def quote_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="YAML atau JSON: examples dengan formula dan inputs.")],
    as_json: Annotated[bool, typer.Option("--json", help="Sebagai JSON, satu-satunya keluaran.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Juga setiap baris nota dengan koefisiennya.")] = False,
) -> None:
    """Hitung kasus dan bandingkan dengan hasil yang diharapkan.

    Kode keluar: 0 semua cocok, 1 ada selisih, 2 tanpa selisih tetapi ada kasus yang ditolak, atau berkas salah.
    """
    try:
        examples = read_cases(file)
    except Refusal as no:
        print(f"ptsp: {no.message}", file=sys.stderr)
        raise typer.Exit(REFUSED) from no
    cases = [quote(case, number) for number, case in enumerate(examples, 1)]
    counts = {name: sum(case.outcome == name for case in cases) for name in WORDS}
    twice = [id for id, times in Counter(case.id for case in cases).items() if times > 1]
    if as_json:
        told = {"counts": counts, "repeated_ids": twice, "cases": [c.as_dict() for c in cases]}
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        _show(console(), cases, counts, explain)
        if twice:
            console().print(Text(f"Id ganda, masing-masing dihitung sendiri: {', '.join(twice)}.", style="yellow"))
    raise typer.Exit(DIFFERENT if counts["different"] else REFUSED if counts["refused"] else 0)


def _show(screen: Console, cases: list[Quoted], counts: dict[str, int], explain: bool) -> None:
    table = columns("Kasus", "Isian", "Diharapkan", "Dihitung", "Selisih", "Hasil")
    for case in cases:
        _rows(table, case)
    screen.print(table)
    for case in cases:
        if case.note and explain:
            _explain(screen, case.id, case.note)
    told = [f"{number} {WORDS[name][0]}" for name, number in counts.items() if number]
    screen.print(Text(f"{len(cases)} kasus: {', '.join(told)}."))


def _rows(table: Table, case: Quoted) -> None:
    word, style = WORDS[case.outcome]
    if case.refused:
        table.add_row(
            case.id, Text(case.refused.field or ""), "", Text(case.refused.message), "", Text(word, style=style)
        )
        return
    shown_rows = [(c.key, c.expected, c.computed, c.difference) for c in case.compared]
    if not shown_rows:
        shown_rows = [(key, "", value, "") for key, value in case.note.values.items()]
    for number, (key, expected, computed, difference) in enumerate(shown_rows):
        first = number == 0
        table.add_row(
            case.id if first else "",
            Text(str(key)),
            _plain(expected),
            _plain(computed),
            Text(difference or ("0" if expected != "" else "")),
            Text(word if first else "", style=style),
        )
    for remark in case.note.remarks:
        table.add_row("", Text("catatan"), "", Text(remark, style="yellow"), "", "")


def _plain(value: Any) -> Text:
    told = "" if value is None else shown(value)
    return Text(", ".join(map(str, told)) if isinstance(told, list) else str(told))


def _explain(screen: Console, name: str, note: Note) -> None:
    screen.print(Text(f"\n{name}", style="bold"))
    for number, line in [*(("-", each) for each in note.workings), *enumerate(note.lines, 1)]:
        screen.print(Text(f"{number}. {line.name}: {line.formula} [{line.article}]"))
        for each in line.factors:
            screen.print(
                Text(f"     {each.name} = {plain(each.value)}" + (f" ({each.article})" if each.article else ""))
            )
        if line.tariff:
            screen.print(Text(f"     baris tarif {line.tariff.id}, berlaku sejak {line.tariff.effective_from}"))
        screen.print(Text(f"     {plain(line.unrounded)} {line.rounding}: {format_rupiah(line.amount)}"))
    if note.has_total:
        screen.print(Text(f"Jumlah {format_rupiah(note.total)} ({note.values['terbilang']})"))
