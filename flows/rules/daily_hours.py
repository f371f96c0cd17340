"""Hours that come back every day, such as a person's quiet hours or the night. They may run over midnight.

What the clock on the wall says is what counts, as for working time (``flows.rules.working_time``): of a local time that
happens twice the first one begins and the last one ends, and one that is skipped is the first moment after the gap.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from flows.rules.working_time import MIDNIGHT, Period, closing, opening

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class DailyHours:
    """From ``begins`` to ``ends``, local wall-clock times; an end that is not later is on the next day.

    Raises ValueError when both are the same: that could mean always or never.
    """

    begins: time
    ends: time

    def __post_init__(self) -> None:
        if self.begins == self.ends:
            raise ValueError("daily hours must end at another time than they begin")

    def around(self, at: datetime, zone: str) -> tuple[datetime, datetime] | None:
        """The hours that ``at`` (aware) falls into in IANA ``zone``, as instants in UTC; None when it falls into none.
        The moment at which they end is outside."""
        where = ZoneInfo(zone)
        today = at.astimezone(where).date()
        for day in (today - DAY, today):
            begins, ends = self._on(day, where)
            if begins <= at < ends:
                return begins, ends
        return None

    def between(self, start: datetime, end: datetime, zone: str) -> Iterator[Period]:
        """The hours that touch the time between two instants (aware), in order, each from its real beginning to its
        real end."""
        where = ZoneInfo(zone)
        day, last = start.astimezone(where).date() - DAY, end.astimezone(where).date()
        while day <= last:
            begins, ends = self._on(day, where)
            if begins < end and start < ends:
                yield begins, ends
            day += DAY

    def _on(self, day: date, where: ZoneInfo) -> Period:
        ends_on = day if self.ends == MIDNIGHT or self.ends > self.begins else day + DAY
        return opening(day, self.begins, where), closing(ends_on, self.ends, where)
