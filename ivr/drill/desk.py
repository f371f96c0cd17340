"""Drills asked for from a page: played beside the site, one at a time, and kept for everybody to read."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from threading import Thread

import structlog

from db.unit_of_work import Store, Work
from flows.routing import Routing
from flows.rules.schedule import Override
from ivr.clock import Clock
from ivr.drill.plan import PLAYED, DrillPlan, Played
from ivr.drill.process import SECONDS, DrillFailed, play_apart

LOST_AFTER = timedelta(seconds=SECONDS + 30)
"""A drill that has not ended by then never will: whoever played it was stopped."""

log = structlog.get_logger()

Start = Callable[[Callable[[], None]], None]


def on_duty_then(
    work: Work, routing: Routing, now: datetime, at: datetime
) -> tuple[tuple[Override, ...], Mapping[str, datetime]]:
    """What the real line knows of who is on duty at ``at`` besides the turns: who is put in for a time, and who is off
    duty until when."""
    overrides = tuple(each for each in work.overrides.all(now) if each.schedule in routing.schedules)
    return overrides, work.absences.off(at)


def _beside(job: Callable[[], None]) -> None:
    Thread(target=job, name="drill", daemon=True).start()


class DrillDesk:
    """Begins drills. ``play`` plays one to its end, ``start`` does a job without waiting for it."""

    def __init__(
        self, store: Store, clock: Clock, play: Callable[[DrillPlan], Played] = play_apart, start: Start = _beside
    ) -> None:
        self._store = store
        self._clock = clock
        self._play = play
        self._start = start

    def begin(self, plan: DrillPlan, about: str, by: str) -> int | None:
        """Play it; its id. None while another one is being played: a drill takes a whole processor for seconds."""
        now = self._clock()
        with self._store.writing() as work:
            if work.drills.running(now - LOST_AFTER):
                return None
            begun = work.drills.begin(about, by, now)
        self._start(lambda: self._played(begun, plan))
        return begun

    def _played(self, begun: int, plan: DrillPlan) -> None:
        played, failure = None, None
        try:
            played = PLAYED.dump_json(self._play(plan)).decode()
        except DrillFailed as error:
            failure = str(error)
            log.warning("drill failed", drill=begun, error=failure)
        with self._store.writing() as work:
            work.drills.end(begun, self._clock(), played=played, failure=failure)
