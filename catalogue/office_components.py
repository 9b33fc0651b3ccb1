"""What the office states once for all its licence types: premises, staff, oversight, complaints, guarantees.

A type has the other components of its own (`components.py`). `source` names the paper, in words for the public.
"""

from functools import cache
from pathlib import Path

from pydantic import Field, PositiveInt, field_validator, model_validator

from catalogue.licence_type import Bidang
from catalogue.reading import DATA, Entry, build, read_yaml

FILE = "office_components.yaml"


class Stated(Entry):
    """One line of a component, and the paper that says so."""

    text: str = Field(min_length=3)
    source: str = Field(min_length=3)

    @field_validator("text")
    @classmethod
    def _only_known_places(cls, text: str) -> str:
        try:
            text.format(bidang="", agencies="")
        except (KeyError, IndexError, ValueError):
            raise ValueError("only {bidang} and {agencies} can be filled in") from None
        return text


Lines = list[Stated]
Some = Field(min_length=1)


class Staff(Entry):
    """How many people serve: at the counters, and in each Bidang."""

    source: str = Field(min_length=3)
    counters: PositiveInt
    bidang: dict[Bidang, PositiveInt]

    @model_validator(mode="after")
    def _every_bidang(self) -> "Staff":
        if missing := sorted({"jasa_usaha", "tertentu", "non_perizinan"} - self.bidang.keys()):
            raise ValueError(f"no number of people for {missing[0]}")
        return self


class OfficeComponents(Entry):
    """The components that hold for every type. `{bidang}` and `{agencies}` stand for the type's own."""

    facilities: Lines = Some
    competencies: Lines = Some
    team_competence: Stated
    internal_oversight: Lines = Some
    complaint_channels: Lines = Some
    staff: Staff
    service_guarantee: Lines = Some
    safety_guarantee: Lines = Some
    evaluation: Lines = Some


def load_office_components(root: Path = DATA) -> OfficeComponents:
    """Read and check `root/office_components.yaml`; `CatalogueFault` names the key that is wrong."""
    file = root / FILE
    return build(OfficeComponents, read_yaml(file), file)


@cache
def office_components() -> OfficeComponents:
    """Those in the package, read once."""
    return load_office_components()
