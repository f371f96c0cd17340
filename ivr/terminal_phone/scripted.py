"""One whole call by script: the caller and the managers listen, and act as they were told to."""

import math
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from typing import Protocol

from ivr.emulator.happenings import WebhookMade
from ivr.emulator.softphone.wire import Shown
from ivr.terminal_phone.acts import Act, HangUp
from ivr.terminal_phone.cast import Cast, Party
from ivr.terminal_phone.company import Company
from ivr.terminal_phone.network import BEAT, Network, behave, pass_beats, perform, telephone
from ivr.terminal_phone.record import Record

MOST_BEATS = 4
"""Until the next look at what has happened: a telephone that rings is picked up after more than these two seconds."""
LONGEST = timedelta(minutes=20)
"""Of the exchange's time: more than any call to the demo company takes, so that one that hangs comes to an end."""


class Audience(Protocol):
    """Whoever is shown the call as it happens."""

    def show(self, shown: Shown) -> None:
        """Something has happened."""

    def hangs_up(self, number: str, at: datetime) -> None:
        """Somebody puts the telephone down: the carrier does not say which side ended a call."""

    def rest(self) -> None:
        """Nothing more will happen."""


class LineBusy(Exception):
    """The caller's telephone is in use: somebody is on a call with it already."""


class ScriptedCall:
    """Runs on any network. ``after_webhooks`` makes the line's worker work, where nobody else does."""

    def __init__(
        self, network: Network, cast: Cast, screen: Audience, *, after_webhooks: Callable[[], None] = lambda: None
    ) -> None:
        self.record = Record(cast)
        self._network, self._cast, self._screen = network, cast, screen
        self._after_webhooks = after_webhooks
        self._caller = telephone(network, cast.caller)
        self._news: deque[Shown] = deque()
        self._began: datetime | None = None
        self._now: datetime | None = None

    def tell(self, shown: Shown) -> None:
        """Something happened: show it at once, act on it when its time has come. From any thread."""
        self._screen.show(shown)
        self._news.append(shown)

    def run(self, company: Company) -> None:
        """The call, from dialling to the end of its last leg. Raises LineBusy."""
        if self._caller.state != "idle":
            raise LineBusy(f"the telephone {self._caller.number} is on a call already")
        with self._behaving(company), self._following():
            try:
                self._caller.dial(self._cast.line)
                while not self.record.is_over and self._in_time():
                    self._wait(company.due)
                    self._let_act(company)
            finally:
                perform(HangUp(), self._caller)
                self._wind_up()

    @contextmanager
    def _behaving(self, company: Company) -> Iterator[None]:
        """Telephones behave as the script says while the call lasts, and as before when it is over."""
        with ExitStack() as undone:
            telephone(self._network, self._cast.duty)
            for manager, behaviour in company.behaviours.items():
                undone.callback(behave(self._network, telephone(self._network, manager), behaviour))
            yield

    @contextmanager
    def _following(self) -> Iterator[None]:
        unsubscribe = self._network.subscribe(self.tell)
        try:
            yield
        finally:
            unsubscribe()

    def _let_act(self, company: Company) -> None:
        for shown in self._digested():
            company.follow(shown)
        if self._now is not None:
            for party, act in company.acts(self._now):
                self._perform(party, act, self._now)

    def _perform(self, party: Party, act: Act, now: datetime) -> None:
        if isinstance(act, HangUp):
            self._screen.hangs_up(party.number, now)
            self.record.hangs_up(party)
        perform(act, telephone(self._network, party))

    def _wait(self, due: datetime | None) -> None:
        """Until somebody acts, or two seconds: much may happen before."""
        beats = MOST_BEATS
        if due is not None and self._now is not None:
            beats = max(1, min(beats, math.ceil((due - self._now).total_seconds() / BEAT)))
        pass_beats(self._network, self._caller, beats)
        if self._now is not None:
            self._now += timedelta(seconds=BEAT * beats)

    def _digested(self) -> Iterator[Shown]:
        """What is new, recorded. Our own time is the newest happening's plus what we have waited since then."""
        asked_the_line = False
        while self._news:
            shown = self._news.popleft()
            self._began = self._began or shown.at
            self._now = max(self._now or shown.at, shown.at)
            self.record.tell(shown)
            asked_the_line = asked_the_line or isinstance(shown, WebhookMade)
            yield shown
        if asked_the_line:
            self._after_webhooks()

    def _in_time(self) -> bool:
        if self._now is None or self._began is None or self._now - self._began < LONGEST:
            return True
        self.record.failures.append(f"the call did not end within {LONGEST.seconds} seconds")
        return False

    def _wind_up(self) -> None:
        """A last look: a mail may be sent at the end of the call, and a worker looks for mails once a second."""
        self._wait(None)
        for _ in self._digested():
            pass
        self._screen.rest()
