"""Every generated file of the house: what should stand in it, whether it does, and writing it."""

import json
from collections.abc import Iterator
from typing import Any

from contracts.base import Event
from deploy.maps import asyncapi, flow, schemas
from deploy.maps.doors import PROJECT, declared

FOLDERS = ("contracts/schemas", "contracts/examples")  # nothing else may lie in these


def drawings() -> dict[str, str]:
    """Path in the project -> the text that belongs there."""
    return {
        "docs/flow.md": flow.text(),
        "contracts/asyncapi.json": _json(asyncapi.document()),
        **{f"contracts/schemas/{schemas.file_name(m)}.json": _json(schemas.schema(m)) for m in schemas.all_messages()},
        **{f"contracts/examples/{e.room}.{e.__name__}.json": _json(schemas.example(e)) for e in declared(Event)},
    }


def stale() -> list[str]:
    """Files that are missing, differ from what would be drawn, or are left over from a message that is gone."""
    wanted = drawings()
    return [path for path, text in wanted.items() if _on_disk(path) != text] + list(_left_over(wanted))


def draw() -> list[str]:
    """Write what is stale and remove what is left over. Returns the paths it touched."""
    wanted = drawings()
    touched = stale()
    for path in touched:
        place = PROJECT / path
        if path in wanted:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(wanted[path], encoding="utf-8")
        else:
            place.unlink()
    return touched


def _on_disk(path: str) -> str | None:
    place = PROJECT / path
    return place.read_text(encoding="utf-8") if place.is_file() else None


def _left_over(wanted: dict[str, str]) -> Iterator[str]:
    for folder in FOLDERS:
        for place in sorted((PROJECT / folder).rglob("*")):
            path = str(place.relative_to(PROJECT))
            if place.is_file() and path not in wanted:
                yield path


def _json(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
