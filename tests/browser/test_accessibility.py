"""Nothing for axe to find: in each state, light and dark, on a desk and on a phone."""

import pytest
from playwright.sync_api import Page

from tests.browser.chromium import DESKTOP, PHONE, accessibility_problems


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest, tab: Page) -> str:
    scheme: str = request.param
    tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    return scheme


@pytest.fixture(params=["desk", "phone"])
def size(request: pytest.FixtureRequest, tab: Page) -> str:
    tab.set_viewport_size(DESKTOP if request.param == "desk" else PHONE)
    size: str = request.param
    return size


def test_nothing_is_found_from_the_first_look_to_the_talk(scheme, size, shown, caller, first):
    assert accessibility_problems(shown) == [], "idle"
    caller.call()
    caller.hears("ticket number")
    assert accessibility_problems(shown) == [], "listening"
    caller.press("48213#")
    caller.hears("To escalate now")
    caller.press("1")
    first.shows("Ringing")
    assert accessibility_problems(shown) == [], "ringing"
    first.answer()
    first.hears("1 to accept")
    first.press("1")
    first.shows("Talking")
    assert accessibility_problems(shown) == [], "talking"


def test_nothing_is_found_in_the_debugger(scheme, size, shown, exchange, application, caller):
    application.on("/voice", "<Say>unclosed")
    caller.call()
    caller.shows("Ready")
    exchange.expect_alert(12100)
    shown.locator("#debugger-toggle").click()
    shown.locator(".requests summary").first.click()

    assert accessibility_problems(shown) == []


def test_nothing_sticks_out_on_a_phone(size, shown):
    assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth")
