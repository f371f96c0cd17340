"""The admin in a real Chromium: nothing for axe to find, a silent console, and the keyboard is enough."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from flows.rules.roles import Role
from ivr.private_line import PrivateLine, an_exchange, private_line
from tests.browser.chromium import DESKTOP, PATIENCE_MS, PHONE, Complaints, accessibility_problems
from tests.ivr.admin.visitor import HASH, PASSWORD

PAGES = (
    "", "calls", "tickets", "tickets/48213", "routing", "routing/text", "routing/versions/1", "cooldowns",
    "words", "words?language=ru&find=refused", "words/en/refused.grace", "words/ru/refused.too_many.few",
    "try?ticket=48213", "try?ticket=48218", "notifications", "audit?verify=1", "users", "account",
    "account/second-factor", "nowhere",
)  # fmt: skip


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


def test_every_page_is_sound(line: PrivateLine, page: Page) -> None:
    complaints = Complaints(page)
    complaints.expect("404")
    page.goto(f"{line.url}/admin/")
    assert accessibility_problems(page) == []
    sign_in_by_keyboard(page)

    for path in PAGES:
        page.goto(f"{line.url}/admin/{path}")
        assert accessibility_problems(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} scrolls sideways"
    assert complaints.unexpected() == []


def test_a_cooldown_is_set_with_the_keyboard_alone(line: PrivateLine, page: Page) -> None:
    page.goto(f"{line.url}/admin/tickets/48213")
    sign_in_by_keyboard(page)
    expect(page.get_by_role("heading", name="Ticket 48213")).to_be_visible()
    page.get_by_label("Why").focus()
    page.keyboard.type("the customer is on the phone with us")
    page.keyboard.press("Tab")
    page.keyboard.type("3")
    page.keyboard.press("Enter")

    expect(page.get_by_role("status")).to_contain_text("Nobody is rung about ticket 48213 until Tue 3 Mar 2026, 13:0")


def test_a_call_is_followed_while_it_happens(line: PrivateLine, page: Page) -> None:
    page.goto(f"{line.url}/admin/")
    sign_in_by_keyboard(page)
    expect(page.get_by_text("No ticket yet")).to_be_visible()

    caller = line.exchange.handset("+12025550123", name="caller")
    caller.hang_up()

    expect(page.get_by_text("Nobody is calling")).to_be_visible()


def sign_in_by_keyboard(page: Page) -> None:
    expect(page.get_by_label("Name")).to_be_focused()
    page.keyboard.type("olga")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("form.leave")).to_have_count(1)
