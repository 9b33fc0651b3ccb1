"""The bank statement as the office takes it: the form of the file (`bank_statement.yaml`)."""

from functools import cache
from typing import Literal

from catalogue.reading import DATA, Entry, build, read_yaml

Field = Literal["day", "reference", "text", "amount", "direction"]


class _Column(Entry):
    field: Field
    name: str
    says: str


class StatementForm(Entry):
    """Columns, words and bounds of the file. `payment_code` and `deposit` are looked for in the text of a line."""

    delimiters: tuple[str, ...]
    columns: tuple[_Column, ...]
    directions: dict[Literal["in", "out"], str]
    payment_code: str
    no_code: str
    deposit: str
    most_lines: int
    most_characters: int
    source: str
    assumed: bool

    @property
    def names(self) -> list[str]:
        """The first line of a file."""
        return [column.name for column in self.columns]


@cache
def statement_form() -> StatementForm:
    """Read once."""
    file = DATA / "bank_statement.yaml"
    return build(StatementForm, read_yaml(file), file)
