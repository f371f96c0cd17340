"""The company that the machine phones: ladders with everything an admin can get wrong, and tickets of every kind.

Two people on one phone, people with two phones, somebody with quiet hours, one person on two levels, a foreign number,
somebody by e-mail only, a level by e-mail only, a level that works in office hours, a customer who is on the ladder
himself, and a ladder on which nobody has a phone.
"""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Final

from flows.routing import Calendar, Grant, LadderPlan, LevelPlan, Line, Person, Program, Routing
from flows.rules.cooldown import CooldownTerms
from flows.rules.daily_hours import DailyHours
from flows.rules.ladder import Order, QuietHours
from flows.rules.working_time import Hours
from flows.ticket import Severity, Status, Ticket

START: Final = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)
"""A Tuesday, 10:00 in New York, where the line is."""

LINE: Final = "+12025550150"
DUTY: Final = "+12025550199"
ZONE: Final = "America/New_York"
ANNA, BORIS, CLARA, DMITRI, HUGO, ANNAS_OTHER, HUGOS_OTHER = (
    f"+120255501{digits}" for digits in ("01", "02", "03", "04", "06", "07", "08")
)
CALLERS: Final = ("+12025550123", "+12025550124", "+12025550125")
MANAGERS: Final = (ANNA, BORIS, CLARA, DMITRI, HUGO, ANNAS_OTHER, HUGOS_OTHER)
FOREIGN: Final = "+18765550105"
"""Jamaica: a North American number, and a favourite of toll fraud."""

MAY_BE_DIALLED: Final = frozenset({*MANAGERS, DUTY, CALLERS[0]})
"""Every number of the company's ladders that its dial policy allows, written down by hand."""

TERMS: Final = CooldownTerms(
    after_reached=timedelta(minutes=30), after_exhausted=timedelta(minutes=10), max_attempts=3,
    window=timedelta(hours=4),
)  # fmt: skip
TALK_LIMIT: Final = timedelta(minutes=20)
OFFICE_HOURS: Final = (time(9), time(17))
"""Monday to Friday, New York."""

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
_SIESTA = QuietHours(hours=DailyHours(begins=time(12), ends=time(14)))
_GRANT = Grant(escalation_allowed=True, guaranteed_response=20 * MINUTE)

_PEOPLE = {
    "anna": Person(name="Anna", phones=(ANNA, ANNAS_OTHER), email="anna@northwind.example"),
    "boris": Person(name="Boris", phones=(BORIS,), email="boris@northwind.example", languages=("ru",)),
    "clara": Person(name="Clara", phones=(CLARA,), email="clara@northwind.example", languages=("de",)),
    "dmitri": Person(name="Dmitri", phones=(DMITRI,), email="dmitri@northwind.example", quiet=_SIESTA),
    "erika": Person(name="Erika", phones=(CLARA,), email="erika@northwind.example"),
    "frida": Person(name="Frida", phones=(FOREIGN,), email="frida@northwind.example"),
    "gustav": Person(name="Gustav", email="gustav@northwind.example"),
    "hugo": Person(name="Hugo", phones=(HUGO, HUGOS_OTHER), email="hugo@northwind.example"),
    "ivan": Person(name="Ivan", phones=(CALLERS[0],), email="ivan@northwind.example"),
    "shift": Person(name="Sam", email="shift.manager@northwind.example"),
}

_BACKUP = LadderPlan(
    name="backup",
    products=("Backup Server",),
    levels=(
        LevelPlan(title="Support Manager", members=("anna", "boris")),
        LevelPlan(title="Operations", members=("clara", "dmitri", "erika", "anna"), order=Order.TOGETHER),
        LevelPlan(title="Director", members=("frida", "gustav", "hugo"), ring_seconds=20),
    ),
)
_MAIL = LadderPlan(
    name="mail",
    products=("Mail Gateway",),
    levels=(
        LevelPlan(title="Team", members=("boris", "dmitri", "hugo"), order=Order.TOGETHER),
        LevelPlan(title="Mailbox", members=("anna",), email_only=True),
        LevelPlan(title="Office", members=("ivan", "clara"), calendar="office"),
        LevelPlan(title="Director", members=("anna",)),
    ),
)
_NOBODY = LadderPlan(name="nobody", products=("Archive",), levels=(LevelPlan(title="Letters", members=("gustav",)),))

FIRST_EDITION: Final = Routing(
    lines=(
        Line(
            number=LINE, company="Northwind", languages=("en", "de", "ru"), zone=ZONE,
            shift_manager="shift", duty_number=DUTY, talk_limit=TALK_LIMIT,
        ),
    ),
    people=_PEOPLE,
    programs={"Premium": Program(name="Premium", grants=dict.fromkeys(Severity, _GRANT))},
    ladders=(_BACKUP, _MAIL, _NOBODY),
    calendars={
        "office": Calendar(
            zone=ZONE,
            hours=tuple(Hours(weekday=day, opens=OFFICE_HOURS[0], closes=OFFICE_HOURS[1]) for day in range(5)),
        )
    },
    cooldown=TERMS,
)

SECOND_EDITION: Final = replace(
    FIRST_EDITION,
    ladders=(
        replace(_BACKUP, levels=(_BACKUP.levels[2], _BACKUP.levels[0])),
        replace(_MAIL, levels=(_MAIL.levels[3], _MAIL.levels[0])),
        _NOBODY,
    ),
)
"""What an admin publishes in the middle of a call: other people first. Calls under way keep the first edition."""

BACKUP_TICKETS: Final = ("48213", "48214", "48215", "48216")
MAIL_TICKETS: Final = ("48223", "48224", "48225")
NOBODYS: Final = "48299"
HOT_TICKETS: Final = (BACKUP_TICKETS[0], MAIL_TICKETS[0])
"""Those that several callers want to escalate."""
ELIGIBLE: Final = (*BACKUP_TICKETS, *MAIL_TICKETS, NOBODYS)
CLOSED: Final = "48219"
UNKNOWN: Final = ("49998", "49999")


def tickets() -> dict[str, Ticket]:
    """Every ticket there is at the beginning, by number."""
    products = dict.fromkeys(BACKUP_TICKETS, "Backup Server")
    products |= dict.fromkeys(MAIL_TICKETS, "Mail Gateway") | {NOBODYS: "Archive", CLOSED: "Backup Server"}
    return {number: _ticket(number, product) for number, product in products.items()}


def _ticket(number: str, product: str) -> Ticket:
    return Ticket(
        number=number,
        subject="Restore hangs",
        organisation="Halvorsen Shipping",
        requester="Ingrid Halvorsen",
        program="Premium",
        severity=Severity.HIGH,
        product=product,
        status=Status.CLOSED if number == CLOSED else Status.OPEN,
        opened_at=START - 5 * HOUR,
        updated_at=START - 5 * HOUR,
        contact_numbers=CALLERS[:1],
        time_zone=ZONE,
    )
