"""A bank statement of the form in `catalogue/bank_statement.yaml`, read strictly.

Pure: a text in, lines out, and beside them every line that cannot be read with its number, field and reason.
"""

import csv
import hashlib
import re
from collections.abc import Iterator
from datetime import date
from typing import Literal, NamedTuple

from pydantic import TypeAdapter, ValidationError

from catalogue.bank_statement import statement_form
from contracts.base import Words
from values.refusal import Refusal

AMOUNT = re.compile(r"[1-9][0-9]{0,11}", re.ASCII)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
LARGEST = 100_000_000_000  # rupiah, as of a payment
EARLIEST = date(2000, 1, 1)
_words = TypeAdapter(Words)


class StatementLine(NamedTuple):
    """One movement of the account. `number` counts the lines of the file from 1, its first line among them. `code` is
    the payment code its text names, None when it names none or several; `deposit`: the treasurer's own."""

    number: int
    day: date
    reference: str
    text: str
    amount: int
    direction: Literal["in", "out"]
    code: str | None
    deposit: bool


class Unreadable(NamedTuple):
    """A line that cannot be read: in which column, and why."""

    number: int
    field: str
    reason: str


class Statement(NamedTuple):
    """A file as read. `sha256` is that of its text, however its lines end."""

    sha256: str
    lines: list[StatementLine]
    unreadable: list[Unreadable]


def read_statement(content: str, today: date) -> Statement:
    """The lines of a file. `Refusal` `not_a_statement` when it is none at all: its first line is another, it has no
    line below, or more than the form allows. No line is of a day after `today`."""
    form = statement_form()
    text = content.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    first, _, rest = text.partition("\n")
    delimiter = next((each for each in form.delimiters if first.strip() == each.join(form.names)), None)
    if delimiter is None:
        raise _none_at_all(f"Baris pertama berkas harus persis: {form.delimiters[0].join(form.names)}.")
    if not rest.strip():
        raise _none_at_all("Berkas tidak berisi satu baris pun.")
    if rest.count("\n") >= form.most_lines or len(text) > form.most_characters:
        raise _none_at_all(f"Berkas lebih dari {form.most_lines} baris.")
    lines, unreadable = [], []
    for number, raw in enumerate(rest.split("\n"), start=2):
        read = _read(number, raw, delimiter, today)
        (lines if isinstance(read, StatementLine) else unreadable).append(read)
    return Statement(hashlib.sha256(text.encode()).hexdigest(), lines, unreadable)


def _none_at_all(reason: str) -> Refusal:
    form = statement_form()
    return Refusal(
        "not_a_statement",
        reason,
        field="content",
        remedy=f"Simpan rekening koran sebagai CSV (UTF-8) dengan kolom {', '.join(form.names)}, paling banyak "
        f"{form.most_lines} baris; bagi berkas yang lebih panjang.",
    )


def _read(number: int, raw: str, delimiter: str, today: date) -> StatementLine | Unreadable:
    form = statement_form()
    try:
        cells = next(csv.reader([raw], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return Unreadable(number, "", "tanda petik tidak berpasangan")
    if len(cells) != len(form.columns):
        return Unreadable(number, "", f"{len(cells)} kolom, seharusnya {len(form.columns)}")
    cell = {column.field: text.strip() for column, text in zip(form.columns, cells, strict=True)}
    names = {column.field: column.name for column in form.columns}
    for field, reason in _faults(cell, today):
        return Unreadable(number, names[field], reason)
    codes = set(re.findall(form.payment_code, cell["text"]))
    return StatementLine(
        number,
        date.fromisoformat(cell["day"]),
        cell["reference"],
        cell["text"],
        int(cell["amount"]),
        next(direction for direction, word in form.directions.items() if word == cell["direction"]),
        codes.pop() if len(codes) == 1 else None,
        bool(re.search(form.deposit, cell["text"])),
    )


def _faults(cell: dict[str, str], today: date) -> Iterator[tuple[str, str]]:
    """(field, reason) of everything that is wrong, in the order of the columns."""
    if (day := _day(cell["day"])) is None:
        yield "day", "bukan tanggal seperti 2016-03-15"
    elif not EARLIEST <= day <= today:
        yield "day", "di masa depan atau sebelum tahun 2000"
    if not 4 <= len(cell["reference"]) <= 60 or not _printable(cell["reference"]):
        yield "reference", "harus 4 sampai 60 huruf, angka atau tanda biasa"
    if len(cell["text"]) > 200 or not _printable(cell["text"]):
        yield "text", "lebih dari 200 huruf, atau huruf yang tidak dikenal"
    if not AMOUNT.fullmatch(cell["amount"]) or int(cell["amount"]) > LARGEST:
        yield "amount", "bukan rupiah bulat dengan angka saja, seperti 187625"
    if cell["direction"] not in statement_form().directions.values():
        yield "direction", f"bukan {' atau '.join(statement_form().directions.values())}"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None


def _printable(text: str) -> bool:
    try:
        return _words.validate_python(text) == text
    except ValidationError:
        return False
