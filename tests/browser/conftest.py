"""The telephones' page in a real Chromium, on an exchange that runs many times faster than life."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from flows.rules.roles import Role
from ivr.emulator.exchange import Exchange
from ivr.emulator.mail_sink import MailSink
from ivr.emulator.softphone.site import Softphone
from ivr.private_line import PrivateLine, an_exchange, private_line
from tests.browser.chromium import DESKTOP, IS_HERE, PATIENCE_MS, PHONE, PROGRAM, Complaints, chromium
from tests.browser.small_line import GUIDE, LINE, PEOPLE, answer_calls
from tests.browser.telephone import Telephone
from tests.ivr.admin.visitor import HASH
from tests.ivr.emulator.scripted import ScriptedApplication, scripted_application

SPEED = 15.0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here needs Chromium."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chrome() -> Iterator[Browser]:
    assert IS_HERE, f"There is no Chromium at {PROGRAM}: install one, or say in CHROMIUM where it is."
    expect.set_options(timeout=PATIENCE_MS)
    with chromium() as started:
        yield started


@pytest.fixture
def tab(chrome: Browser) -> Iterator[Page]:
    context = chrome.new_context(viewport=DESKTOP, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()


@pytest.fixture
def complaints(tab: Page) -> Iterator[Complaints]:
    """The console stays silent in every story."""
    noted = Complaints(tab)
    yield noted
    assert noted.unexpected() == []


@pytest.fixture
def application() -> Iterator[ScriptedApplication]:
    with scripted_application() as served:
        answer_calls(served)
        yield served


@pytest.fixture
def telephones() -> Softphone:
    return Softphone(people=PEOPLE, guide=GUIDE)


@pytest.fixture
def exchange(application: ScriptedApplication, telephones: Softphone) -> Iterator[Exchange]:
    start = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    with Exchange(
        account_sid="AC" + "1" * 32, auth_token="a token of the tests", start=start, speed=SPEED, pages=telephones.pages
    ) as opened:
        opened.line(LINE, voice_url=application.url + "/voice", status_callback=application.url + "/status")
        yield opened


@pytest.fixture
def mail(telephones: Softphone, exchange: Exchange) -> Iterator[MailSink]:
    with MailSink("127.0.0.1") as sink:
        telephones.shows_mail(sink)
        yield sink


@pytest.fixture
def shown(tab: Page, complaints: Complaints, exchange: Exchange) -> Page:
    """The page, open."""
    tab.goto(exchange.api_url)
    expect(tab.locator(".handset")).to_have_count(len(PEOPLE))
    return tab


@pytest.fixture
def caller(shown: Page) -> Telephone:
    return Telephone(shown, "Customer")


@pytest.fixture
def first(shown: Page) -> Telephone:
    return Telephone(shown, "Ines")


@pytest.fixture
def second(shown: Page) -> Telephone:
    return Telephone(shown, "Marek")


@pytest.fixture
def line(tmp_path: Path) -> Iterator[PrivateLine]:
    """A line whose owner may sign in, and that has been called."""
    with (
        an_exchange(datetime(2026, 3, 3, 15, 0, tzinfo=UTC)) as exchange,
        private_line(f"sqlite:///{tmp_path / 'line.db'}", exchange) as private,
    ):
        with private.parts.store.writing() as work:
            work.users.add(name="olga", roles=frozenset({Role.OWNER}), password_hash=HASH, at=exchange.now())
        caller = exchange.handset("+12025550123", name="caller")
        caller.dial("+12025550150")
        caller.hears("For English, press 1")
        yield private


@pytest.fixture(params=["desk, light", "phone, dark"])
def page(request: pytest.FixtureRequest, chrome: Browser) -> Iterator[Page]:
    where, scheme = request.param.split(", ")
    context = chrome.new_context(
        viewport=DESKTOP if where == "desk" else PHONE, color_scheme=scheme, reduced_motion="reduce"
    )
    context.set_default_timeout(PATIENCE_MS)
    yield context.new_page()
    context.close()
