"""Three clicks to a bridged call, and one more to be told that the phones rest."""

from playwright.sync_api import Page, expect

from ivr.emulator.happenings import Bridged


def click(page: Page, name: str) -> None:
    button = page.locator(".guide").get_by_role("button", name=name, exact=True)
    expect(button).to_have_attribute("aria-disabled", "false")
    button.click()


def test_three_clicks_to_a_bridged_call_and_one_more_to_rest(shown, exchange, caller, first):
    click(shown, "Call")
    click(shown, "Key it")
    click(shown, "Answer")
    expect(shown.locator(".cell.bridge")).to_have_text("Customer and Ines hear each other")
    assert any(isinstance(one, Bridged) for one in exchange.happenings)

    click(shown, "Call again")
    expect(shown.get_by_text("That was all.").first).to_be_visible()
    caller.hears("phones rest now")


def test_the_panel_says_what_it_waits_for(shown, application):
    application.on("/voice", '<Pause length="60"/><Say>Key in your ticket number.</Say>')
    click(shown, "Call")

    expect(shown.locator(".guide")).to_contain_text("Waiting for Customer to hear the question for the ticket number")


def test_whoever_does_it_by_hand_is_followed(shown, caller):
    caller.call()
    caller.hears("ticket number")

    expect(shown.locator(".guide li").nth(1)).to_have_attribute("aria-current", "step")


def test_a_click_that_comes_at_the_wrong_moment_is_explained(shown, caller):
    click(shown, "Call")
    expect(shown.locator(".guide li").nth(1)).to_have_attribute("aria-current", "step")
    caller.hang_up()
    caller.shows("Ready")
    click(shown, "Key it")

    expect(shown.locator(".guide")).to_contain_text("Customer is not on a call")


def test_starting_over_begins_at_the_first_step(shown, caller):
    click(shown, "Call")
    expect(shown.locator(".guide li").nth(1)).to_have_attribute("aria-current", "step")
    caller.hang_up()
    shown.get_by_role("button", name="Start over").click()

    click(shown, "Call")


def test_a_hidden_panel_stays_hidden(shown):
    shown.get_by_role("button", name="Hide").click()
    shown.reload()
    expect(shown.locator(".handset").first).to_be_visible()

    expect(shown.locator(".guide")).to_be_hidden()
