"""The demo company: an invented one, complete enough to phone. Published by ``ivr seed demo`` and ``ivr demo``."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from db.unit_of_work import Store, Work
from flows.routing import Calendar, Grant, LadderPlan, LevelPlan, Line, Person, Program, Routing
from flows.rules.daily_hours import DailyHours
from flows.rules.ladder import QuietHours
from flows.rules.restraint import Restraint
from flows.rules.working_time import Hours
from flows.ticket import Severity, Status, Ticket

LINE_NUMBER = "+12025550150"
LEVEL_1 = "dana-whitfield"
LEVEL_1_NUMBER = "+12025550101"
LEVEL_2_NUMBER = "+12025550102"
SHIFT_MANAGER_NUMBER = "+12025550103"
SHIFT_MANAGER_AT_HOME = "+12025550113"
CONTACT_NUMBER = "+12025550123"
DUTY_NUMBER = "+12025550199"

STORY = f"""\
  Northwind Software supports Backup Server, Mail Gateway and Endpoint Agent on this line, {LINE_NUMBER}.
  Phone it as {CONTACT_NUMBER}. Level 1, the Support Operations Manager, is {LEVEL_1_NUMBER}; Level 2, the Senior
  Director of Support, is {LEVEL_2_NUMBER}. The duty phone is {DUTY_NUMBER}.

    48213   may be escalated: no answer for five hours, and one hour was promised
    48214   opened 30 minutes ago, too young
    48215   waits for the customer's own answer
    48216   support program without escalation
    48217   updated 20 minutes ago, inside the guaranteed response time
    48218   closed
    48219   product with an escalation path of its own"""

_WEEK = tuple(Hours(weekday=day, opens=time(8), closes=time(18)) for day in range(5))
_OFFICE = "office"
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)


def _grants(urgent: timedelta, high: timedelta, normal: timedelta, low: timedelta | None) -> Mapping[int, Grant]:
    """Guaranteed responses by severity: urgent and high around the clock, the others in office hours.

    None for ``low``: two office days, and no escalation.
    """
    return {
        Severity.URGENT: Grant(escalation_allowed=True, guaranteed_response=urgent),
        Severity.HIGH: Grant(escalation_allowed=True, guaranteed_response=high),
        Severity.NORMAL: Grant(escalation_allowed=True, guaranteed_response=normal, calendar=_OFFICE),
        Severity.LOW: Grant(
            escalation_allowed=low is not None, guaranteed_response=low or 20 * _HOUR, calendar=_OFFICE
        ),
    }


_NO_GRANTS: Mapping[int, Grant] = {
    severity: Grant(escalation_allowed=False, guaranteed_response=timedelta()) for severity in Severity
}

ROUTING = Routing(
    lines=(
        Line(
            number=LINE_NUMBER,
            company="Northwind Software",
            languages=("en", "de", "ru"),
            zone="America/New_York",
            shift_manager="priya-raman",
            duty_number=DUTY_NUMBER,
        ),
    ),
    people={
        LEVEL_1: Person(
            name="Dana Whitfield",
            phones=(LEVEL_1_NUMBER,),
            email="dana.whitfield@northwind-support.example",
            languages=("en",),
        ),
        "marcus-oyelaran": Person(
            name="Marcus Oyelaran",
            phones=(LEVEL_2_NUMBER,),
            email="marcus.oyelaran@northwind-support.example",
            languages=("en", "de"),
            zone="America/Chicago",
        ),
        "priya-raman": Person(
            name="Priya Raman",
            phones=(SHIFT_MANAGER_NUMBER, SHIFT_MANAGER_AT_HOME),
            email="shift.manager@northwind-support.example",
            languages=("en",),
            quiet=QuietHours(hours=DailyHours(begins=time(23), ends=time(6))),
        ),
    },
    programs={
        "Premium": Program(name="Premium", grants=_grants(_HOUR / 2, _HOUR, 4 * _HOUR, 8 * _HOUR)),
        "Standard": Program(name="Standard", grants=_grants(_HOUR, 4 * _HOUR, 10 * _HOUR, None)),
        "Community": Program(name="Community", grants=_NO_GRANTS),
    },
    ladders=(
        LadderPlan(
            name="Northwind Support",
            products=("Backup Server", "Mail Gateway", "Endpoint Agent"),
            levels=(
                LevelPlan(
                    title="Support Operations Manager",
                    titles={"de": "Leitung Supportbetrieb", "ru": "менеджер по операциям поддержки"},
                    members=(LEVEL_1,),
                ),
                LevelPlan(
                    title="Senior Director of Support",
                    titles={"de": "Bereichsleitung Support", "ru": "старший директор поддержки"},
                    members=("marcus-oyelaran",),
                ),
            ),
        ),
    ),
    calendars={_OFFICE: Calendar(zone="America/New_York", hours=_WEEK, holiday_region="US")},
    other_paths={"Managed Cloud": "Northwind Cloud Operations, +1 202 555 0160"},
    # In the demo Level 1 answers at any time of the night, however often it is tried: ticket 48213 has four attempts.
    restraint=Restraint(rings_a_night=8),
)


def demo(store: Store, now: datetime) -> None:
    """Publish the company and put its tickets at their ages relative to ``now``; may be run again.

    Routing is published only where it differs, so that running calls keep their version. Cooldowns are left alone.
    """
    with store.writing() as work:
        if not _published(work):
            work.routing.publish(ROUTING, by="ivr seed demo", note="the demo company", at=now)
        for ticket in tickets(now):
            work.tickets.put(ticket)


def _published(work: Work) -> bool:
    return work.routing.current_version() > 0 and work.routing.current()[1] == ROUTING


def tickets(now: datetime) -> tuple[Ticket, ...]:
    """48213 may be escalated at any hour of any day; each of the others is refused for one reason of its own."""
    return (
        _ticket("48213", "Restore job hangs at 98 percent", now, 5 * _HOUR),
        _ticket("48214", "Agents lose their licences after the update", now, _HOUR / 2, product="Endpoint Agent"),
        _ticket("48215", "Outgoing mail waits for hours", now, _DAY, 3 * _HOUR, status=Status.WAITING_FOR_REQUESTER),
        _ticket("48216", "How do I change the backup folder?", now, 2 * _DAY, program="Community"),
        _ticket("48217", "Tape library is not found", now, 6 * _HOUR, _HOUR / 3, program="Standard"),
        _ticket("48218", "Console shows the wrong time zone", now, 9 * _DAY, 2 * _DAY, status=Status.CLOSED),
        _ticket("48219", "Cloud tenant cannot be reached", now, 5 * _HOUR, product="Managed Cloud"),
    )


def _ticket(
    number: str,
    subject: str,
    now: datetime,
    opened: timedelta,
    updated: timedelta | None = None,
    *,
    program: str = "Premium",
    product: str = "Backup Server",
    status: Status = Status.OPEN,
) -> Ticket:
    """A ticket of severity 2 with its ages; ``updated`` None: nobody has touched it since it was opened."""
    return Ticket(
        number=number,
        subject=subject,
        organisation="Halvorsen Shipping",
        requester="Ingrid Halvorsen",
        program=program,
        severity=Severity.HIGH,
        product=product,
        status=status,
        opened_at=now - opened,
        updated_at=now - (opened if updated is None else updated),
        region="Americas",
        contact_numbers=(CONTACT_NUMBER,),
        time_zone="America/New_York",
        account_manager=program == "Premium",
    )
