"""Times as the admin pages show and read them: in the zone of the line."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def shown(at: datetime, zone: str) -> str:
    """An instant on the wall clock of ``zone``, with the zone's name."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M} {local.tzname()}"


def read_local(text: str, zone: str) -> datetime | None:
    """The instant a browser's date or date-and-time field means on the clock of ``zone``; None when it is neither."""
    try:
        wall = datetime.fromisoformat(text.strip())
        return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) if wall.tzinfo is None else wall.astimezone(UTC)
    except (ValueError, OverflowError):    # the second: a day at the edge of the calendar, which UTC does not have
        return None


def length(seconds: float) -> str:
    """A length of time in its two largest units, without what is 0: "1 h 5 min", "42 s", "2 d"."""
    whole = max(0, int(seconds))
    counts = (("d", whole // 86400), ("h", whole // 3600 % 24), ("min", whole // 60 % 60), ("s", whole % 60))
    first = next((place for place, (_, count) in enumerate(counts) if count), len(counts) - 1)
    told = [f"{count} {unit}" for unit, count in counts[first : first + 2] if count]
    return " ".join(told) or "0 s"
