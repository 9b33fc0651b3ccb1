"""What does not agree between our books and the bank's statements: pure, one pass over both sides."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from values.rupiah import format_rupiah

Kind = Literal["not_in_books", "not_in_statement", "amount", "code", "twice"]
MOST_FILES = 3  # named with one difference
WHAT: dict[Kind, str] = {
    "not_in_books": "ada pada rekening koran, tidak ada pada buku",
    "not_in_statement": "ada pada buku, tidak ada pada rekening koran hari itu",
    "amount": "jumlahnya berbeda",
    "code": "kode bayarnya berbeda",
    "twice": "referensinya lebih dari satu kali",
}
REMEDY: dict[Kind, str] = {
    "not_in_books": "Tanyakan ke bank, lalu catat pembayaran atau setorannya.",
    "not_in_statement": "Tunggu rekening koran berikutnya; bila tetap tidak ada, tanyakan ke bank.",
    "amount": "Tanyakan ke bank mana yang benar; yang sudah tercatat tidak diubah.",
    "code": "Tanyakan ke bank untuk SKRD mana uang itu.",
    "twice": "Minta rekening koran yang benar dari bank, batalkan impor yang salah.",
}


class Booked(NamedTuple):
    """Money at the bank as our books have it: a payment, a deposit of the treasurer's or a refund, on its day
    (`2016-03-15`)."""

    reference: str
    day: str
    amount: int
    code: str = ""
    application_id: str = ""


class Stated(NamedTuple):
    """Money as a statement has it: import, name of its file, line. `code`: empty when it names none."""

    reference: str
    day: str
    amount: int
    code: str
    number: str
    name: str
    line: int


class Covered(NamedTuple):
    """The days of a statement, both included: import and name of its file."""

    first: str
    last: str
    number: str
    name: str


class Difference(NamedTuple):
    """One thing that does not agree. Amounts are whole rupiah, None on the side where there is nothing."""

    kind: Kind
    day: str
    reference: str
    booked: int | None
    stated: int | None
    application_id: str
    where: str

    @property
    def said(self) -> str:
        """For the operators and the treasurer: day, reference, both sums, file and line, remedy."""
        sums = {"buku": self.booked, "rekening koran": self.stated}
        told = ", ".join(f"{side} {format_rupiah(sum)}" for side, sum in sums.items() if sum is not None)
        return f"{self.day} {self.reference} {WHAT[self.kind]} ({told}); {self.where}. {REMEDY[self.kind]}"


def differences(booked: Iterable[Booked], stated: Iterable[Stated], covered: Sequence[Covered]) -> list[Difference]:
    """Every reference in which both sides do not agree, in the order of days. Money booked on a day that no statement
    covers waits for one, and is no difference. A line that stands in two statements with the same figures is one."""
    ours, theirs = defaultdict(list), defaultdict(list)
    for each in booked:
        ours[each.reference].append(each)
    for line in stated:
        theirs[line.reference].append(line)
    missing = (each[0] for id, each in ours.items() if id not in theirs)
    found = [_missing(each, files) for each in missing if (files := _files_of(each.day, covered))]
    for id, lines in theirs.items():
        found += _compared(ours.get(id, []), lines)
    return sorted(found, key=lambda each: (each.day, each.reference, each.kind))


def _missing(ours: Booked, files: list[str]) -> Difference:
    where = ", ".join(files[:MOST_FILES])
    return Difference("not_in_statement", ours.day, ours.reference, ours.amount, None, ours.application_id, where)


def _compared(ours: list[Booked], lines: list[Stated]) -> Iterable[Difference]:
    first = lines[0]
    mine = ours[0] if ours else None
    booked, application = (mine.amount, mine.application_id) if mine else (None, "")

    def difference(kind: Kind, line: Stated = first) -> Difference:
        return Difference(kind, first.day, first.reference, booked, line.amount, application, where(line))

    in_one_file = len({(line.number, line.line) for line in lines}) > len({line.number for line in lines})
    if len(ours) > 1 or in_one_file or len({(line.amount, line.code) for line in lines}) > 1:
        yield difference("twice", lines[-1])
    if mine is None:
        yield difference("not_in_books")
    elif mine.amount != first.amount:
        yield difference("amount")
    elif first.code and mine.code and mine.code != first.code:
        yield difference("code")


def where(line: Stated) -> str:
    """File, import and line."""
    return f"{line.name} ({line.number}) baris {line.line}"


def _files_of(day: str, covered: Sequence[Covered]) -> list[str]:
    """The statements that should have it, the newest first."""
    return [f"{each.name} ({each.number})" for each in reversed(covered) if each.first <= day <= each.last]
