"""Health for load balancers and operators: /healthz says the process lives, /readyz says whether it can work."""

from datetime import timedelta
from http import HTTPStatus

from flask import Blueprint, Response, jsonify

from db.errors import StoreUnavailable
from db.unit_of_work import Store
from ivr.clock import Clock

OLDEST_HEARTBEAT = timedelta(minutes=1)
MOST_COUNTED = 100
"""With more dead letters than these the exact number does not matter."""


def health_pages(store: Store, clock: Clock, mail_configured: bool) -> Blueprint:
    """The two unauthenticated health addresses; they tell states, never contents."""
    health = Blueprint("health", __name__)

    @health.get("/healthz")
    def healthz() -> Response:
        return jsonify(status="ok")

    @health.get("/readyz")
    def readyz() -> tuple[Response, HTTPStatus]:
        checks = {**_database(store, clock), "mail": "ok" if mail_configured else "SMTP_HOST is not set"}
        # Without its database or routing the line cannot work; without worker or mail it still answers the phone.
        ready = checks["database"] == "ok" and checks["routing"] == "ok"
        return jsonify(status="ready" if ready else "not ready", checks=checks), (
            HTTPStatus.OK if ready else HTTPStatus.SERVICE_UNAVAILABLE
        )

    return health


def _database(store: Store, clock: Clock) -> dict[str, str]:
    try:
        with store.reading() as work:
            version = work.routing.current_version()
            beat = work.heartbeats.last("worker")
            dead = work.outbox.dead(MOST_COUNTED)
    except StoreUnavailable as error:
        unknown = dict.fromkeys(("routing", "worker", "letters"), "unknown")
        return {"database": f"unavailable: {error}", **unknown}
    stale = beat is None or clock() - beat > OLDEST_HEARTBEAT
    return {
        "database": "ok",
        "routing": "ok" if version else "nothing is published; run `ivr seed demo` or publish a routing",
        "letters": f"{len(dead)} could not be delivered; see `ivr outbox list`" if dead else "ok",
        "worker": "no heartbeat for a minute; start `ivr worker`" if stale else "ok",
    }
