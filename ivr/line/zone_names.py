"""Time zones by the names people know: "Eastern Standard Time", else "Istanbul time"."""

from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.core import get_global
from babel.dates import get_timezone_location

from ivr.line.phrases import LOCALES, phrase


@lru_cache(maxsize=1024)
def zone_or_utc(name: str) -> tuple[ZoneInfo, bool]:
    """The zone of an IANA name and True; UTC and False where a ticket system wrote something that is none."""
    try:
        return ZoneInfo(name), True
    except (KeyError, ValueError, OSError):  # unknown, malformed, or the name of a folder
        return ZoneInfo("UTC"), False


def zone_name(language: str, zone: ZoneInfo, local: datetime) -> str:
    """What the zone is called at that time of the year; empty for one without any name ("Etc/GMT+5")."""
    return _name(language, zone.key, _is_summer(local))


def shows_twice(local: datetime) -> bool:
    """Whether the clocks show this local time twice, before and after they were set back."""
    return local.replace(fold=0).utcoffset() != local.replace(fold=1).utcoffset()


def _is_summer(local: datetime) -> bool:
    """By the offset and not by ``dst()``: Irish law calls winter the exception, CLDR's names do not."""
    january, july = local.replace(month=1, day=2, fold=0), local.replace(month=7, day=2, fold=0)
    offsets = [each.utcoffset() or timedelta() for each in (january, july)]
    return (local.utcoffset() or timedelta()) > min(offsets)


@lru_cache(maxsize=4096)
def _name(language: str, zone: str, summer: bool) -> str:
    locale, cldr = LOCALES[language], _cldr_name(zone)
    variant = "daylight" if summer else "standard"
    own = locale.time_zones.get(cldr, {}).get("long", {})
    shared = locale.meta_zones.get(get_global("meta_zones").get(cldr, ""), {}).get("long", {})
    return str(own.get(variant) or shared.get(variant) or _by_city(language, zone))


def _by_city(language: str, zone: str) -> str:
    area, _, rest = zone.partition("/")
    if not rest or area == "Etc":
        return ""
    city = get_timezone_location(ZoneInfo(zone), locale=LOCALES[language], return_city=True)
    return phrase(language, "units.city_time", {"city": city.rpartition("/")[2]})


def _cldr_name(zone: str) -> str:
    """CLDR files zones under the name they had first: Calcutta, Kiev, Indianapolis."""
    current = get_global("zone_aliases").get(zone, zone)
    return str(_first_names().get(current, current))


@lru_cache(maxsize=1)
def _first_names() -> dict[str, str]:
    filed, aliases = get_global("meta_zones"), get_global("zone_aliases")
    return {new: old for old, new in aliases.items() if old in filed and new not in filed}
