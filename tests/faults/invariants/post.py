"""I10: the shift manager is mailed about every escalation."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from tests.faults.invariants.look import Look, invariant

A_DAY = timedelta(hours=23)
"""A little less: the first try is made at once."""
SHIFT_MANAGER = "shift.manager@northwind.example"
SUBJECT = "Escalation: ticket {number}"


def _mails(look: Look, number: str) -> set[str]:
    """Message-IDs of what was mailed about escalations of a ticket."""
    begins = SUBJECT.format(number=number)
    mails = (mail for mail in look.world.mail.mails if SHIFT_MANAGER in str(mail["To"]))
    return {str(mail["Message-ID"]) for mail in mails if str(mail["Subject"]).startswith(begins)}


@invariant("I10")
def no_mail_without_an_escalation(look: Look) -> Iterator[str]:
    """Never more different mails than attempts."""
    attempts = Counter(row.ticket_number for row in look.page.attempts)
    for number in look.world.tickets.tickets:
        if len(_mails(look, number)) > attempts[number]:
            yield f"{len(_mails(look, number))} different mails for {attempts[number]} escalations of ticket {number}"


@invariant("I10")
def a_mail_is_repeated_only_in_doubt(look: Look) -> Iterator[str]:
    """At most one copy more for each time when the answer was lost, or the sender killed."""
    copies = Counter(str(mail["Message-ID"]) for mail in look.world.mail.mails)
    extra = sum(count - 1 for count in copies.values())
    if extra > look.world.mail.doubts:
        yield f"{extra} mails came again, and only {look.world.mail.doubts} times the sender was in doubt"


@invariant("I10", at_end=True)
def every_escalation_is_mailed(look: Look) -> Iterator[str]:
    """Or a dead letter shows that it could not be: refused for good, or tried for a day."""
    attempts = Counter(row.ticket_number for row in look.page.attempts)
    dead = sum(row.dead_at is not None and row.kind == "notice" for row in look.page.outbox)
    missing = {number: count - len(_mails(look, number)) for number, count in attempts.items()}
    if sum(missing.values()) > dead:
        names = ", ".join(number for number, count in missing.items() if count)
        yield f"{sum(missing.values())} escalations were never mailed ({names}), and {dead} letters are dead"
    for row in look.page.outbox:
        gave_up = row.kind == "notice" and row.dead_at is not None and row.dead_at < row.created_at + A_DAY
        if gave_up and not look.world.mail.refused:
            yield f"letter {row.id} was given up after {row.dead_at - row.created_at}: {row.last_error}"
