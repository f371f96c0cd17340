"""The page beside the calls: empty, lost, long, loud and silent; and the debugger."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from ivr.emulator.exchange import Exchange
from ivr.emulator.happenings import Spoke
from ivr.emulator.softphone.site import Softphone
from tests.browser.chromium import DESKTOP, PHONE
from tests.browser.conftest import SPEED
from tests.browser.small_line import CALLER, PEOPLE


def test_before_the_first_call_the_page_says_what_to_do(shown):
    expect(shown.get_by_text("Nothing has been said yet")).to_be_visible()


def test_a_lost_exchange_is_said_and_found_again(shown: Page, exchange, complaints):
    complaints.expect("WebSocket connection")  # Chromium's own words about each attempt
    lost = shown.get_by_role("alert").filter(has_text="The exchange does not answer. Trying again")
    port = urlsplit(exchange.api_url).port
    exchange.close()
    expect(lost).to_be_visible()

    with Exchange(
        account_sid="AC" + "2" * 32, auth_token="another", start=exchange.now(), speed=SPEED, port=port,
        pages=Softphone(people=PEOPLE[:1]).pages,
    ):  # fmt: skip
        expect(lost).to_be_hidden()
        expect(shown.locator(".handset")).to_have_count(1)


def test_a_reload_shows_what_was_said_before(shown, caller):
    caller.call()
    caller.hears("ticket number")
    shown.reload()

    caller.hears("ticket number")
    caller.shows("In call")


def test_two_hundred_lines_follow_the_end_until_the_reader_goes_back(shown, exchange):
    speak(exchange, 1, 200)
    expect(shown.locator("#score").get_by_text("Sentence 200.")).to_be_in_viewport()

    shown.locator("#score-frame").evaluate("frame => { frame.scrollTop = 0; }")
    speak(exchange, 201, 201)
    expect(shown.locator("#score").get_by_text("Sentence 201.")).not_to_be_in_viewport()
    shown.get_by_role("button", name="Latest").click()
    expect(shown.locator("#score").get_by_text("Sentence 201.")).to_be_in_viewport()


def speak(exchange, first: int, last: int) -> None:
    def spoken() -> None:
        for number in range(first, last + 1):
            exchange.office.tell(
                Spoke(
                    at=exchange.now(), call_sid="CA1", handset=CALLER.number, text=f"Sentence {number}.",
                    language="en-US", voice="alice", seconds=1.0,
                )
            )  # fmt: skip

    exchange.do(spoken)


def test_markup_in_what_is_said_stays_text(shown, application, caller):
    application.on("/voice", "<Say>&lt;img src=x onerror=alert(1)&gt;</Say>")
    caller.call()

    caller.hears("<img src=x onerror=alert(1)>")
    expect(shown.locator("img")).to_have_count(0)


def test_sound_stays_off_once_it_was_turned_off(shown):
    sound = shown.get_by_role("button", name="Sound")
    expect(sound).to_have_attribute("aria-pressed", "true")
    sound.click()
    shown.reload()

    expect(sound).to_have_attribute("aria-pressed", "false")


def test_an_order_that_makes_no_sense_is_answered_on_the_telephone(shown, caller):
    caller.card.get_by_label("Number that Customer calls").fill("12")
    caller.call()

    expect(caller.card.get_by_role("alert")).to_contain_text("A number starts with + and the country code")


@pytest.mark.parametrize("shows", ["alerts", "documents"])
def test_the_debugger_shows_what_is_chosen(shows, shown, application, caller):
    application.on("/voice", "<Say>unclosed")
    caller.call()
    caller.shows("Ready")
    shown.locator("#debugger-toggle").click()
    drawer = shown.locator("#debugger")
    expect(drawer.locator(".alert")).to_contain_text(re.compile("Error 12100.*Document parse failure"))
    drawer.get_by_label("Show").select_option(shows)

    expect(drawer.locator(".alert")).to_be_visible(visible=shows == "alerts")


def test_the_debugger_shows_a_request_with_its_document(shown, caller):
    caller.call()
    caller.hears("ticket number")
    shown.locator("#debugger-toggle").click()
    request = shown.locator("#debugger .request").filter(has_text="/voice")
    request.locator("summary").click()

    expect(request).to_contain_text("CallStatus")
    expect(request.locator("pre")).to_contain_text('<Gather action="/number" finishOnKey="#" timeout="600">')
    expect(request.locator("pre")).to_contain_text("<Say>Key in your ticket number.</Say>")


def test_the_telephone_swiped_to_is_the_one_listened_at(shown):
    shown.set_viewport_size({"width": 390, "height": 844})
    shown.locator(".chips").get_by_role("button", name="Marek").click()

    expect(shown.get_by_role("article", name="Marek").locator(".ear")).to_be_visible()
    expect(shown.get_by_role("article", name="Marek")).to_be_in_viewport()


LONG = (
    "You have reached the escalation line. Ticket 4 8 2 1 3 belongs to Acme Industries and is open at severity 2. "
    "The last escalation was at 9:05 a.m. and nobody could take the call. To ring Level 1 again, press 1. Thank you."
)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desk", "phone"])
def test_a_long_prompt_is_set_in_short_paragraphs(shown, application, caller, size):
    shown.set_viewport_size(size)
    application.on("/voice", f"<Say>{LONG}</Say><Pause length='600'/>")
    caller.call()
    caller.hears("You have reached")

    said = caller.lines("You have reached").first.locator("q")
    expect(said).to_have_text(LONG)
    expect(said.locator(".paragraph").nth(1)).to_contain_text("Acme Industries")
    expect(said.locator(".paragraph").last).to_contain_text("press 1. Thank you.")
