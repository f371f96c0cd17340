"""Between the carrier and the line: each webhook is signed and given to the WSGI application, and things go wrong.

No sockets: with them a webhook costs about 9 ms and a line of one's own 85 ms to bring up; without them 3.5 ms and 15.
Twenty thousand steps fit into a test run only so.
"""

import asyncio
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from io import BytesIO
from typing import Any, NamedTuple
from urllib.parse import urlencode, urlsplit

from twilio.request_validator import RequestValidator
from werkzeug.test import run_wsgi_app

from ivr.emulator.errands import Answer, bare, signed_address
from tests.faults.death import Died, Moment

Application = Callable[[dict[str, Any], Any], Any]
UNREACHABLE = 11205


class Mishap(Enum):
    """What befalls the next webhook."""

    NONE = "none"
    TWICE = "sent twice"
    AT_ONCE = "sent twice at the same moment"
    ANSWER_LOST = "its answer is lost, and it is sent again"
    DIES_BEFORE = "the process dies before it commits, and it is sent again"
    DIES_AFTER = "the process dies after it has committed, and it is sent again"


DEATHS = {Mishap.DIES_BEFORE: Moment.BEFORE, Mishap.DIES_AFTER: Moment.AFTER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """One request to the line and its answer. ``status`` 0: nothing came back. ``seconds`` is what the line has spent
    meanwhile on waiting for the carrier's API, in simulated seconds; ``asked`` how often it asked the ticket system."""

    at: datetime
    kind: str
    sid: str
    path: str
    form: Mapping[str, str]
    status: int
    body: str
    seconds: float
    asked: int


class Spent(NamedTuple):
    """What the line has used of others so far: seconds of the carrier's API, look-ups in the ticket system."""

    seconds: float
    asked: int


@dataclass(slots=True)
class Repeat:
    """A webhook that came twice: its two answers, and whether the second time changed a row."""

    path: str
    answers: tuple[str, ...]
    changed: bool = False


@dataclass(slots=True)
class Wire:
    """Delivers webhooks. ``dies`` tells the line's process when to die, ``revived`` brings up another; ``books`` is a
    fingerprint of every row; ``witness`` is told of each webhook at once."""

    token: str
    base: str
    app: Application
    dies: Callable[[Moment], None]
    revived: Callable[[], None]
    books: Callable[[], str]
    spent: Callable[[], Spent]
    now: Callable[[], datetime]
    witness: Callable[[Webhook], None]
    mishap: Mishap = Mishap.NONE
    is_down: bool = False
    made: list[Webhook] = field(default_factory=list)
    repeats: list[Repeat] = field(default_factory=list)

    async def deliver(self, kind: str, sid: str, url: str, method: str, form: Mapping[str, str]) -> Answer:
        """One webhook, with whatever befalls it."""
        mishap, self.mishap = self.mishap, Mishap.NONE
        before, at = self.spent(), self.now()
        if self.is_down:
            answer = Answer(url=url, method=method, code=UNREACHABLE, error="the line is down")
        else:
            answer = _judged(url, method, *await self._befallen(mishap, url, form))
        after = self.spent()
        made = Webhook(
            at=at, kind=kind, sid=sid, path=urlsplit(url).path, form=form, status=answer.status,
            body=answer.body.decode(), seconds=after.seconds - before.seconds, asked=after.asked - before.asked,
        )  # fmt: skip
        self.made.append(made)
        self.witness(made)
        return answer

    async def _befallen(self, mishap: Mishap, url: str, form: Mapping[str, str]) -> tuple[int, str, bytes]:
        if mishap is Mishap.NONE:
            return self.post(url, form)
        if mishap is Mishap.AT_ONCE:
            both = await asyncio.gather(*(asyncio.to_thread(self.post, url, form) for _ in range(2)))
            self.repeats.append(Repeat(urlsplit(url).path, tuple(body.decode() for _, _, body in both)))
            return both[0]
        if mishap in DEATHS:
            return self._dying(DEATHS[mishap], url, form)
        first = self.post(url, form)
        before = self.books()
        second = self.post(url, form)
        answers = (first[2].decode(), second[2].decode())
        self.repeats.append(Repeat(urlsplit(url).path, answers, changed=self.books() != before))
        return second

    def _dying(self, moment: Moment, url: str, form: Mapping[str, str]) -> tuple[int, str, bytes]:
        self.dies(moment)
        try:
            return self.post(url, form)
        except Died:
            self.revived()
            return self.post(url, form)

    def post(self, url: str, form: Mapping[str, str], signature: str | None = None) -> tuple[int, str, bytes]:
        """Status, content type and body of the line's answer to a POST, signed as the carrier does unless told how."""
        parts, body = urlsplit(bare(url)), urlencode(form).encode()
        signed = self.signature(url, form) if signature is None else signature
        environ = {
            "REQUEST_METHOD": "POST", "PATH_INFO": parts.path, "QUERY_STRING": parts.query, "SCRIPT_NAME": "",
            "SERVER_NAME": parts.hostname, "SERVER_PORT": "443", "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": parts.netloc, "HTTP_X_TWILIO_SIGNATURE": signed, "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": "application/x-www-form-urlencoded; charset=UTF-8",
            "wsgi.version": (1, 0), "wsgi.url_scheme": parts.scheme, "wsgi.input": BytesIO(body),
            "wsgi.errors": sys.stderr, "wsgi.multithread": True, "wsgi.multiprocess": False, "wsgi.run_once": False,
        }  # fmt: skip
        content, status, headers = run_wsgi_app(self.app, environ, buffered=True)
        return int(status[:3]), headers.get("Content-Type", ""), b"".join(content)

    def signature(self, url: str, form: Mapping[str, str], token: str | None = None) -> str:
        """The carrier's signature, or that of somebody with another token."""
        signer = RequestValidator(self.token if token is None else token)
        return str(signer.compute_signature(signed_address(url), dict(form)))


def _judged(url: str, method: str, status: int, media: str, body: bytes) -> Answer:
    declared = media.split(";")[0].strip().lower() or None
    if status >= 400:
        return Answer(url=url, method=method, status=status, body=body, code=11200, error=f"HTTP {status}")
    return Answer(url=url, method=method, status=status, body=body, content_type=declared)
