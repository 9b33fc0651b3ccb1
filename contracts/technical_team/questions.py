"""What may be known of the technical team's work: a case, tasks, worklists, the calendar, the berita acara."""

from datetime import date
from typing import Literal

from pydantic import Field

from contracts.base import Query
from contracts.intake import APPLICATION

Work = Literal["to_accept", "to_book", "to_examine", "to_verify"]


class FindCase(Query):
    """All that is known of a file before the team, for its SKPD and its Bidang."""

    example = {"application_id": APPLICATION}
    application_id: str


class TasksOf(Query):
    """The open tasks of the officer who asks, the one due first on top; each with its deadline and its appointment."""

    example = {}


class WorkOf(Query):
    """The files of the asker's Bidang that wait: for a member to accept, for an appointment, for findings and
    signatures, for verification; the one that waits longest first.

    `what`: one kind only. The answer is `work` (at most `limit` files) and `more`: whether there are others.
    """

    example = {"what": "to_book", "limit": 50}
    what: Work | None = None
    limit: int = Field(50, ge=1, le=200)


class CalendarOf(Query):
    """Meetings and visits in some days: of the officer who asks, or of all members of a file, to see who is free.

    The answer is `members`: each with `busy`, a list of periods. What another Bidang's file is about is not said.
    """

    example = {"application_id": APPLICATION, "since": "2016-03-07", "days": 7}
    application_id: str | None = None
    since: date = Field(ge=date(2000, 1, 1), le=date(2100, 12, 31))
    days: int = Field(7, ge=1, le=42)


class ReadBeritaAcara(Query):
    """The berita acara as it would be printed now: the same words, by the same function, that the paper is made of."""

    example = {"application_id": APPLICATION}
    application_id: str
