"""What every message of the house has in common: shape, name, publisher, example.

A message is declared once, by the room that says or hears it, in `contracts/<room>.py`. Its fields may be added to
but never change their meaning; a new meaning is a new version (`docs/contracts.md` gives the order of moves).
"""

from datetime import datetime
from typing import Annotated, Any, ClassVar, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

Words = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True,
        pattern=r"^[\n\u0020-\u007e\u00a0-\u024f\u1e00-\u1eff\u2010-\u2027\u2030-\u2040\u2070-\u209c"
        r"\u20a0-\u20bf\u2190-\u2199\u2200-\u22ff]*$",
    ),
]
"""What a person wrote and a paper will print: Latin letters, figures and marks, which the fonts of our papers have.

Anything else (emoji, other scripts, control characters) is refused where it is said: the paper could not be made later.
"""


class Shape(BaseModel):
    """A typed piece of a message: unknown keys are refused, nothing changes after it was made."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Message(Shape):
    """Anything that travels on the bus. `room` is the module (or folder) that declares it: `contracts.intake`."""

    room: ClassVar[str]
    version: ClassVar[int] = 1
    example: ClassVar[dict[str, Any]]
    registry: ClassVar[dict[str, type["Message"]]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        package, _, rest = cls.__module__.partition(".")
        cls.room = rest.partition(".")[0]
        if package == "contracts" and cls.room != "base":
            Message.registry[f"{cls.room}.{cls.__name__}"] = cls

    @classmethod
    def cloud_type(cls) -> str:
        """The CloudEvents `type`: what it is, whose word it is, and which version of it."""
        return f"ptsp.{cls.room}.{cls.__name__}.v{cls.version}"

    @classmethod
    def make_example(cls) -> Self:
        return cls.model_validate(cls.example)


class Event(Message):
    """A fact a room has committed. It is about one application, and is said after the fact, never as a wish."""

    application_id: str = Field(min_length=1, max_length=64, description="the file the fact is about")


class Command(Message):
    """What a person asks a room to do. The sender makes `command_id`: a repeated command is the same command.

    `acted_at` is the moment on paper when it was entered later than it happened (reduced mode, paper counters):
    the record keeps both. It may not lie in the future.
    """

    command_id: str = Field(min_length=8, max_length=64, description="made by the sender, the same on every repeat")
    acted_at: AwareDatetime | None = Field(None, description="when it happened on paper, if entered later")

    def moment(self, now: datetime) -> datetime:
        return self.acted_at or now


class Query(Message):
    """A question that changes nothing."""


def messages(kind: type[Message]) -> list[type[Message]]:
    """All declared messages of a kind, in the order of their rooms and names."""
    return [cls for _, cls in sorted(Message.registry.items()) if issubclass(cls, kind)]
