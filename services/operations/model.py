"""When the bus cannot be seen: the last picture stays, with what is wrong and since when."""

from datetime import datetime

from contracts.operations import Picture, SecondSite

NEVER = SecondSite(waiting=0, oldest=None, verified_at=None)


def unseen(before: Picture | None, problem: str, now: datetime) -> Picture:
    """The last picture, marked as old. One that never was is empty and needs somebody."""
    known = before or Picture(
        at=now, needs_somebody=True, rooms=[], queues=[], troubles=[], retrying=0, parked=0, unrouted=0, processes=[],
        second_site=NEVER, noticeboard_at=None,
    )  # fmt: skip
    since = known.problem_since or now
    told = {"problem": problem, "problem_since": since, "tried_at": now, "needs_somebody": True}
    return known.model_copy(update=told)
