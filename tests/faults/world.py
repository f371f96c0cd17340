"""The world of the machine: the real line (its application, its worker, its database), a carrier with telephones, a
ticket system and a mail server, all in one process and by one clock that moves only when told."""

import math
import smtplib
from concurrent.futures import wait
from contextlib import ExitStack
from datetime import datetime
from functools import partial
from typing import Any, Self
from unittest.mock import patch

from sqlalchemy import QueuePool

import ivr.app
from flows.routing import Routing
from ivr.app import Parts, join
from ivr.config import Settings, load
from ivr.emulator.assumptions import Assumptions
from ivr.emulator.handset import Handset
from ivr.line.talk_recordings import TalkDesk
from ivr.telephony import rest
from ivr.telephony.safe_document import SafeDocuments
from ivr.telephony.signature import Signatures
from ivr.telephony.webhooks import voice_webhooks
from tests.faults import company
from tests.faults.books import Books, Page
from tests.faults.carrier import Carrier
from tests.faults.death import Died, Moment, MortalStore
from tests.faults.engines import PATIENT, one_engine
from tests.faults.invariants import Broken
from tests.faults.judge import Judge
from tests.faults.mail import MailServer
from tests.faults.model.people import Absence
from tests.faults.tally import TALLY
from tests.faults.tickets import Mood, ScriptedTickets
from tests.faults.wire import Application, Spent, Wire
from tests.faults.witness import Witness

TOKEN, ACCOUNT = "0123456789abcdef" * 2, "AC" + "0123456789abcdef" * 2
BASE = "https://line.example"
OUT_OF_PATIENCE_SECONDS = 0.001
"""Of real time, for a ticket system that does not answer before it is told to."""
SWEEP_SECONDS = 15.0
LATEST_SECONDS = 90.0
"""How long after a late callback the line may still be busy with what it said."""


class World:
    """Everything there is, and everybody. ``edition`` is the routing published last."""

    def __init__(self, database_url: str, ring_mode: str, assumptions: Assumptions | None = None) -> None:
        self.database_url, self.ring_mode = database_url, ring_mode
        self.carrier = Carrier(ACCOUNT, TOKEN, company.START, assumptions or Assumptions())
        self.tickets = ScriptedTickets(company.tickets())
        self.mail = MailServer()
        self.books = Books(database_url)
        self.editions: dict[int, Routing] = {}
        self.restarts = 0
        self.worker_since: datetime | None = company.START
        self.moved: dict[str, list[datetime]] = {}
        self.over: dict[str, list[datetime]] = {}
        self.absences: list[Absence] = []
        self._open = ExitStack()
        self._page: tuple[object, Page] | None = None
        self._worked = 0
        self.witness = Witness(self.carrier, self.books)
        self.judge = Judge(self)
        self.found: list[Broken] = []

    # Life.

    def __enter__(self) -> Self:
        self._open.callback(self.books.close)
        self._patch()
        self._open.callback(self.tickets.be, Mood.QUICK)
        self.parts = self._joined()
        self._open.callback(lambda: self.parts.close())
        self.carrier.wire = Wire(
            TOKEN, BASE, self._application(), self.dies, self.revived, self.books.fingerprint,
            self._spent, self.carrier.now, self.witness.answered,
        )  # fmt: skip
        self.publish(company.FIRST_EDITION)
        self.carrier.start()
        self._open.callback(self.carrier.close)
        self.carrier.line(company.LINE, voice_url=f"{BASE}/voice/incoming", status_callback=f"{BASE}/voice/status")
        self.phones = {number: self.carrier.handset(number) for number in (*company.CALLERS, *company.MANAGERS)}
        self.duty = self.carrier.handset(company.DUTY)
        return self

    def __exit__(self, *_: Any) -> None:
        self._open.close()

    def _patch(self) -> None:
        def request(_: object, method: str, url: str, **given: Any) -> Any:
            return self.carrier.rest.request(method, url, given.get("data"), given.get("params"))

        patches = (
            patch.object(rest.HttpClient, "request", request),
            patch.object(smtplib, "SMTP", self.mail.connection),
            patch.object(ivr.app, "open_engine", one_engine),
            patch.object(ivr.app, "Store", partial(MortalStore, patience=PATIENT)),
        )
        for each in patches:
            self._open.enter_context(each)

    @property
    def settings(self) -> Settings:
        """What an operator would have set."""
        return load({
            "TWILIO_ACCOUNT_SID": ACCOUNT, "TWILIO_AUTH_TOKEN": TOKEN, "PUBLIC_BASE_URL": BASE,
            "DATABASE_URL": self.database_url, "SECRET_KEY": "s" * 32, "SMTP_HOST": "mail.example",
            "MAIL_FROM": "line@northwind.example", "DUTY_NUMBER": company.DUTY, "DIAL_REGIONS": "US",
            "RING_MODE": self.ring_mode, "LOG_LEVEL": "ERROR", "TEXTS": "all",
        })  # fmt: skip

    def _joined(self) -> Parts:
        parts = join(self.settings, self.carrier.now, self.tickets)
        parts.lookups.budget_seconds = self._patience
        return parts

    def _application(self) -> Application:
        """The webhooks, wired as ``create_app`` wires them but without the pages for people: those take 40 ms to put
        together, and no carrier asks for them."""
        signatures = Signatures(TOKEN, BASE)
        talks = TalkDesk(self.parts.store, self.carrier.now)
        return voice_webhooks(
            self.parts.switchboard, self.parts.messages, talks, self.parts.callbacks, signatures,
            SafeDocuments(BASE, company.DUTY),
        )  # fmt: skip

    @property
    def _patience(self) -> float:
        return OUT_OF_PATIENCE_SECONDS if self.tickets.mood is Mood.SLOW else PATIENT.total_seconds()

    def _spent(self) -> Spent:
        return Spent(self.carrier.rest.spent, self.tickets.asked)

    def dies(self, moment: Moment | None) -> None:
        """The process will be killed around its next commit; None: it lives on."""
        store = self.parts.store
        assert isinstance(store, MortalStore)
        store.dies(moment)

    def restart(self) -> None:
        """Another process on the same database."""
        self.parts.close()
        self.parts = self._joined()
        self.carrier.wire.app = self._application()
        self.restarts += 1

    def revived(self) -> None:
        """The process was killed; another one begins."""
        self.witness.orders_failed.append(self.carrier.now())
        self.restart()

    def publish(self, routing: Routing) -> None:
        """An admin publishes another version of the routing."""
        with self.parts.store.writing() as work:
            work.routing.publish(routing, by="admin", note="the machine", at=self.carrier.now())
            self.editions[work.routing.current_version()] = routing

    def ticket_system(self, mood: Mood) -> None:
        """The ticket system answers so from now on; look-ups that were under way come to their end first."""
        self.tickets.be(mood)
        if mood is not Mood.SLOW:
            wait(self.parts.lookups._asked.values())
        self.parts.lookups.budget_seconds = self._patience

    # What holds.

    def judged(self, *, at_end: bool = False) -> None:
        """Look at everything; what does not hold is added to ``found``."""
        if self.carrier.office.crashes:
            raise self.carrier.office.crashes[0]
        self.found += self.judge.looks(at_end=at_end)

    def looked_on(self, step: str) -> None:
        """One step of several that somebody takes in one go is done: it counts, and everything is looked at."""
        TALLY.step(step)
        self.judged()

    def mails_about_escalations(self) -> int:
        """How many there have been. A promise may be broken, and mailed about, days after everything else is over."""
        return sum(str(mail["Subject"]).startswith("Escalation") for mail in self.mail.mails)

    def letters_waiting(self) -> bool:
        """Whether anything is still to be sent."""
        return any(row.sent_at is None and row.dead_at is None for row in self.page().outbox)

    # What is borrowed.

    def missed(self, sids: list[str]) -> bool:
        """Whether the line has missed a word about any of these legs, or may still get one late."""
        fates, now = self.carrier.fates, self.carrier.clock.elapsed()
        return any(sid in fates.lost or fates.late.get(sid, -math.inf) > now - LATEST_SECONDS for sid in sids)

    def connections_in_use(self) -> int:
        """Connections of the line's pool that nobody has given back."""
        pool = self.parts.store._engine.pool
        assert isinstance(pool, QueuePool)
        return pool.checkedout()

    def lookups_kept(self) -> int:
        """Questions to the ticket system that are still remembered after one more has been asked and answered."""
        self.parts.lookups.find("CA" + "0" * 32, "0")
        return len(self.parts.lookups._asked)

    # Time.

    def work(self) -> None:
        """The worker does everything that is due; it may be killed over it."""
        self.carrier.do(self._work)

    def _work(self) -> None:
        try:
            while done := sum(task() for task in self.parts.tasks):
                self._worked += done
        except Died:
            self.revived()

    def passes(self, seconds: float) -> None:
        """Time passes; the worker, where it runs, looks every fifteen seconds while anybody is on the telephone, else
        when something is due. Where nothing is due it would find nothing, which costs more than all the rest."""
        left = seconds
        while left > 0:
            step = min(left, self._until_work() if self.worker_since else left)
            self.carrier.pass_time(step)
            left -= step
            if self.worker_since and self._is_due():
                self.work()

    def page(self) -> Page:
        """The books as they stand; read again only when somebody may have written in them."""
        written = (len(self.carrier.wire.made), self._worked, self.restarts, len(self.editions))
        if self._page is None or self._page[0] != written:
            self._page = written, self.books.page()
        return self._page[1]

    def _until_work(self) -> float:
        if any(leg.is_live for leg in self.carrier.office.legs.values()):
            return SWEEP_SECONDS
        due = self.page().next_due
        return max(SWEEP_SECONDS, (due - self.carrier.now()).total_seconds()) if due else math.inf

    def _is_due(self) -> bool:
        due = self.page().next_due
        return due is not None and due <= self.carrier.now()

    @property
    def callback_due(self) -> datetime | None:
        """When a customer is to be called back next."""
        return min((row.due_at for row in self.page().callbacks if row.closed_at is None), default=None)

    # People.

    def idle(self, numbers: tuple[str, ...]) -> list[Handset]:
        """Who of these could begin a call."""
        return [self.phones[number] for number in numbers if self.phones[number].state == "idle"]

    def ringing(self) -> list[Handset]:
        """Whose telephone rings."""
        return [phone for phone in self.everybody if phone.state == "ringing"]

    def on_a_call(self, numbers: tuple[str, ...]) -> list[Handset]:
        """Who of these is on a call."""
        return [self.phones[number] for number in numbers if self.phones[number].state in {"talking", "calling"}]

    @property
    def everybody(self) -> tuple[Handset, ...]:
        """Every telephone, callers' first."""
        return (*self.phones.values(), self.duty)
