"""Spoiling a copy of the catalogue's files, to see that each fault is named."""

from pathlib import Path


def change(file: Path, old: str, new: str) -> None:
    """Put one text in the place of another that is really there."""
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file.name}"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
