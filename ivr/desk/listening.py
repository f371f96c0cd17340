"""Listening to a message that a caller left: a page with a player, and the sound itself, fetched from the carrier.

The account's login stays here; a link lasts a limited time, and a wrong one looks like no page at all.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from importlib.resources import files
from io import BytesIO
from zoneinfo import ZoneInfo

from babel.dates import format_datetime
from flask import Blueprint, Response, abort, render_template, send_file

from db.repositories.messages import MessageState, StoredMessage
from db.unit_of_work import Store
from flows.prompts.catalogue import LANGUAGES
from ivr.line.listening import ListenLinks
from ivr.line.phrases import known
from ivr.line.ports import Recordings, Rejected, RetryLater

PRIVATE = {
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What the page says. ``left_at`` is spoken in the line's own time."""

    language: str
    words: Mapping[str, str]
    company: str
    ticket: str
    left_at: str
    seconds: int
    transcription: str


def listening_pages(store: Store, links: ListenLinks, recordings: Recordings) -> Blueprint:
    """The blueprint under /listen."""
    pages = Blueprint("listen", __name__, url_prefix="/listen", template_folder="templates")

    @pages.get("/<token>")
    def page(token: str) -> str:
        message, language = _message(store, links, token)
        return render_template("listen.html", page=_page(store, message, language), token=token)

    @pages.get("/<token>/message.wav")
    def sound(token: str) -> Response:
        message, _ = _message(store, links, token)
        try:
            audio = BytesIO(recordings.audio(message.recording_sid))
        except Rejected:
            abort(HTTPStatus.NOT_FOUND)
        except RetryLater as error:
            abort(HTTPStatus.SERVICE_UNAVAILABLE, description=str(error))
        return send_file(audio, mimetype="audio/wav", download_name=f"ticket-{message.ticket_number}.wav")

    @pages.after_request
    def private(response: Response) -> Response:
        response.headers.update(PRIVATE)
        return response

    return pages


def _message(store: Store, links: ListenLinks, token: str) -> tuple[StoredMessage, str]:
    """The message behind a link and the reader's language; 404 for a wrong or old link, and for a deleted message."""
    read = links.read(token)
    if read is None:
        abort(HTTPStatus.NOT_FOUND)
    recording, language = read
    with store.reading() as work:
        message = work.messages.read(recording)
    if message is None or message.state is MessageState.DISCARDED:
        abort(HTTPStatus.NOT_FOUND)
    return message, language


def _page(store: Store, message: StoredMessage, language: str) -> Page:
    with store.reading() as work:
        call = work.calls.read(message.call_sid)
        line = work.routing.read(call.routing_version).line(call.line) if call else None
    spoken = known(language)
    zone = ZoneInfo(line.zone if line else "UTC")
    return Page(
        language=spoken,
        words=_words()[spoken],
        company=line.company if line else "",
        ticket=message.ticket_number,
        left_at=format_datetime(message.recorded_at, "long", tzinfo=zone, locale=spoken),
        seconds=message.seconds,
        transcription=message.transcription or "",
    )


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    """The page's words by language."""
    folder = files(__package__) / "words"
    return {each: tomllib.loads((folder / f"{each}.toml").read_text("utf-8"))["listen"] for each in LANGUAGES}
