"""Calendars fetched from the network: over https only, in little time, of little size, and not out of our own house.

The address comes from the routing, which more people may write than may look into the machine's network. So the name is
looked up once, every address it has must be one of the internet, and the connection goes to exactly the one that was
looked at: a name that answers differently the second time gains nothing.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

import urllib3
from urllib3.exceptions import HTTPError

from ivr.calendars.events import BIGGEST, CalendarTrouble

SECONDS = 10.0
"""For one calendar with all its redirects: the worker that fetches it has mails to send."""
MOST_REDIRECTS = 3
REDIRECTS = frozenset({301, 302, 303, 307, 308})
HEADERS = {"Accept": "text/calendar, */*;q=0.1", "Accept-Encoding": "identity", "User-Agent": "escalation-line"}

Lookup = Callable[..., Sequence[tuple[Any, ...]]]


class Fetcher:
    """Fetches calendars. ``private`` allows addresses that are not of the internet, for calendars of one's own."""

    def __init__(
        self,
        *,
        private: bool = False,
        seconds: float = SECONDS,
        look_up: Lookup = socket.getaddrinfo,
        trusted: ssl.SSLContext | None = None,
        elapsed: Callable[[], float] = time.monotonic,
    ) -> None:
        """``look_up`` finds the addresses of a name; ``trusted`` says whose certificates are believed."""
        self._private = private
        self._seconds = seconds
        self._look_up = look_up
        self._trusted = trusted
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
        assert address.hostname is not None
        pool = urllib3.HTTPSConnectionPool(
            self._checked(address), address.port or 443, ssl_context=self._trusted or ssl.create_default_context(),
            server_hostname=address.hostname, assert_hostname=address.hostname,
        )  # fmt: skip
        try:
            with pool:
                return self._answer(pool, address, until)
        except (HTTPError, OSError) as error:
            raise CalendarTrouble(f"its server cannot be reached ({_reason(error)})") from None

    def _answer(self, pool: urllib3.HTTPSConnectionPool, address: SplitResult, until: float) -> bytes | str:
        path = f"{address.path or '/'}{'?' + address.query if address.query else ''}"
        answer = pool.urlopen(
            "GET", path, headers={**HEADERS, "Host": address.netloc}, redirect=False, retries=False,
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

    def _checked(self, address: SplitResult) -> str:
        """The address of the internet behind a name. Raises CalendarTrouble when any of its addresses is another."""
        try:
            found = self._look_up(address.hostname, address.port or 443, type=socket.SOCK_STREAM)
        except OSError:
            raise CalendarTrouble("nobody knows its server's name") from None
        numbers = [str(each[4][0]) for each in found]
        if not self._private and not all(map(of_the_internet, numbers)):
            raise CalendarTrouble("its server is on a private network; CALENDAR_PRIVATE would allow that")
        return numbers[0]


def of_the_internet(number: str) -> bool:
    """Whether an IP address is one that anybody can reach, however it is wrapped up."""
    address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return of_the_internet(str(inner))
        if address in ipaddress.ip_network("64:ff9b::/96"):
            return of_the_internet(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)))
    return address.is_global and not address.is_multicast


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


def _reason(error: Exception) -> str:
    return type(error).__name__
