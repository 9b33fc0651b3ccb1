"""Settings from the environment, each also as a file, and everything that is wrong with them said at once."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

from pydantic import ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "PTSP_"


class SettingsError(Exception):
    """What is missing or wrong in the environment, all of it, by variable name and without any value."""

    def __init__(self, problems: dict[str, str]):
        self.problems = problems
        lines = [f"  {name}: {problem}" for name, problem in sorted(problems.items())]
        super().__init__("the environment does not say what this process needs:\n" + "\n".join(lines))


class FromEnvironment(BaseSettings):
    """What a process is told from outside: `PTSP_NAME`, or the file that `PTSP_NAME_FILE` names."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True, hide_input_in_errors=True)

    @classmethod
    def settings_customise_sources(
        cls, settings_cls: type[BaseSettings], init_settings: Any, env_settings: Any, **_: Any
    ) -> tuple[Any, ...]:
        """The environment only: no .env file that somebody forgot."""
        return init_settings, env_settings

    @classmethod
    def from_environment(cls) -> Self:
        """Read and check everything. Raises SettingsError with every problem there is."""
        from_files, problems = _named_files(cls.model_fields)
        try:
            settings = cls(**from_files)
        except ValidationError as error:
            for each in error.errors(include_input=False, include_context=False):
                problem = "is missing" if each["type"] == "missing" else each["msg"].removeprefix("Value error, ")
                problems.setdefault(_variable(each["loc"][0]), problem)
        if problems:
            raise SettingsError(problems)
        return settings


def _named_files(fields: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Values given by NAME_FILE, by field, without the newline at the end; and what is wrong, by variable."""
    values, problems = {}, {}
    for field in fields:
        variable = _variable(field)
        path = os.environ.get(f"{variable}_FILE")
        if path is None:
            continue
        if variable in os.environ:
            problems[variable] = f"is given twice: also as {variable}_FILE"
            continue
        try:
            values[field] = Path(path).read_text().rstrip("\r\n")
        except OSError as error:
            problems[variable] = f"{variable}_FILE cannot be read: {error.strerror}"
    return values, problems


def _variable(field: Any) -> str:
    return f"{PREFIX}{str(field).upper()}"
