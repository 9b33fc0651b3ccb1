"""`ptsp bus …`: what waits, what was put aside and why, and what an operator does about it.

Exit codes of `status`: 0 nothing is stuck, 1 something needs a person, 2 the bus cannot be seen.
"""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import wraps
from typing import Annotated, Any

import typer
from pymongo.errors import PyMongoError

from catalogue.office import organisation
from contracts.operations import Settled
from plumbing.messaging.operations.broker import BusAway
from plumbing.messaging.operations.files import Files
from plumbing.messaging.operations.status import look
from plumbing.messaging.operations.tools import Tools
from plumbing.messaging.parked import By, Entry, Parked
from plumbing.messaging.publisher import BrokerAway
from ptsp import bus_tables
from ptsp.here import console, office_settings, tools_of
from ptsp.stack import HomeOption
from values.dates import office_date
from values.refusal import Refusal

app = typer.Typer(no_args_is_help=True, help="Jalur pesan antar ruang: apa yang menunggu, apa yang tersangkut.")

Json = Annotated[bool, typer.Option("--json", help="Sebagai JSON, satu-satunya keluaran.")]
As = Annotated[str, typer.Option("--as", metavar="ID", envvar="PTSP_OPERATOR", help="Operator yang bertindak.")]
Yes = Annotated[bool, typer.Option("--yes", help="Tanpa bertanya lagi.")]
One = Annotated[str, typer.Argument(metavar="NO", help="Nomor entri, lihat `ptsp bus parked`.")]
UNSEEN = 2


def seen(command: Callable) -> Callable:
    """Say in words that broker or database is away, and end with 2."""

    @wraps(command)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except BusAway as away:
            _unseen(str(away))
        except BrokerAway as away:
            _unseen(f"Perantara pesan (RabbitMQ) tidak menerima pesan: {away}.")
        except PyMongoError as error:
            _unseen(f"Basis data tidak dapat dibaca: {type(error).__name__}.")

    return run


@app.command()
@seen
def status(as_json: Json = False, home: HomeOption = None) -> None:
    """Sekali pandang: per ruang, apa yang menunggu dan apa yang tersangkut. Kode 1: ada yang perlu ditangani."""
    with office(home) as (parked, files, client):
        state = look(parked.broker, client)
        if as_json:
            _print_json(state.as_dict())
        else:
            console().print(bus_tables.status(state, files.named([t.application for t in state.troubles])))
    raise typer.Exit(1 if state.needs_somebody else 0)


@app.command()
@seen
def parked(as_json: Json = False, home: HomeOption = None) -> None:
    """Yang disisihkan dan menunggu keputusan operator, terlama dahulu."""
    with office(home) as (book, files, _):
        book.file()
        entries = book.open()
        names = files.named([e["application"] for e in entries])
        if as_json:
            _print_json([bus_tables.plain(e, names.get(e["application"])) for e in entries])
        else:
            console().print(bus_tables.parked(entries, names, datetime.now(UTC)))


@app.command()
@seen
def show(
    number: One,
    body: Annotated[bool, typer.Option("--body", help="Juga isi pesan. Dapat memuat data pribadi; dicatat.")] = False,
    operator: As = "",
    as_json: Json = False,
    home: HomeOption = None,
) -> None:
    """Satu entri selengkapnya: berkas, langkah, sebab, jejak kesalahan, riwayat."""
    with office(home) as (book, files, _):
        book.file()
        entry = book.find(number)
        name = files.named([entry["application"]])[entry["application"]]
        content = None
        if body:
            book.note_read(entry, _by(operator))
            content = bytes(entry["body"]).decode(errors="backslashreplace")
        if as_json:
            _print_json(bus_tables.plain(entry, name, whole=True) | ({"body": content} if body else {}))
        else:
            console().print(bus_tables.entry(entry, name, content, datetime.now(UTC)))


@app.command()
@seen
def replay(
    numbers: Annotated[list[str], typer.Argument(metavar="NO…", help="Nomor entri, satu atau lebih.")],
    reason: Annotated[str, typer.Option("--reason", help="Mengapa diputar ulang; paling sedikit 10 huruf.")],
    operator: As,
    yes: Yes = False,
    as_json: Json = False,
    home: HomeOption = None,
) -> None:
    """Kembalikan pesan ke antrean asalnya, seperti belum pernah dicoba. Aman diulang: pengaruhnya tetap sekali."""
    by = _by(operator)
    with hands(home) as tools:
        entries = _found(tools.parked, numbers)
        _confirm(f"Putar ulang {len(entries)} pesan?", entries, tools.files, yes or as_json)
        results = tools.replay([entry["_id"] for entry in entries], by, reason)
    _report(results, as_json)


@app.command()
@seen
def discard(
    number: One,
    reason: Annotated[str, typer.Option("--reason", help="Mengapa tidak perlu ditangani; paling sedikit 10 huruf.")],
    operator: As,
    yes: Yes = False,
    as_json: Json = False,
    home: HomeOption = None,
) -> None:
    """Nyatakan tidak perlu ditangani, dengan alasan. Entri tetap tersimpan."""
    by = _by(operator)
    with hands(home) as tools:
        entries = _found(tools.parked, [number])
        _confirm("Buang pesan ini?", entries, tools.files, yes or as_json)
        results = tools.discard([entry["_id"] for entry in entries], by, reason)
    _report(results, as_json)


@contextmanager
def office(home: Any) -> Iterator[tuple[Parked, Files, Any]]:
    """The operator's tools, closed at the end."""
    with hands(home) as tools:
        yield tools.parked, tools.files, tools.client


@contextmanager
def hands(home: Any) -> Iterator[Tools]:
    """The same in one, as the room `operations` has them."""
    tools = tools_of(office_settings(home))
    try:
        yield tools
    finally:
        tools.close()


def _by(operator: str) -> By:
    """Who acts; an operator the organisation does not know today may do nothing."""
    if not organisation().holds(operator, "operator", office_date(datetime.now(UTC))):
        reason = f"{operator} bukan operator pada tanggal ini." if operator else "Sebutkan operator yang bertindak."
        raise Refusal("not_in_office", reason, field="as", remedy="Tulis --as dengan id operator, misalnya operator-1.")
    return By.me(operator)


def _confirm(question: str, entries: list[Entry], files: Files, yes: bool) -> None:
    if yes:
        return
    names = files.named([e["application"] for e in entries])
    console().print(bus_tables.parked(entries, names, datetime.now(UTC)))
    typer.confirm(question, abort=True)


def _found(book: Parked, numbers: list[str]) -> list[Entry]:
    book.file()
    return [book.find(number) for number in numbers]


def _report(results: list[Settled], as_json: bool) -> None:
    if as_json:
        _print_json([{"id": each.entry} | each.model_dump(exclude={"entry"}) for each in results])
    else:
        for each in results:
            typer.echo(f"{each.entry}  {each.message}")
    raise typer.Exit(0 if all(each.done for each in results) else 1)


def _print_json(value: Any) -> None:
    typer.echo(json.dumps(value, indent=1, ensure_ascii=False, default=_iso))


def _iso(value: Any) -> str:
    if isinstance(value, datetime):
        return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
    raise TypeError(f"{type(value).__name__} has no place in JSON")


def _unseen(message: str) -> None:
    typer.echo(f"ptsp: {message}", file=sys.stderr)
    raise typer.Exit(UNSEEN)
