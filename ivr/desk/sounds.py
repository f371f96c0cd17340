"""The sound of a message behind a link, fetched from the carrier; the account's login stays here."""

from http import HTTPStatus
from io import BytesIO

from flask import send_file
from flask.typing import ResponseReturnValue

from ivr.line.links import Link, Page
from ivr.line.messages import MessageDesk
from ivr.line.ports import Rejected, RetryLater


def sound_of(messages: MessageDesk, link: Link) -> ResponseReturnValue:
    """The WAV file, in parts where a player asks for them."""
    heard = messages.heard(link.about) if link.page is Page.LISTEN else None
    if heard is None:
        return "", HTTPStatus.NOT_FOUND
    try:
        audio = BytesIO(messages.audio(heard.message.recording_sid))
    except Rejected:
        return "", HTTPStatus.NOT_FOUND
    except RetryLater:
        return "", HTTPStatus.SERVICE_UNAVAILABLE
    return send_file(audio, mimetype="audio/wav", download_name=f"ticket-{heard.message.ticket_number}.wav")
