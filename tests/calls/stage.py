"""Who is on stage in a phone story, and how a story ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from functools import partial
from unittest.mock import patch

from db.engine import open_engine
from db.unit_of_work import Store
from ivr import app
from ivr.emulator.handset import Handset
from ivr.line.ports import TicketSystem
from ivr.private_line import PrivateLine, an_exchange, private_line
from ivr.telephony import rest

TUESDAY_MORNING = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)
"""10:00 in New York, where the line is."""

LINE = "+12025550150"
CONTACT = "+12025550123"
LEVEL_1 = "+12025550101"
LEVEL_2 = "+12025550102"
DUTY = "+12025550199"

PATIENCE_SECONDS = 60.0
"""Of real time, for answers that do come: a story tells the same on the busiest machine."""


@contextmanager
def on_stage(
    database_url: str,
    tickets: TicketSystem | None = None,
    ring_mode: str = "hold",
    texts: str = "off",
    machine_detection: bool = False,
    patience: timedelta = timedelta(seconds=PATIENCE_SECONDS),
) -> "Iterator[Stage]":
    """A line with the demo company on a database, perhaps with another ticket system, in either way of ringing;
    ``texts`` and ``machine_detection`` as in the settings, ``patience`` of the line with its database."""
    settings = {"TEXTS": texts, "MACHINE_DETECTION": str(machine_detection).lower()}
    with (
        an_exchange(TUESDAY_MORNING) as exchange,
        patch.object(rest, "PATIENCE_SECONDS", PATIENCE_SECONDS),
        patch.object(app, "open_engine", partial(open_engine, patience=patience)),
        patch.object(app, "Store", partial(Store, patience=patience)),
        private_line(database_url, exchange, tickets=tickets, ring_mode=ring_mode, others=settings) as line,
    ):
        line.parts.lookups.budget_seconds = PATIENCE_SECONDS
        yield Stage(line)


class Stage:
    """A line and the telephones around it. Nobody picks up unless the story says so."""

    def __init__(self, line: PrivateLine) -> None:
        self.line = line
        self.exchange = line.exchange
        self.caller = self.exchange.handset(CONTACT, name="caller")
        self.level_1 = self.exchange.handset(LEVEL_1, name="Level 1")
        self.level_2 = self.exchange.handset(LEVEL_2, name="Level 2")
        self.duty = self.exchange.handset(DUTY, name="duty phone")

    def calls_in_english(self, caller: Handset | None = None) -> Handset:
        """Phone the line and choose English; the line then asks for the ticket number."""
        phone = caller or self.caller
        phone.dial(LINE)
        phone.begins_to_hear("For English, press 1")
        phone.press("1")
        phone.begins_to_hear("key in your ticket number")
        return phone

    def escalates(self, ticket: str = "48213", caller: Handset | None = None) -> Handset:
        """Phone the line, key the ticket and confirm; the ladder then starts."""
        phone = self.calls_in_english(caller)
        phone.press(f"{ticket}#")
        phone.begins_to_hear("may be escalated")
        phone.press("1")
        phone.begins_to_hear("escalation is under way")
        return phone

    def accepts(self, manager: Handset) -> None:
        """Pick up, listen to the story and press 1."""
        manager.rings()
        manager.answer()
        manager.hears("Press 1 to accept")
        manager.press("1")

    def mails(self) -> list[EmailMessage]:
        """Let the worker send what is due; every mail so far."""
        while self.line.parts.dispatcher.run_once():
            pass
        return self.line.mail.mails

    def subjects(self) -> list[str]:
        """The subjects of every mail so far."""
        return [str(mail["Subject"]) for mail in self.mails()]

    def rings(self, ticket: str = "48213") -> list[tuple[str, str | None]]:
        """Every ring of every attempt for the ticket, in order: title and outcome."""
        with self.line.parts.store.reading() as work:
            attempts = reversed(work.attempts.of_ticket(ticket))
            rings = [ring for attempt in attempts for ring in work.rings.of_attempt(attempt.id)]
        return [(ring.title, ring.outcome) for ring in rings]

    def outcomes(self, ticket: str = "48213") -> list[str | None]:
        """How the ticket's attempts ended, in order."""
        with self.line.parts.store.reading() as work:
            return [attempt.outcome for attempt in reversed(work.attempts.of_ticket(ticket))]

    def _everybody_hangs_up(self) -> None:
        """Managers whose caller has left are asked how it goes on; they need not answer."""
        for manager in (self.level_1, self.level_2):
            if manager.state == "talking":
                manager.hang_up()

    def ends(self, *, mails: int) -> None:
        """The end of every story: exactly so many mails, no live call, and nothing else happens."""
        assert len(self.mails()) == mails, self.subjects()
        self._everybody_hangs_up()
        self.exchange.nothing_else_happens()
        assert len(self.mails()) == mails, "a mail came late"
        with self.line.parts.store.reading() as work:
            assert work.calls.live(self.exchange.now()) == [], "a call is still live in the books"
            assert not work.calls.overdue(self.exchange.now(), 1), "a call was lost"
