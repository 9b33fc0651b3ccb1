"""The operator's hands: broker, records and book, as the room `operations` and `ptsp bus` both work with them."""

from collections.abc import Callable
from dataclasses import dataclass

from pymongo import MongoClient

from contracts.operations import Settled
from plumbing.database import connect
from plumbing.messaging.operations.broker import Broker, BusAway
from plumbing.messaging.operations.files import Files
from plumbing.messaging.parked import By, Entry, Parked, short
from plumbing.messaging.publisher import BrokerAway
from values.refusal import Refusal

BOOK = "bus"  # the operator's own database


@dataclass(frozen=True)
class Tools:
    """Nothing is dialled before it is needed. `files` remembers what it found: take it anew for each piece of work."""

    broker: Broker
    client: MongoClient

    @classmethod
    def of(cls, management_url: str, broker_url: str, database_url: str, patience_ms: int = 20_000) -> "Tools":
        """The tools with the addresses of the users `operator` of broker and database; how long an answer of the
        database may take."""
        return cls(Broker(management_url, broker_url), connect(database_url, answer_ms=patience_ms))

    @property
    def parked(self) -> Parked:
        """The tray and the book."""
        return Parked(self.broker, self.client[BOOK])

    @property
    def files(self) -> Files:
        """Names of files, looked up in intake's records."""
        return Files(self.client)

    def replay(self, entries: list[str], by: By, reason: str) -> list[Settled]:
        """Give each back to its queue; what became of each. Refusal `bus_away` when the broker does not take them."""
        book = self.parked
        return _each(book, entries, lambda entry: book.replay(entry, by, reason), "diputar ulang")

    def discard(self, entries: list[str], by: By, reason: str) -> list[Settled]:
        """Give each up for good; what became of each."""
        book = self.parked
        return _each(book, entries, lambda entry: book.discard(entry, by, reason), "dibuang")

    def close(self) -> None:
        """Let go of broker and database."""
        self.broker.publisher.close()
        self.client.close()


def _each(book: Parked, entries: list[str], act: Callable[[Entry], None], done: str) -> list[Settled]:
    """A refusal of one is told and stops no other."""
    try:
        book.file()
        return [_attempt(book, number, act, done) for number in dict.fromkeys(entries)]
    except (BusAway, BrokerAway) as away:
        raise Refusal(
            "bus_away",
            "Perantara pesan (RabbitMQ) tidak dapat dihubungi; belum semua pesan diurus.",
            remedy="Coba lagi: yang sudah diurus tidak diurus dua kali.",
        ) from away


def _attempt(book: Parked, number: str, act: Callable[[Entry], None], done: str) -> Settled:
    try:
        entry = book.find(number)
        act(entry)
    except Refusal as no:
        return Settled(entry=number[:8], done=False, message=f"{no.message} {no.remedy or ''}".strip(), code=no.code)
    return Settled(entry=short(entry), done=True, message=done)
