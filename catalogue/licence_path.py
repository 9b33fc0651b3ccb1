"""The path of a licence type: its stretches (`licence_types/stretches.yaml`) laid end to end."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path as File
from typing import Any, Literal, get_args

from catalogue.path import APPLICANT, FINISHED, Act, Limit, Path
from catalogue.reading import CatalogueFault, Entry, build, read_yaml

Stretch = Literal["check_completeness", "technical_verification", "retribution", "issuance", "archive"]
ONWARD = "onward"


class Template(Entry):
    """A step as the stretches file writes it, with names still to be filled in."""

    code: str
    act: Act
    name: str
    actor: str
    limit: Limit | None = None
    outcomes: dict[str, str]
    closes_after: int | None = None
    for_each: Literal["initials"] | None = None


class _Stretches(Entry):
    stretches: dict[Stretch, list[Template]]


Stretches = Mapping[Stretch, Sequence[Template]]


def load_stretches(folder: File) -> Stretches:
    """Read `stretches.yaml` in this folder; `CatalogueFault` when one is missing or a key is wrong."""
    file = folder / "stretches.yaml"
    found = build(_Stretches, read_yaml(file), file).stretches
    if missing := [name for name in get_args(Stretch) if not found.get(name)]:
        raise CatalogueFault(file, f"stretches.{missing[0]}", "is missing")
    return found


def check_actors(folder: File, stretches: Stretches, roles: Collection[str]) -> None:
    """`CatalogueFault` for a step of a stretch that nobody can do."""
    for name, steps in stretches.items():
        for step in steps:
            if "{" not in step.actor and step.actor not in roles:
                reason = f"nobody has the role {step.actor!r}; the roles are in organisation/roles*.yaml"
                raise CatalogueFault(folder / "stretches.yaml", f"stretches.{name}.{step.code}.actor", reason)


def path_of(
    names: Sequence[str],
    stretches: Stretches,
    *,
    initials: Sequence[str],
    signed_by: str,
    role_names: Mapping[str, str],
    file: File,
) -> Path:
    """The steps of these stretches, each outcome leading to a step by its code. A fault names the type's `file`."""
    if unknown := [name for name in names if name not in stretches]:
        raise CatalogueFault(file, "stretches", f"unknown: {unknown[0]!r}; there are {', '.join(get_args(Stretch))}")
    signs = {"signed_by": signed_by, "signed_by_name": role_names.get(signed_by, signed_by)}
    steps: list[dict[str, Any]] = []
    for template in (template for name in names for template in stretches[name]):
        for role in initials if template.for_each else [None]:
            words = signs | ({"role": role, "role_name": role_names.get(role, role)} if role else {})
            steps.append(_filled(template, words))
    for place, step in enumerate(steps):
        following = next((s["code"] for s in steps[place + 1 :] if s["actor"] != APPLICANT), FINISHED)
        step["outcomes"] = {name: following if to == ONWARD else to for name, to in step["outcomes"].items()}
    return build(Path, {"steps": steps}, file)


def _filled(template: Template, words: Mapping[str, str]) -> dict[str, Any]:
    filled = template.model_dump(exclude={"for_each"})
    return filled | {key: filled[key].format(**words) for key in ("code", "name", "actor")}
