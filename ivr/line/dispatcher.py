"""Sends what the outbox holds, with no transaction open while on the network.

At least once: a letter is claimed with a lease, handed over, and only then marked as sent. Whoever dies in between
leaves the lease to run out, and the letter goes again under the same key, from which its Message-ID is made.
"""

import time
import traceback
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Event
from typing import assert_never

import structlog

from db.repositories.outbox import Message
from db.unit_of_work import Store
from flows.prompts.rewording import NONE, Rewordings
from ivr.clock import Clock
from ivr.line.callbacks import CallbackDesk
from ivr.line.letters import (
    CustomerCall,
    CustomerCallOver,
    LetterError,
    LostRecordings,
    Text,
    TicketNote,
    UnwantedRecording,
    decode,
)
from ivr.line.links import Link, Links, Page
from ivr.line.messages import MessageDesk
from ivr.line.ports import CalendarWarning, Channel, LineTroubles, Notice, Rejected, RetryLater, Texting, TicketSystem

LEASE = timedelta(minutes=5)
"""Longer than the slowest hand-over: a mail server that is slow at every one of nine answers takes 90 seconds."""

PASS_SECONDS = 5.0
"""A pass begins no new letter after this, so that a silent mail server cannot keep the worker from its other tasks."""

SOON = (15, 60, 5 * 60, 15 * 60, 30 * 60)
WAITS = tuple(timedelta(seconds=seconds) for seconds in SOON) + tuple(timedelta(minutes=60 + 10 * n) for n in range(12))
"""Pauses after the first, second ... failure: dense while the escalation is warm, then from one hour slowly growing.
Together just under 24 hours; after that the letter is dead and people have to look at it."""

BEAT = timedelta(seconds=5)
"""How often the worker says that it is alive; /readyz worries after a minute."""

log = structlog.get_logger()


class Dispatcher:
    """Takes due letters from the outbox, one at a time and the longest due first."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        channel: Channel,
        tickets: TicketSystem,
        messages: MessageDesk,
        links: Links,
        callbacks: CallbackDesk,
        texting: Texting | None = None,
        elapsed: Callable[[], float] = time.monotonic,
    ) -> None:
        """Without ``texting`` texts are switched off. ``elapsed`` tells passing seconds, whatever is done to the time
        of day."""
        self._store = store
        self._clock = clock
        self._channel = channel
        self._tickets = tickets
        self._messages = messages
        self._links = links
        self._called_back = callbacks
        self._texting = texting
        self._elapsed = elapsed

    def run_once(self) -> int:
        """Send what is due, for about five seconds at most; how many letters were taken up. Raises StoreUnavailable."""
        begun, taken = self._elapsed(), 0
        while self._elapsed() - begun < PASS_SECONDS and (message := self._claim()) is not None:
            self._settle(message)
            taken += 1
        return taken

    def _claim(self) -> Message | None:
        with self._store.writing() as work:
            return next(iter(work.outbox.claim_due(self._clock(), LEASE, 1)), None)

    def _settle(self, message: Message) -> None:
        if message.tries > len(WAITS) + 1:
            self._bury(message, "every try ended without an answer; is something killing the worker?")
            return
        try:
            self._hand_over(message)
        except (Rejected, LetterError) as error:
            self._bury(message, str(error))
        except RetryLater as error:
            self._put_off(message, str(error))
        except Exception as error:  # noqa: BLE001  # the border: one letter's bug must not stop the others
            self._put_off(message, f"unexpected {_mishap(error)}")
        else:
            self._mark_sent(message)

    def _hand_over(self, message: Message) -> None:
        letter = decode(message.kind, message.body)
        if isinstance(letter, Notice | Text) and letter.link is not None and self._answered(letter.link):
            return
        match letter:
            case Notice() as notice:
                url = self._links.url(notice.link) if notice.link else ""
                self._channel.send(replace(notice, link_url=url), self._reworded())
            case Text() as text:
                self._text(message, text)
            case CalendarWarning() | LineTroubles() as warning:
                self._channel.warn(warning, self._reworded())
            case TicketNote(number=number, text=text):
                self._tickets.add_note(number, text, message.key)
            case UnwantedRecording(recording=recording):
                self._messages.delete(recording)
            case LostRecordings(call_sid=call_sid):
                self._messages.look_for(call_sid)
            case CustomerCall(callback=callback, turn=turn):
                self._called_back.call(callback, turn, again=message.tries > 1)
            case CustomerCallOver(callback=callback, turn=turn):
                self._called_back.over(callback, turn)
            case other:
                assert_never(other)

    def _reworded(self) -> Rewordings:
        """How mails are worded by what is published now, whenever their story began."""
        with self._store.reading() as work:
            version = work.routing.current_version()
            return work.routing.read(version).mails if version else NONE

    def _answered(self, link: Link) -> bool:
        """Whether what the link asks for has been said meanwhile."""
        if link.page is not Page.WRAP_UP:
            return False
        with self._store.reading() as work:
            ring = work.rings.read(link.about)
        return ring is None or ring.terms is not None

    def _text(self, message: Message, text: Text) -> None:
        """A text whose fate is unknown is looked up before it is sent again: nobody wants the same one twice."""
        if self._texting is None:
            raise Rejected("texts are switched off (TEXTS)")
        if text.useless_after is not None and self._clock() > text.useless_after:
            raise Rejected("it could not be sent while it was of use")
        words = f"{text.words} {self._links.url(text.link)}" if text.link else text.words
        if message.tries > 1 and self._texting.was_taken(text.to, text.sender, text.words, message.created_at):
            return
        self._texting.send(text.to, text.sender, words)

    def _mark_sent(self, message: Message) -> None:
        with self._store.writing() as work:
            work.outbox.sent(message.id, self._clock())
        log.info("letter sent", letter=message.id, kind=message.kind, tries=message.tries)

    def _put_off(self, message: Message, error: str) -> None:
        if message.tries > len(WAITS):
            self._bury(message, f"given up after {message.tries} tries: {error}")
            return
        with self._store.writing() as work:
            work.outbox.retry(message.id, self._clock() + WAITS[message.tries - 1], error)
        log.warning("letter put off", letter=message.id, kind=message.kind, tries=message.tries, error=error)

    def _bury(self, message: Message, error: str) -> None:
        with self._store.writing() as work:
            work.outbox.bury(message.id, self._clock(), error)
        log.error("dead letter", letter=message.id, kind=message.kind, tries=message.tries, error=error)


class Worker:
    """Does its tasks again and again and says that it is alive. One task's failure does not stop the others."""

    def __init__(self, tasks: Sequence[Callable[[], int]], store: Store, clock: Clock, name: str = "worker") -> None:
        """A task does what there is to do now and answers how much that was. ``name`` is that of the heartbeat."""
        self._tasks = (*tasks, self._beat)
        self._store = store
        self._clock = clock
        self._name = name
        self._last_beat: datetime | None = None

    def run_forever(self, stop: Event, idle_seconds: float = 1.0) -> None:
        """Work until ``stop`` is set; pause for ``idle_seconds`` only when there was nothing to do."""
        while not stop.is_set():
            if self.run_once() == 0:
                stop.wait(idle_seconds)

    def run_once(self) -> int:
        """Do every task once; how much was done in all."""
        return sum(self._attempt(task) for task in self._tasks)

    def _attempt(self, task: Callable[[], int]) -> int:
        try:
            return task()
        except Exception as error:  # noqa: BLE001  # the border: the worker outlives whatever its tasks run into
            log.error("task failed", task=getattr(task, "__qualname__", type(task).__name__), error=_mishap(error))
            return 0

    def _beat(self) -> int:
        now = self._clock()
        if self._last_beat is None or not timedelta(0) <= now - self._last_beat < BEAT:
            with self._store.writing() as work:
                work.heartbeats.beat(self._name, now)
            self._last_beat = now
        return 0


def _mishap(error: Exception) -> str:
    """What broke and where, without its message, which may quote people."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {frames[-1].name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
