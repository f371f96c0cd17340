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
    except ValueError:
        return None
    return wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) if wall.tzinfo is None else wall.astimezone(UTC)


def length(seconds: float) -> str:
    """A length of time in the two largest units: "1 h 5 min", "42 s"."""
    whole = max(0, int(seconds))
    days, hours, minutes = whole // 86400, whole // 3600 % 24, whole // 60 % 60
    if days:
        return f"{days} d {hours} h"
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {whole % 60} s" if minutes else f"{whole} s"
