"""Logs as JSON lines, without whole phone numbers and without secrets."""

import logging
import re
from collections.abc import MutableMapping
from typing import Any

import structlog

NUMBER = re.compile(r"\+\d{5,13}(\d{2})\b")


def masked(text: str) -> str:
    """``text`` with only the last two digits of each phone number left."""
    return NUMBER.sub(r"+…\1", text)


def mask_numbers(logger: Any, name: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Leave only the last two digits of phone numbers, wherever they stand."""
    return {key: masked(value) if isinstance(value, str) else value for key, value in line.items()}


def configure(level: str) -> None:
    """Log JSON lines to standard error from ``level`` on."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            mask_numbers,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        cache_logger_on_first_use=False,
    )
