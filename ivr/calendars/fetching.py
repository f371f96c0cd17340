"""Calendars fetched from the network: over https only, in little time, of little size, and not out of our own house."""

import time
from collections.abc import Callable
from urllib.parse import SplitResult, urljoin, urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from ivr.calendars.events import BIGGEST, CalendarTrouble
from ivr.internet import Internet, OutOfBounds, in_brief, request_target

SECONDS = 10.0
"""For one calendar with all its redirects: the worker that fetches it has mails to send."""
MOST_REDIRECTS = 3
REDIRECTS = frozenset({301, 302, 303, 307, 308})
HEADERS = {"Accept": "text/calendar, */*;q=0.1", "Accept-Encoding": "identity", "User-Agent": "escalation-line"}


class Fetcher:
    """Fetches calendars from what ``internet`` lets it reach."""

    def __init__(
        self, internet: Internet, *, seconds: float = SECONDS, elapsed: Callable[[], float] = time.monotonic
    ) -> None:
        self._internet = internet
        self._seconds = seconds
        self._elapsed = elapsed

    def fetch(self, url: str) -> bytes:
        """What is at ``url``. Raises CalendarTrouble, whose message does not quote the url: it may hold a secret."""
        until = self._elapsed() + self._seconds
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._ask(_https(url), until)
            if isinstance(answer, bytes):
                return answer
            url = _within(url, answer)
        raise CalendarTrouble("it sends us from one address to the next without end")

    def _ask(self, address: SplitResult, until: float) -> bytes | str:
        """The body, or where the server sends us instead."""
        try:
            with self._internet.pool(address) as pool:
                return self._answer(pool, address, until)
        except OutOfBounds as error:
            raise CalendarTrouble(str(error)) from None
        except (HTTPError, OSError) as error:
            raise CalendarTrouble(f"its server cannot be reached ({in_brief(error)})") from None

    def _answer(self, pool: urllib3.HTTPConnectionPool, address: SplitResult, until: float) -> bytes | str:
        answer = pool.urlopen(
            "GET", request_target(address), headers={**HEADERS, "Host": address.netloc}, redirect=False, retries=False,
            preload_content=False, decode_content=False, timeout=urllib3.Timeout(total=self._left(until)),
        )  # fmt: skip
        try:
            if answer.status in REDIRECTS:
                return str(answer.headers.get("Location", ""))
            if answer.status != 200:
                raise CalendarTrouble(f"its server answers {answer.status}")
            return self._body(answer, until)
        finally:
            answer.close()

    def _body(self, answer: urllib3.BaseHTTPResponse, until: float) -> bytes:
        """The whole body; a server that trickles it is left when the time is over."""
        body = b""
        while chunk := answer.read1(65_536):
            body += chunk
            self._left(until)
            if len(body) > BIGGEST:
                raise CalendarTrouble("it is bigger than a megabyte")
        return body

    def _left(self, until: float) -> float:
        left = until - self._elapsed()
        if left <= 0:
            raise CalendarTrouble(f"it did not come within {self._seconds:.0f} seconds")
        return left


def _https(url: str) -> SplitResult:
    address = urlsplit(url)
    if address.scheme != "https" or not address.hostname or "@" in address.netloc:
        raise CalendarTrouble("it is not fetched over https")
    return address


def _within(url: str, location: str) -> str:
    """Where a redirect leads, if it stays with the same server."""
    there = urljoin(url, location)
    if not location or urlsplit(there)[:2] != urlsplit(url)[:2]:
        raise CalendarTrouble("it sends us to another server; write the address that it leads to")
    return there

