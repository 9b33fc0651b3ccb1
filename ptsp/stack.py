"""`ptsp up | down | status`: the office on this machine."""

import json
import time
from pathlib import Path
from typing import Annotated

import typer

from deploy import stack
from deploy.stack import Home, PartStatus
from deploy.stack.environments import public_url
from deploy.stack.ports import ports
from ptsp.people import at_the_gate, demo_people

HomeOption = Annotated[
    Path | None,
    typer.Option("--home", metavar="DIR", help="Data folder; otherwise PTSP_HOME, otherwise .ptsp in the project."),
]
_COLUMNS = "{:<16}{:<10}{:>8}{:>7}{:>10}{:>10}{:>9}  {}"


def up(
    home: HomeOption = None,
    people: Annotated[bool, typer.Option("--people", help="Also print demo accounts, one per role.")] = False,
) -> None:
    """Start everything: broker, database, two sites, mail, the rooms, gate and portal. Harmless when it is up."""
    folder, began = Home.at(home), time.monotonic()
    stack.up(home, say=typer.echo)
    typer.echo(f"\nThe office is open ({time.monotonic() - began:.1f} s).")
    for name, value in addresses(folder).items():
        typer.echo(f"  {name:<20}{value}")
    if people:
        typer.echo(f"\nDemo accounts (kept in {folder.etc / 'people.json'}); officers sign in at {at_the_gate(folder)}")
        for person in demo_people(folder):
            typer.echo(f"  {person.role:<24}{person.name:<42}{person.passphrase:<24}{person.who}")


def down(
    home: HomeOption = None,
    erase: Annotated[bool, typer.Option("--erase", help="Also remove the data folder with everything in it.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Confirms --erase.")] = False,
) -> None:
    """Stop everything, rooms first. Data stay, unless --erase."""
    folder = Home.at(home)
    if erase and not yes:
        typer.echo(
            f"--erase removes {folder.root}: all queues, records, documents, mail and keys. Add --yes.", err=True
        )
        raise typer.Exit(2)
    stack.down(home, erase=erase, say=typer.echo)


def status(
    home: HomeOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="The same as JSON, alone on standard output.")] = False,
) -> None:
    """What runs, how long, how often it was restarted, how much memory it takes. Exit code 0 only when all is well."""
    folder = Home.at(home)
    parts = stack.parts(home)
    well = bool(parts) and all(part.well for part in parts.values())
    if as_json:
        typer.echo(json.dumps(_report(folder, parts, well), indent=1))
    elif not parts:
        typer.echo(f"the stack in {folder.root} is not up")
    else:
        typer.echo(_COLUMNS.format("part", "state", "pid", "port", "up", "restarts", "memory", "").rstrip())
        for part in parts.values():
            typer.echo(_line(part))
        typer.echo(
            f"{_sum(parts, 'rss') / 1e6:.0f} MB in all ({_sum(parts, 'pss') / 1e6:.0f} MB when what processes share is "
            f"counted once); logs in {folder.log}"
        )
    raise typer.Exit(0 if well else 1)


def addresses(home: Home) -> dict[str, str]:
    """Where a person finds things. Passwords stay in the credentials file."""
    known = ports(home)
    return {
        "portal": public_url(known),
        "broker management": f"http://127.0.0.1:{known['management']}  (users and passwords: credentials below)",
        "broker metrics": f"http://127.0.0.1:{known['prometheus']}/metrics",
        "mail that was sent": str(home.mailbox),
        "data": str(home.data),
        "logs": str(home.log),
        "credentials": str(home.etc / "credentials.json"),
    }


def _report(home: Home, parts: dict[str, PartStatus], well: bool) -> dict:
    return {
        "home": str(home.root),
        "well": well,
        "portal_url": public_url(ports(home)) if "portal" in parts else None,
        "rss": _sum(parts, "rss"),
        "pss": _sum(parts, "pss"),
        "parts": [part.as_dict() for part in parts.values()],
    }


def _sum(parts: dict[str, PartStatus], measure: str) -> int:
    return sum(getattr(part, measure) for part in parts.values())


def _line(part: PartStatus) -> str:
    return _COLUMNS.format(
        part.name,
        part.state,
        part.pid or "-",
        part.port or "-",
        "-" if part.seconds is None else _age(part.seconds),
        part.restarts,
        f"{part.rss / 1e6:.0f} MB" if part.rss else "-",
        part.reason or "",
    ).rstrip()


def _age(seconds: float) -> str:
    hours, rest = divmod(int(seconds), 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}"
