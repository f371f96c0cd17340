"""A calendar is fetched from whoever may be asked, and in no time; everything else is a sentence."""

import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

import pytest
import trustme

from ivr.calendars.events import BIGGEST, CalendarTrouble
from ivr.calendars.fetching import Fetcher
from ivr.internet import Internet, of_the_internet

PATIENCE = 60.0
"""Seconds, for answers that do come."""


@dataclass
class House:
    """A calendar server with a certificate for calendar.example, and what it was asked."""

    port: int
    trusted: ssl.SSLContext
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    silent: Event = field(default_factory=Event)

    def fetcher(self, **settings: Any) -> Fetcher:
        timing = {name: settings.pop(name) for name in ("seconds", "elapsed") if name in settings}
        usual: dict[str, Any] = {"private": True, "trusted": self.trusted, "look_up": here}
        internet = Internet(setting="CALENDAR_PRIVATE", **(usual | settings))
        return Fetcher(internet, **({"seconds": PATIENCE} | timing))

    def fetch(self, path: str, host: str = "calendar.example", **settings: Any) -> bytes:
        return self.fetcher(**settings).fetch(f"https://{host}:{self.port}{path}")


def here(name: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
    """Every name is this machine."""
    return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", port))]


@pytest.fixture
def house() -> Iterator[House]:
    authority = trustme.CA()
    trusted = ssl.create_default_context()
    authority.configure_trust(trusted)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("calendar.example").configure_cert(context)

    class Desk(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append((self.headers["Host"], self.path))
            status, headers, body = found.answers.get(self.path, (404, {}, b""))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            if self.path == "/trickle":
                self.wfile.write(b"B")
                self.wfile.flush()
                found.silent.wait(PATIENCE)
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign,assignment]  # we hang up on it
    found = House(port=server.server_port, trusted=trusted)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield found
    found.silent.set()
    server.shutdown()
    thread.join()
    server.server_close()


def refused(house: House, path: str, **settings: Any) -> str:
    with pytest.raises(CalendarTrouble) as trouble:
        house.fetch(path, **settings)
    assert path.strip("/") == "" or path not in str(trouble.value), "addresses may hold secrets"
    return str(trouble.value)


def test_a_calendar_is_fetched(house: House) -> None:
    house.answers["/shifts.ics?key=secret"] = (200, {}, b"BEGIN:VCALENDAR")
    assert house.fetch("/shifts.ics?key=secret") == b"BEGIN:VCALENDAR"
    assert house.asked == [(f"calendar.example:{house.port}", "/shifts.ics?key=secret")]


def test_a_redirect_within_the_server_is_followed(house: House) -> None:
    house.answers |= {"/old": (302, {"Location": "/new"}, b""), "/new": (200, {}, b"here")}
    assert house.fetch("/old") == b"here"


@pytest.mark.parametrize(
    "location",
    ["https://elsewhere.example/x", "http://calendar.example/x", "//169.254.169.254/", "file:///etc/passwd", ""],
)
def test_a_redirect_to_elsewhere_is_not(house: House, location: str) -> None:
    house.answers["/old"] = (302, {"Location": location}, b"")
    assert "sends us to another server" in refused(house, "/old")
    assert len(house.asked) == 1


def test_a_redirect_in_a_circle_ends(house: House) -> None:
    house.answers["/round"] = (302, {"Location": "/round"}, b"")
    assert "without end" in refused(house, "/round")


@pytest.mark.parametrize("status", [401, 404, 500])
def test_an_answer_that_is_no_calendar(house: House, status: int) -> None:
    house.answers["/shifts.ics"] = (status, {}, b"sorry")
    assert refused(house, "/shifts.ics") == f"its server answers {status}"


def test_a_calendar_that_is_too_big(house: House) -> None:
    house.answers["/big"] = (200, {}, b"x" * (BIGGEST + 1))
    assert refused(house, "/big") == "it is bigger than a megabyte"


def test_a_server_that_trickles_is_left(house: House) -> None:
    """The clock is told by the story: whatever the machine does, the second look at it is too late."""
    ticks = iter([0.0, 1.0, 99.0])
    house.answers["/trickle"] = (200, {}, b"EGIN")
    told = refused(house, "/trickle", elapsed=lambda: next(ticks), seconds=50)
    assert told == "it did not come within 50 seconds"


def test_a_certificate_for_another_name(house: House) -> None:
    assert "cannot be reached (SSLError)" in refused(house, "/shifts.ics", host="other.example")
    assert house.asked == []


def test_nobody_listens(house: House) -> None:
    fetcher = house.fetcher()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        free = taken.getsockname()[1]
    with pytest.raises(CalendarTrouble, match="cannot be reached"):
        fetcher.fetch(f"https://calendar.example:{free}/")


def test_a_name_that_nobody_knows(house: House) -> None:
    def unknown(*_: Any, **__: Any) -> list[tuple[Any, ...]]:
        raise socket.gaierror(-2, "Name or service not known")

    assert refused(house, "/", look_up=unknown) == "nobody knows its server's name"


def test_a_server_on_a_private_network_is_not_even_asked(house: House) -> None:
    assert "on a private network" in refused(house, "/shifts.ics", private=False)
    assert house.asked == []


def test_one_private_address_among_public_ones_is_enough(house: House) -> None:
    def both(name: str, port: int, **_: Any) -> list[tuple[Any, ...]]:
        public = (socket.AF_INET, socket.SOCK_STREAM, 0, "", ("93.184.215.14", port))
        return [public, *here(name, port)]

    assert "on a private network" in refused(house, "/shifts.ics", private=False, look_up=both)


@pytest.mark.parametrize(
    "url", ["http://calendar.example/", "ftp://calendar.example/", "https:///x", "https://user:word@calendar.example/"]
)
def test_only_https_without_password(house: House, url: str) -> None:
    with pytest.raises(CalendarTrouble, match="not fetched over https"):
        house.fetcher().fetch(url)


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1", "224.0.0.1",
        "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
        "64:ff9b::7f00:1", "2002:7f00:1::",
    ],
)  # fmt: skip
def test_addresses_of_our_own_house(number: str) -> None:
    assert not of_the_internet(number)


@pytest.mark.parametrize("number", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:93.184.215.14"])
def test_addresses_of_the_internet(number: str) -> None:
    assert of_the_internet(number)
