"""The period of a report: the last days, or from one day to another, as the page's address says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

PERIODS = (7, 30, 90)
USUAL = 30
LONGEST = timedelta(days=92)
"""A quarter. More calls than it has would not be counted while somebody waits for a page."""
YEARS = range(2000, 2101)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChosenPeriod:
    """Whole days in a line's zone, from ``since`` to before ``until`` (aware). ``days`` is None for days chosen one by
    one; ``wrong`` says why those that were asked for are not shown."""

    since: datetime
    until: datetime
    days: int | None = None
    wrong: str = ""

    @property
    def address(self) -> Mapping[str, str]:
        """What the page's address keeps of it."""
        if self.days is not None:
            return {"days": str(self.days)}
        return {"since": f"{self.since.date()}", "until": f"{self.until.date()}"}


def chosen_period(given: Mapping[str, str], now: datetime, zone: str) -> ChosenPeriod:
    """The period an address asks for; the usual one where it asks for none, or for one that cannot be."""
    here = ZoneInfo(zone)
    asked = {name: given[name].strip() for name in ("since", "until") if given.get(name, "").strip()}
    if not asked:
        return _last(_days(given.get("days", "")), now, here)
    first, end = _date(asked.get("since", "")), _date(asked.get("until", ""))
    if first is None or end is None:
        return _last(USUAL, now, here, "Choose two dates, such as 2026-11-01 and 2026-11-23.")
    if not timedelta() < end - first <= LONGEST:
        return _last(USUAL, now, here, f"Choose an end after the beginning, at most {LONGEST.days} days later.")
    return ChosenPeriod(since=datetime.combine(first, time(), here), until=datetime.combine(end, time(), here))


def _last(days: int, now: datetime, here: ZoneInfo, wrong: str = "") -> ChosenPeriod:
    """The last days, today included."""
    midnight = datetime.combine(now.astimezone(here).date(), time(), here)
    return ChosenPeriod(
        since=midnight - timedelta(days=days - 1), until=midnight + timedelta(days=1), days=days, wrong=wrong
    )


def _days(text: str) -> int:
    return int(text) if text in {str(each) for each in PERIODS} else USUAL


def _date(text: str) -> date | None:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if found.year in YEARS else None
