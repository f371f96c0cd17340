"""Public holidays for the working-time calendars, from the maintained library of country calendars."""

from collections.abc import Mapping
from datetime import date, datetime
from functools import cache

import holidays

from flows.routing import Routing

YEARS_BACK, YEARS_AHEAD = 1, 1
"""Guaranteed response times and openings are days away, so a year either side of now is plenty."""


def holiday_dates(routing: Routing, now: datetime) -> Mapping[str, frozenset[date]]:
    """The holidays of every region that a calendar of ``routing`` names, around ``now``."""
    regions = {calendar.holiday_region for calendar in routing.calendars.values() if calendar.holiday_region}
    return {region: _dates(region, now.year) for region in regions}


@cache
def _dates(region: str, year: int) -> frozenset[date]:
    country, _, subdivision = region.partition("-")
    years = range(year - YEARS_BACK, year + YEARS_AHEAD + 1)
    return frozenset(holidays.country_holidays(country, subdiv=subdivision or None, years=years))
