"""An officer's form becomes a command: what came of it, in one shape for every page.

The id of the command comes from the form (`perintah`, made with the page), so that sending again is the same command.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from pydantic import ValidationError

from contracts.base import Command, Query
from plumbing.messaging.calls import Away, Fault
from plumbing.messaging.envelope import new_id
from portal.entrance import Posted
from portal.gate import GateSays
from portal.language import Language
from portal.officers import Officer
from portal.rooms import ANSWER_SECONDS, LOOK_SECONDS, command_id
from values.dates import JAKARTA
from values.refusal import Refusal

MOMENTS = {
    *("since", "due", "at", "starts_at", "ends_at", "made_at", "taken_at", "paid_at"),
    *("signed_at", "void_at", "prepared_at", "noted_at"),
}


class Came(NamedTuple):
    """What came of a form. `code`: empty when it was done, `form` (`fields` of the command are wrong, inner ones as
    `account.number`), `refused`, `away`, `unknown` (the passphrase does not fit) or `wait`. `order` is the id the form
    goes on with."""

    code: str = ""
    answer: Any = None
    refusal: Refusal | None = None
    fields: tuple[str, ...] = ()
    seconds: int | None = None
    order: str = ""

    @property
    def status(self) -> int:
        """What the page is answered with when it is shown again."""
        return {"away": 503, "wait": 429}.get(self.code, 422)


NOTHING = Came()


def act(
    who: Officer,
    form: Posted,
    kind: type[Command],
    fields: dict[str, Any],
    signs: bool = False,
    name: str = "",
    seconds: float = ANSWER_SECONDS,
) -> Came:
    """Ask the room to do it. `signs`: with the passphrase typed into `sandi`. `name` tells several acts of one page
    apart. `seconds`: how long it may take."""
    order = form.fields.get("perintah", "")[:64]
    given = command_id(who.id, f"{order}/{kind.__name__}/{name}")
    try:
        command = kind.model_validate({"command_id": given, **fields})
    except ValidationError as error:
        wrong = dict.fromkeys(".".join(map(str, each["loc"])) for each in error.errors() if each["loc"])
        return Came("form", fields=tuple(wrong), order=order)
    try:
        return Came(
            answer=who.ask(command, form.fields.get("sandi", "")[:200] if signs else None, seconds), order=order
        )
    except Refusal as no:
        return Came("refused", refusal=no, order=new_id())
    except GateSays as no:
        if no.unfit.code not in ("unknown", "wait"):
            raise
        return Came(no.unfit.code, seconds=no.unfit.seconds, order=order)
    except (Away, Fault):
        return Came("away", order=order)


def faults_of(came: Came, language: Language, asked: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """What is wrong, by the id of the input: what the form lacks or the room found wrong in one field. `asked`: by
    field of the command its input and the words that say how to mend it. Empty where no one field is to blame."""
    if came.code == "refused" and came.refusal.field in asked:
        said = f"{came.refusal.message} {came.refusal.remedy or ''}".strip()
        return {asked[came.refusal.field][0]: language.data(said)}
    if came.code != "form":
        return {}
    found = [asked[name] for name in asked if any(each == name or each.startswith(f"{name}.") for each in came.fields)]
    return {id: language.say(words) for id, words in found}


def look(who: Officer, question: Query, as_printed: bool = False) -> tuple[Any, Refusal | None]:
    """(the answer with its moments read, None), (None, the refusal), or (None, None) while the room is away.
    `as_printed`: the answer is a paper's, whose moments are words already."""
    try:
        found = who.ask(question, seconds=LOOK_SECONDS)
        return (found if as_printed else with_moments(found)), None
    except Refusal as no:
        return None, no
    except (Away, Fault):
        return None, None


def with_moments(told: Any) -> Any:
    """What a room told, its moments as such."""
    if isinstance(told, dict):
        return {name: _moment(part) if name in MOMENTS else with_moments(part) for name, part in told.items()}
    return [with_moments(part) for part in told] if isinstance(told, list) else told


def _moment(part: Any) -> Any:
    return datetime.fromisoformat(part) if isinstance(part, str) else part


def period(fields: Callable[[str], str]) -> dict[str, datetime | str]:
    """The slot of a form: a day (`tanggal`) and two times (`mulai`, `selesai`) on the office's wall. What cannot be
    read stays as it was typed, for the command to refuse."""
    return {
        "starts_at": moment(fields("tanggal"), fields("mulai")),
        "ends_at": moment(fields("tanggal"), fields("selesai")),
    }


def moment(day: str, clock: str) -> datetime | str:
    """A day and a time as typed, on the office's wall; what cannot be read is left for the command to refuse."""
    try:
        return datetime.fromisoformat(f"{day.strip()}T{clock.strip().replace('.', ':')}").replace(tzinfo=JAKARTA)
    except ValueError:
        return "unreadable"


def happened_at(day: str, clock: str, now: datetime) -> datetime | str:
    """The same of something that was done: the minute that runs means `now`, since what was signed in the same minute
    came before it."""
    typed = moment(day, clock)
    return now if isinstance(typed, datetime) and timedelta() <= now - typed < timedelta(minutes=1) else typed
