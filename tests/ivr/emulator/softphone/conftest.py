"""An exchange with telephones on its site, and a scripted application behind its line."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from ivr.emulator.exchange import Exchange
from ivr.emulator.softphone.client import RemoteExchange
from ivr.emulator.softphone.people import Person
from ivr.emulator.softphone.site import Softphone
from tests.ivr.emulator.scripted import ScriptedApplication

LINE = "+12025550150"
CALLER = Person(name="Dana Smith", number="+12025550123", email="dana@customer.example", role="caller")
FIRST = Person(name="Level 1", number="+12025550101", email="First@support.example", role="manager")
QUICK = 100.0  # times real time: a sentence of three seconds takes 30 ms


@pytest.fixture
def telephones() -> Softphone:
    return Softphone(people=(CALLER, FIRST))


@pytest.fixture
def exchange(application: ScriptedApplication, telephones: Softphone) -> Iterator[Exchange]:
    start = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    with Exchange(
        account_sid="AC" + "1" * 32, auth_token="a token of the tests", start=start, speed=QUICK, pages=telephones.pages
    ) as opened:
        opened.line(LINE, voice_url=application.url + "/voice", status_callback=application.url + "/status")
        application.on("/status", "")
        yield opened


@pytest.fixture
def remote(exchange: Exchange) -> Iterator[RemoteExchange]:
    with RemoteExchange(exchange.api_url) as connected:
        yield connected
