"""Calls by hand on the page: through, declined, to a mailbox, busy, unheard."""

from playwright.sync_api import Page, expect


def escalates(caller):
    caller.call()
    caller.hears("Key in your ticket number")
    caller.press("48213#")
    caller.hears("To escalate now")
    caller.press("1")


def test_a_manager_accepts_and_the_two_talk(shown, caller, first):
    escalates(caller)
    first.shows("Ringing")
    first.answer()
    first.hears("1 to accept")
    first.press("1")

    caller.shows("Talking")
    first.display("Customer")
    first.says("Hello, this is Ines.")
    caller.hears("Hello, this is Ines.")
    caller.hang_up()
    first.shows("Ready")


def test_a_declined_call_goes_to_the_next_level(shown, caller, first, second):
    escalates(caller)
    first.decline()

    first.display("Declined")
    caller.hears("Ringing Marek")
    second.shows("Ringing")
    second.answer()
    second.hears("1 to accept")
    second.press("1")
    second.shows("Talking")


def test_a_mailbox_answers_and_the_ladder_goes_on(shown, caller, first, second):
    first.is_now("mailbox")
    escalates(caller)

    expect(first.lines("reached the mailbox").first).to_be_attached()
    caller.hears("Ringing Marek")
    second.shows("Ringing")


def test_busy_and_unanswered_phones_are_passed_over(shown, caller, first, second):
    first.is_now("busy")
    second.is_now("no_answer")
    escalates(caller)

    caller.hears("Nobody could take your call")


def test_a_muted_telephone_says_nothing(shown, caller, first):
    escalates(caller)
    first.answer()
    first.hears("1 to accept")
    first.press("1")
    first.shows("Talking")
    first.card.get_by_role("button", name="Mute").click()
    expect(first.card.get_by_role("button", name="Mute")).to_have_attribute("aria-pressed", "true")
    first.says("Can you hear me?")

    expect(first.card.get_by_role("alert")).to_have_text("Ines is muted: nobody hears this.")


def test_keys_that_were_pressed_together_share_a_line(shown: Page, caller):
    caller.call()
    caller.hears("Key in your ticket number")
    caller.press("48213#")

    expect(shown.locator(".cell.keys").first.locator("kbd")).to_have_text(["4", "8", "2", "1", "3", "#"])


def test_one_telephone_more_can_be_put_up_and_used(shown: Page, caller):
    shown.get_by_role("button", name="Telephone", exact=True).click()
    shown.get_by_label("Name").fill("Guest")
    shown.get_by_label("Number", exact=True).fill("+1 (202) 555-0177")
    shown.get_by_role("button", name="Put it up").click()

    guest = shown.get_by_role("article", name="Guest")
    expect(guest).to_contain_text("+1 202 555 0177")
    guest.get_by_role("button", name="Call").click()
    expect(guest.locator(".state")).to_have_text("In call")
