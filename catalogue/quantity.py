"""What an applicant declares so that a retribution can be computed, and how the office reads it."""

import re
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field, model_validator

from catalogue.path import SLUG
from catalogue.reading import Entry, ExactDecimal
from values.refusal import Refusal

DECIMAL_TEXT = re.compile(r"-?\d{1,15}(\.\d{1,2})?", re.ASCII)
WRITTEN_HERE = str.maketrans(",.", ".,")


class Choice(Entry):
    """One permitted answer to a choice, and the index it multiplies the tariff with."""

    name: str
    index: ExactDecimal = Field(default=Decimal(1), ge=0)


class Quantity(Entry):
    """Something the applicant declares so that the retribution can be computed. `default` counts when nothing is said
    of it."""

    code: str = Field(pattern=SLUG)
    name: str
    unit: str | None = None
    kind: Literal["integer", "decimal", "choice"]
    minimum: ExactDecimal | None = None
    maximum: ExactDecimal | None = None
    choices: dict[str, Choice] = Field(default_factory=dict)
    default: int | str | None = None

    @model_validator(mode="after")
    def _limits_fit_the_kind(self) -> "Quantity":
        if (self.kind == "choice") != bool(self.choices):
            raise ValueError("choices belong to a choice, and a choice needs them")
        if (self.kind != "choice") != (self.minimum is not None and self.maximum is not None):
            raise ValueError("a number needs minimum and maximum, a choice has none")
        if self.default is not None:
            try:
                self.read(self.default)
            except Refusal as no:
                raise ValueError(f"default {self.default!r}: {no.message}") from no
        return self

    def read(self, value: Any) -> int | Decimal | str:
        """`value` as the office keeps it: an int, a Decimal or the code of a choice.

        Takes an int for an integer, an int or a text such as `"72.50"` (at most two decimals) for a decimal, a code
        for a choice. Anything else is a `Refusal(invalid_quantity)` with the quantity as field.
        """
        if self.kind == "choice":
            if not isinstance(value, str) or value not in self.choices:
                raise self._refusal(f"harus salah satu dari: {', '.join(self.choices)}")
            return value
        if isinstance(value, bool):
            raise self._refusal("harus berupa angka")
        if self.kind == "integer":
            if not isinstance(value, int):
                raise self._refusal("harus berupa bilangan bulat")
            number: int | Decimal = value
        elif isinstance(value, int) or (isinstance(value, str) and DECIMAL_TEXT.fullmatch(value)):
            number = Decimal(value)
        else:
            raise self._refusal("harus berupa angka tanpa titik ribuan, paling banyak dua desimal: 1200 atau 72,5")
        if not self.minimum <= number <= self.maximum:
            least, most = (f"{each:,f}".translate(WRITTEN_HERE) for each in (self.minimum, self.maximum))
            raise self._refusal(f"harus antara {least} dan {most} {self.unit or ''}".rstrip())
        return number

    def index_of(self, value: str) -> Decimal:
        """The index of a chosen answer."""
        return self.choices[value].index

    def _refusal(self, reason: str) -> Refusal:
        return Refusal(
            "invalid_quantity", f"{self.name} {reason}.", field=self.code, remedy="Perbaiki isian lalu kirim kembali."
        )
