"""Dated tariffs of retributions. A row is never edited: a new figure is a new row with its own first day."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

from pydantic import Field, model_validator

from catalogue.reading import DATA, CatalogueFault, Entry, ExactDecimal, build, read_yaml
from values.dates import long_date
from values.refusal import Refusal
from values.rupiah import Rupiah

CITY = "Kota Bekasi"


class TariffRow(Entry):
    """One figure of one retribution for one case, and the law and the days it stands on.

    `amount` is whole rupiah per `unit`; `index` multiplies it (1 when the tariff has none). `placeholder` means the
    figure of Kota Bekasi is not known and that of `city` stands in; every paper computed from it says so. `name`,
    `unit`, `city` and `note` are Indonesian because papers print them.
    """

    id: str
    retribution: str
    case: str | None = None
    name: str
    unit: str
    amount: Rupiah
    index: ExactDecimal = Field(default=Decimal(1), gt=0)
    index_name: str | None = None
    effective_from: date
    effective_until: date | None = None
    legal_basis: str
    article: str | None = None
    source: str
    placeholder: bool
    city: str
    note: str | None = None

    @model_validator(mode="after")
    def _placeholder_names_its_city(self) -> "TariffRow":
        if self.placeholder == (self.city == CITY):
            raise ValueError(f"placeholder is {self.placeholder} but the figure is of {self.city}")
        if self.effective_until is not None and self.effective_until < self.effective_from:
            raise ValueError("effective_until lies before effective_from")
        return self

    def in_force(self, on: date) -> bool:
        """Whether the row counts on that day, both ends included."""
        return self.effective_from <= on and (self.effective_until is None or on <= self.effective_until)


class _TariffFile(Entry):
    retribution: str
    name: str
    common: dict = Field(default_factory=dict)
    rows: list[dict] = Field(min_length=1)


class TariffBook:
    """All tariff rows. Get it from `tariff_book()`, or use `tariff` and `tariff_rows`."""

    def __init__(self, rows: list[TariffRow]):
        self.rows = {row.id: row for row in rows}
        self._of: dict[str, list[TariffRow]] = defaultdict(list)
        for row in rows:
            self._of[row.retribution].append(row)

    def __contains__(self, retribution: str) -> bool:
        return retribution in self._of

    def of(self, retribution: str) -> list[TariffRow]:
        """Every row of a retribution, past and present. KeyError for a retribution that has none."""
        if retribution not in self._of:
            raise KeyError(retribution)
        return list(self._of[retribution])

    def cases(self, retribution: str) -> set[str | None]:
        """The cases a retribution knows; `{None}` when it has one figure for all."""
        return {row.case for row in self.of(retribution)}

    def replacing(self, rows: list[TariffRow]) -> "TariffBook":
        """Another book: these rows instead of all those of the retributions they name."""
        named = {row.retribution for row in rows}
        return TariffBook([*(row for row in self.rows.values() if row.retribution not in named), *rows])

    def row(self, retribution: str, case: str | None, on: date) -> TariffRow:
        """The one row of that case in force on that day; `Refusal` says why when there is none."""
        rows = [row for row in self.of(retribution) if row.case == case]
        if not rows:
            raise Refusal(
                "unknown_tariff_case",
                f"Tarif retribusi {retribution} untuk {case!r} tidak dikenal.",
                field="case",
                remedy="Pilih salah satu golongan tarif yang tersedia.",
            )
        for row in rows:
            if row.in_force(on):
                return row
        first = min(row.effective_from for row in rows)
        if on < first:
            reason = f"tarif baru berlaku sejak {long_date(first)}"
        else:
            reason = "tarif sudah tidak berlaku dan belum ada penggantinya"
        raise Refusal(
            "no_tariff_in_force",
            f"Retribusi {retribution} tidak dapat dihitung untuk tanggal {long_date(on)}: {reason}.",
            field="on",
            remedy="Periksa tanggal permohonan atau catat tarif yang berlaku pada tanggal tersebut.",
        )


def load_tariff_book(root: Path = DATA) -> TariffBook:
    """Read and check `root/tariffs`: ids unique, no two rows of one case in force on the same day."""
    return TariffBook(read_tariffs(root / "tariffs"))


def read_tariffs(folder: Path) -> list[TariffRow]:
    """The rows of the files in a folder, checked like our own."""
    rows: dict[str, TariffRow] = {}
    for file in sorted(folder.glob("*.yaml")):
        sheet = build(_TariffFile, read_yaml(file), file)
        if sheet.retribution != file.stem:
            raise CatalogueFault(file, "retribution", f"{sheet.retribution!r} does not match the file name")
        by_case: dict[str | None, list[TariffRow]] = defaultdict(list)
        for raw in sheet.rows:
            row = build(TariffRow, {**sheet.common, **raw, "retribution": sheet.retribution}, file)
            if row.id in rows:
                raise CatalogueFault(file, f"rows.{row.id}", "the id stands twice")
            rows[row.id] = row
            by_case[row.case].append(row)
        for dated in by_case.values():
            dated.sort(key=lambda row: row.effective_from)
            for earlier, later in pairwise(dated):
                if earlier.effective_until is None or earlier.effective_until >= later.effective_from:
                    raise CatalogueFault(file, f"rows.{later.id}", f"overlaps with {earlier.id}")
    return list(rows.values())


@cache
def tariff_book() -> TariffBook:
    """The tariffs in the package, read once."""
    return load_tariff_book()


def tariff(retribution: str, case: str | None, on: date) -> TariffRow:
    """The row of `retribution` for `case` in force on that day. `Refusal` with the reason when there is none."""
    return tariff_book().row(retribution, case, on)


def tariff_rows(retribution: str) -> list[TariffRow]:
    """Every row of a retribution, past and present."""
    return tariff_book().of(retribution)


def tariff_row(row_id: str) -> TariffRow:
    """The row with that id, whatever the day: an old note names its rows and is recomputed from them."""
    return tariff_book().rows[row_id]
