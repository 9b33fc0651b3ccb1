"""`python -m services ROOM [ROOM …]` runs rooms; `python -m services --set-up` makes queues, collections and indexes.

nameko runs the rooms on eventlet's green threads, so the world is patched before anything else is imported.
"""

import os
import sys

if "--set-up" not in sys.argv:
    os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")  # its resolver costs 16 MB a process; the system's will do
    import eventlet

    eventlet.monkey_patch()

import argparse
import gc
import signal
import threading

from contracts import ROOMS


def set_up() -> None:
    """Everything that must exist before the first message, in broker and database. Harmless when it exists already."""
    from plumbing.messaging.doors import set_up_database, subscriptions_of
    from plumbing.messaging.topology import declare
    from plumbing.settings import SetUpSettings
    from services.rooms import all_services

    settings = SetUpSettings.from_environment()
    services = all_services()
    declare(
        settings.broker_url.get_secret_value(), list(ROOMS), [s for each in services for s in subscriptions_of(each)]
    )
    for service in services:
        set_up_database(settings.database_url.get_secret_value(), service.name, service.collections)


def run(rooms: list[str]) -> None:
    """Run rooms until SIGTERM or SIGINT; the work in hand is finished before this returns."""
    from nameko.runners import ServiceRunner

    from catalogue.everything import load_everything
    from plumbing.log import configure
    from plumbing.settings import settings_for
    from services.rooms import service_of

    configure(",".join(rooms))
    load_everything()
    gc.collect()
    gc.freeze()  # what is loaded stays; only what comes and goes is looked through
    gc.set_threshold(20_000, 20, 20)
    runner = ServiceRunner({"AMQP_URI": settings_for(rooms[0]).broker_url.get_secret_value()})
    for room in rooms:
        runner.add_service(service_of(room))
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    runner.start()
    while not stop.wait(0.5):
        pass
    runner.stop()


def main() -> None:
    """The entry point of every service process, in the launcher as in a container."""
    parser = argparse.ArgumentParser(prog="python -m services", description=__doc__)
    parser.add_argument("rooms", nargs="*", choices=[*ROOMS, []], metavar="ROOM", help=", ".join(ROOMS))
    parser.add_argument("--set-up", action="store_true", help="make queues, collections and indexes, then end")
    given = parser.parse_args()
    if given.set_up:
        set_up()
    elif given.rooms:
        run(given.rooms)
    else:
        parser.error("name a room, or --set-up")


if __name__ == "__main__":
    main()
