"""Sends facts to webhooks: in order for each ticket, again when it failed, and to nobody who cannot be reached."""

import time
from collections.abc import Callable
from datetime import timedelta
from http import HTTPStatus

import structlog

from db.repositories.webhook_deliveries import Delivery
from db.repositories.webhooks import Webhook
from db.unit_of_work import Store
from ivr.clock import Clock
from ivr.line.boxes import Box
from ivr.line.ports import FactPosts, RetryLater

LEASE = timedelta(minutes=2)
PASS_SECONDS = 5.0
"""A pass begins nothing new after this: the worker has mails to send."""
WAITS = tuple(timedelta(seconds=seconds) for seconds in (15, 60, 5 * 60, 15 * 60, 30 * 60, 60 * 60))
"""Pauses after the first, second ... failure; the last one again and again."""
GIVEN_UP_AFTER = timedelta(hours=24)
NOT_NOW = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})
"""Of all 4xx these say that the server cannot, not that it will not."""
GONE = "its server answers 410: the program is gone, so the webhook was turned off"
UNREADABLE = "its secret was locked with another SECRET_KEY; remove the webhook and make it again"

log = structlog.get_logger()


class WebhookDispatcher:
    """Takes due deliveries, one at a time. A server that does not answer is left alone for a while as a whole; what a
    server will not take holds up its own ticket only."""

    def __init__(
        self, store: Store, clock: Clock, posts: FactPosts, box: Box, elapsed: Callable[[], float] = time.monotonic
    ) -> None:
        self._store = store
        self._clock = clock
        self._posts = posts
        self._box = box
        self._elapsed = elapsed

    def run_once(self) -> int:
        """Send what is due, for about five seconds at most; how many deliveries were taken up."""
        begun, taken = self._elapsed(), 0
        while self._elapsed() - begun < PASS_SECONDS and (claimed := self._claim()) is not None:
            self._settle(*claimed)
            taken += 1
        return taken

    def _claim(self) -> tuple[Webhook, Delivery] | None:
        """The next one. That there is none costs no write lock, once a second."""
        with self._store.reading() as work:
            if not work.webhook_deliveries.any_due(self._clock()):
                return None
        with self._store.writing() as work:
            delivery = work.webhook_deliveries.claim_due(self._clock(), LEASE)
            webhook = work.webhooks.read(delivery.webhook_id) if delivery else None
        return (webhook, delivery) if webhook and delivery else None

    def _settle(self, webhook: Webhook, delivery: Delivery) -> None:
        secret = self._box.open(webhook.secret)
        if secret is None:
            self._turn_off(webhook, delivery, UNREADABLE)
            return
        try:
            status = self._posts.post(
                webhook.url, secret, delivery.key, delivery.body, int(self._clock().timestamp())
            )
        except RetryLater as error:
            self._rest(webhook, delivery, str(error))
            return
        if status // 100 == 2:
            self._taken(webhook, delivery)
        elif status == HTTPStatus.GONE:
            self._turn_off(webhook, delivery, GONE)
        elif status // 100 == 4 and status not in NOT_NOW:
            self._put_off(delivery, f"its server answers {status}")
        else:
            self._rest(webhook, delivery, f"its server answers {status}")

    def _taken(self, webhook: Webhook, delivery: Delivery) -> None:
        with self._store.writing() as work:
            work.webhook_deliveries.sent(delivery.id, self._clock())
            work.webhooks.delivered(webhook.id, self._clock())
        log.info("fact delivered", webhook=webhook.id, delivery=delivery.id, tries=delivery.tries)

    def _rest(self, webhook: Webhook, delivery: Delivery, error: str) -> None:
        now = self._clock()
        wait = WAITS[min(webhook.failures, len(WAITS) - 1)]
        with self._store.writing() as work:
            work.webhook_deliveries.retry(delivery.id, now + wait, error)
            work.webhooks.rest(webhook.id, now + wait, error)
            work.webhook_deliveries.bury_old(webhook.id, now - GIVEN_UP_AFTER, now, f"given up after a day: {error}")
        log.warning("webhook rests", webhook=webhook.id, failures=webhook.failures + 1, error=error)

    def _put_off(self, delivery: Delivery, error: str) -> None:
        now = self._clock()
        with self._store.writing() as work:
            if now - delivery.created_at >= GIVEN_UP_AFTER:
                work.webhook_deliveries.bury(delivery.id, now, f"given up after a day: {error}")
            else:
                wait = WAITS[min(delivery.tries, len(WAITS)) - 1]
                work.webhook_deliveries.retry(delivery.id, now + wait, error)
        log.warning("fact put off", webhook=delivery.webhook_id, delivery=delivery.id, error=error)

    def _turn_off(self, webhook: Webhook, delivery: Delivery, error: str) -> None:
        now = self._clock()
        with self._store.writing() as work:
            work.webhook_deliveries.retry(delivery.id, now, error)
            work.webhooks.turn_off(webhook.id, now, error)
        log.error("webhook turned off", webhook=webhook.id, error=error)
