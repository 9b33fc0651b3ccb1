"""The register of licences, looked through along an index and never as a whole: by number or name, by type, by days.

One answer reads the lists of days or months one after the other, the latest first, until it has enough or has read
enough; the next one goes on where it stopped (`before`).
"""

from collections.abc import Iterator
from datetime import UTC, date, timedelta
from typing import Any

from catalogue.desks import BIDANG_ROLES
from catalogue.transactions import transaction
from contracts import issuance
from contracts.people import Actor
from plumbing.messaging.book import Reader
from services.issuance import register, store
from services.issuance.model import Draft, names_in, words_of
from values.dates import office_date
from values.refusal import Refusal

LOOKED_AT = 2000  # licences read for one answer, until it is said where to go on
DAY = timedelta(days=1)
FIRST_DAY = date(2011, 1, 1)  # the organisation is known since then, and so is who could sign
GAP = 31  # days without a licence passed over in one step, at most
ENDED = ("suspended", "replaced", "revoked")

Part = tuple[date, list[Draft]]  # the day it reaches back to, and the licences of it


def search(reader: Reader, question: issuance.SearchLicences, actor: Actor) -> dict[str, Any]:
    """`licences` that fit, the latest first, and where others may begin (`next`; None: these are all). Refusal:
    `period_upside_down`."""
    if question.since and question.until and question.since > question.until:
        raise Refusal("period_upside_down", "Hari pertama sesudah hari terakhir.", field="since")
    words = set(words_of(question.name or ""))
    if not words:
        question = question.model_copy(update={"name": None})
    told, told_until, looked, today = [], "", 0, office_date(reader.now)
    for begins, part in _parts(reader, question, words, today):
        for key, draft in sorted(((_key(question, draft), draft) for draft in part), key=_first, reverse=True):
            if question.before and key >= question.before:
                continue
            state = _state_of(reader, question, actor, draft, words, today)
            if state is None:
                continue
            if len(told) == question.most:
                return {"licences": told, "next": told_until}
            told.append(_told(draft, state, actor))
            told_until = key
        looked += len(part)
        if looked >= LOOKED_AT:
            return {"licences": told, "next": f"{begins - DAY}~~"}
    return {"licences": told, "next": None}


def _parts(reader: Reader, question: issuance.SearchLicences, words: set[str], today: date) -> Iterator[Part]:
    """What is read, part by part, the latest first."""
    if question.number:
        number = question.number.strip().upper()
        yield FIRST_DAY, store.listed(reader, "found_by", number, number)
        return
    latest = min(today, date.fromisoformat(question.before[:10])) if question.before else today
    since, until = question.since or FIRST_DAY, min(question.until or latest, latest)
    key = question.standing if question.standing in ENDED else question.licence_type
    if words:  # the longest is shared by the fewest; the others sift
        yield from _by_years(reader, max(words, key=len), FIRST_DAY, latest)
    elif key and question.standing != "run_out":
        yield from _by_months(reader, key, since, until)
    else:
        yield from _by_days(reader, _field(question), since, until)


def _by_years(reader: Reader, word: str, since: date, until: date) -> Iterator[Part]:
    for year in range(until.year, since.year - 1, -1):
        named = f"{word}/{year}"
        yield date(year, 1, 1), store.listed(reader, "found_by", named, named)


def _by_months(reader: Reader, key: str, since: date, until: date) -> Iterator[Part]:
    month = until.replace(day=1)
    while month >= since.replace(day=1):
        listed = f"{key}/{month:%Y-%m}"
        yield month, store.listed(reader, "listed_in", listed, listed)
        month = (month - DAY).replace(day=1)


def _by_days(reader: Reader, field: str, since: date, until: date) -> Iterator[Part]:
    """Day by day; where there are none, in steps that grow."""
    step = 1
    while until >= since:
        begins = max(since, until - (step - 1) * DAY)
        found = store.listed(reader, field, begins.isoformat(), until.isoformat())
        yield begins, found
        step = 1 if found else min(2 * step, GAP)
        until = begins - DAY


def _state_of(
    reader: Reader, question: issuance.SearchLicences, actor: Actor, draft: Draft, words: set[str], today: date
) -> register.Status | None:
    """How the licence stands, when it is one that was asked for and that this officer sees; else None."""
    day = getattr(draft, _field(question))
    fits = (
        words <= names_in(draft)
        and question.licence_type in (None, "", draft.licence_type)
        and (question.since is None or (day is not None and question.since <= day))
        and (question.until is None or (day is not None and day <= question.until))
        and (actor.role not in BIDANG_ROLES or actor.unit == draft.bidang)
        and draft.signed_on is not None
    )
    if not fits or (question.name and register.hidden_from(draft, actor)):
        return None
    state = register.status(reader, draft, today)
    return state if question.standing in (None, state.state) else None


def _field(question: issuance.SearchLicences) -> str:
    return "valid_until" if question.standing == "run_out" else "signed_on"


def _key(question: issuance.SearchLicences, draft: Draft) -> str:
    """Where a licence stands in the order of the answer: by its last day when what ran out is listed, else by the day
    of signing."""
    day = draft.signed_on if question.name else getattr(draft, _field(question))
    return f"{day}~{draft.signed_at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}~{draft.id}"


def _first(pair: tuple[str, Draft]) -> str:
    return pair[0]


def _told(draft: Draft, state: register.Status, actor: Actor) -> dict[str, Any]:
    hidden = register.hidden_from(draft, actor)
    kept = {"id", "resi", "number", "licence_type", "edition", "sub_kind", "signed_on", "valid_until"}
    return draft.model_dump(mode="json", include=kept) | {
        "transaction": transaction(draft.transaction).name,
        "holder": None if hidden else draft.holder.name,
        "place": None if hidden else draft.place.name,
        "kecamatan": draft.place.kecamatan,
        "state": state.state,
        "reason": state.reason,
        "ended_by": state.by,
    }
