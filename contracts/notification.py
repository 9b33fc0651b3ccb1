"""What notification is asked. It says nothing on the bus: what became of each message is in its own record."""

from contracts.base import Query
from contracts.intake import APPLICATION


class DeliveriesOf(Query):
    """Every message about a file, on which channel, when, and what became of it."""

    example = {"application_id": APPLICATION}
    application_id: str
