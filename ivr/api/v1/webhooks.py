"""Webhooks: which programs are told what happens; made, tried and removed."""

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from db.errors import StoreConflict
from db.repositories.webhooks import Webhook
from db.unit_of_work import Work
from flows.rules.scopes import Scope
from ivr.api.v1.endpoints import Endpoints
from ivr.api.v1.guard import whose
from ivr.api.v1.problems import Kind, invalid, refuse
from ivr.api.v1.shapes import MOST, Answer, Asked
from ivr.line import webhooks as desk
from ivr.line.facts import KINDS
from ivr.line.staff import StaffParts

Fact = Literal[KINDS]  # type: ignore[valid-type]  # the timeline's kinds, whichever there are
NAME = r"^[^\x00-\x20\x7f][^\x00-\x1f\x7f]*$"


class WebhookPut(Asked):
    """A program to be told. It chooses its secret itself, so that no answer holds one."""

    name: str = Field(min_length=1, max_length=desk.LONGEST_NAME, pattern=NAME)
    url: str = Field(max_length=desk.LONGEST_URL, description="An https address.")
    secret: str = Field(
        pattern=r"^whsec_[A-Za-z0-9+/]{32,88}={0,2}$", description="whsec_ and base64 of 24 to 64 random bytes."
    )
    facts: list[Fact] = Field([], max_length=len(KINDS), description="Which kinds of facts; empty: every kind.")


class WebhookTold(Answer):
    """One webhook. Of its address only the ``server`` is told, for the rest may be a secret. ``rests_until``: its
    server is left alone until then, because of ``trouble``."""

    id: int
    name: str
    server: str
    facts: list[str]
    made_at: datetime
    off_at: datetime | None
    delivered_at: datetime | None
    waiting: int
    given_up: int
    rests_until: datetime | None
    trouble: str | None


class WebhooksTold(Answer):
    """Every webhook, by name."""

    webhooks: list[WebhookTold]


class DeliveriesAsked(Asked):
    """Which facts."""

    state: Literal["waiting", "dead"] = "dead"
    limit: int = Field(50, ge=1, le=MOST)


class DeliveryTold(Answer):
    """One fact for this webhook, without its contents."""

    id: int
    ticket_number: str
    created_at: datetime
    due_at: datetime
    tries: int
    dead_at: datetime | None
    last_error: str | None


class DeliveriesTold(Answer):
    """Facts; what is dead the newest first, what waits in order."""

    deliveries: list[DeliveryTold]


class Revived(Answer):
    """How many facts are tried again."""

    revived: int


class Removed(Answer):
    """The webhook that is gone."""

    id: int


def webhook_endpoints(endpoints: Endpoints, parts: StaffParts) -> None:
    """Declare them."""

    @endpoints.endpoint("GET", "/webhooks", Scope.READ, WebhooksTold)
    def list_webhooks() -> Any:
        """Which programs are told what happens, and how that goes."""
        with parts.store.reading() as work:
            return {"webhooks": [_told(work, each) for each in work.webhooks.all()]}

    @endpoints.endpoint("POST", "/webhooks", Scope.WEBHOOKS, WebhookTold, body=WebhookPut, refuses=(Kind.CONFLICT,))
    def make_webhook(body: WebhookPut) -> Any:
        """Tell a program what happens from now on, signed as Standard Webhooks says."""
        _check(parts, body)
        try:
            with parts.store.writing() as work:
                made = desk.add_webhook(parts, work, name=body.name, url=body.url, secret=body.secret,
                                        kinds=body.facts, by=whose())
                return _told(work, _existing(work, made))
        except StoreConflict:
            refuse(Kind.CONFLICT, f"There is a webhook {body.name}; choose another name, or DELETE it first.")

    @endpoints.endpoint("DELETE", "/webhooks/<int:number>", Scope.WEBHOOKS, Removed)
    def remove_webhook(number: int) -> Any:
        """Tell a program nothing any more, and forget what it was still to be told."""
        with parts.store.writing() as work:
            desk.remove_webhook(parts, work, _existing(work, number), whose())
        return {"id": number}

    @endpoints.endpoint("POST", "/webhooks/<int:number>/test", Scope.WEBHOOKS, WebhookTold)
    def test_webhook(number: int) -> Any:
        """Send a fact about nothing, to see whether it arrives."""
        with parts.store.writing() as work:
            webhook = _existing(work, number)
            desk.send_test(work, webhook, parts.clock())
            return _told(work, webhook)

    @endpoints.endpoint("POST", "/webhooks/<int:number>/retry", Scope.WEBHOOKS, Revived)
    def retry_webhook(number: int) -> Any:
        """Try again every fact that was given up."""
        with parts.store.writing() as work:
            return {"revived": desk.try_again(parts, work, _existing(work, number), whose())}

    @endpoints.endpoint("GET", "/webhooks/<int:number>/deliveries", Scope.READ, DeliveriesTold,
                        query=DeliveriesAsked)
    def list_deliveries(number: int, query: DeliveriesAsked) -> Any:
        """Facts that wait for a program, or were given up."""
        with parts.store.reading() as work:
            webhook = _existing(work, number)
            read = work.webhook_deliveries.dead if query.state == "dead" else work.webhook_deliveries.waiting
            return {"deliveries": [DeliveryTold.model_validate(each) for each in read(webhook.id, query.limit)]}


def _check(parts: StaffParts, body: WebhookPut) -> None:
    for field, sentence in (
        ("body.url", desk.wrong_url(body.url, private=parts.private_webhooks)),
        ("body.secret", desk.wrong_secret(body.secret)),
    ):
        if sentence:
            invalid(field, sentence)


def _existing(work: Work, number: int) -> Webhook:
    webhook = work.webhooks.read(number) if number < 2**63 else None
    if webhook is None:
        refuse(Kind.NOT_FOUND, "There is no such webhook; GET /webhooks lists them.")
    return webhook


def _told(work: Work, webhook: Webhook) -> WebhookTold:
    waiting, given_up = work.webhook_deliveries.counts(webhook.id)
    return WebhookTold(
        id=webhook.id, name=webhook.name, server=desk.server(webhook.url), facts=sorted(webhook.kinds),
        made_at=webhook.made_at, off_at=webhook.off_at, delivered_at=webhook.delivered_at, waiting=waiting,
        given_up=given_up, rests_until=webhook.rests_until, trouble=webhook.trouble,
    )
