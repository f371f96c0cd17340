"""How one reader sees times, spans and numbers, and how foreign text is made fit for a mail."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from babel.dates import format_date, format_time, get_timezone_gmt, get_timezone_name
from babel.lists import format_list
from babel.units import format_unit

from ivr.line.foreign_text import one_line


@dataclass(frozen=True, slots=True)
class Reader:
    """The language and the zone in which one person reads."""

    language: str
    zone: ZoneInfo

    def moment(self, at: datetime) -> str:
        """An instant with its day and its zone, for instance "Nov 22, 2026, 2:05 PM EST"."""
        local = at.astimezone(self.zone)
        day = format_date(local, "medium", locale=self.language)
        time = format_time(local, "short", tzinfo=self.zone, locale=self.language)
        return f"{day}, {time} {self._zone_name(local)}"

    def _zone_name(self, local: datetime) -> str:
        name = get_timezone_name(local, "short", locale=self.language)
        return name if name.isalpha() else get_timezone_gmt(local, locale=self.language)

    def span(self, length: timedelta) -> str:
        """A length of time, never negative, in its two largest units: "1 day, 4 hours"."""
        minutes = max(int(length.total_seconds()) // 60, 0)
        days, rest = divmod(minutes, 24 * 60)
        hours, minutes = divmod(rest, 60)
        if days:
            return self._units((("day", days), ("hour", hours)))
        return self._units((("hour", hours), ("minute", minutes)))

    def seconds(self, length: timedelta) -> str:
        """The length of a recording: "1 minute, 5 seconds"."""
        minutes, seconds = divmod(int(length.total_seconds()), 60)
        return self._units((("minute", minutes), ("second", seconds)))

    def _units(self, amounts: tuple[tuple[str, int], tuple[str, int]]) -> str:
        counted = [amount for amount in amounts if amount[1]] or [amounts[-1]]
        said = [format_unit(count, f"duration-{unit}", "long", locale=self.language) for unit, count in counted]
        return format_list(said, "unit", locale=self.language)


def zone_or_utc(name: str) -> ZoneInfo:
    """The zone called ``name``; UTC when there is none, because a mail in UTC beats no mail."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def phone_text(number: str) -> str:
    """A number as people write it, "+1 202-555-0123"; what is no number stays as it is."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return one_line(number)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
