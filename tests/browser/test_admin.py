"""The admin in a real Chromium: nothing for axe to find, a silent console, and the keyboard is enough."""

import pytest
from playwright.sync_api import Page, expect

from ivr.line import replay
from ivr.private_line import PrivateLine
from ivr.routing_file.writing import write
from tests.browser.chromium import Complaints, accessibility_problems
from tests.browser.signing_in import sign_in_by_keyboard
from tests.ivr.line.four_calls import escalated_four_times

PAGES = (
    "", "calls", "tickets", "tickets/48213", "routing", "routing/text", "routing/versions/1", "cooldowns",
    "reports", "reports?since=2026-03-09&until=2026-03-02", "calls?rang=Dana",
    "lines", "lines/line", "lines/line?number=%2B12025550150", "lines/carrier?number=%2B12025550150",
    "ladders", "ladders/1", "ladders/1?at=2026-03-04T03:00", "ladders/new",
    "people", "people?find=zz", "people/of/priya-raman", "people/new", "duty",
    "schedules", "schedules/new",
    "terms", "terms/program?name=Premium", "terms/program", "terms/calendar?name=office", "terms/calendar",
    "words", "words?language=ru&find=refused", "words/en/refused.grace", "words/ru/refused.too_many.few",
    "words/en/ticket.ask",
    "mails", "mails?language=de&find=rings", "mails/en/about.ticket", "mails/ru/calendar.opening",
    "try?ticket=48213", "try?ticket=48218", "replay", "replay?days=x", "drills", "notifications", "audit?verify=1",
    "users", "tokens", "webhooks", "privacy", "account", "account/second-factor", "nowhere",
)  # fmt: skip


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


def test_a_number_that_leads_elsewhere_is_seen_and_set_right_from_the_page(line: PrivateLine, page: Page) -> None:
    at_the_carrier = line.exchange.office.lines["+12025550150"]
    right, at_the_carrier.voice_url = at_the_carrier.voice_url, "https://old.example/voice"
    page.goto(f"{line.url}/admin/lines")
    sign_in_by_keyboard(page)
    page.get_by_role("button", name="Compare with the carrier").click()
    expect(page.get_by_role("status")).to_contain_text("https://old.example/voice")
    assert accessibility_problems(page) == []

    page.get_by_role("button", name="Send the calls here").click()
    expect(page.get_by_role("status")).to_contain_text("in sync")
    assert at_the_carrier.voice_url.startswith(right)
    page.goto(f"{line.url}/admin/audit")
    expect(page.get_by_text("connected the number with this site")).to_be_visible()


def test_a_replay_looks_through_the_calls_by_itself(
    line: PrivateLine, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replay, "PART", 1)
    now = line.parts.clock()
    escalated_four_times(line.parts.store, now)
    with line.parts.store.writing() as work:
        text = write(work.routing.current()[1]).replace("max_attempts: 4", "max_attempts: 1")
        work.drafts.save(text, base=1, seen=0, by="olga", at=now)
    page.goto(f"{line.url}/admin/replay")
    sign_in_by_keyboard(page)

    expect(page.get_by_role("status")).to_contain_text("4 calls looked at: 3 decisions turned round")
    expect(page.get_by_text("Turned round", exact=True)).to_have_count(3)
    expect(page.get_by_text("Look through older calls")).to_have_count(0)
    assert accessibility_problems(page) == []


def test_a_drill_is_played_and_appears_by_itself(line: PrivateLine, page: Page) -> None:
    page.goto(f"{line.url}/admin/try?ticket=48213")
    sign_in_by_keyboard(page)
    page.get_by_label("Level 1, Support Operations Manager").select_option("passes it on")
    page.get_by_role("button", name="Play", exact=True).press("Enter")

    expect(page.get_by_role("heading", name="How it went")).to_be_visible(timeout=60_000)
    expect(page.get_by_role("status")).to_contain_text("Reached: the caller talked to Marcus Oyelaran")
    expect(page.get_by_text("Connecting you now.")).to_be_visible()
    assert accessibility_problems(page) == []
