"""Signing in to the admin with the keyboard alone."""

from playwright.sync_api import Page, expect

from tests.ivr.admin.visitor import PASSWORD


def sign_in_by_keyboard(page: Page, name: str = "olga") -> None:
    """The browser is on the page that asks for it. The page that follows is whole, its scripts have run."""
    expect(page.get_by_label("Name")).to_be_focused()
    page.keyboard.type(name)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("form.leave")).to_have_count(1)
    page.wait_for_load_state()
