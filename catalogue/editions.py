"""Editions of the catalogue: the licence types as they hold from a day on; a file keeps the edition it began under.

The first edition is `licence_types/`. Each later one is a folder `editions/<code>/licence_types/` with only the files
that change, each of them whole; it is laid over all earlier ones.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

from pydantic import Field

from catalogue.licence_type import LicenceType
from catalogue.reading import DATA, CatalogueFault, Entry, build, read_yaml
from values.refusal import Refusal

TYPE_FILE = re.compile(r"(\d\d)_[a-z0-9_]+\.yaml", re.ASCII)
SHARED_FILES = ("defaults.yaml", "documents.yaml", "headers.yaml", "stretches.yaml", "transactions.yaml")


class Edition(Entry):
    """One edition: in force from `published` until the day the next one is published.

    `decree` is what it rests on, None where no source names it; `source` says how the change is known. `about` is read
    by the public, so it is Indonesian.
    """

    code: str = Field(pattern=r"^\d{4}-\d{2}[a-z]?$")
    published: date
    decree: str | None = Field(min_length=3)
    about: str = Field(min_length=3)
    source: str = Field(min_length=3)


class _Editions(Entry):
    editions: list[Edition] = Field(min_length=1)


def load_editions(root: Path = DATA) -> Mapping[str, Edition]:
    """Read and check `root/editions`: the editions by code, in order of the day they begin.

    `CatalogueFault` for a code or a day that stands twice, days out of order, an edition without its folder, a folder
    that is no edition, a file in it that would never be read.
    """
    file = root / "editions" / "editions.yaml"
    listed = build(_Editions, read_yaml(file), file).editions
    codes = [edition.code for edition in listed]
    defaults = root / "licence_types" / "defaults.yaml"
    if (first := read_yaml(defaults).get("edition")) != codes[0]:
        raise CatalogueFault(defaults, "edition", f"{first!r}, but the first edition is {codes[0]}; write that one")
    for place, edition in enumerate(listed):
        if edition.code in codes[:place]:
            raise CatalogueFault(file, f"editions.{place}.code", f"{edition.code!r} stands twice; give it its own")
    for place, (earlier, later) in enumerate(pairwise(listed), start=1):
        if later.published <= earlier.published:
            reason = f"{later.published} is not after {earlier.published}, the day of {earlier.code}; list by date"
            raise CatalogueFault(file, f"editions.{place}.published", reason)
        if not _changed_files(root, later.code):
            reason = f"{later.code} changes nothing; put its files into editions/{later.code}/licence_types/"
            raise CatalogueFault(file, f"editions.{place}.code", reason)
    for folder in sorted(path for path in (root / "editions").iterdir() if path.is_dir()):
        if folder.name not in codes[1:]:
            raise CatalogueFault(file, "editions", f"the folder {folder.name} is no later edition; list or remove it")
    return {edition.code: edition for edition in listed}


@cache
def editions() -> Mapping[str, Edition]:
    """The editions in the package by code, in order of the day they begin; read once."""
    return load_editions()


def edition_on(day: date) -> Edition:
    """The edition in force on that day; before the first one, the first."""
    listed = list(editions().values())
    return next((edition for edition in reversed(listed) if edition.published <= day), listed[0])


def edition(code: str) -> Edition:
    """The edition with that code; `Refusal(unknown_edition)` when there is none."""
    try:
        return editions()[code]
    except (KeyError, TypeError):
        raise Refusal(
            "unknown_edition",
            "Edisi katalog ini tidak ada.",
            field="edition",
            remedy=f"Pilih salah satu edisi: {', '.join(editions())}.",
        ) from None


def overlays(code: str) -> tuple[str, ...]:
    """The later editions that make up that one, in order, itself included: none for the first.

    `Refusal(unknown_edition)` for no edition.
    """
    codes = list(editions())
    return tuple(codes[1 : codes.index(edition(code).code) + 1])


def type_files(root: Path = DATA, laid_over: Iterable[str] = ()) -> dict[str, Path]:
    """The files of the licence types by their name: those of the first edition with those of later ones laid over.

    `laid_over` are the codes of the later editions in their order. `CatalogueFault` for a file that would never be
    read, and for a second file with one number.
    """
    files = _yaml_files(root / "licence_types")
    for code in laid_over:
        files |= _changed_files(root, code)
    numbers: dict[str, str] = {}
    for name, file in sorted(files.items()):
        if match := TYPE_FILE.fullmatch(name):
            if match[1] in numbers:
                reason = f"number {match[1]} is taken by {numbers[match[1]]}; a type keeps its number and its code"
                raise CatalogueFault(file, "number", reason)
            numbers[match[1]] = name
    return files


def check_history(
    older: Mapping[str, LicenceType], newer: Mapping[str, LicenceType], files: Mapping[str, Path]
) -> None:
    """What was counted stays as printed, in every edition. `CatalogueFault` names the file of `newer` that differs.

    `newer` has every type of `older`: an edition lays files over those before it and takes none away.
    """
    for code, before in older.items():
        after, file = newer[code], files[type_file(before)]
        if (after.counts, after.printed_name) != (before.counts, before.printed_name):
            raise CatalogueFault(file, "counts", "differ from the edition before; what was counted stays as printed")
        lines = {line.code: line for line in after.lines}
        for line in before.lines:
            if line.code not in lines or lines[line.code].counts != line.counts:
                reason = "differs from the edition before or is gone; one no longer offered stays, `offered: false`"
                raise CatalogueFault(file, f"lines.{line.code}", reason)


def type_file(kind: LicenceType) -> str:
    """What the file of a type is called: `01_imb.yaml`."""
    return f"{kind.number:02d}_{kind.code}.yaml"


def _changed_files(root: Path, code: str) -> dict[str, Path]:
    files = _yaml_files(root / "editions" / code / "licence_types")
    if "transactions.yaml" in files:
        reason = "what may be asked for is the same in every edition; change it in licence_types/"
        raise CatalogueFault(files["transactions.yaml"], "-", reason)
    return files


def _yaml_files(folder: Path) -> dict[str, Path]:
    files = {file.name: file for file in sorted(folder.glob("*.y*ml"))}
    for name, file in files.items():
        if name not in SHARED_FILES and not TYPE_FILE.fullmatch(name):
            reason = "a file of this name is never read; call it by number and code, such as 18_iptm.yaml"
            raise CatalogueFault(file, "-", reason)
    return files
