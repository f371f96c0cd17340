"""Lengths, openings and severities as people write them: ``1h 30m``, ``08:00-12:00, 13:00-17:00``, ``2 high``."""

import re
from collections.abc import Iterable
from datetime import time, timedelta

from flows.rules.daily_hours import DailyHours
from flows.rules.working_time import MIDNIGHT, Hours
from flows.ticket import Severity

UNITS = {"d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1), "s": timedelta(seconds=1)}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEVERITIES = {f"{severity.value} {severity.name.lower()}": severity.value for severity in Severity}
RINGS_ANYWAY = {**SEVERITIES, "never": 0}
"""Up to which severity a ticket rings in quiet hours nevertheless."""
ACCOUNT_MANAGER = {"with": True, "without": False}
NO_LENGTH = "0m"

_LENGTH = re.compile(" ?".join(f"(?:([0-9]{{1,6}}){unit})?" for unit in UNITS))
_OPENING = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9]) ?[-–] ?(?:([01][0-9]|2[0-3]):([0-5][0-9])|24:00)")
_TIME_OF_DAY = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


def length_to_text(length: timedelta, *, working: bool = False) -> str:
    """``length`` (whole seconds) in its largest units; ``working`` time without days, which would be read as business
    days but are 24 hours."""
    parts = []
    for unit, size in UNITS.items():
        if working and unit == "d":
            continue
        count, length = divmod(length, size)
        parts += [f"{count}{unit}"] if count else []
    return " ".join(parts) or NO_LENGTH


def length_from_text(text: str) -> timedelta | None:
    """What ``length_to_text`` wrote; None for anything else."""
    found = _LENGTH.fullmatch(text)
    if found is None or not any(found.groups()):
        return None
    counts = zip(found.groups(), UNITS.values(), strict=True)
    return sum((int(count) * size for count, size in counts if count), timedelta())


def openings_to_text(openings: Iterable[Hours]) -> str:
    """The openings of one day, in their order; the end of the day is 24:00."""
    return ", ".join(f"{each.opens:%H:%M}-{_closing(each.closes)}" for each in sorted(openings, key=_opens))


def openings_from_text(weekday: int, text: str) -> tuple[Hours, ...] | None:
    """What ``openings_to_text`` wrote; None for anything else. Raises ValueError for hours that run backwards."""
    found = [_OPENING.fullmatch(part.strip()) for part in text.split(",")]
    openings = []
    for each in found:
        if each is None:
            return None
        opens, closes = time(int(each[1]), int(each[2])), time(int(each[3] or 0), int(each[4] or 0))
        openings.append(Hours(weekday=weekday, opens=opens, closes=closes))
    return tuple(openings)


def time_of_day_from_text(text: str) -> time | None:
    """The time of day in ``09:00``; None for anything else."""
    found = _TIME_OF_DAY.fullmatch(text)
    return time(int(found[1]), int(found[2])) if found else None


def hours_to_text(hours: DailyHours) -> str:
    """Hours that come back every day: 22:00-07:00."""
    return f"{hours.begins:%H:%M}-{_closing(hours.ends)}"


def hours_from_text(text: str) -> DailyHours | None:
    """What ``hours_to_text`` wrote; None for anything else. Raises ValueError for hours that end when they begin."""
    found = _OPENING.fullmatch(text.strip())
    if found is None:
        return None
    begins, ends = time(int(found[1]), int(found[2])), time(int(found[3] or 0), int(found[4] or 0))
    return DailyHours(begins=begins, ends=ends)


def _opens(hours: Hours) -> time:
    return hours.opens


def _closing(closes: time) -> str:
    return "24:00" if closes == MIDNIGHT else f"{closes:%H:%M}"
