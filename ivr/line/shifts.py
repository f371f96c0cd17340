"""Who has the shift in each schedule, so that a ladder can be frozen with people on it."""

from collections.abc import Mapping
from datetime import datetime

from db.unit_of_work import Work
from flows.duty import person_meant
from flows.routing import Routing


def on_shift(work: Work, routing: Routing, at: datetime) -> Mapping[str, str | None]:
    """The key of the person on duty at ``at``, by schedule; None where nobody is whom the routing knows."""
    if not routing.schedules:
        return {}
    standing = work.overrides.standing(at)
    return {key: person_meant(routing, key, standing, at) for key in routing.schedules}
