"""Organisations other than the one in the package: a copy of its files with one thing written otherwise."""

import shutil
from pathlib import Path

from catalogue.office import Organisation, load_organisation
from catalogue.reading import DATA
from tests.spoil import change

CAMAT_SIGNS = "scope: []"


def copied(root: Path) -> Path:
    """A copy of the organisation's files below `root`, to be changed."""
    return Path(shutil.copytree(DATA / "organisation", root / "organisation"))


def delegating(root: Path, *codes: str) -> Organisation:
    """The office in which the Camat signs these licence types."""
    change(copied(root) / "authorities.yaml", CAMAT_SIGNS, f"scope: [{', '.join(codes)}]")
    return load_organisation(root)
