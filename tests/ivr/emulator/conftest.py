"""One carrier, one scripted application, one line, a caller and two managers."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from ivr.emulator.exchange import Exchange
from ivr.emulator.handset import Handset
from tests.ivr.emulator.scripted import ScriptedApplication, scripted_application

LINE = "+12025550150"
ACCOUNT, TOKEN = "AC" + "1" * 32, "a token of the tests"


@pytest.fixture
def application() -> Iterator[ScriptedApplication]:
    with scripted_application() as served:
        yield served


@pytest.fixture
def exchange(application: ScriptedApplication) -> Iterator[Exchange]:
    start = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    with Exchange(account_sid=ACCOUNT, auth_token=TOKEN, start=start) as opened:
        opened.line(LINE, voice_url=application.url + "/voice", status_callback=application.url + "/status")
        application.on("/status", "")
        yield opened


@pytest.fixture
def caller(exchange: Exchange) -> Handset:
    return exchange.handset("+12025550123", name="caller")


@pytest.fixture
def first(exchange: Exchange) -> Handset:
    return exchange.handset("+12025550101", name="Level 1")


@pytest.fixture
def second(exchange: Exchange) -> Handset:
    return exchange.handset("+12025550102", name="Level 2")
