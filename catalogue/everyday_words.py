"""How people ask for what the office offers: everyday words and what they mean, from `everyday_words.yaml`."""

from collections.abc import Collection
from functools import cache
from pathlib import Path

from pydantic import Field

from catalogue.licences import licence_types
from catalogue.reading import DATA, CatalogueFault, Entry, build, read_yaml
from catalogue.standards_book import service_standards


class Group(Entry):
    """Words and phrases that mean the same: `means` are codes of types and services, the likeliest first."""

    say: list[str] = Field(min_length=1)
    means: list[str] = Field(min_length=1)


class EverydayWords(Entry):
    """All groups, and `empty`: the words that say nothing about what is wanted."""

    groups: list[Group]
    empty: frozenset[str]


def load_everyday_words(root: Path = DATA, *, codes: Collection[str]) -> EverydayWords:
    """Read and check the list. `CatalogueFault` for a code the office does not offer, or words in capitals."""
    file = root / "everyday_words.yaml"
    words = build(EverydayWords, read_yaml(file), file)
    for n, group in enumerate(words.groups):
        if strangers := [code for code in group.means if code not in codes]:
            raise CatalogueFault(file, f"groups.{n}.means", f"unknown: {strangers[0]!r}")
        if loud := [said for said in group.say if said != said.lower()]:
            raise CatalogueFault(file, f"groups.{n}.say", f"{loud[0]!r} is not in small letters")
    return words


@cache
def everyday_words() -> EverydayWords:
    """The list in the package, read once."""
    return load_everyday_words(codes=[*licence_types(), *service_standards()])
