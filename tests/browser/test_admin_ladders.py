"""Ladders in a real Chromium: put in order with the keyboard and with the mouse, saved, read, published."""

from playwright.sync_api import Locator, Page, expect

from ivr.private_line import PrivateLine
from tests.browser.chromium import Complaints, accessibility_problems
from tests.browser.signing_in import sign_in_by_keyboard


def test_levels_change_places_with_the_keyboard_alone(line: PrivateLine, page: Page) -> None:
    complaints = Complaints(page)
    page.goto(f"{line.url}/admin/ladders/1")
    sign_in_by_keyboard(page)
    page.get_by_role("button", name="Move level Senior Director of Support up").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("button", name="Move level Senior Director of Support up")).to_be_focused()
    expect(page.locator("#announce")).to_have_text("Senior Director of Support is now number 1 of 2.")
    expect(page.locator(".level .rank")).to_have_text(["1", "2"])
    page.get_by_label("Name").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Saved in the draft")
    page.goto(f"{line.url}/admin/routing")
    expect(page.locator(".changes")).to_contain_text("level 1 Senior Director of Support")
    assert complaints.unexpected() == []


def test_levels_and_people_are_dragged(line: PrivateLine, page: Page) -> None:
    complaints = Complaints(page)
    page.goto(f"{line.url}/admin/ladders/1")
    sign_in_by_keyboard(page)
    drag(page, page.locator(".level-grip").nth(1), page.locator(".level").nth(0))

    expect(page.locator(".level .rank")).to_have_text(["1", "2"])
    expect(page.get_by_label("Title, as it is spoken").first).to_have_value("Senior Director of Support")
    page.get_by_label("Add somebody").first.select_option("Priya Raman")
    page.get_by_role("button", name="Add", exact=True).first.click()
    expect(page.locator(".members").first.locator(".named")).to_have_text(["Marcus Oyelaran", "Priya Raman"])
    expect(page.get_by_label("Title, as it is spoken").first).to_have_value("Senior Director of Support")
    drag(page, page.locator(".member-grip").nth(1), page.locator(".members li").nth(0))
    expect(page.locator(".members").first.locator(".named")).to_have_text(["Priya Raman", "Marcus Oyelaran"])
    page.get_by_role("button", name="Remove Marcus Oyelaran from this level").click()
    expect(page.locator("#announce")).to_have_text("Marcus Oyelaran is removed.")
    assert accessibility_problems(page) == []
    page.get_by_role("button", name="Save in the draft").last.click()

    expect(page.locator(".stack")).to_contain_text("Senior Director of Support: Priya Raman")
    assert complaints.unexpected() == []


def drag(page: Page, grip: Locator, onto: Locator) -> None:
    """Take hold of a thing and let it go over the upper edge of another."""
    grip.hover()
    page.mouse.down()
    box = onto.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 20, steps=12)
    page.mouse.move(box["x"] + 20, box["y"] + 4, steps=6)
    page.mouse.up()


def test_a_mistake_is_named_where_it_was_made(line: PrivateLine, page: Page) -> None:
    complaints = Complaints(page)
    complaints.expect("422")
    page.goto(f"{line.url}/admin/ladders/1")
    sign_in_by_keyboard(page)
    page.get_by_role("button", name="Remove Dana Whitfield from this level").click()
    page.get_by_label("Name").fill("Backup people")
    page.get_by_role("button", name="Save in the draft").last.click()

    expect(page.locator(".level").first).to_contain_text("nobody is on this level")
    expect(page.get_by_label("Name")).to_have_value("Backup people")
    assert accessibility_problems(page) == []
    assert complaints.unexpected() == []
