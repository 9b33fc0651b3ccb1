"""The unnumbered lines of table 3.2.4 that stand above rows belonging together."""

from pydantic import Field

from catalogue.licence_type import YearlyCounts
from catalogue.reading import Entry


class Difference(Entry):
    """Licences a header counts beyond its rows, and the row the yearly mix gives them to."""

    year: int
    count: int
    attributed_to: str
    reason: str


class Header(YearlyCounts):
    """An unnumbered line above rows that belong together. `counted`: the yearly sum takes it instead of its rows."""

    code: str
    name: str
    counted: bool
    reason: str
    differences: list[Difference] = Field(default_factory=list)
