"""What the office offers under one code, a licence type or a service of the secretariat, alike for who takes it in."""

from catalogue.licence_type import LicenceType
from catalogue.licences import licence_type
from catalogue.standard import ServiceStandard
from catalogue.standards_book import service_standards

Offering = LicenceType | ServiceStandard


def offering(code: str, edition: str | None = None) -> Offering:
    """The licence type (as that edition has it; None: the first) or service standard with that code.

    `Refusal(unknown_licence_type)` when the office offers neither.
    """
    standards = service_standards()
    return standards[code] if code in standards else licence_type(code, edition)
