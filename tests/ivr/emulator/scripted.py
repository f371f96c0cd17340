"""A voice application made of canned documents: enough to hold the carrier to its contract."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request that reached the application."""

    method: str
    path: str
    query: dict[str, str]
    form: dict[str, str]
    headers: dict[str, str]
    raw_path: str
    body: str

    @property
    def given(self) -> dict[str, str]:
        """Parameters, wherever they were."""
        return self.query | self.form


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One canned answer."""

    body: str | bytes = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "text/xml"})


Script = str | Reply | Callable[[Asked], str | Reply]


class ScriptedApplication:
    """Documents by path; a list is answered one after another, the last one for ever."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.pages: dict[str, list[Script]] = {}
        self.asked: list[Asked] = []

    def on(self, path: str, *answers: Script) -> str:
        """Answer this path; returns its absolute URL. Strings are wrapped into <Response>."""
        self.pages[path] = list(answers)
        return self.url + path

    def to(self, path: str) -> list[Asked]:
        """Requests to a path, in order."""
        return [asked for asked in self.asked if asked.path == path]

    def paths(self) -> list[str]:
        """The paths asked, in order."""
        return [asked.path for asked in self.asked]

    def answer(self, asked: Asked) -> Reply:
        """What the script says."""
        self.asked.append(asked)
        answers = self.pages.get(asked.path)
        if answers is None:
            return Reply(status=404, body="no such page")
        script = answers.pop(0) if len(answers) > 1 else answers[0]
        given = script(asked) if callable(script) else script
        if isinstance(given, Reply):
            return given
        return Reply(body=f'<?xml version="1.0" encoding="UTF-8"?>\n<Response>{given}</Response>')


@contextmanager
def scripted_application() -> Iterator[ScriptedApplication]:
    """Serve one on loopback for as long as the body runs."""

    class Clerk(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            target = urlsplit(self.path)
            body = self.rfile.read(length).decode()
            asked = Asked(
                method=self.command, path=target.path, raw_path=self.path, body=body,
                query=dict(parse_qsl(target.query, keep_blank_values=True)),
                form=dict(parse_qsl(body, keep_blank_values=True)),
                headers={name.lower(): value for name, value in self.headers.items()},
            )  # fmt: skip
            reply = application.answer(asked)
            content = reply.body.encode() if isinstance(reply.body, str) else reply.body
            self.send_response(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = _serve  # noqa: N815
        do_POST = _serve  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Clerk)
    server.daemon_threads = False  # joined at close, so that no test leaks one
    application = ScriptedApplication(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield application
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
