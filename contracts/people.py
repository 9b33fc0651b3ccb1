"""Who acts: what a signed statement says of a person, and what a record keeps of them."""

from typing import Literal

from pydantic import Field

from contracts.base import Shape

Role = Literal[
    "applicant",
    "counter",
    "bidang_officer",
    "bidang_head",
    "technical_officer",
    "administration_officer",
    "administration_head",
    "tata_usaha_head",
    "head",
    "camat",
    "treasurer",
    "bank",
    "archivist",
    "operator",
    "mayor",
    "vice_mayor",
    "city_secretary",
    "assistant",
    "secretary",
    "setda_counter",
    "division_head",
    "subdivision_head",
    "division_staff",
    "information_officer",
    "information_head",
    "helpdesk",
    "verifier",
    "legal_officer",
]


class Actor(Shape):
    """A person (or the bank's system) acting in one role. `id` names an officer of the organisation, or an account."""

    id: str = Field(min_length=1, max_length=64)
    role: Role
    unit: str | None = Field(None, max_length=64, description="Bidang or SKPD the role belongs to")
    address: str | None = Field(None, max_length=64, description="from where, as the portal saw it; for the record")
