"""Who may sign what under which decree, and which initials may be left out when."""

from dataclasses import dataclass
from typing import Literal

from pydantic import Field, model_validator

from catalogue.officers import Dated, Decree, Officer

Document = Literal["licence", "skrd", "nota_perhitungan"]
ExceptionKind = Literal["urgent", "secret"]
EXCEPTION_NAMES: dict[ExceptionKind, str] = {"urgent": "mendesak", "secret": "rahasia"}


class Authority(Dated):
    """Leave to sign one kind of document, given to a role by a decree, for all types or for those named.

    Types that are named leave the authority over all types. `unit_of_place`: the seat is that of the kecamatan in which
    the place of the application lies.
    """

    id: str
    document: Document
    role: str
    unit: str | None = None
    unit_of_place: bool = False
    on_behalf_of: str | None = None
    scope: Literal["all"] | frozenset[str] = "all"
    decree: Decree
    source: str
    placeholder: bool = Field(default=False, description="the scope is not known from any source of the city")

    @model_validator(mode="after")
    def _stands_on_its_decree(self) -> "Authority":
        if self.decree.date > self.since:
            raise ValueError(f"begins on {self.since}, before its decree of {self.decree.date}")
        if self.unit is not None and self.unit_of_place:
            raise ValueError("sits in one unit or in that of the place, not in both")
        return self

    def covers(self, type_code: str) -> bool:
        """Whether the licence type lies within the scope."""
        return self.scope == "all" or type_code in self.scope

    def rivals(self, other: "Authority") -> bool:
        """Whether some paper on some day would have two signatories by these two, with no rule between them."""
        if self.scope == "all" or other.scope == "all":
            same_types = self.scope == other.scope
        else:
            same_types = bool(self.scope & other.scope)
        same_unit = None in (self.unit, other.unit) or self.unit == other.unit
        return self.document == other.document and same_types and same_unit and self.overlaps(other)


class InitialException(Dated):
    """Leave to bring a paper to its signatory without some initials, because it is urgent or secret.

    `invoked_by` are the roles that may say so, each time with a reason; `seen_by`, for a secret paper, the roles that
    may look at it.
    """

    id: str
    kind: ExceptionKind
    document: Document
    skips: frozenset[str] = Field(min_length=1)
    invoked_by: frozenset[str] = Field(min_length=1)
    seen_by: frozenset[str] = frozenset()
    reason: str = Field(min_length=5)
    decree: Decree
    source: str

    @model_validator(mode="after")
    def _stands_on_its_decree(self) -> "InitialException":
        if self.decree.date > self.since:
            raise ValueError(f"begins on {self.since}, before its decree of {self.decree.date}")
        if (self.kind == "secret") != bool(self.seen_by):
            raise ValueError("seen_by says who may look at a secret paper, and belongs to no other")
        return self


@dataclass(frozen=True)
class Signing:
    """The one person who may sign a paper on a day, and the authority under which."""

    authority: Authority
    signatory: Officer
