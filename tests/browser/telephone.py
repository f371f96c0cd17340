"""A telephone on the page, as a visitor sees and uses it."""

import re

from playwright.sync_api import Locator, Page, expect


class Telephone:
    """One card. What ``hears`` and ``shows`` wait for appears, or the test fails."""

    def __init__(self, page: Page, name: str) -> None:
        self.page, self.name = page, name
        self.card = page.get_by_role("article", name=name)

    def call(self) -> None:
        self.card.get_by_role("button", name="Call").click()

    def press(self, keys: str) -> None:
        for key in keys:
            self.card.locator(f'.key[data-key="{key}"]').click()

    def answer(self) -> None:
        self.card.get_by_role("button", name="Answer").click()

    def decline(self) -> None:
        self.card.get_by_role("button", name="Decline").click()

    def hang_up(self) -> None:
        self.card.get_by_role("button", name="Hang up").click()

    def is_now(self, behaviour: str) -> None:
        """What it does when called."""
        self.card.get_by_label(re.compile("When called")).select_option(behaviour)

    def says(self, text: str) -> None:
        self.card.get_by_label(f"What {self.name} says").fill(text)
        self.card.get_by_role("button", name="Say").click()

    def shows(self, state: str) -> None:
        """The word for its state."""
        expect(self.card.locator(".state")).to_have_text(state)

    def hears(self, text: str) -> None:
        """The script's column of this party has the sentence."""
        expect(self.lines(text).first).to_be_attached()

    def lines(self, text: str) -> Locator:
        """The entries of the script about this party with this text in them."""
        return self.page.locator("#score .cell").filter(has_text=self.name).filter(has_text=text)

    def display(self, text: str) -> None:
        """The display shows it now."""
        expect(self.card.locator(".display")).to_contain_text(text)
