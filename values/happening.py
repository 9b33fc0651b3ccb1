"""One entry in the history of a record: who did what, when, in which role, why, and because of which message."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from pydantic import AwareDatetime, BaseModel, ConfigDict

from values.dates import JAKARTA, long_date
from values.refusal import Refusal

CLOCKS_DIFFER = timedelta(minutes=2)


class Happening(BaseModel):
    """`at` is when it happened (on paper, if entered later), `recorded_at` when entered; `cause` the message;
    `address` from where it was done, when it was done at the portal.

    `step` and `outcome` are there when it ends a step of the file's path; an outcome without a step closes the file.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    what: str
    at: AwareDatetime
    recorded_at: AwareDatetime
    cause: str
    actor: str | None = None
    role: str | None = None
    address: str | None = None
    note: str = ""
    step: str | None = None
    outcome: str | None = None


def latest(history: Iterable[Happening]) -> datetime:
    """When the last thing in a history happened. What the house does by itself afterwards is entered under that moment,
    so that a file entered from paper keeps its own order of time."""
    return max(happening.at for happening in history)


def _on_the_wall(moment: datetime) -> str:
    local = moment.astimezone(JAKARTA)
    return f"{long_date(local.date())} pukul {local:%H.%M} WIB"


def acting_moment(acted_at: datetime | None, now: datetime, since: Iterable[Happening] | datetime = ()) -> datetime:
    """When a command took place: as stated on paper, else now. Never in the future, never before what preceded it."""
    moment = acted_at or now
    if moment > now + CLOCKS_DIFFER:
        raise Refusal(
            "in_the_future",
            "Waktu kejadian berada di masa depan.",
            field="acted_at",
            remedy="Isi tanggal dan jam sesuai berkas, paling lambat saat ini.",
        )
    last = since if isinstance(since, datetime) else latest(since) if since else None
    if last is not None and moment < last:
        raise Refusal(
            "before_previous_step",
            f"Waktu kejadian lebih awal daripada langkah sebelumnya, {_on_the_wall(last)}.",
            field="acted_at",
            remedy="Periksa urutan tanggal pada berkas.",
        )
    return moment
