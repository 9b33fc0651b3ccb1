"""Reading catalogue files: fast, strict, and with the file named in every complaint."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

DATA = Path(__file__).parent
DATE = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
Model = TypeVar("Model", bound=BaseModel)


class CatalogueFault(Exception):
    """A catalogue file is wrong. Names the file and the key; a service that meets it does not start."""

    def __init__(self, file: Path, key: str, reason: str):
        super().__init__(f"{file.parent.name}/{file.name}: {key}: {reason}")
        self.file, self.key, self.reason = file, key, reason


class Entry(BaseModel):
    """Base of everything read from the catalogue: frozen, unknown keys refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


def _no_float(value: Any) -> Any:
    if isinstance(value, float):
        raise ValueError("write decimals in quotes: a YAML float has already lost the exact figure")
    return value


ExactDecimal = Annotated[Decimal, BeforeValidator(_no_float)]
"""A Decimal that was never a float: an integer or a quoted number in the YAML."""


class _Loader(yaml.CSafeLoader):
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict:
        mapping = super().construct_mapping(node, deep=deep)
        if len(mapping) != len(node.value):
            raise yaml.constructor.ConstructorError(None, None, "a key stands twice", node.start_mark)
        return mapping


def read_yaml(file: Path) -> dict:
    """The mapping in `file`. `CatalogueFault` when it is missing, is not YAML, has a key twice or is no mapping."""
    try:
        data = yaml.load(file.read_bytes(), Loader=_Loader)
    except FileNotFoundError:
        raise CatalogueFault(file, "-", "the file is missing") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line = f"line {mark.line + 1}" if mark else "-"
        raise CatalogueFault(file, line, str(getattr(error, "problem", error))) from error
    except ValueError as error:  # a date such as 2018-13-01: YAML takes its form for one, and it is none
        raise CatalogueFault(file, _line_of_no_date(file), f"this is no date: {error}") from error
    if not isinstance(data, dict):
        raise CatalogueFault(file, "-", "the file must hold a mapping")
    return data


def _line_of_no_date(file: Path) -> str:
    """`line 7`, where a text that looks like a date is none; `-` when there is none."""
    for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
        for year, month, day in DATE.findall(line):
            try:
                date(int(year), int(month), int(day))
            except ValueError:
                return f"line {number}"
    return "-"


def build(model: type[Model], data: Any, file: Path) -> Model:
    """`model` made of `data`; a validation error becomes a `CatalogueFault` that names `file` and the first key."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "-"
        unknown = first["type"] == "extra_forbidden"
        reason = f"unknown key; {_known_keys(model, first['loc'])}" if unknown else first["msg"]
        raise CatalogueFault(file, key, reason.removeprefix("Value error, ")) from error


def _known_keys(model: type[BaseModel], place: tuple[int | str, ...]) -> str:
    """What may stand at that place, when it is the outermost; otherwise what to do."""
    if len(place) > 1:
        return "take it out, or write it as its neighbours do"
    return f"there are {', '.join(field.alias or name for name, field in model.model_fields.items())}"
