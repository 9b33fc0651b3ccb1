"""The report as one page that opens anywhere: no other host, no script, light and dark, from phone to wide screen."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ptsp.demo.numerals import decimal, seconds, whole
from values.rupiah import format_rupiah

HERE = Path(__file__).parent


def environment() -> Environment:
    """Where the pages of the demonstration are drawn: nothing undefined, nothing unescaped."""
    pages = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    pages.filters |= {"whole": whole, "decimal": decimal, "seconds": seconds, "rupiah": format_rupiah}
    return pages


def render(report: dict[str, Any]) -> str:
    """The whole page as HTML."""
    keys = ("in_2016", "wanted", "applications", "issued", "refused", "withdrawn")
    shown = [row for row in report["table"] if row["in_2016"] or row["applications"]]
    return (
        environment()
        .get_template("page.html.jinja")
        .render(
            report=report,
            rows=shown,
            absent=[row for row in report["table"] if row not in shown],
            total={key: sum(row[key] for row in shown) for key in keys},
            slowest=max((step["p95"] for step in report["steps"]), default=1.0),
            numbers_given=sum(series["count"] for series in report["numbers"]),
        )
    )
