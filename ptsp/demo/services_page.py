"""The report of `ptsp demo --services` as one page, in the manner of the other."""

from typing import Any

from ptsp.demo.page import environment
from ptsp.demo.services_words import OUTCOMES, kept, time_used


def render(report: dict[str, Any]) -> str:
    """The whole page as HTML."""
    pages = environment()
    pages.filters |= {"time_used": time_used, "kept": kept}
    return pages.get_template("services.html.jinja").render(report=report, outcomes=OUTCOMES)
