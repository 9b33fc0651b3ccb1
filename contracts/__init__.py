"""What the rooms say and are asked: one file per room, one class per message, an example in each."""

from contracts import archive, intake, issuance, noticeboard, notification, operations, retribution, technical_team

ROOMS = (
    "intake",
    "technical_team",
    "retribution",
    "issuance",
    "archive",
    "notification",
    "noticeboard",
    "operations",
)

__all__ = [
    "ROOMS",
    "archive",
    "intake",
    "issuance",
    "noticeboard",
    "notification",
    "operations",
    "retribution",
    "technical_team",
]
