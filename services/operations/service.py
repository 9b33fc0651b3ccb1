"""Doors of operations. It works with the operator's users of broker and database, as `ptsp bus` does."""

from contracts import operations
from plumbing.messaging.doors import Bus, command, every, query
from plumbing.messaging.operations.tools import Tools
from services.operations import actions
from services.operations.store import COLLECTIONS, RECORDS


class Operations:
    name = "operations"
    records = RECORDS
    collections = COLLECTIONS
    bus = Bus()

    def open(self, settings):
        self.tools = Tools.of(
            settings.management_url.get_secret_value(),
            settings.operator_broker_url.get_secret_value(),
            settings.operator_database_url.get_secret_value(),
        )

    @query(operations.LookAtBus, roles=("operator",))
    def look_at_bus(self, reader, question, actor):
        return actions.look(self.tools, reader)

    @query(operations.ListParked, roles=("operator",))
    def list_parked(self, reader, question, actor):
        return actions.list_parked(self.tools, reader)

    @query(operations.ShowParked, roles=("operator",))
    def show_parked(self, reader, question, actor):
        return actions.show(self.tools, question)

    @command(operations.ReplayParked, roles=("operator",))
    def replay_parked(self, book, order):
        return actions.replay(self.tools, book, order)

    @command(operations.DiscardParked, roles=("operator",))
    def discard_parked(self, book, order):
        return actions.discard(self.tools, book, order)

    @every(15)
    def look_around(self, reader):
        return actions.look_around(self.tools, reader)
