"""A whole call without a mouse."""

from playwright.sync_api import expect


def test_a_whole_call_from_the_keyboard(shown, caller, first):
    caller.card.focus()
    shown.keyboard.press("Enter")
    caller.hears("ticket number")
    shown.keyboard.type("48213#")
    caller.hears("To escalate now")
    shown.keyboard.type("1")
    first.shows("Ringing")
    first.card.focus()
    shown.keyboard.press("Enter")
    first.hears("1 to accept")
    shown.keyboard.press("1")
    first.shows("Talking")
    shown.keyboard.press("Escape")

    first.shows("Ready")


def test_the_guided_call_is_four_times_enter(shown):
    guide = shown.locator(".guide")
    guide.get_by_role("button", name="Call", exact=True).focus()
    for step in range(4):
        expect(guide.locator("li").nth(step).get_by_role("button")).to_be_focused()
        expect(guide.locator("li").nth(step).get_by_role("button")).to_have_attribute("aria-disabled", "false")
        shown.keyboard.press("Enter")

    expect(guide).to_have_attribute("data-phase", "done")


def test_digits_typed_into_a_field_press_no_keys(shown, caller):
    caller.call()
    caller.hears("ticket number")
    caller.card.get_by_label("What Customer says").fill("48213")

    expect(shown.locator(".cell.keys")).to_have_count(0)


def test_the_keypad_is_one_stop_and_arrows_walk_in_it(shown, caller):
    caller.card.locator('[data-key="1"]').focus()
    shown.keyboard.press("ArrowDown")
    shown.keyboard.press("ArrowRight")
    expect(caller.card.locator('[data-key="5"]')).to_be_focused()
    shown.keyboard.press("Tab")

    expect(caller.card.get_by_label("Number that Customer calls")).to_be_focused()


def test_the_first_stop_leads_to_the_telephones(shown):
    shown.keyboard.press("Tab")
    expect(shown.get_by_role("link", name="Skip to the telephones")).to_be_focused()
    shown.keyboard.press("Enter")
    shown.keyboard.press("Tab")

    expect(shown.get_by_role("article", name="Customer")).to_be_focused()


def test_who_rings_and_what_is_heard_is_announced(shown, caller, first):
    caller.call()
    expect(shown.locator("#announce")).to_contain_text("Customer hears: Key in your ticket number.")
    caller.press("48213#")
    caller.hears("To escalate now")
    caller.press("1")

    expect(shown.locator("#announce-now")).to_contain_text("Ines is ringing. Call from")
