"""All rooms, by name. The only list of them."""

from importlib import import_module

from contracts import ROOMS

CLASSES = {
    "intake": "Intake",
    "technical_team": "TechnicalTeam",
    "retribution": "Retribution",
    "issuance": "Issuance",
    "archive": "Archive",
    "notification": "Notification",
    "noticeboard": "Noticeboard",
    "operations": "Operations",
}


def service_of(room: str) -> type:
    """The service class of a room; KeyError for a room that is none."""
    return getattr(import_module(f"services.{room}.service"), CLASSES[room])


def all_services() -> list[type]:
    return [service_of(room) for room in ROOMS]
