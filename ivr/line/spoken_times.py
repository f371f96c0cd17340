"""Lengths of time and local times, as a person of each language would say them.

Lengths come as Babel writes them, in the nominative; the sentences of the catalogues are built so that this is right.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import format_skeleton, format_time
from babel.lists import format_list
from babel.units import format_unit

from flows.prompts.spoken import Moment, Span
from ivr.line.phrases import LOCALES, phrase
from ivr.line.zone_names import shows_twice, zone_name, zone_or_utc

SECOND, MINUTE, HOUR, DAY = 1, 60, 3600, 86400
UNITS = {"duration-day": DAY, "duration-hour": HOUR, "duration-minute": MINUTE, "duration-second": SECOND}
UNGROUPED = "0"
"""Numbers without a separator of thousands: a voice would take it for the end of a number."""

WEEKDAYS = (
    "units.weekday.monday",
    "units.weekday.tuesday",
    "units.weekday.wednesday",
    "units.weekday.thursday",
    "units.weekday.friday",
    "units.weekday.saturday",
    "units.weekday.sunday",
)


def span(language: str, value: Span) -> str:
    """A length of time, rounded to what is worth saying: down, or up when it is a promise (``at_most``).

    Never negative: the clocks of ticket systems run ahead of ours.
    """
    seconds = max(value.length.total_seconds(), 0.0)
    return _length(language, _rounded(seconds, up=value.at_most))


def moment(language: str, value: Moment) -> str:
    """Local time in the moment's zone, with the day as seen from ``now``.

    Rounded up to the next full minute, so that nobody is invited too early. The zone is named when asked for, when the
    given one does not exist (UTC is spoken instead), and when the clocks show the time twice that day.
    """
    zone, exists = zone_or_utc(value.zone)
    local = _full_minute(value.at).astimezone(zone)
    spoken = _day_and_time(language, local, value.now.astimezone(zone).date())
    if value.named or not exists or shows_twice(local):
        return phrase(language, "units.in_zone", {"moment": spoken, "zone": _zone(language, zone, local)})
    return spoken


def _full_minute(at: datetime) -> datetime:
    over = timedelta(seconds=at.second, microseconds=at.microsecond)
    return at + (timedelta(minutes=1) - over) if over else at


def _day_and_time(language: str, local: datetime, today: date) -> str:
    clock = _clock(language, local.hour, local.minute)
    match (local.date() - today).days:
        case 0:
            return phrase(language, "units.today", {"time": clock})
        case 1:
            return phrase(language, "units.tomorrow", {"time": clock})
        case _:
            weekday = phrase(language, WEEKDAYS[local.weekday()])
            return phrase(language, "units.on_day", {"weekday": weekday, "date": _date(language, local), "time": clock})


def _zone(language: str, zone: ZoneInfo, local: datetime) -> str:
    name = zone_name(language, zone, local)
    if name:
        return name
    offset = local.utcoffset() or timedelta()
    key = "units.behind_utc" if offset < timedelta() else "units.ahead_of_utc"
    return phrase(language, key, {"length": span(language, Span(abs(offset)))})


def _date(language: str, local: datetime) -> str:
    return _month_and_day(language, local.month, local.day)


@lru_cache(maxsize=2048)
def _month_and_day(language: str, month: int, day: int) -> str:
    leap_year = 2000
    return format_skeleton("MMMMd", date(leap_year, month, day), locale=LOCALES[language])


@lru_cache(maxsize=8192)
def _clock(language: str, hour: int, minute: int) -> str:
    """As written in the language, but "9:05" where German and Russian write "09:05": some voices read the nought."""
    written = format_time(time(hour, minute), "short", locale=LOCALES[language])
    return " ".join(written.removeprefix("0").split())


def _rounded(seconds: float, *, up: bool) -> int:
    step = _worth_saying(seconds)
    whole = int(seconds // step) * step
    return whole + step if up and whole < seconds else whole


def _worth_saying(seconds: float) -> int:
    """Seconds below one minute, and below two where the length is exact; minutes within a day, hours within a week."""
    if seconds < MINUTE or (seconds < 2 * MINUTE and seconds.is_integer()):
        return SECOND
    if seconds < DAY:
        return MINUTE
    return HOUR if seconds < 7 * DAY else DAY


@lru_cache(maxsize=8192)
def _length(language: str, seconds: int) -> str:
    locale = LOCALES[language]
    amounts = [format_unit(number, unit, "long", UNGROUPED, locale) for unit, number in _amounts(seconds)]
    return format_list(amounts, locale=locale)


def _amounts(seconds: int) -> Iterator[tuple[str, int]]:
    """Unit and number, largest first. Two days and less are spoken in hours, two minutes and less in seconds."""
    if seconds == 0 or (seconds < 2 * MINUTE and seconds != MINUTE):
        yield "duration-second", seconds
        return
    for unit, size in UNITS.items():
        if unit == "duration-day" and seconds < 2 * DAY:
            continue
        number, seconds = divmod(seconds, size)
        if number:
            yield unit, number
