"""The notas of a Bidang and month beside their SKRDs, row by row, with everything in which they differ: pure."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from services.retribution import letters
from services.retribution.letter_model import Skrd
from services.retribution.model import Assessment
from services.retribution.proof import differences
from values.dates import office_date

FLAGS = {
    "no_letter": "nota bertanda tangan tanpa SKRD",
    "unsigned": "SKRD belum ditandatangani",
    "amount": "jumlah SKRD berbeda dengan nota",
    "account": "kode rekening berbeda",
    "recompute": "tidak sama bila dihitung ulang",
    "ended": "berkas berakhir, tidak ditagih lagi",
}
EXPLAINED = ("ended",)  # said, and no difference
SUMS = ("notas", "total", "letters", "demanded", "ended")


class Row(NamedTuple):
    """One nota and what was demanded by it. Whole rupiah; `flags` of `FLAGS`."""

    application_id: str
    resi: str
    payer: str
    account_code: str
    nota: str
    signed_on: date
    total: int
    letters: tuple[str, ...]
    demanded: int
    flags: tuple[str, ...]

    @property
    def differs(self) -> bool:
        return any(flag not in EXPLAINED for flag in self.flags)


class Series(NamedTuple):
    """Numbers of one kind of letter, account and year, as far as they were given out in the month, that do not run
    on."""

    name: str
    missing: tuple[int, ...]
    twice: tuple[int, ...]


class Sheet(NamedTuple):
    """All rows, and the series of numbers that have a gap or a number twice."""

    rows: list[Row]
    series: list[Series]

    @property
    def digest(self) -> str:
        """A fingerprint of everything both sides agree to."""
        seen = [[*row[:5], row.signed_on.isoformat(), *row[6:]] for row in self.rows]
        return hashlib.sha256(json.dumps([seen, self.series], separators=(",", ":")).encode()).hexdigest()

    @property
    def differing(self) -> list[Row]:
        return [row for row in self.rows if row.differs]

    @property
    def sums(self) -> dict[str, dict[str, int]]:
        """Per account code, and `""` for all: notas and letters counted (one that demands for several files once), what
        they come to, and what of the notas is not demanded any more (`ended`)."""
        found: dict[str, dict[str, int]] = {}
        letters: dict[str, set[str]] = {}
        for row in self.rows:
            for key in (row.account_code, ""):
                sums = found.setdefault(key, dict.fromkeys(SUMS, 0))
                letters.setdefault(key, set()).update(row.letters)
                sums["notas"] += 1
                sums["total"] += row.total
                sums["letters"] = len(letters[key])
                sums["demanded"] += row.demanded
                sums["ended"] += row.total - row.demanded if "ended" in row.flags else 0
        return found


def row_of(file: Assessment, keeper: Assessment) -> Row:
    """The row of a file; `keeper` keeps its account (itself, or the file that leads a joint SKRD)."""
    nota, standing = file.nota, letters.standing(keeper)
    drawn = next((each for each in standing[::-1] if each.drawn_from), None)
    if drawn:
        demanded = sum(each.total for each in drawn.drawn_from if each.application_id == file.id)
    else:
        demanded = letters.demanded(keeper)
    return Row(
        application_id=file.id,
        resi=file.resi,
        payer=file.payer.name,
        account_code=nota.account_code,
        nota=nota.number,
        signed_on=office_date(nota.signed_at),
        total=nota.total,
        letters=tuple(letter.number for letter in standing),
        demanded=demanded,
        flags=tuple(_flags(file, keeper, standing, demanded)),
    )


def _flags(file: Assessment, keeper: Assessment, standing: Sequence[Skrd], demanded: int) -> Iterable[str]:
    nota = file.nota
    if file.closed or (file.left and keeper.id == file.id):
        yield "ended"
    elif nota.total and not standing:
        yield "no_letter"
    elif demanded != nota.total:
        yield "amount"
    if any(letter.signed_at is None for letter in standing):
        yield "unsigned"
    if any(letter.account_code != nota.account_code for letter in standing):
        yield "account"
    if differences(file):
        yield "recompute"


Serials = dict[str, list[int]]  # by kind, account and year: `skrd 4.1.2.03.01/2016`


def serials_of(files: Iterable[Assessment], month: str) -> Serials:
    """The numbers that were given out in a month. Letters that were set aside keep theirs, and count."""
    given = defaultdict(list)
    for file in files:
        for letter in file.letters:
            if f"{office_date(letter.numbered_at):%Y-%m}" == month:
                given[f"{letter.kind} {letter.account_code}/{month[:4]}"].append(letter.serial)
    return dict(given)


def gaps(given: Serials, before: Serials) -> list[Series]:
    """Where the numbers of a month do not run on from those given out `before` it in the same year, as far as these are
    known: of each series at least the last."""
    found = []
    for name, serials in sorted(given.items()):
        earlier = before.get(name, [])
        first = max(earlier, default=0) + 1
        missing = tuple(sorted(set(range(first, max(serials) + 1)) - set(serials)))
        twice = tuple(sorted({each for each in serials if serials.count(each) > 1 or each in earlier}))
        if missing or twice:
            found.append(Series(name, missing, twice))
    return found
