"""The pages behind links, opened on the phone that a manager has in hand: found whole by axe, worked by keyboard."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect

from ivr.line.links import Link, Page
from tests.browser.chromium import DESKTOP, PHONE, accessibility_problems
from tests.calls.stage import Stage, on_stage


@pytest.fixture
def stage(sqlite_url: str) -> Iterator[Stage]:
    """A talk with Level 1 about ticket 48213 is over; nobody has said how it goes on."""
    with on_stage(sqlite_url) as told:
        told.escalates()
        told.accepts(told.level_1)
        told.caller.talks_to(told.level_1)
        told.level_1.hang_up()
        told.caller.hang_up()
        told.exchange.pass_time(60)
        yield told


def link(stage: Stage, page: Page) -> str:
    """The address of a page about that talk, as its mail or text has it."""
    with stage.line.parts.store.reading() as work:
        (attempt,) = work.attempts.of_ticket("48213")
        (ring,) = work.rings.of_attempt(attempt.id)
    about = attempt.id if page is Page.TAKE_IT else ring.id
    return stage.line.parts.links.url(Link(page=page, about=about, person=ring.person))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_and_nothing_sticks_out(stage: Stage, tab: Tab, size: dict[str, int], scheme: str) -> None:
    tab.set_viewport_size(size)  # type: ignore[arg-type]
    tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    addresses = [link(stage, page) for page in (Page.TICKET, Page.TAKE_IT, Page.WRAP_UP)]
    for address in (*addresses, f"{stage.line.url}/desk/made-up"):
        tab.goto(address)
        assert accessibility_problems(tab) == [], address
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_a_manager_says_by_keyboard_how_it_goes_on(stage: Stage, tab: Tab) -> None:
    tab.goto(link(stage, Page.WRAP_UP))
    tab.get_by_role("radio").nth(1).focus()
    tab.keyboard.press("Space")
    tab.keyboard.press("Tab")
    tab.keyboard.type("zero")
    tab.keyboard.press("Enter")
    expect(tab.get_by_label("How long")).to_have_attribute("aria-invalid", "true")
    expect(tab.get_by_label("How long")).to_have_value("zero")
    assert accessibility_problems(tab) == [], "with a mistake in it"

    tab.get_by_label("How long").fill("3")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("status")).to_contain_text("noted")
    with stage.line.parts.store.reading() as work:
        assert work.claims.standing("48213").promised_until is not None
