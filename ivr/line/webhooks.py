"""Webhooks as the staff see them: made, tried, turned off and on, removed; all of it in the audit trail."""

import base64
import secrets
from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from db.repositories.audit import Change
from db.repositories.webhooks import Webhook
from db.unit_of_work import Work
from ivr.line.boxes import WEBHOOK_SECRETS, Box
from ivr.line.facts import KINDS, fact_about_nothing
from ivr.line.staff import StaffParts

LONGEST_NAME, LONGEST_URL = 60, 500
BEGINNING = "whsec_"
SECRET_BYTES = range(24, 65)
"""As the Standard Webhooks specification asks."""


def new_secret() -> str:
    """A secret that nobody has; shown once."""
    return BEGINNING + base64.b64encode(secrets.token_bytes(32)).decode()


def add_webhook(
    parts: StaffParts, work: Work, *, name: str, url: str, secret: str, kinds: Iterable[str], by: str
) -> int:
    """Tell this address what happens from now on; the id. Raises StoreConflict when the name is taken."""
    chosen = frozenset(kinds)
    locked = Box(parts.secret_key, WEBHOOK_SECRETS).lock(secret)
    at = parts.clock()
    made = work.webhooks.add(
        name=name, url=url, secret=locked, kinds=frozenset() if chosen == frozenset(KINDS) else chosen, by=by, at=at
    )
    told = " ".join(sorted(chosen)) or "everything"
    parts.note(work, Change(at=at, who=by, action="made the webhook", subject=f"webhook {name}",
                            became=f"{server(url)} is told {told}"))
    return made


def send_test(work: Work, webhook: Webhook, at: datetime) -> None:
    """Put in a fact about nothing, to be sent at once."""
    work.webhook_deliveries.add(webhook.id, f"test_{secrets.token_hex(16)}", "", fact_about_nothing(at), at)
    work.webhooks.at_once(webhook.id)


def turn_off(parts: StaffParts, work: Work, webhook: Webhook, by: str) -> None:
    """Tell it nothing any more."""
    if work.webhooks.turn_off(webhook.id, parts.clock()):
        _note(parts, work, webhook, "turned off the webhook", by)


def turn_on(parts: StaffParts, work: Work, webhook: Webhook, by: str) -> None:
    """Tell it what happens from now on, and what waited when it was turned off."""
    if work.webhooks.turn_on(webhook.id, parts.clock()):
        _note(parts, work, webhook, "turned on the webhook", by)


def try_again(parts: StaffParts, work: Work, webhook: Webhook, by: str) -> int:
    """Send what was given up once more; how many facts those are."""
    revived = work.webhook_deliveries.revive(webhook.id, parts.clock())
    work.webhooks.at_once(webhook.id)
    if revived:
        _note(parts, work, webhook, f"tried {revived} given-up facts again", by)
    return revived


def remove_webhook(parts: StaffParts, work: Work, webhook: Webhook, by: str) -> None:
    """Forget it, and what it was still to be told."""
    if work.webhooks.remove(webhook.id):
        _note(parts, work, webhook, "removed the webhook", by)


def wrong_name(name: str) -> str:
    """What is wrong with a name; empty when nothing is."""
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        return f"Say in 1 to {LONGEST_NAME} characters which program it is for."
    return ""


def wrong_url(url: str, *, private: bool) -> str:
    """What is wrong with an address; empty when nothing is. Whether it may be reached is seen when it is called."""
    try:
        address = urlsplit(url)
        port = address.port
    except ValueError:
        return "An address such as https://hooks.example.com/escalations."
    schemes = {"https", "http"} if private else {"https"}
    sound = address.scheme in schemes and address.hostname and port != 0 and "@" not in address.netloc
    if not sound or len(url) > LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url:
        return "An address such as https://hooks.example.com/escalations, without a name or password in it."
    return "" if not address.fragment else "An address without anything behind a #."


def wrong_secret(secret: str) -> str:
    """What is wrong with a secret; empty when nothing is."""
    told = "A secret is whsec_ and base64 of 24 to 64 random bytes."
    try:
        key = base64.b64decode(secret.removeprefix(BEGINNING), validate=True)
    except ValueError:
        return told
    return "" if secret.startswith(BEGINNING) and len(key) in SECRET_BYTES else told


def server(url: str) -> str:
    """The server of an address; the rest may be a secret."""
    return urlsplit(url).netloc


def _note(parts: StaffParts, work: Work, webhook: Webhook, action: str, by: str) -> None:
    parts.note(work, Change(at=parts.clock(), who=by, action=action, subject=f"webhook {webhook.name}"))
