"""Where the carrier fetches uploaded sounds. Whoever calls the line hears them, so they are open to all."""

from http import HTTPStatus

from flask import Blueprint, Response

from db.errors import StoreUnavailable
from db.unit_of_work import Store

FOREVER = "public, max-age=31536000, immutable"
"""The name of a sound is made of what is in it."""


def sound_pages(store: Store) -> Blueprint:
    """``GET /sounds/DIGEST.wav``."""
    pages = Blueprint("sounds", __name__)

    @pages.get("/sounds/<digest>.wav")
    def sound(digest: str) -> Response:
        try:
            with store.reading() as work:
                audio = work.sounds.audio(digest)
        except StoreUnavailable:
            return Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
        if audio is None:
            return Response("There is no such sound.\n", HTTPStatus.NOT_FOUND, content_type="text/plain")
        headers = {"Cache-Control": FOREVER, "X-Content-Type-Options": "nosniff"}
        return Response(audio, headers=headers, content_type="audio/wav")

    return pages
