"""Which office a command speaks to: the one the environment names, otherwise the stack on this machine."""

import os
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from deploy import stack
from plumbing.messaging.operations.tools import Tools
from plumbing.settings import PREFIX, OfficeSettings

WIDTH = 100  # columns, where the output goes to no screen


def office_settings(home: Path | None = None) -> OfficeSettings:
    """Settings of the office end. Raises SettingsError (environment) or StackProblem (no stack in the data folder)."""
    named = {f"{PREFIX}{name.upper()}" for name in OfficeSettings.model_fields}
    if home is None and (named | {f"{name}_FILE" for name in named}) & os.environ.keys():
        return OfficeSettings.from_environment()
    values = stack.environment(home, "office")
    return OfficeSettings(**{name.removeprefix(PREFIX).lower(): value for name, value in values.items()})


def tools_of(settings: OfficeSettings) -> Tools:
    """The operator's hands. Nothing is dialled yet."""
    addresses = (settings.management_url, settings.operator_broker_url, settings.database_url)
    return Tools.of(*(address.get_secret_value() for address in addresses), patience_ms=60_000)


def console() -> Console:
    """For tables: as wide as the screen, or 100 columns into a file or pipe."""
    wide = Console()
    return wide if wide.is_terminal else Console(width=WIDTH, soft_wrap=False)


def columns(*names: str) -> Table:
    """A table in which nothing is cut off: what is too long goes on in the next line."""
    made = Table(box=SIMPLE_HEAD)
    for name in names:
        made.add_column(name, overflow="fold")
    return made
