"""People and schedules in a real Chromium: made, drawn, changed, found by nobody's axe, with the keyboard."""

import pytest
from playwright.sync_api import Page, expect

from db import seed
from ivr.private_line import PrivateLine
from tests.browser.chromium import Complaints, accessibility_problems
from tests.browser.signing_in import sign_in_by_keyboard
from tests.ivr.admin.company import COMPANY, MARCUS


@pytest.fixture
def line(line: PrivateLine) -> PrivateLine:
    """A line with schedules, one of them full of gaps."""
    with line.parts.store.writing() as work:
        work.routing.publish(COMPANY, "the tests", "schedules", line.exchange.now())
    return line


def test_every_page_is_sound(line: PrivateLine, page: Page) -> None:
    complaints = Complaints(page)
    page.goto(f"{line.url}/admin/schedules")
    sign_in_by_keyboard(page)
    for path in ("schedules", "schedules/of/week", "schedules/of/weekend", "schedules/plan/weekend", "ladders/2"):
        page.goto(f"{line.url}/admin/{path}")
        assert accessibility_problems(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} scrolls sideways"
    assert complaints.unexpected() == []


def test_somebody_is_put_in_and_a_second_is_explained(line: PrivateLine, page: Page) -> None:
    complaints = Complaints(page)
    complaints.expect("422")
    page.goto(f"{line.url}/admin/schedules/of/week")
    sign_in_by_keyboard(page)
    for name in ("Priya Raman", "Marcus Oyelaran"):
        page.get_by_label("Who").select_option(name)
        page.get_by_label("From").fill("2026-03-04T09:00")
        page.get_by_label("Until").fill("2026-03-04T17:00")
        page.get_by_role("button", name="Put in, at once").click()

    expect(page.get_by_role("alert")).to_contain_text("At that time stands already: Priya Raman")
    expect(page.get_by_label("Who")).to_have_value(MARCUS)
    expect(page.locator(".days .by-hand")).to_have_count(1)
    assert accessibility_problems(page) == []
    page.get_by_role("button", name="Take out").click()
    expect(page.locator(".days .by-hand")).to_have_count(0)
    assert complaints.unexpected() == []


def test_phones_change_places_with_the_keyboard_and_a_foreign_one_is_named(line: PrivateLine, page: Page) -> None:
    complaints = Complaints(page)
    complaints.expect("422")
    page.goto(f"{line.url}/admin/people/of/priya-raman")
    sign_in_by_keyboard(page)
    page.get_by_role("button", name=f"Move {seed.SHIFT_MANAGER_AT_HOME} up").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[name=phone]").first).to_have_value(seed.SHIFT_MANAGER_AT_HOME)
    page.get_by_label("Another phone").fill("+44 20 7946 0958")
    page.get_by_role("button", name="Save in the draft").last.click()

    expect(page.get_by_text("it belongs to United Kingdom (GB)").first).to_be_visible()
    expect(page.locator("[name=phone]").nth(2)).to_have_value("+442079460958")
    assert accessibility_problems(page) == []
    assert complaints.unexpected() == []
