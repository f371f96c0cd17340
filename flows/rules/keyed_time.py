"""A time keyed on a telephone: so many hours from now, or a time of day. Meant for somebody woken at night."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

LONGEST_HOURS = 72
"""Whoever is away for longer belongs into the schedule."""
ON_THE_CLOCK = 4
"""Digits of a time of day, "0800"; fewer are hours."""


def keyed_time(keys: str, now: datetime, zone: str) -> datetime | None:
    """The instant (UTC) that ``keys`` mean: one or two digits are hours from now, four the next time at which the
    clocks in ``zone`` (IANA) show that time of day. None for nonsense and for what no one can mean.
    """
    if not (keys.isascii() and keys.isdigit()):
        return None
    if len(keys) == ON_THE_CLOCK:
        return _next(int(keys[:2]), int(keys[2:]), now, ZoneInfo(zone))
    hours = int(keys) if len(keys) <= 2 else 0
    return now.astimezone(UTC) + timedelta(hours=hours) if 1 <= hours <= LONGEST_HOURS else None


def _next(hour: int, minute: int, now: datetime, zone: ZoneInfo) -> datetime | None:
    """A time of day that a clock change skips is read off a clock that nobody has changed; of one that happens twice,
    the one that comes first is meant."""
    if hour > 23 or minute > 59:
        return None
    today = now.astimezone(zone).date()
    days = (today, today + timedelta(days=1))
    shown = (datetime.combine(day, time(hour, minute, fold=fold), zone) for day in days for fold in (0, 1))
    return next(at for at in (each.astimezone(UTC) for each in shown) if at > now)
