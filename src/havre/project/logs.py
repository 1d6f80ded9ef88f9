"""Logs: one JSON object a line, on standard error, with nothing about a person in it.

An exception is told by its type and by where it was raised. Its message is left out: PostgreSQL's
quotes the very values it refused.
"""

import re
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog

_DEEPEST = 12
Excepted = tuple[type[BaseException], BaseException, TracebackType | None]


def where_it_failed(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Turn ``exc_info`` into the exception's type and the places it passed through."""
    found = event.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    elif isinstance(found, BaseException):
        found = (type(found), found, found.__traceback__)
    if found and found[0]:
        event["exception"] = found[0].__qualname__
        event["where"] = _places(found[2])
    return event


def _places(trace: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(trace)[-_DEEPEST:]
    return [
        f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno} {frame.name}"
        for frame in frames
    ]


# These addresses hold a secret (docs/security.md), and Django tells addresses when a page fails.
_SECRET_ADDRESS = re.compile(r"(/(?:check|not-me|stop-account)/|/mails/stop\?t=)[^/\s?#\"'&]+")


def mask_addresses(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Take the secret out of every text of an event."""
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = _SECRET_ADDRESS.sub(r"\1…", value)
    return event


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    where_it_failed,
]


def configure() -> None:
    """Send structlog's events the same way as those of the libraries."""
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


CONFIGURATION: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {
            "()": structlog.stdlib.ProcessorFormatter,
            "foreign_pre_chain": _SHARED,
            "processors": [
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                mask_addresses,
                structlog.processors.JSONRenderer(ensure_ascii=False),
            ],
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "havre": {"level": "INFO"},
        # Wrong addresses are the visitor's affair, and an address can hold what was typed.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
