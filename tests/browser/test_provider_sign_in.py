"""Signing in by a provider on another site, in a real Chromium, with the keyboard alone."""

from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Page, expect

from flows.rules.roles import Role
from ivr.private_line import an_exchange, private_line
from tests.browser.chromium import Complaints, accessibility_problems
from tests.ivr.admin.openid_provider import openid_provider
from tests.ivr.admin.visitor import HASH

START = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)


def presses_the_button(page: Page) -> None:
    """The provider's own page follows; its link is the first thing there."""
    expect(page.get_by_label("Name")).to_be_focused()
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Sign in with Northwind account")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Yes, me")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")


def test_what_was_typed_survives_the_way_to_the_provider_and_back(tmp_path: Path, page: Page) -> None:
    complaints = Complaints(page)
    complaints.expect("401")
    complaints.expect("403")
    with (
        openid_provider() as provider, an_exchange(START) as exchange,
        private_line(f"sqlite:///{tmp_path / 'line.db'}", exchange, others=provider.settings) as line,
    ):  # fmt: skip
        page.goto(f"{line.url}/admin/tickets/48213")
        assert accessibility_problems(page) == []
        presses_the_button(page)
        expect(page.get_by_role("alert")).to_contain_text("you are olga@northwind.example")
        assert accessibility_problems(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

        with line.parts.store.writing() as work:
            roles = frozenset({Role.OWNER})
            work.users.add(name="olga@northwind.example", roles=roles, password_hash=HASH, at=exchange.now())
        page.goto(f"{line.url}/admin/tickets/48213")
        presses_the_button(page)
        page.get_by_label("Why").fill("the customer is on the phone with us")
        page.context.clear_cookies()
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("What you typed is kept")
        presses_the_button(page)

        expect(page.get_by_role("heading", name="Your text was kept")).to_be_visible()
        expect(page.get_by_text("the customer is on the phone with us")).to_be_visible()
        assert accessibility_problems(page) == []
    assert complaints.unexpected() == []
