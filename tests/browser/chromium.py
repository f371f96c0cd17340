"""A real Chromium, and a page that fails the test for anything a visitor's console would complain about."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from shutil import which

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

PROGRAM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
IS_HERE = which(PROGRAM) is not None
ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}
PATIENCE_MS = 20_000


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start it, and stop it afterwards."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PROGRAM, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


class Complaints:
    """What the console said in anger; CSP violations are console errors too."""

    def __init__(self, page: Page) -> None:
        self.heard: list[str] = []
        self.expected: list[str] = []
        page.on("console", self._heard)
        page.on("pageerror", lambda error: self.heard.append(str(error)))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.heard.append(message.text)

    def expect(self, part: str) -> None:
        """This story is meant to cause this complaint."""
        self.expected.append(part)

    def unexpected(self) -> list[str]:
        """All the others."""
        return [one for one in self.heard if not any(part in one for part in self.expected)]


def accessibility_problems(page: Page) -> list[str]:
    """What axe finds, one line each; all its rules, not only the WCAG ones."""
    page.wait_for_timeout(350)  # colours fade for a moment, and axe would judge the moment
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]]
