"""`ivr serve` and `ivr worker`: the two processes of a line in production."""

import gc
import signal
from collections.abc import Callable
from threading import Event
from typing import Any
from wsgiref.types import WSGIApplication

import click
from gunicorn.app.base import BaseApplication

from ivr.app import create_app, join
from ivr.commands.complaints import settings_or_refuse, store_or_refuse
from ivr.config import Settings
from ivr.line.dispatcher import Worker
from ivr.logs import configure

THREADS = 8
"""Per process: a webhook that waits for a slow ticket system or carrier must not keep the next caller waiting."""


class Server(BaseApplication):
    """gunicorn with the line's application, made in each worker process after the fork."""

    def __init__(self, make: Callable[[], WSGIApplication], options: dict[str, Any]) -> None:
        self._make = make
        self._options = options
        super().__init__()  # type: ignore[no-untyped-call]

    def load_config(self) -> None:
        """Hand our options to gunicorn."""
        assert self.cfg is not None
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> WSGIApplication:
        """The application of one worker process. What is loaded by now stays for good: looking through it again and
        again for garbage took up to 150 ms of a report."""
        application = self._make()
        gc.collect()
        gc.freeze()
        return application


@click.command()
@click.option("--workers", envvar="WEB_CONCURRENCY", default=2, show_default=True, help="Worker processes.")
def serve(workers: int) -> None:
    """Answer the carrier's webhooks on HOST and PORT."""
    settings = settings_or_refuse()
    configure(settings.log_level)
    with store_or_refuse("Run `ivr db upgrade`."):
        _probe(settings)
    options = {
        "bind": f"{settings.host}:{settings.port}",
        "workers": workers,
        "worker_class": "gthread",
        "threads": THREADS,
        "timeout": 30,
        "graceful_timeout": 15,
        "control_socket_disable": True,
    }
    Server(lambda: create_app(settings), options).run()  # type: ignore[no-untyped-call]


def _probe(settings: Settings) -> None:
    """Refuse at the start what would fail at the first call."""
    parts = join(settings)
    try:
        with parts.store.reading() as work:
            work.routing.current_version()
    finally:
        parts.close()


@click.command()
def worker() -> None:
    """Send mails and notes, close lost calls. Run one beside `ivr serve`; several share the work."""
    settings = settings_or_refuse()
    configure(settings.log_level)
    stop = Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    with store_or_refuse("Run `ivr db upgrade`."):
        _probe(settings)
        parts = join(settings)
        try:
            Worker(parts.tasks, parts.store, parts.clock).run_forever(stop)
        finally:
            parts.close()
