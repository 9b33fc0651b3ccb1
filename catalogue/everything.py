"""All that the office decided, read at once: a service that meets a fault in it does not start."""

from catalogue.editions import editions
from catalogue.force_majeure import force_majeure
from catalogue.licences import licence_types
from catalogue.office_calendar import office_hours
from catalogue.office_components import office_components
from catalogue.standards_book import service_standards


def load_everything() -> None:
    """Read and check all editions, standards, components, hours, declarations; `CatalogueFault` names file and key."""
    for edition in editions():
        licence_types(edition)
    service_standards(), office_components(), office_hours(), force_majeure()
