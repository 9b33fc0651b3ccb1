"""Reading the figures of a case: each with its own shape and bounds, refused with field and reason in Indonesian."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn

from catalogue.tariff_book import TariffBook, tariff_book
from values.refusal import Refusal

LARGEST_AREA = Decimal(10_000_000)  # m2: a thousand hectares under one roof is a slip of the pen
LARGEST_COUNT = 1_000_000
LARGEST_RUPIAH = 10**12
NUMBER = re.compile(r"\d+(\.\d+)?")
TIMES = re.compile(r"(\d+(?:\.\d+)?)\s*[x×*]\s*(\d+(?:\.\d+)?)\s*(.*)")


def refuse(field: str, reason: str) -> NoReturn:
    """Say no to one figure of a case."""
    raise Refusal("bad_quantity", reason, field=field, remedy="Perbaiki isian tersebut lalu hitung kembali.")


class Inputs:
    """The inputs of one case, and the tariffs it is computed by. Every key must be asked for: `finish` refuses those
    nobody asked for."""

    def __init__(self, data: Any, where: str = "", book: TariffBook | None = None):
        if not isinstance(data, Mapping):
            refuse(where or "inputs", "isian harus berupa pasangan nama dan nilai")
        self._data, self._where, self._asked = data, where, set()
        self.book = book or tariff_book()

    def name(self, key: str) -> str:
        """The key with the row it stands in, as a complaint names it."""
        return f"{self._where}.{key}" if self._where else key

    def __contains__(self, key: str) -> bool:
        return key in self._data

    def raw(self, key: str) -> Any:
        """The value as it stands. Refused when it is missing."""
        self._asked.add(key)
        if key not in self._data or self._data[key] is None:
            refuse(self.name(key), "tidak diisi")
        return self._data[key]

    def finish(self) -> None:
        """Refuse a key that no formula asked for: a figure that would be left out unseen."""
        for key in self._data:
            if key not in self._asked:
                refuse(self.name(str(key)), "isian tidak dikenal untuk rumus ini")

    def given(self, key: str) -> bool:
        """Whether an optional key is there and not empty."""
        self._asked.add(key)
        return self._data.get(key) is not None

    def decimal(self, key: str, *, above: int | None = None, least: int = 0, most: Decimal | int = 10**9) -> Decimal:
        """An exact number, written `72`, `72.5` or in quotes, within its bounds."""
        return decimal_of(self.raw(key), self.name(key), above=above, least=least, most=most)

    def area(self, key: str) -> Decimal:
        """Square metres, more than nothing."""
        return self.decimal(key, above=0, most=LARGEST_AREA)

    def count(self, key: str, *, least: int = 1, most: int = LARGEST_COUNT) -> int:
        """A whole number of things."""
        return count_of(self.raw(key), self.name(key), least=least, most=most)

    def rupiah(self, key: str, *, least: int = 1, most: int = LARGEST_RUPIAH) -> int:
        """Whole rupiah, strictly an integer."""
        return rupiah_of(self.raw(key), self.name(key), least=least, most=most)

    def one_of(self, key: str, table: Collection[Decimal], default: Decimal | None = None) -> Decimal:
        """A coefficient that stands in its table."""
        if default is not None and not self.given(key):
            return default
        value = self.decimal(key)
        return in_table(value, table, self.name(key))

    def text(self, key: str) -> str:
        value = self.raw(key)
        if not isinstance(value, str) or not value.strip():
            refuse(self.name(key), "harus berupa tulisan")
        return value.strip()

    def choice(self, key: str, options: Collection[str]) -> str:
        """One of the words permitted."""
        value = self.text(key)
        if value not in options:
            refuse(self.name(key), f"{value!r} tidak dikenal; pilihannya {', '.join(options)}")
        return value

    def yes(self, key: str) -> bool:
        """An optional true or false; false when it is not there."""
        if not self.given(key):
            return False
        if not isinstance(value := self.raw(key), bool):
            refuse(self.name(key), "harus true atau false")
        return value

    def day(self, key: str) -> date:
        """A date as YYYY-MM-DD."""
        value = self.raw(key)
        if type(value) is date:
            return value
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            refuse(self.name(key), "harus berupa tanggal YYYY-MM-DD")

    def items(self, key: str, *, may_be_empty: bool = False) -> list[Any]:
        """A list as it stands."""
        value = self.raw(key)
        if not isinstance(value, list) or (not value and not may_be_empty):
            refuse(self.name(key), "harus berupa daftar" + ("" if may_be_empty else " yang berisi"))
        return value

    def rows(self, key: str) -> list["Inputs"]:
        """An optional list of rows, each with its own keys."""
        if not self.given(key):
            return []
        found = enumerate(self.items(key, may_be_empty=True), 1)
        return [Inputs(row, f"{self.name(key)}[{number}]") for number, row in found]


def decimal_of(
    value: Any, field: str, *, above: int | None = None, least: int = 0, most: Decimal | int = 10**9
) -> Decimal:
    """An exact number from an integer, a Decimal or a quoted number with a decimal point."""
    if isinstance(value, str) and re.fullmatch(r"-?\d+(\.\d+)?", value.strip()):
        value = Decimal(value.strip())
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        refuse(field, f"{value!r} bukan angka; tulis dengan titik sebagai tanda desimal, tanpa satuan")
    number = Decimal(value)
    if not number.is_finite():
        refuse(field, "bukan angka yang terhingga")
    if above is not None and number <= above:
        refuse(field, f"harus lebih dari {above}, tertulis {number}")
    if number < least:
        refuse(field, f"tidak boleh kurang dari {least}, tertulis {number}")
    if number > most:
        refuse(field, f"tidak masuk akal: {number} lebih dari {most}")
    if number.as_tuple().exponent < -8:
        refuse(field, "lebih dari delapan angka di belakang koma")
    return number


def count_of(value: Any, field: str, *, least: int = 1, most: int = LARGEST_COUNT) -> int:
    """A whole number; also when it is quoted."""
    number = decimal_of(value, field, least=least, most=most)
    if number != number.to_integral_value():
        refuse(field, f"harus bilangan bulat, tertulis {number}")
    return int(number)


def rupiah_of(value: Any, field: str, *, least: int = 1, most: int = LARGEST_RUPIAH) -> int:
    """Whole rupiah as an integer: neither `150000.0` nor `"150.000"` is money."""
    if isinstance(value, bool) or not isinstance(value, int):
        refuse(field, f"rupiah harus bilangan bulat tanpa tanda kutip, titik, atau desimal; tertulis {str(value)!r}")
    if value < least:
        refuse(field, f"tidak boleh kurang dari {least} rupiah, tertulis {value}")
    if value > most:
        refuse(field, f"tidak masuk akal: {value} rupiah")
    return value


def in_table(value: Decimal, table: Collection[Decimal], field: str) -> Decimal:
    """The coefficient, when its table has it."""
    if value not in table:
        refuse(field, f"koefisien {value} tidak ada dalam tabelnya ({', '.join(map(str, sorted(table)))})")
    return value


def weight_times_index(value: Any, field: str) -> tuple[Decimal, Decimal, str]:
    """`0.25 x 0.40 sederhana` as weight, index and the words behind."""
    found = TIMES.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        refuse(field, "harus berupa 'bobot x indeks', misalnya '0.25 x 0.40 sederhana'")
    return Decimal(found[1]), Decimal(found[2]), found[3].strip()
