"""A small trade for the conversation tests: one line, one ticket, a ladder of three levels. Nothing outside exists."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from flows.heard import TicketFound
from flows.routing import Line
from flows.rules.cooldown import CooldownTerms, Standing
from flows.rules.eligibility import Terms
from flows.rules.ladder import Ladder, Level, Member
from flows.ticket import Severity, Status, Ticket

NOW = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)
"""A Tuesday, 10:00 in New York, where the line is."""

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)

CONTACT = "+12025550123"
DUTY = "+12025550199"
LEVEL_1, LEVEL_2, LEVEL_3 = "+12025550101", "+12025550102", "+12025550103"

LINE = Line(
    number="+12025550150", company="Northwind", languages=("en",), zone="America/New_York", shift_manager="priya"
)
LINE_IN_THREE_LANGUAGES = replace(LINE, languages=("en", "de", "ru"))

TICKET = Ticket(
    number="48213",
    subject="Restore job hangs",
    organisation="Contoso",
    requester="Kim",
    program="Premium",
    severity=Severity.HIGH,
    product="Backup Server",
    status=Status.OPEN,
    opened_at=NOW - 5 * HOUR,
    updated_at=NOW - 5 * HOUR,
)
TERMS = Terms(escalation_allowed=True, guaranteed_response=HOUR)
COOLDOWN = CooldownTerms()


def manager(*phones: str) -> Member:
    """A person who is known by the first phone."""
    return Member(person=phones[0], name=f"Manager {phones[0][-3:]}", number=phones[0], further=phones[1:])


def ladder(*levels: tuple[str, ...]) -> Ladder:
    """One level for each group of phone numbers, titled "Level 1" and so on."""
    return Ladder(
        name="Support",
        levels=tuple(
            Level(
                rank=rank,
                title=f"Level {rank}",
                members=tuple(manager(number) for number in numbers),
            )
            for rank, numbers in enumerate(levels, start=1)
        ),
    )


LADDER = ladder((LEVEL_1,), (LEVEL_2,), (LEVEL_3,))

FOUND = TicketFound(
    at=NOW, ticket=TICKET, terms=TERMS, other_path=None, ladder=LADDER, cooldown=COOLDOWN, standing=Standing()
)
"""A ticket that may be escalated: five hours old, one hour was promised, nobody was rung before."""
