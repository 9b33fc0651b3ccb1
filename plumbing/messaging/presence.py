"""What a process of a room says of itself to the broker when it connects: operators see by it who is at work now."""

from datetime import UTC, datetime

_STARTED = datetime.now(UTC)


def presence(room: str, instance: str, release: str) -> dict[str, str]:
    """Properties of the connection: which room, which of its processes, since when it runs, which version."""
    return {
        "connection_name": f"{room} {instance}",
        "ptsp_room": room,
        "ptsp_instance": instance,
        "ptsp_since": _STARTED.isoformat(),
        "ptsp_release": release,
    }
