"""Where a call takes place: a private line that lasts as long as the call, or a demo that runs elsewhere."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from tempfile import TemporaryDirectory

from ivr.emulator.softphone.client import RemoteExchange
from ivr.emulator.softphone.mail import arrived, receivers_of
from ivr.emulator.softphone.wire import Shown
from ivr.line.dispatcher import Worker
from ivr.private_line import PrivateLine, an_exchange, private_line, working
from ivr.terminal_phone.network import Network

Tell = Callable[[Shown], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """``network`` has the telephones; ``work`` does what the line's worker has to do now, where nobody else does.

    ``private`` is the line itself, None when it runs in another process.
    """

    network: Network
    work: Callable[[], None]
    private: PrivateLine | None = None

    def on_mail(self, tell: Tell) -> None:
        """Be told of mails, from another thread; a network in another process tells of them by itself."""
        if self.private is not None:
            now = self.private.exchange.now
            self.private.mail.subscribers.append(lambda mail: _tell_receivers(mail, now(), tell))

    def reasons(self, sid: str) -> list[str] | None:
        """Every reason for which the call ``sid`` was refused, in order; None where nobody can know."""
        if self.private is None:
            return None
        with self.private.parts.store.reading() as work:
            found = (reason for refusal in work.refusals.of(sid) for reason in refusal.reasons)
            return list(dict.fromkeys(found))


@contextmanager
def simulated(start: datetime) -> Iterator[Stage]:
    """A line of our own whose minutes cost milliseconds. Raises OSError and db.errors.StoreError."""
    with _folder() as database, an_exchange(start) as exchange, private_line(database, exchange) as line:
        worker = Worker(line.parts.tasks, line.parts.store, line.parts.clock)
        yield Stage(network=exchange, work=lambda: _work_off(worker), private=line)


@contextmanager
def live(start: datetime) -> Iterator[Stage]:
    """A line of our own in real time. Raises OSError and db.errors.StoreError."""
    with (
        _folder() as database,
        an_exchange(start, speed=1.0) as exchange,
        private_line(database, exchange) as line,
        working(line),
    ):
        yield Stage(network=exchange, work=_somebody_else_works, private=line)


@contextmanager
def elsewhere(url: str) -> Iterator[Stage]:
    """The telephones of a demo that runs at ``url``. Raises ExchangeLost."""
    with RemoteExchange(url) as exchange:
        yield Stage(network=exchange, work=_somebody_else_works)


@contextmanager
def _folder() -> Iterator[str]:
    with TemporaryDirectory(prefix="escalation-line-") as folder:
        yield f"sqlite:///{Path(folder) / 'private.db'}"


def _work_off(worker: Worker) -> None:
    while worker.run_once():
        pass


def _tell_receivers(mail: EmailMessage, at: datetime, tell: Tell) -> None:
    for receiver in receivers_of(mail):
        tell(arrived(mail, receiver, "", at))


def _somebody_else_works() -> None:
    """The line has a worker of its own."""
