"""The pages: one file per thing a visitor wants, each with its `router`."""

from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType


def every_page() -> Iterator[ModuleType]:
    """Each file in this folder, by name. A page is added by adding its file."""
    for found in iter_modules(__path__):
        yield import_module(f"{__name__}.{found.name}")
