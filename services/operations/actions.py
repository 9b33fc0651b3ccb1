"""Verbs of operations. What they do to a message is in `plumbing.messaging.parked`, shared with `ptsp bus`."""

from typing import Any

from contracts import operations
from plumbing.messaging.book import Book, Reader
from plumbing.messaging.operations.broker import BusAway
from plumbing.messaging.operations.picture import picture, shown, tray
from plumbing.messaging.operations.tools import Tools
from plumbing.messaging.parked import By
from plumbing.messaging.watch import Due
from services.operations import store
from services.operations.model import unseen
from values.refusal import Refusal

THROUGH = "portal"


def look(tools: Tools, reader: Reader) -> dict[str, Any]:
    """The bus now; when it cannot be seen, the last picture with what is wrong."""
    before = store.last(reader)
    try:
        return picture(tools, before).model_dump(mode="json")
    except BusAway as away:
        return unseen(before, str(away), reader.now).model_dump(mode="json")


def list_parked(tools: Tools, reader: Reader) -> dict[str, Any]:
    """The tray and the last acts. Refusal `bus_away` when it cannot be seen."""
    try:
        return tray(tools, reader.now).model_dump(mode="json")
    except BusAway as away:
        raise _away(away) from away


def show(tools: Tools, question: operations.ShowParked) -> dict[str, Any]:
    """One entry. Refusals as `Parked.find`, and `bus_away`."""
    try:
        return shown(tools, question.entry).model_dump(mode="json")
    except BusAway as away:
        raise _away(away) from away


def replay(tools: Tools, book: Book, order: operations.ReplayParked) -> list[dict[str, Any]]:
    """Each entry back to its queue, audited first; what became of each."""
    return [each.model_dump(mode="json") for each in tools.replay(order.entries, _by(book, order), order.reason)]


def discard(tools: Tools, book: Book, order: operations.DiscardParked) -> list[dict[str, Any]]:
    """Each entry given up, with the reason; what became of each."""
    return [each.model_dump(mode="json") for each in tools.discard(order.entries, _by(book, order), order.reason)]


def look_around(tools: Tools, reader: Reader) -> list[Due]:
    """Keep what is to be seen now, so that it can be shown when the broker, or this room, cannot be asked."""
    before = store.last(reader)
    try:
        seen = picture(tools, before)
    except BusAway as away:
        seen = unseen(before, str(away), reader.now)
    return [Due("picture", "bus", lambda book: store.save(book, seen))]


def _by(book: Book, order: operations.ReplayParked | operations.DiscardParked) -> By:
    who = book.actor
    return By(THROUGH, who.id, who.role, f"{who.id}:{order.command_id}", who.address)


def _away(away: BusAway) -> Refusal:
    return Refusal("bus_away", str(away), remedy="Coba lagi sebentar; yang disisihkan tidak hilang.")
