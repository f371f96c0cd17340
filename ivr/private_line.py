"""A whole line of one's own on loopback: database, application, worker, carrier and mail server, in one process.

The demo, the terminal telephone and the phone stories in the tests all stand on it. Nothing in it stands in for the
line itself: webhooks are signed and travel over sockets, mails over SMTP.
"""

import secrets
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import Event, Thread
from types import MappingProxyType

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from db import migrate, seed
from db.unit_of_work import Store
from ivr.app import Parts, create_app, join
from ivr.config import Settings, load
from ivr.emulator.exchange import Exchange
from ivr.emulator.mail_sink import MailSink
from ivr.emulator.softphone.site import Softphone
from ivr.line.dispatcher import Worker
from ivr.line.ports import TicketSystem

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateLine:
    """The running parts: ``url`` is where the application answers, ``mail`` keeps what was mailed."""

    url: str
    settings: Settings
    parts: Parts
    exchange: Exchange
    mail: MailSink


class QuietRequests(WSGIRequestHandler):
    """Logs nothing: the application's own log has what matters, and request lines may carry numbers."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing."""


def an_exchange(
    start: datetime, *, speed: float | None = None, port: int = 0, telephones: Softphone | None = None
) -> Exchange:
    """An emulated carrier with one account and a fresh auth token. ``speed`` as in Exchange: None is simulated time."""
    return Exchange(
        account_sid="AC" + secrets.token_hex(16),
        auth_token=secrets.token_hex(16),
        start=start,
        speed=speed,
        port=port,
        pages=telephones.pages if telephones else None,
    )


@contextmanager
def private_line(
    database_url: str,
    exchange: Exchange,
    *,
    port: int = 0,
    mail_port: int = 0,
    tickets: TicketSystem | None = None,
    ring_mode: str = "hold",
    secret_key: str = "",
    seeded: Callable[[Store, datetime], None] = seed.demo,
    others: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[PrivateLine]:
    """Bring a line up beside a running ``exchange``, by whose time it lives; take it down again.

    ``tickets`` stands in for the built-in ticket system; ``secret_key`` empty makes a new one; ``seeded`` publishes a
    company, usually the demo's; ``others`` are further settings. Raises OSError when a port is taken (0 picks a free
    one) and db.errors.StoreError for an unusable database.
    """
    migrate.upgrade(database_url)
    with MailSink(LOOPBACK, mail_port) as mail, _listening(port) as server:
        url = f"http://{LOOPBACK}:{server.port}"
        settings = _settings(database_url, url, exchange, mail, ring_mode, secret_key, others)
        parts = join(settings, exchange.now, tickets)
        try:
            seeded(parts.store, exchange.now())
            server.app = create_app(settings, parts)
            with _serving(server):
                _connect_numbers(parts, exchange, url)
                yield PrivateLine(url=url, settings=settings, parts=parts, exchange=exchange, mail=mail)
        finally:
            parts.close()


@contextmanager
def working(line: PrivateLine) -> Iterator[None]:
    """Run the line's worker on a thread of its own."""
    stop = Event()
    worker = Worker(line.parts.tasks, line.parts.store, line.parts.clock)
    thread = Thread(target=worker.run_forever, args=(stop,), name="worker")
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


@contextmanager
def _listening(port: int) -> Iterator[BaseWSGIServer]:
    # The server library answers a taken port by ending the process; a socket of our own raises OSError.
    with closing(socket.create_server((LOOPBACK, port))) as ours:
        server = make_server(
            LOOPBACK, port, _not_ready, threaded=True, request_handler=QuietRequests, fd=ours.fileno()
        )
        try:
            yield server
        finally:
            server.server_close()


@contextmanager
def _serving(server: BaseWSGIServer) -> Iterator[None]:
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="application")
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()


def _not_ready(environ: object, start_response: object) -> list[bytes]:
    raise AssertionError("nothing is served before the application is in place")


def _settings(
    database_url: str, url: str, exchange: Exchange, mail: MailSink, ring_mode: str, secret_key: str,
    others: Mapping[str, str],
) -> Settings:
    return load(
        {
            "TWILIO_ACCOUNT_SID": exchange.office.account_sid,
            "TWILIO_AUTH_TOKEN": exchange.office.auth_token,
            "TWILIO_API_BASE_URL": exchange.api_url,
            "PUBLIC_BASE_URL": url,
            "DATABASE_URL": database_url,
            "SECRET_KEY": secret_key or secrets.token_hex(16),
            "SECOND_FACTOR": "optional",
            "SMTP_HOST": LOOPBACK,
            "SMTP_PORT": str(mail.port),
            "MAIL_FROM": "escalation-line@northwind-support.example",
            "DUTY_NUMBER": seed.DUTY_NUMBER,
            "DIAL_REGIONS": "US",
            "RING_MODE": ring_mode,
            **others,
        }
    )


def _connect_numbers(parts: Parts, exchange: Exchange, url: str) -> None:
    """What an operator does once in the carrier's console: point every line's webhooks at the application."""
    with parts.store.reading() as work:
        _, routing = work.routing.current()
    for line in routing.lines:
        exchange.line(
            line.number,
            voice_url=f"{url}/voice/incoming",
            status_callback=f"{url}/voice/status",
            name="Escalation line",
        )
