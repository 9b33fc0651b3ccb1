"""Which office a command speaks to: the one the environment names, otherwise the stack on this machine."""

import os
from pathlib import Path

from pymongo import MongoClient
from rich.console import Console

from deploy import stack
from plumbing.messaging.operations.broker import Broker
from plumbing.settings import PREFIX, OfficeSettings

WIDTH = 100  # columns, where the output goes to no screen


def office_settings(home: Path | None = None) -> OfficeSettings:
    """Settings of the office end. Raises SettingsError (environment) or StackProblem (no stack in the data folder)."""
    named = {f"{PREFIX}{name.upper()}" for name in OfficeSettings.model_fields}
    if home is None and (named | {f"{name}_FILE" for name in named}) & os.environ.keys():
        return OfficeSettings.from_environment()
    values = stack.environment(home, "office")
    return OfficeSettings(**{name.removeprefix(PREFIX).lower(): value for name, value in values.items()})


def broker_and_database(settings: OfficeSettings) -> tuple[Broker, MongoClient]:
    """The operator's two views. Nothing is dialled yet."""
    broker = Broker(settings.management_url.get_secret_value(), settings.operator_broker_url.get_secret_value())
    address = settings.database_url.get_secret_value()
    return broker, MongoClient(address, serverSelectionTimeoutMS=3000, connectTimeoutMS=2000, socketTimeoutMS=60_000)


def console() -> Console:
    """For tables: as wide as the screen, or 100 columns into a file or pipe."""
    wide = Console()
    return wide if wide.is_terminal else Console(width=WIDTH, soft_wrap=False)
