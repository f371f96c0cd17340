"""Who is told about what happens on a line: its shift manager, a person or whoever is on duty on a schedule."""

from datetime import datetime

from db.unit_of_work import Work
from flows.duty import mailed
from flows.routing import Line, Person, Routing
from ivr.line.ports import Recipient

NOBODY = Person(name="")


def shift_manager(work: Work, routing: Routing, line: Line, at: datetime) -> Recipient:
    """The person to tell at ``at``. When nobody in the whole routing has an address it is empty, and what is sent there
    ends as a dead letter that people see."""
    standing = work.overrides.standing(at) if line.shift_manager in routing.schedules else {}
    found = mailed(routing, line.shift_manager, standing, at)
    person = routing.people.get(found.person, NOBODY)
    return Recipient(
        name=person.name,
        address=person.email,
        language=person.language,
        zone=person.zone or line.zone,
        person=found.person,
        stands_in_for=found.stands_in_for,
    )
