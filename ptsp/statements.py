"""`ptsp retribution statement` and `reconcile`: the bank's statement looked at, taken in, taken back; what differs.

Exit codes: 0 done and all agrees, 1 refused, a line cannot be read, or something differs, 2 the office cannot be asked.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from contracts.retribution import ImportStatement, PreviewStatement, ReconciliationOf, UndoStatement
from plumbing.messaging.envelope import new_id
from ptsp import retribution
from ptsp.here import columns, console
from ptsp.retribution import As, Json
from ptsp.stack import HomeOption
from values.dates import JAKARTA
from values.refusal import Refusal
from values.rupiah import format_rupiah

Treasurer = Annotated[str, typer.Option("--treasurer", metavar="ID", help="Bendahara yang mengimpor.")]
BECOMES = {
    "new": "pembayaran baru",
    "unknown_code": "kode tidak dikenal, disimpan",
    "known": "sudah tercatat",
    "other": "jumlah atau kode lain",
    "deposit": "setoran bendahara",
    "outgoing": "uang keluar",
}


def statement(
    file: Annotated[Path | None, typer.Argument(metavar="BERKAS", help="Rekening koran sebagai CSV.")] = None,
    preview: Annotated[bool, typer.Option("--preview", help="Hanya menunjukkan apa yang akan terjadi.")] = False,
    undo: Annotated[str, typer.Option("--undo", metavar="RK-TTTT-NOMOR", help="Membatalkan satu impor.")] = "",
    reason: Annotated[str, typer.Option("--reason", help="Alasan pembatalan, sedikitnya sepuluh huruf.")] = "",
    as_json: Json = False,
    treasurer: Treasurer = "treasurer",
    home: HomeOption = None,
) -> None:
    """Membaca, mengimpor, atau membatalkan impor rekening koran bank."""
    if (file is None) == (not undo):
        raise Refusal("no_statement", "Sebutkan BERKAS, atau --undo dengan nomor impor dan --reason.", field="file")
    with retribution.asking(home, treasurer, "treasurer") as ask:
        if undo:
            message = _made(UndoStatement, command_id=new_id(), number=undo, reason=reason)
        else:
            fields = {"name": file.name[:120], "content": _content(file)}
            kind = PreviewStatement if preview else ImportStatement
            message = _made(kind, **fields, **({} if preview else {"command_id": new_id()}))
        answer = ask(message)
    if as_json:
        print(json.dumps(answer, ensure_ascii=False, indent=1))
    elif undo:
        _show_undone(answer)
    elif preview:
        _show_preview(answer)
    else:
        _show_import(answer)
    raise typer.Exit(1 if answer.get("unreadable") else 0)


def reconcile(as_json: Json = False, operator: As = "operator-1", home: HomeOption = None) -> None:
    """Apa yang tidak cocok antara buku dan rekening koran, menurut pencocokan terakhir."""
    with retribution.asking(home, operator) as ask:
        answer = ask(ReconciliationOf())
    if as_json:
        print(json.dumps(answer, ensure_ascii=False, indent=1))
    else:
        screen = console()
        for each in answer["different"]:
            screen.print(Text(each["said"], style="red"))
        looked = f"dicocokkan {_moment(answer['at'])}" if answer["at"] else "belum pernah dicocokkan"
        waits = "; ada yang baru, dicocokkan lagi dalam semenit" if answer["waits"] else ""
        screen.print(Text(f"{answer['count']} perbedaan, {looked}{waits}."))
    raise typer.Exit(1 if answer["count"] else 0)


def _made(kind, **fields):
    try:
        return kind(**fields)
    except ValueError as error:
        first = error.errors(include_input=False)[0]
        place = str(first["loc"][0])
        words = {"reason": "Alasan harus 10 sampai 500 huruf.", "number": "Nomor impor seperti RK-2016-00001."}
        said = words.get(place, "Nama atau isi berkas tidak dapat diterima: kosong, terlalu besar, atau hurufnya lain.")
        raise Refusal("unreadable", said, field=place) from error


def _content(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise Refusal("unreadable", f"{file} tidak dapat dibuka: {error.strerror}.", field="file") from error
    except UnicodeDecodeError as error:
        raise Refusal(
            "unreadable", f"{file} bukan teks UTF-8.", field="file", remedy="Simpan sebagai UTF-8."
        ) from error


def _show_preview(answer: dict) -> None:
    table, screen = columns("Baris", "Hari", "Referensi", "Jumlah", "Menjadi"), console()
    for line in answer["lines"]:
        amount = format_rupiah(line["amount"])
        words = Text(BECOMES[line["becomes"]], "red" if line["becomes"] == "other" else "")
        table.add_row(str(line["number"]), line["day"], Text(line["reference"]), amount, words)
    screen.print(table)
    for each in answer["unreadable"]:
        field = f", {each['field']}" if each["field"] else ""
        screen.print(Text(f"Baris {each['number']}{field}: {each['reason']}", style="red"))
    if answer["already"]:
        screen.print(Text(f"Berkas ini sudah diimpor sebagai {answer['already']}."))
    screen.print(Text(f"{_counts(answer['counts'])}; akan tercatat {format_rupiah(answer['brings'])}."))


def _show_import(answer: dict) -> None:
    again = " (sudah diimpor sebelumnya)" if answer["repeated"] else ""
    said = f"{answer['number']}{again}: {_counts(answer['counts'])}; tercatat {format_rupiah(answer['brings'])}."
    console().print(Text(said))
    if refused := answer["outcomes"].get("refused"):
        console().print(Text(f"{refused} baris tidak dapat dicatat; lihat `ptsp retribution reconcile`.", style="red"))


def _show_undone(answer: dict) -> None:
    again = " (sudah dibatalkan sebelumnya)" if answer["repeated"] else ""
    taken = f"{answer['taken_back']} pembayaran ditarik kembali, {format_rupiah(answer['amount'])}"
    console().print(Text(f"{answer['number']}{again}: {taken}; {answer['left']} tetap tercatat."))
    for id in answer["files"]:
        console().print(Text(f"Utang berkas {id} terbuka lagi."))


def _moment(at: str) -> str:
    return f"{datetime.fromisoformat(at).astimezone(JAKARTA):%d-%m-%Y %H.%M}"


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{counts[code]} {word}" for code, word in BECOMES.items() if code in counts)
