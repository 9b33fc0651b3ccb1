"""Cases of a file, computed and compared with what they expect."""

import json
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

import yaml

from catalogue.retribution.formulas import compute
from catalogue.retribution.note import Note, shown
from values.refusal import Refusal

NOT_ASSERTED = {"published_but_inconsistent"}
CASE_KEYS = {
    "id", "formula", "status", "authority", "inputs", "expected", "rounding", "recomputes", "source", "note",
}  # fmt: skip
PRINTED = ("printed_", "recomputed_")  # a key of an inconsistent source: what it prints, and what its figures give


class _Loader(yaml.CSafeLoader):
    """YAML without floats: 100.0 becomes Decimal, `.nan` and `.inf` too (and are refused where a number is due)."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        mapping = super().construct_mapping(node, deep=deep)
        if len(mapping) != len(node.value):
            raise yaml.constructor.ConstructorError(None, None, "satu isian tertulis dua kali", node.start_mark)
        return mapping


def _exact(loader: yaml.CSafeLoader, node: yaml.ScalarNode) -> Decimal | str:
    text = loader.construct_scalar(node)
    try:
        return Decimal(text.replace("_", "").replace(".inf", "inf").replace(".nan", "nan").lower())
    except InvalidOperation:
        return text


_Loader.add_constructor("tag:yaml.org,2002:float", _exact)


@dataclass(frozen=True)
class Compared:
    """One expected key: what was expected, what was computed, and the difference (rupiah or number, else words)."""

    key: str
    expected: Any
    computed: Any
    difference: str

    def as_dict(self) -> dict[str, Any]:
        return {k: shown(getattr(self, k)) for k in ("key", "expected", "computed", "difference")}


@dataclass(frozen=True)
class Quoted:
    """A case after it was computed: its note and comparison, or the refusal."""

    id: str
    formula: str
    status: str
    asserted: bool
    note: Note | None = None
    refused: Refusal | None = None
    compared: list[Compared] = field(default_factory=list)

    @property
    def outcome(self) -> str:
        """refused, computed (nothing expected), equal, different, or not_asserted (wrong, but not counted)."""
        if self.refused:
            return "refused" if self.asserted else "not_asserted"
        if not self.compared:
            return "computed"
        if not any(each.difference for each in self.compared):
            return "equal"
        return "different" if self.asserted else "not_asserted"

    def as_dict(self) -> dict[str, Any]:
        refused = self.refused and {"field": self.refused.field, "reason": self.refused.message}
        return {
            "id": self.id,
            "formula": self.formula,
            "status": self.status,
            "asserted": self.asserted,
            "outcome": self.outcome,
            "refused": refused,
            "compared": [each.as_dict() for each in self.compared],
            "note": self.note and self.note.as_dict(),
        }


def read_cases(file: Path) -> list[Any]:
    """The `examples` of a YAML or JSON file. `Refusal` when it cannot be read or has none."""
    try:
        text = file.read_text(encoding="utf-8")
        data = json.loads(text, parse_float=Decimal) if file.suffix == ".json" else yaml.load(text, Loader=_Loader)
    except (OSError, UnicodeDecodeError, ValueError, yaml.YAMLError) as error:
        raise Refusal("unreadable_cases", f"{file} tidak dapat dibaca: {error}", field="FILE") from error
    examples = data.get("examples") if isinstance(data, dict) else None
    if not isinstance(examples, list) or not examples:
        raise Refusal("no_cases", f"{file} tidak memuat daftar 'examples' yang berisi.", field="FILE")
    return examples


def quote(case: Any, number: int) -> Quoted:
    """One case. Never raises for what stands in it: a wrong case is a refusal, and the others go on."""
    data = case if isinstance(case, dict) else {}
    name = str(data.get("id") or f"kasus ke-{number}")
    formula, status = str(data.get("formula")), str(data.get("status", ""))
    asserted = status not in NOT_ASSERTED and data.get("recomputes") is not False
    try:
        _check_shape(case)
        note = compute(data.get("formula"), data.get("inputs"))
        expected = data.get("expected") or {}
        compared = [_compare(key, value, note) for key, value in expected.items()]
    except Refusal as no:
        return Quoted(name, formula, status, asserted, refused=no)
    return Quoted(name, formula, status, asserted, note=note, compared=compared)


def _check_shape(case: Any) -> None:
    if not isinstance(case, dict):
        raise Refusal("bad_case", "kasus harus berupa pasangan nama dan nilai", field="examples")
    for key in case:
        if key not in CASE_KEYS:
            raise Refusal("bad_case", "isian kasus tidak dikenal", field=str(key))
    if case.get("expected") is not None and not isinstance(case["expected"], dict):
        raise Refusal("bad_case", "harus berupa pasangan nama dan nilai", field="expected")


def _compare(key: str, expected: Any, note: Note) -> Compared:
    name = next((key.removeprefix(p) for p in PRINTED if str(key).startswith(p)), key)
    if name not in note.values:
        return Compared(key, expected, None, "rumus ini tidak menghasilkan isian itu")
    computed = note.values[name]
    return Compared(key, expected, computed, difference(expected, computed))


def difference(expected: Any, computed: Any) -> str:
    """Empty when equal: numbers by value, words without regard to capitals, lists element by element."""
    if isinstance(expected, list) and isinstance(computed, list):
        if len(expected) != len(computed):
            return f"{len(computed)} baris, bukan {len(expected)}"
        found = [difference(e, c) for e, c in zip(expected, computed, strict=True)]
        return "; ".join(f"[{n}] {each}" for n, each in enumerate(found, 1) if each)
    mine, theirs = _number(computed), _number(expected)
    if isinstance(computed, int | Decimal) and mine is not None and theirs is not None:
        return "" if mine == theirs else format(mine - theirs, "+f")
    if isinstance(expected, str) and isinstance(computed, str):
        return "" if expected.casefold().split() == computed.casefold().split() else "berbeda"
    return "" if expected == computed and type(expected) is type(computed) else "berbeda"


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return None
    try:
        return Decimal(value)
    except InvalidOperation:
        return None
