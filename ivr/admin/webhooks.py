"""Webhooks: which programs are told what happens, how that goes, and what could not be told."""

from collections.abc import Callable, Mapping
from http import HTTPStatus

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from db.errors import StoreConflict
from db.repositories.webhooks import Webhook
from db.unit_of_work import Work
from flows.rules.roles import Right
from ivr.admin.pages import Pages, whoever
from ivr.admin.parts import AdminParts
from ivr.line import webhooks as desk
from ivr.line.facts import KINDS

SHOWN = 20
SOME = "some"


def webhook_pages(pages: Pages, parts: AdminParts) -> None:
    """Declare the list and what owners may do."""

    @pages.page("/webhooks", Right.GOVERN)
    def webhooks() -> ResponseReturnValue:
        return _webhooks(parts, {})

    @pages.act("/webhooks", Right.GOVERN)
    def webhook_add() -> ResponseReturnValue:
        given = request.form
        name, url, kinds = given.get("name", "").strip(), given.get("url", "").strip(), _kinds()
        wrong = _wrong(parts, name, url, kinds)
        if wrong:
            return _webhooks(parts, wrong)
        secret = desk.new_secret()
        try:
            with parts.store.writing() as work:
                desk.add_webhook(
                    parts, work, name=name, url=url, secret=secret, kinds=kinds, by=whoever().user.name
                )
        except StoreConflict:
            return _webhooks(parts, {"name": f"There is a webhook {name}. Choose another name."})
        return render_template("admin/webhook_made.html", name=name, secret=secret)

    @pages.act("/webhooks/<int:webhook_id>/<what>", Right.GOVERN)
    def webhook_do(webhook_id: int, what: str) -> ResponseReturnValue:
        with parts.store.writing() as work:
            webhook = work.webhooks.read(webhook_id)
            if webhook is None or what not in ACTS:
                abort(404)
            told = ACTS[what](parts, work, webhook)
        flash(told)
        return redirect(url_for("admin.webhooks"))


def _test(parts: AdminParts, work: Work, webhook: Webhook) -> str:
    desk.send_test(work, webhook, parts.clock())
    return f"A test goes to {webhook.name} within seconds. Reload this page to see how it went."


def _off(parts: AdminParts, work: Work, webhook: Webhook) -> str:
    desk.turn_off(parts, work, webhook, whoever().user.name)
    return f"{webhook.name} is told nothing any more. What waits goes on when it is turned on again."


def _on(parts: AdminParts, work: Work, webhook: Webhook) -> str:
    desk.turn_on(parts, work, webhook, whoever().user.name)
    return f"{webhook.name} is told what happens from now on."


def _retry(parts: AdminParts, work: Work, webhook: Webhook) -> str:
    revived = desk.try_again(parts, work, webhook, whoever().user.name)
    return f"{revived} given-up facts are tried again. Facts that came later may have been told before them."


def _remove(parts: AdminParts, work: Work, webhook: Webhook) -> str:
    desk.remove_webhook(parts, work, webhook, whoever().user.name)
    return f"{webhook.name} is removed."


ACTS: Mapping[str, Callable[[AdminParts, Work, Webhook], str]] = {
    "test": _test, "off": _off, "on": _on, "retry": _retry, "remove": _remove,
}  # fmt: skip
"""What an owner may do with a webhook, by the last word of the address; what came of it, in a sentence."""


def _kinds() -> list[str]:
    """The kinds of facts that were chosen; none stands for all of them."""
    if request.form.get("which") != SOME:
        return []
    return [kind for kind in request.form.getlist("kinds") if kind in KINDS]


def _wrong(parts: AdminParts, name: str, url: str, kinds: list[str]) -> dict[str, str]:
    found = {"name": desk.wrong_name(name), "url": desk.wrong_url(url, private=parts.private_webhooks)}
    if request.form.get("which") == SOME and not kinds:
        found["kinds"] = "Choose at least one kind of fact, or everything."
    return {field: sentence for field, sentence in found.items() if sentence}


def _webhooks(parts: AdminParts, wrong: dict[str, str]) -> ResponseReturnValue:
    with parts.store.reading() as work:
        found = work.webhooks.all()
        counts = {each.id: work.webhook_deliveries.counts(each.id) for each in found}
        dead = {each.id: work.webhook_deliveries.dead(each.id, SHOWN) for each in found}
    page = render_template(
        "admin/webhooks.html", webhooks=found, counts=counts, dead=dead, kinds=KINDS, wrong=wrong, given=request.form,
        at=parts.clock(), server=desk.server,
    )
    return page, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
