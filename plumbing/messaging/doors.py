"""The doors of a room: decorators for `service.py`, and the nameko extension that opens them.

This is the only place where nameko and the bus meet. `@on` hears a fact, `@command` is asked by a person, `@query`
answers a question. Each door calls one action.
"""

import inspect
import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from nameko.extensions import DependencyProvider

from catalogue.office import organisation
from contracts.base import Command, Event, Message, Query
from contracts.people import Actor
from plumbing import settings as office_settings
from plumbing import statement
from plumbing.database import connect
from plumbing.messaging.desk import SERVICE_COLLECTIONS, Desk
from plumbing.messaging.listener import Door, Listener
from plumbing.messaging.presence import SignOfLife, presence
from plumbing.messaging.publisher import Publisher
from plumbing.messaging.relay import Relay
from plumbing.messaging.topology import Subscription
from plumbing.messaging.watch import Watch
from values.dates import office_date
from values.refusal import Refusal

log = logging.getLogger(__name__)

STOP_SECONDS = 8.0


def on(event: type[Event], *, slow: bool = False) -> Callable:
    """Hear a fact. A slow door does its slow part outside any transaction and returns the function to run inside."""
    return _door(event, slow=slow)


def command(
    kind: type[Command],
    *,
    roles: tuple[str, ...],
    confirmed: bool = False,
    slow: bool = False,
    proven: bool = False,
) -> Callable:
    """Do what a person in one of these roles asks. `confirmed`: it is a signature, and takes their passphrase. `slow`
    as in `on`. `proven`: the action proves by itself that the bank asks, so it may come by way of the portal."""
    return _door(kind, roles=roles, confirmed=confirmed, slow=slow, proven=proven)


def query(kind: type[Query], *, roles: tuple[str, ...]) -> Callable:
    """Answer a question of a person in one of these roles."""
    return _door(kind, roles=roles)


def every(seconds: float) -> Callable:
    """Look at intervals for what has fallen due: the method gets a `Reader` and gives the list of `Due`."""

    def mark(method: Callable) -> Callable:
        method.every = seconds
        return method

    return mark


def _door(kind: type[Message], **how: Any) -> Callable:
    def mark(method: Callable) -> Callable:
        method.door = {"kind": kind, **how}
        return method

    return mark


def doors_of(service: type) -> list[tuple[str, dict]]:
    """(method name, what it hears) of a service class: the list that `docs/flow.md` is drawn from."""
    return [(name, method.door) for name, method in _methods(service) if hasattr(method, "door")]


def _methods(service: type) -> list[tuple[str, Callable]]:
    return inspect.getmembers(service, inspect.isfunction)


def subscriptions_of(service: type) -> list[Subscription]:
    heard = [(name, door["kind"]) for name, door in doors_of(service) if issubclass(door["kind"], Event)]
    return [Subscription(service.name, name, kind) for name, kind in heard]


class Bus(DependencyProvider):
    """Opens a room's doors when nameko starts its container and closes them, work finished, when it stops."""

    def setup(self) -> None:
        """Read the settings and build everything; nothing is consumed or published yet."""
        service = self.container.service_cls
        settings = office_settings.settings_for(service.name)
        self.room = service()
        self.room.open(settings)
        client = connect(settings.database_url.get_secret_value())
        self.relay = Relay(client[settings.database], service.name, Publisher(settings.broker_url.get_secret_value()))
        desk = Desk(client, settings.database, settings.instance, service.records, self.relay.offer)
        looks = [(name, m.every, getattr(self.room, name)) for name, m in _methods(service) if hasattr(m, "every")]
        self.sign = SignOfLife(client[settings.database], settings.instance)
        self.watch = Watch(service.name, desk, looks)
        self.listener = Listener(
            settings.broker_url.get_secret_value(),
            service.name,
            self._doors(service),
            desk,
            authorise=lambda said, door, now, message: authorised(said, door, now, settings.statement_keys, message),
            on_ready=lambda: _touch(settings.ready_file),
            presence=presence(service.name, settings.instance, settings.release),
        )

    def _doors(self, service: type) -> dict[str, list[Door]]:
        doors: dict[str, list[Door]] = {"commands": []}
        for name, how in doors_of(service):
            kind = how["kind"]
            door = Door(
                name,
                kind,
                getattr(self.room, name),
                how.get("slow", False),
                how.get("roles", ()),
                how.get("confirmed", False),
                how.get("proven", False),
            )
            if issubclass(kind, Event):
                doors[Subscription(service.name, name, kind).queue] = [door]
            else:
                doors["commands"].append(door)
        return doors

    def start(self) -> None:
        self.sign.start()
        self.relay.start()
        self.listener.start()
        self.watch.start()

    def stop(self) -> None:
        self.watch.stop(0)
        self.listener.stop(STOP_SECONDS)
        self.relay.stop(1.5)
        self.sign.stop()

    def kill(self) -> None:
        self.stop()

    def get_dependency(self, worker_ctx: Any) -> "Bus":
        return self


def authorised(said: str | None, door: Door, now: datetime, keys: statement.Keys, message: Message) -> Actor:
    """The actor, when the statement holds, the role may use this door, the passphrase was given where it is a
    signature, and the organisation knows them in that role today, or knew them in it on the day on paper."""
    actor, confirmed, by = statement.verify(said, keys, now)
    if actor.role not in door.roles:
        names = {code: role.name for code, role in organisation().roles.items()}
        raise Refusal(
            "wrong_role",
            f"{names.get(actor.role, 'Peran ini')} tidak berwenang untuk {door.kind.__name__}.",
            remedy=f"Yang berwenang: {', '.join(names[role] for role in door.roles)}.",
        )
    if by == "portal" and actor.role == "bank" and not door.proven:
        raise Refusal("unauthorised", "Bank menyampaikan pembayaran dengan pemberitahuan yang ditandatanganinya.")
    if door.confirmed and not confirmed:
        raise Refusal(
            "not_confirmed",
            "Tanda tangan ini belum disertai frasa sandi.",
            remedy="Ketik frasa sandi Anda lalu tanda tangani lagi.",
        )
    if actor.role != "applicant":
        _require_office(actor, message, now)
    return actor


def _require_office(actor: Actor, message: Message, now: datetime) -> None:
    """They work here today, and act in that role today or did on the day on paper; who had to sign or initial on that
    day is for the actions to say. While a Plh. sits in somebody's seat they may still ask questions."""
    office, today = organisation(), office_date(now)
    if not office.in_office(actor.id, today):
        raise Refusal("not_in_office", f"Tidak ada pejabat {actor.id} dengan peran {actor.role} pada tanggal ini.")
    own = office.officers[actor.id]
    if isinstance(message, Query) and actor.role == own.role and actor.unit in (None, own.unit):
        return
    acted_at = message.acted_at if isinstance(message, Command) else None
    if not office.holds(actor.id, actor.role, today, actor.unit):
        office.require_seat(actor.id, actor.role, office_date(acted_at or now), actor.unit)


def set_up_database(database_url: str, name: str, collections: dict[str, list]) -> None:
    """Collections exist before they are first used inside a transaction; indexes are the room's store's to name."""
    with connect(database_url) as client:
        database = client[name]
        existing = set(database.list_collection_names())
        for collection in (*SERVICE_COLLECTIONS, *collections):
            if collection not in existing:
                database.create_collection(collection)
        for collection, indexes in {**collections, "journal": ["subject"], "troubles": ["subject"]}.items():
            for index in indexes:
                database[collection].create_index(index)


def _touch(path: str | None) -> None:
    if path:
        Path(path).touch()
