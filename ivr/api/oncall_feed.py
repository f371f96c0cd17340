"""The calendar that a person subscribes to: whoever has its signed address may read it, and nobody can make one up."""

from collections.abc import Callable
from http import HTTPStatus

from flask import Blueprint, Response

from db.errors import StoreUnavailable

FRESH_SECONDS = 900
TRY_AGAIN_SECONDS = 60


def feed_pages(calendar: Callable[[str], bytes | None]) -> Blueprint:
    """``GET /oncall/TOKEN.ics``; ``calendar`` answers what is behind a token, or None."""
    pages = Blueprint("oncall_feed", __name__)

    @pages.get("/oncall/<token>.ics")
    def person_calendar(token: str) -> Response:
        try:
            found = calendar(token)
        except StoreUnavailable:
            return Response(status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": str(TRY_AGAIN_SECONDS)})
        if found is None:
            return Response("There is no such calendar.\n", HTTPStatus.NOT_FOUND, content_type="text/plain")
        headers = {"Cache-Control": f"private, max-age={FRESH_SECONDS}", "X-Robots-Tag": "noindex"}
        return Response(found, headers=headers, content_type="text/calendar; charset=utf-8")

    return pages
