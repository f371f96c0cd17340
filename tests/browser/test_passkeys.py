"""A passkey is made and used in a real Chromium with a virtual authenticator, with the keyboard alone."""

import socket
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Page, expect

from flows.rules.roles import Role
from ivr.private_line import an_exchange, private_line
from tests.browser.chromium import Complaints, accessibility_problems
from tests.browser.signing_in import sign_in_by_keyboard
from tests.ivr.admin.visitor import HASH

START = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as ours:
        return int(ours.getsockname()[1])


def holds_an_authenticator(page: Page) -> None:
    """A device that unlocks for its owner at once."""
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }})  # fmt: skip


def shows_the_passkey(page: Page) -> None:
    expect(page.get_by_label("Name")).to_be_focused()
    for _ in range(3):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_focused()
    page.keyboard.press("Enter")


def test_a_passkey_is_made_opens_the_door_and_is_removed(tmp_path: Path, page: Page) -> None:
    complaints, port = Complaints(page), free_port()
    complaints.expect("422")
    site = f"http://localhost:{port}"
    holds_an_authenticator(page)
    with (
        an_exchange(START) as exchange,
        private_line(
            f"sqlite:///{tmp_path / 'line.db'}", exchange, port=port, others={"PUBLIC_BASE_URL": site}
        ) as line,
    ):
        with line.parts.store.writing() as work:
            work.users.add(name="olga", roles=frozenset({Role.OWNER}), password_hash=HASH, at=exchange.now())
        page.goto(f"{site}/admin/account")
        assert accessibility_problems(page) == []
        sign_in_by_keyboard(page)
        page.get_by_label("What you call it").focus()
        page.keyboard.type("telephone")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("The passkey telephone is made")
        assert accessibility_problems(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

        page.context.clear_cookies()
        page.goto(f"{site}/admin/audit")
        shows_the_passkey(page)
        expect(page.get_by_text("signed in with a passkey")).to_be_visible()

        page.goto(f"{site}/admin/account")
        page.get_by_role("button", name="Remove telephone").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("The passkey is removed here")
        page.context.clear_cookies()
        page.goto(f"{site}/admin/audit")
        shows_the_passkey(page)
        expect(page.get_by_role("alert").filter(visible=True)).to_contain_text("This passkey is not known here")
    assert complaints.unexpected() == []
