"""Which papers that are asked for are licences of this office (`depends.yaml`): there a file can depend on another."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from catalogue.licences import licence_types
from catalogue.reading import DATA, CatalogueFault, Entry, build, read_yaml


class _Depends(Entry):
    papers: dict[str, str]


def load_depends(root: Path = DATA) -> Mapping[str, str]:
    """Licence type by the code of the paper. `CatalogueFault` for a type or a paper there is none of."""
    file = root / "depends.yaml"
    papers = build(_Depends, read_yaml(file), file).papers
    types = licence_types()
    asked = {requirement.code for kind in types.values() for requirement in kind.requirements}
    for paper, code in papers.items():
        if code not in types:
            raise CatalogueFault(file, f"papers.{paper}", f"unknown: {code!r}")
        if paper not in asked:
            raise CatalogueFault(file, f"papers.{paper}", "no type asks for it")
    return MappingProxyType(papers)


@cache
def _papers() -> Mapping[str, str]:
    return load_depends()


def licence_for(requirement: str) -> str | None:
    """The type whose licence this paper is; None for any other paper."""
    return _papers().get(requirement)
