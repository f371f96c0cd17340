"""What every admin page shares: the menu, who is signed in, and how times and names are shown."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from flask import Blueprint, render_template, request
from flask_wtf.csrf import generate_csrf

from db.errors import NothingPublished
from flows.rules.roles import Right
from ivr.admin.parts import AdminParts
from ivr.admin.signed_in import SignedIn, signed_in
from ivr.admin.times import length, shown
from ivr.admin.words import OUTCOMES, REASONS, RINGS, SEVERITIES, called
from ivr.logs import masked

UTC_ZONE = "UTC"


@dataclass(frozen=True, slots=True)
class Entry:
    """One page in the menu."""

    endpoint: str
    label: str
    needs: Right

    @property
    def is_here(self) -> bool:
        """Whether this page, or one below it, is being shown: "calls" is also there on the page of one call."""
        here = (request.endpoint or "").removeprefix("admin.")
        return here == self._name or here.startswith(f"{self._name.removesuffix('s')}_")

    @property
    def _name(self) -> str:
        return self.endpoint.removeprefix("admin.")


MENU: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    ("See", (
        Entry("admin.now", "Now", Right.READ),
        Entry("admin.calls", "Calls", Right.READ),
        Entry("admin.tickets", "Tickets", Right.READ),
    )),
    ("Set", (
        Entry("admin.routing", "Routing", Right.READ),
        Entry("admin.lines", "Lines", Right.READ),
        Entry("admin.ladders", "Ladders", Right.READ),
        Entry("admin.people", "People", Right.READ),
        Entry("admin.schedules", "Schedules", Right.READ),
        Entry("admin.terms", "Terms", Right.READ),
        Entry("admin.cooldowns", "Cooldowns", Right.READ),
        Entry("admin.words", "Words", Right.READ),
        Entry("admin.try_it", "Try it", Right.READ),
    )),
    ("Prove", (
        Entry("admin.reports", "Reports", Right.READ),
        Entry("admin.notifications", "Notifications", Right.READ),
        Entry("admin.audit", "Audit", Right.READ),
    )),
    ("Access", (
        Entry("admin.users", "Users", Right.GOVERN),
        Entry("admin.tokens", "API tokens", Right.GOVERN),
        Entry("admin.webhooks", "Webhooks", Right.GOVERN),
        Entry("admin.privacy", "Privacy", Right.GOVERN),
        Entry("admin.duty", "Your duty", Right.OWN),
        Entry("admin.account", "Your account", Right.OWN),
    )),
)


def dress(blueprint: Blueprint, parts: AdminParts) -> None:
    """Give the blueprint's templates what they share."""
    filters: dict[str, Callable[..., str]] = {
        "length_of_time": length,
        "masked": masked,
        "outcome": partial(called, names=OUTCOMES),
        "reason": partial(called, names=REASONS),
        "ring": partial(called, names=RINGS),
        "severity": lambda number: SEVERITIES.get(number, str(number)),
    }
    for name, shows in filters.items():
        blueprint.add_app_template_filter(shows, name)
    blueprint.add_app_template_filter(lambda at: shown(at, zone_of_the_line(parts)), "moment")

    blueprint.add_app_template_global(generate_csrf, "csrf_token")

    @blueprint.context_processor
    def shared() -> dict[str, Any]:
        who = signed_in()
        return {"who": who, "menu": _menu(who), "Right": Right, "provider": parts.provider,
                "passkeys_work": parts.passkeys is not None}

    @blueprint.errorhandler(403)
    def forbidden(error: Exception) -> tuple[str, int]:
        return render_template("admin/refused.html", title="Not for your role", words=(
            "Your role does not include this page. An owner can give you another one, on the page Users.")), 403

    @blueprint.errorhandler(404)
    def missing(error: Exception) -> tuple[str, int]:
        return render_template("admin/refused.html", title="Not found", words=(
            "There is nothing at this address. It may have been removed; the lists show what there is.")), 404

    @blueprint.errorhandler(400)
    def stale(error: Exception) -> tuple[str, int]:
        return render_template("admin/refused.html", title="Please send it again", words=(
            "This form was not made by the page you see, or is too old. Go back, reload the page, send it again.")), 400


def zone_of_the_line(parts: AdminParts) -> str:
    """The zone in which pages show times: the first line's; UTC before anything is published."""
    try:
        with parts.store.reading() as work:
            _, routing = work.routing.current()
    except NothingPublished:
        return UTC_ZONE
    return routing.lines[0].zone if routing.lines else UTC_ZONE


def _menu(who: SignedIn | None) -> list[tuple[str, list[Entry]]]:
    if who is None:
        return []
    offered = [(heading, [entry for entry in entries if who.may(entry.needs)]) for heading, entries in MENU]
    return [(heading, entries) for heading, entries in offered if entries]


def until(now: datetime, at: datetime | None) -> float:
    """Seconds from ``now`` to ``at``; 0 when it is past or there is none."""
    return max(0.0, (at - now).total_seconds()) if at else 0.0
