"""`ptsp retribution …`: every stored nota computed again, and what other tariffs would change. Asks the room.

Exit codes: 0 nothing differs (or changes), 1 something does, 2 the office cannot be asked or the tariffs are wrong.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from catalogue.reading import CatalogueFault
from catalogue.tariff_book import read_tariffs, tariff_book
from contracts.base import Message
from contracts.people import Actor
from contracts.retribution import RecomputeNota, WhatIf
from plumbing.messaging.calls import Away, Fault, Office
from plumbing.statement import mint
from ptsp.here import columns, console, office_settings
from ptsp.stack import HomeOption
from values.dates import JAKARTA, long_date
from values.rupiah import format_rupiah

ANSWER_SECONDS = 60.0
app = typer.Typer(no_args_is_help=True, help="Retribusi: menghitung ulang nota, dan bila tarif berubah.")

Json = Annotated[bool, typer.Option("--json", help="Sebagai JSON, satu-satunya keluaran.")]
As = Annotated[str, typer.Option("--as", metavar="ID", envvar="PTSP_OPERATOR", help="Operator yang bertanya.")]
UNSEEN = 2


@app.command()
def recompute(
    since: Annotated[str, typer.Option("--since", metavar="TTTT-BB", help="Bulan pertama; biasanya semua.")] = "",
    as_json: Json = False,
    operator: As = "operator-1",
    home: HomeOption = None,
) -> None:
    """Menghitung ulang setiap nota yang ditandatangani, dan menyebut yang tidak menghasilkan rupiah yang sama."""
    found = []
    with asking(home, operator) as ask:
        for month in _months(since):
            if (answer := ask(RecomputeNota(month=month)))["checked"]:
                found.append(answer)
    different = [each for answer in found for each in answer["different"]]
    if as_json:
        print(json.dumps({"months": found, "different": len(different)}, ensure_ascii=False, indent=1))
    else:
        _show_recomputed(found, different)
    raise typer.Exit(1 if different else 0)


@app.command("what-if")
def what_if(
    tariffs: Annotated[Path, typer.Option("--tariffs", metavar="FOLDER", help="Tarif seperti catalogue/tariffs.")],
    on: Annotated[datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="Dihitung per hari itu.")] = None,
    as_json: Json = False,
    operator: As = "operator-1",
    home: HomeOption = None,
) -> None:
    """Berkas terbuka mana yang akan berubah, dan berapa, bila tarif dalam FOLDER berlaku. Tidak mengubah apa pun."""
    question = WhatIf(rows=_rows(tariffs), on=on.date() if on else None)
    with asking(home, operator) as ask:
        answer = ask(question)
    if as_json:
        print(json.dumps(answer, ensure_ascii=False, indent=1))
    else:
        _show_changes(answer)
    raise typer.Exit(1 if answer["changed"] else 0)


@contextmanager
def asking(home: Path | None, who: str, role: str = "operator") -> Iterator[Any]:
    """A way to ask the rooms in a role; every statement is made when it is used."""
    settings = office_settings(home)
    asker, key = Office(settings.broker_url.get_secret_value()), settings.statement_private_key.get_secret_value()

    def ask(message: Message) -> Any:
        return asker.call(message, mint(Actor(id=who, role=role), key), ANSWER_SECONDS)

    try:
        yield ask
    except (Away, Fault) as why:
        print(f"ptsp: ruang Retribusi tidak menjawab: {why}.", file=sys.stderr)
        raise typer.Exit(UNSEEN) from why
    finally:
        asker.close()


def _months(since: str) -> Iterator[str]:
    first = min(row.effective_from for row in tariff_book().rows.values())
    try:
        begin = date.fromisoformat(f"{since}-01") if since else first
    except ValueError:
        print(f"ptsp: bulan {since!r} tidak dikenal; tulis seperti 2016-03.", file=sys.stderr)
        raise typer.Exit(UNSEEN) from None
    now = datetime.now(JAKARTA)
    for n in range(begin.year * 12 + begin.month - 1, now.year * 12 + now.month):
        yield f"{n // 12}-{n % 12 + 1:02d}"


def _rows(folder: Path) -> list[dict]:
    try:
        rows = read_tariffs(folder)
    except CatalogueFault as fault:
        print(f"ptsp: {fault}", file=sys.stderr)
        raise typer.Exit(UNSEEN) from fault
    if not rows:
        print(f"ptsp: tidak ada berkas tarif (*.yaml) dalam {folder}.", file=sys.stderr)
        raise typer.Exit(UNSEEN)
    return [row.model_dump(mode="json") for row in rows]


def _show_recomputed(found: list[dict], different: list[dict]) -> None:
    table = columns("Bulan", "Nota", "Jumlah", "Berbeda")
    for answer in found:
        number, style = len(answer["different"]), "red" if answer["different"] else ""
        table.add_row(answer["month"], str(answer["checked"]), format_rupiah(answer["total"]), Text(str(number), style))
    screen = console()
    screen.print(table)
    for each in different:
        said = "; ".join(d["said"] for d in each["differences"])
        screen.print(Text(f"{each['number']} (resi {each['resi']}): {said}", style="red"))
    checked = sum(answer["checked"] for answer in found)
    screen.print(Text(f"{checked} nota dihitung ulang, {len(different)} berbeda."))


def _show_changes(answer: dict) -> None:
    table = columns("Resi", "Izin", "Sekarang", "Menjadi", "Selisih")
    for each in answer["changed"]:
        before, after = each["before"], each["after"]
        sums = isinstance(before, int) and isinstance(after, int)
        by = f"{'+' if after > before else '-'}{format_rupiah(abs(after - before))}" if sums else ""
        table.add_row(each["resi"], each["licence_name"], _sum(before), _sum(after), by)
    screen = console()
    if answer["changed"]:
        screen.print(table)
    day = long_date(date.fromisoformat(answer["on"]))
    screen.print(Text(f"{answer['checked']} berkas terbuka dihitung per {day}, {len(answer['changed'])} berubah."))


def _sum(value: int | str) -> str:
    return format_rupiah(value) if isinstance(value, int) else value
