"""Hours that come back every day, such as a person's quiet hours or the night. They may run over midnight.

What the clock on the wall says is what counts, as for working time (``flows.rules.working_time``): of a local time that
happens twice the first one begins and the last one ends, and one that is skipped is the first moment after the gap.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from flows.rules.working_time import MIDNIGHT, closing, opening

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
            ends_on = day if self.ends == MIDNIGHT or self.ends > self.begins else day + DAY
            begins, ends = opening(day, self.begins, where), closing(ends_on, self.ends, where)
            if begins <= at < ends:
                return begins, ends
        return None
