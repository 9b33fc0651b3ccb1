"""`ptsp demo`: everything set up, a small 2016 driven through the office, and a report that must add up."""

from pathlib import Path
from typing import Annotated

import typer

from deploy.stack import Home

FULL = 570  # the 57,025 licences of 2016 at 1:100


def demo(
    count: Annotated[
        int | None, typer.Option(min=1, help=f"How many applications; {FULL}, the year 2016 at 1:100, when not said.")
    ] = None,
    seed: Annotated[int, typer.Option(help="Decides who applies and what happens to each file.")] = 2016,
    services: Annotated[
        bool,
        typer.Option("--services", help="Instead: each of the 21 services and of the 66 types, step by step."),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The report alone on standard output, as JSON.")] = False,
    home: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Data folder; otherwise PTSP_HOME, otherwise .ptsp in the project."),
    ] = None,
) -> None:
    """Start the office and take applications through it, from the counter to the archive on two sites.

    Exit code 0 only when all of it adds up. The report is also written to demo/report.json and demo/report.html in
    the data folder; with --services to demo/services.json and demo/services.html.
    """
    import orjson  # all of this is loaded only here: `ptsp status` should not wait for it
    from rich.console import Console

    from ptsp.demo import page, screen, services_page, services_screen
    from ptsp.demo.by_offering import by_offering
    from ptsp.demo.demonstration import demonstrate, write
    from ptsp.demo.every_offering import plan_every_offering
    from ptsp.demo.progress import Progress
    from ptsp.demo.scenario import plan

    if services and count is not None:
        raise typer.BadParameter("--services decides how many files there are: leave --count out", param_hint="--count")
    with Progress() as progress:
        files = plan_every_offering(seed) if services else plan(count or FULL, seed)
        report, ask = demonstrate(files, seed, home, progress)
        if services:
            report |= (found := by_offering(ask()))
            report["discrepancies"] += found["wrong"]
            report["adds_up"] = not report["discrepancies"]
    name, render, show = (
        ("services", services_page.render, services_screen.show) if services else ("report", page.render, screen.show)
    )
    pages = write(report, Home.at(home).root / "demo", name, render)
    if as_json:
        typer.echo(orjson.dumps(report, option=orjson.OPT_INDENT_2).decode())
    else:
        show(report, pages, Console())
    if not report["adds_up"]:
        if as_json:
            screen.verdict(report, Console(stderr=True))
        raise typer.Exit(1)
