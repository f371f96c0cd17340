"""The guided first call of `ivr demo` on the real line, many times faster than life."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from ivr.commands.demo_telephones import demo_telephones
from ivr.private_line import an_exchange, private_line, working
from tests.browser.chromium import Complaints
from tests.browser.telephone import Telephone

TUESDAY_MORNING = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)
SPEED = 12.0


@pytest.fixture
def demo(tab: Page, complaints: Complaints, sqlite_url: str) -> Iterator[Page]:
    telephones = demo_telephones()
    with (
        an_exchange(TUESDAY_MORNING, speed=SPEED, telephones=telephones) as exchange,
        private_line(sqlite_url, exchange) as line,
        working(line),
    ):
        telephones.shows_mail(line.mail)
        tab.goto(exchange.api_url)
        yield tab


def next_click(page: Page, step: int) -> None:
    button = page.locator(".guide li").nth(step).get_by_role("button")
    expect(button).to_have_attribute("aria-disabled", "false")
    button.click()


def test_three_clicks_reach_a_manager_and_the_fourth_is_asked_to_wait(demo):
    for step in range(3):
        next_click(demo, step)
    expect(demo.locator(".cell.bridge").first).to_contain_text("Dana Whitfield and Customer hear each other")
    shift_manager = demo.get_by_role("article", name="Priya Raman")
    shift_manager.get_by_role("button", name="message").first.click()
    expect(shift_manager.get_by_role("listitem").first).to_contain_text("48213")

    next_click(demo, 3)
    Telephone(demo, "Customer").hears("their phones rest now")
    expect(demo.locator(".guide")).to_have_attribute("data-phase", "done")


def test_level_1_declines_and_level_2_is_rung(demo):
    for step in range(2):
        next_click(demo, step)
    Telephone(demo, "Dana Whitfield").decline()

    Telephone(demo, "Marcus Oyelaran").shows("Ringing")
