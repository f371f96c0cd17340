"""Another program, listening at a real address of this machine for what the line tells it."""

import socket
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

import trustme

from ivr.internet import Internet

PATIENCE = 60.0
"""Seconds, for answers that do come."""


@dataclass
class Listener:
    """What the program has heard, and how it answers: one status after the other, then 204. ``silent``: not at all."""

    port: int
    trusted: ssl.SSLContext
    statuses: list[int] = field(default_factory=list)
    heard: list[tuple[str, Mapping[str, str], str]] = field(default_factory=list)
    silent: bool = False
    over: Event = field(default_factory=Event)

    @property
    def url(self) -> str:
        """Its address; the path is a secret of the program's."""
        return f"https://hooks.example:{self.port}/in?key=s3cret"

    def internet(self, **settings: Any) -> Internet:
        """The internet in which hooks.example is this machine."""
        usual: dict[str, Any] = {"setting": "WEBHOOKS_PRIVATE", "private": True, "trusted": self.trusted,
                                 "look_up": here}
        return Internet(**(usual | settings))


def here(name: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
    """Every name is this machine."""
    return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", port))]


@contextmanager
def listening() -> Iterator[Listener]:
    """The program runs, with a certificate for hooks.example."""
    authority = trustme.CA()
    trusted = ssl.create_default_context()
    authority.configure_trust(trusted)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("hooks.example").configure_cert(context)

    class Ear(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            found.heard.append((self.path, dict(self.headers), body))
            if found.silent:
                found.over.wait(PATIENCE)
            status = found.statuses.pop(0) if found.statuses else 204
            self.send_response(status)
            if status in {301, 302, 307}:
                self.send_header("Location", f"https://hooks.example:{found.port}/elsewhere")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Ear)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign,assignment]  # we hang up on it
    found = Listener(port=server.server_port, trusted=trusted)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield found
    finally:
        found.over.set()
        server.shutdown()
        thread.join()
        server.server_close()
