"""One line of JSON per event on standard error, the same for our words and for the libraries'.

Say what happened in a few fixed words and put the rest in fields: `log.info("handled", event_id=..., seconds=...)`.
Personal data never: fields with the names in `PERSONAL` are blotted out whoever logs them.
"""

import logging
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any

import orjson
import structlog

PERSONAL = frozenset(
    {"nik", "npwp", "applicant", "address", "phone", "email", "birth_date", "birth_place", "recipient", "signature"}
)
BLOT = "[personal]"


def configure(room: str, level: str = "INFO") -> None:
    """Send everything this process logs to standard error as JSON lines that carry the room's name."""

    def of_room(_: Any, __: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
        event["room"] = room
        return event

    shared = [
        structlog.contextvars.merge_contextvars,
        of_room,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
        structlog.processors.format_exc_info,
        _blot_personal_data,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(serializer=_json)],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.add_logger_name, structlog.stdlib.ExtraAdder(), *shared],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(serializer=_json),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)


def _blot_personal_data(_: Any, __: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    for name in PERSONAL & event.keys():
        event[name] = BLOT
    return event


def _json(event: Mapping[str, Any], **_: Any) -> str:
    return orjson.dumps(event, default=str).decode()
