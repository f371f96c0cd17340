"""One webhook on its way: where it goes, what it carries, what is signed, and what came back.

Sources: https://www.twilio.com/docs/usage/security, https://www.twilio.com/docs/usage/webhooks/webhooks-connection-overrides
"""

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from aiohttp import CookieJar

VERB_PARAMETERS = frozenset(
    {"Digits", "FinishedOnKey", "SpeechResult", "Confidence", "DialCallStatus", "DialCallSid", "DialCallDuration"}
    | {"DialBridged", "RecordingUrl", "RecordingSid", "RecordingDuration", "QueueResult", "QueueTime", "QueueSid"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back; ``code`` is the carrier's error code when it was of no use, else 0."""

    url: str
    method: str
    status: int = 0
    body: bytes = b""
    content_type: str | None = None
    location: str = ""
    code: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overrides:
    """The connection overrides in a URL's fragment: milliseconds, number of retries, what is retried."""

    read: int = 15000
    total: int = 15000
    retries: int = 1
    policy: frozenset[str] = frozenset({"ct"})

    @classmethod
    def of(cls, url: str) -> "Overrides":
        """Read ``#rt=..&tt=..&rc=..&rp=..``; unknown or malformed parts are ignored."""
        given = dict(parse_qsl(urlsplit(url).fragment))

        def number(name: str, default: int, least: int, most: int) -> int:
            text = given.get(name, "")
            return min(most, max(least, int(text))) if text.isdecimal() else default

        policy = frozenset(given.get("rp", "ct").split(",")) & {"4xx", "5xx", "ct", "rt", "all"}
        return cls(
            read=number("rt", 15000, 100, 15000),
            total=number("tt", 15000, 100, 15000),
            retries=number("rc", 1, 0, 5),
            policy=policy or frozenset({"ct"}),
        )

    def retry(self, answer: Answer) -> bool:
        """Whether this failure is one of those to try again. By default only failed connections are."""
        if not answer.code:
            return False
        kind = "ct" if answer.code == 11205 else f"{answer.status // 100}xx" if answer.status else "rt"
        return "all" in self.policy or kind in self.policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """One webhook on its way: where to, with what, and until when (monotonic seconds)."""

    url: str
    method: str
    parameters: Mapping[str, str]
    token: str
    overrides: Overrides
    give_up: float
    jar: CookieJar | None
    json: bytes | None = None
    """A JSON body instead of a form; its hash travels in the query, and only the URL is signed."""

    @property
    def address(self) -> str:
        """The requested URL: of a GET, with the parameters in its query (``+`` is sent as %2B); of JSON, with its
        hash."""
        parts = urlsplit(self.url)
        query = "&".join(part for part in (parts.query, urlencode(self._in_the_query())) if part)
        return urlunsplit(parts._replace(query=query))

    def _in_the_query(self) -> Mapping[str, str]:
        if self.json is not None:
            return {"bodySHA256": hashlib.sha256(self.json).hexdigest()}
        return self.parameters if self.method == "GET" else {}

    @property
    def form(self) -> Mapping[str, str]:
        """The parameters that travel in the body, and are signed with the address."""
        return {} if self.method == "GET" or self.json is not None else self.parameters

    @property
    def body(self) -> bytes | None:
        """What travels beside the address; None with GET."""
        if self.json is not None:
            return self.json
        return None if self.method == "GET" else urlencode(self.form).encode()

    @property
    def content_type(self) -> str:
        """The carrier declares a form with GET too."""
        return "application/json" if self.json is not None else "application/x-www-form-urlencoded; charset=UTF-8"

    @property
    def wait(self) -> float:
        """Real seconds that this attempt may still take."""
        return max(0.01, min(self.overrides.read / 1000, self.give_up - time.monotonic()))

    def redirected(self, answer: Answer) -> "Errand":
        """What a redirect leads to: the verb's own parameters are lost (documented for Digits), and so is a body."""
        method = "GET" if answer.status in (301, 302, 303) else self.method
        return replace(
            self,
            url=urljoin(self.url, answer.location),
            method=method,
            json=None if method == "GET" else self.json,
            parameters={name: value for name, value in self.parameters.items() if name not in VERB_PARAMETERS},
        )


def signed_address(url: str) -> str:
    """The address that is signed: no user, no fragment; voice over HTTPS drops the port, over HTTP keeps it."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    if parts.scheme == "https" and parts.port is not None:
        host = host.rpartition(":")[0]
    return urlunsplit((parts.scheme, host, parts.path, parts.query, ""))


def bare(url: str) -> str:
    """Without user and fragment: what goes over the wire."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path or "/", parts.query, ""))
