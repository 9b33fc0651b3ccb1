"""What retribution is asked about the work that waits: for whom, since when, the oldest first."""

from typing import Literal

from pydantic import Field

from contracts.base import Query
from contracts.intake import APPLICATION

Work = Literal[
    "nota_to_prepare",
    "nota_to_sign",
    "skrd_to_issue",
    "skrd_to_sign",
    "skrd_to_pay",
    "strd_to_sign",
    "change_to_decide",
]


class WorkOf(Query):
    """The files whose next work is the asker's, by their role and unit, the one that waits longest first.

    `what`: one kind only; also one that lies with a colleague, as far as the asker's role looks after it. The answer is
    `work` (at most `limit` files, each with `what`, `since`, number and amounts) and `more`: whether there are others.
    """

    example = {"what": None, "limit": 50}
    what: Work | None = None
    limit: int = Field(50, ge=1, le=200)


class ComputeNota(Query):
    """The nota as it would be drawn up today: every line with all it is computed from. Nothing is kept."""

    example = {"application_id": APPLICATION}
    application_id: str
