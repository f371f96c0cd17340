"""Managers' legs over REST: ordered once, within two seconds; whatever is wrong, it is said whether it may pass."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest

from ivr.emulator.chaos import Mischief
from ivr.emulator.exchange import Exchange
from ivr.emulator.handset import Handset
from ivr.line.ports import Rejected, RetryLater
from ivr.private_line import an_exchange
from ivr.telephony import rest
from ivr.telephony.rest import TwilioLegs

LINE = "+12025550150"
MANAGER = "+12025550101"
UNREACHED = "http://127.0.0.1:9"
"""Where the carrier would ask for the screening; no story here lets it get so far."""
NOWHERE = "http://127.0.0.1:1"
ACCOUNT, TOKEN = "AC" + "0" * 32, "0" * 32


@pytest.fixture
def exchange() -> Iterator[Exchange]:
    """A carrier on which the line's number is bought."""
    with an_exchange(datetime(2026, 3, 3, 15, 0, tzinfo=UTC)) as carrier:
        carrier.line(LINE, voice_url=f"{UNREACHED}/voice/incoming", status_callback=f"{UNREACHED}/voice/status")
        yield carrier


@pytest.fixture
def manager(exchange: Exchange) -> Handset:
    """The telephone that is rung."""
    return exchange.handset(MANAGER, name="manager")


@pytest.fixture
def legs(exchange: Exchange) -> TwilioLegs:
    """The line's side of that carrier."""
    return TwilioLegs(exchange.office.account_sid, exchange.office.auth_token, exchange.api_url, UNREACHED)


class TestPlacing:
    """A call of our own to a manager."""

    def test_the_phone_rings_and_shows_the_lines_number(
        self, legs: TwilioLegs, exchange: Exchange, manager: Handset
    ) -> None:
        sid = legs.place(7, MANAGER, LINE, 25)

        manager.rings()
        leg = exchange.office.legs[sid]
        assert (leg.sender, leg.receiver) == (LINE, MANAGER)

    def test_it_rings_no_longer_than_ordered(self, legs: TwilioLegs, manager: Handset) -> None:
        legs.place(7, MANAGER, LINE, 10)

        manager.rings()
        manager.stops_ringing(within=10 + 6)

    @pytest.mark.parametrize(
        ("number", "caller_id"), [("+12025550101", "+12025550177"), ("not a number", LINE), ("", LINE)]
    )
    def test_an_order_the_carrier_will_never_take_is_rejected(
        self, legs: TwilioLegs, exchange: Exchange, number: str, caller_id: str
    ) -> None:
        with pytest.raises(Rejected, match="HTTP 400"):
            legs.place(7, number, caller_id, 25)
        assert not exchange.office.legs

    def test_a_carrier_in_trouble_is_asked_later(
        self, legs: TwilioLegs, exchange: Exchange, manager: Handset
    ) -> None:
        exchange.be_unkind(Mischief(rest_failure=1.0))

        with pytest.raises(RetryLater, match="HTTP 500"):
            legs.place(7, MANAGER, LINE, 25)
        assert manager.state == "idle"

    def test_a_wrong_password_is_rejected(self, exchange: Exchange) -> None:
        wrong = TwilioLegs(exchange.office.account_sid, TOKEN, exchange.api_url, UNREACHED)
        with pytest.raises(Rejected, match="HTTP 401"):
            wrong.place(7, MANAGER, LINE, 25)


class TestStopping:
    """A leg that is no longer wanted."""

    def test_a_phone_stops_ringing(self, legs: TwilioLegs, manager: Handset) -> None:
        sid = legs.place(7, MANAGER, LINE, 25)
        manager.rings()

        legs.stop(sid)

        manager.stops_ringing(within=3)

    def test_a_leg_that_is_over_already_is_fine(self, legs: TwilioLegs, manager: Handset) -> None:
        sid = legs.place(7, MANAGER, LINE, 25)
        manager.rings()
        manager.decline()

        legs.stop(sid)
        legs.stop(sid)

    def test_a_leg_the_carrier_does_not_know_is_rejected(self, legs: TwilioLegs) -> None:
        with pytest.raises(Rejected, match="HTTP 404"):
            legs.stop("CA" + "9" * 32)

    def test_a_carrier_in_trouble_is_asked_later(self, legs: TwilioLegs, exchange: Exchange, manager: Handset) -> None:
        sid = legs.place(7, MANAGER, LINE, 25)
        manager.rings()
        exchange.be_unkind(Mischief(rest_failure=1.0))

        with pytest.raises(RetryLater, match="HTTP 500"):
            legs.stop(sid)
        exchange.be_unkind(Mischief())


class Carrier(ThreadingHTTPServer):
    """Answers every request alike, or never; counts them."""

    daemon_threads = True

    def __init__(self, status: int | None) -> None:
        super().__init__(("127.0.0.1", 0), Request)
        self.status = status
        self.asked: list[str] = []
        self.done = Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Request(BaseHTTPRequestHandler):
    """One request to that carrier."""

    server: Carrier

    def do_POST(self) -> None:
        """Answer, or let the client wait until the story is over."""
        self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append(self.path)
        if self.server.status is None:
            self.server.done.wait()
            return
        body = json.dumps({"code": 20000, "message": "no", "more_info": "", "status": self.server.status}).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def a_carrier(status: int | None) -> Iterator[Carrier]:
    """A carrier that gives every request the same answer; None: no answer at all."""
    with Carrier(status) as carrier:
        serving = Thread(target=carrier.serve_forever, kwargs={"poll_interval": 0.02})
        serving.start()
        try:
            yield carrier
        finally:
            carrier.done.set()
            carrier.shutdown()
            serving.join()


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_may_pass_is_retried_by_nobody_but_the_caller(status: int) -> None:
    with a_carrier(status) as carrier:
        legs = TwilioLegs(ACCOUNT, TOKEN, carrier.url, UNREACHED)
        with pytest.raises(RetryLater, match=f"HTTP {status}"):
            legs.place(7, MANAGER, LINE, 25)
        assert len(carrier.asked) == 1


@pytest.mark.parametrize("status", [400, 401, 403, 404])
def test_what_will_never_pass_is_rejected_after_one_order(status: int) -> None:
    with a_carrier(status) as carrier:
        legs = TwilioLegs(ACCOUNT, TOKEN, carrier.url, UNREACHED)
        with pytest.raises(Rejected, match=f"HTTP {status}"):
            legs.place(7, MANAGER, LINE, 25)
        assert len(carrier.asked) == 1


def test_an_order_whose_answer_does_not_come_in_time_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rest, "PATIENCE_SECONDS", 0.2)
    with a_carrier(None) as carrier:
        legs = TwilioLegs(ACCOUNT, TOKEN, carrier.url, UNREACHED)
        with pytest.raises(RetryLater, match="did not answer in time"):
            legs.place(7, MANAGER, LINE, 25)
        assert len(carrier.asked) == 1


def test_nobody_waits_longer_than_two_seconds_for_the_carrier() -> None:
    assert rest.PATIENCE_SECONDS <= 2.0


def test_a_carrier_that_cannot_be_reached_is_asked_later() -> None:
    with pytest.raises(RetryLater, match="did not answer"):
        TwilioLegs(ACCOUNT, TOKEN, NOWHERE, UNREACHED).place(7, MANAGER, LINE, 25)


def test_no_number_and_no_secret_is_in_what_is_told() -> None:
    with a_carrier(400) as carrier, pytest.raises(Rejected) as told:
        TwilioLegs(ACCOUNT, TOKEN, carrier.url, UNREACHED).place(7, MANAGER, LINE, 25)
    assert MANAGER not in str(told.value)
    assert TOKEN not in str(told.value)
