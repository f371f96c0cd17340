"""Restraint: how often anybody's phone may ring in one night."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, time

from flows.rules.daily_hours import DailyHours
from flows.ticket import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Restraint:
    """At night (local time of whoever is rung) nobody is rung more than ``rings_a_night`` times, except for a ticket of
    severity 1. Every ring of the night counts, whatever it was about: it is the person who is to sleep."""

    rings_a_night: int = 3
    night: DailyHours = field(default_factory=lambda: DailyHours(begins=time(22), ends=time(7)))

    def __post_init__(self) -> None:
        if self.rings_a_night < 0:
            raise ValueError("nobody can be rung less than 0 times a night")

    def night_began(self, zone: str, severity: Severity, now: datetime) -> datetime | None:
        """Since when rings count for somebody in IANA ``zone``; None: they do not count now."""
        if severity is Severity.URGENT:
            return None
        night = self.night.around(now, zone)
        return night[0] if night else None

    def rung_enough(self, rings: Iterable[datetime], zone: str, severity: Severity, now: datetime) -> bool:
        """Whether one more ring would be one too many, after those that began at ``rings``."""
        began = self.night_began(zone, severity, now)
        return began is not None and sum(began <= ring for ring in rings) >= self.rings_a_night
