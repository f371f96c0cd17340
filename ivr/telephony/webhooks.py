"""The carrier's webhooks. Each is signed or refused; whatever fails behind them, the phone speaks words."""

from http import HTTPStatus

import structlog
from flask import Blueprint, Response, abort, request
from werkzeug.exceptions import HTTPException

from ivr.line.messages import RecordingDesk
from ivr.line.switchboard import Switchboard
from ivr.telephony import form
from ivr.telephony.safe_document import SafeDocuments
from ivr.telephony.signature import SIGNATURE, Signatures

LARGEST_FORM = 64 * 1024

ANSWERED_WITHOUT_WORDS = frozenset({"voice.status", "voice.leg", "voice.recording", "voice.transcription"})
"""Callbacks: nobody listens to what they are answered."""

log = structlog.get_logger()


def voice_webhooks(
    switchboard: Switchboard, recordings: RecordingDesk, signatures: Signatures, safe: SafeDocuments
) -> Blueprint:
    """The blueprint under /voice."""
    voice = Blueprint("voice", __name__, url_prefix="/voice")

    @voice.before_request
    def verify() -> None:
        request.max_content_length = LARGEST_FORM
        if not signatures.genuine(request.environ, request.form, request.headers.get(SIGNATURE)):
            log.warning("webhook refused", path=request.path, because="signature")
            abort(HTTPStatus.FORBIDDEN)

    @voice.post("/incoming")
    def incoming() -> Response:
        return _twiml(switchboard.incoming(form.leg(request.form)))

    @voice.post("/turn/<int:number>")
    def turn(number: int) -> Response:
        return _twiml(switchboard.turn(form.call_sid(request.form), number, form.told(request.form)))

    @voice.post("/screening/<int:ring>")
    def screening(ring: int) -> Response:
        return _twiml(switchboard.screening(form.leg(request.form), ring))

    @voice.post("/screening/<int:ring>/turn/<int:number>")
    def screening_turn(ring: int, number: int) -> Response:
        return _twiml(switchboard.turn(form.call_sid(request.form), number, form.told(request.form)))

    @voice.post("/leg/<int:ring>")
    def leg(ring: int) -> Response:
        """A leg that we placed is over."""
        if form.is_over(request.form):
            switchboard.leg_over(form.call_sid(request.form), ring, form.call_status(request.form))
        return Response(status=HTTPStatus.NO_CONTENT)

    @voice.post("/recording")
    def recording() -> Response:
        """A recording is there; the conversation may be over by now."""
        recordings.report(form.call_sid(request.form), form.recording(request.form))
        return Response(status=HTTPStatus.NO_CONTENT)

    @voice.post("/transcription")
    def transcription() -> Response:
        recordings.transcribe(*form.transcription(request.form))
        return Response(status=HTTPStatus.NO_CONTENT)

    @voice.post("/trouble")
    def trouble() -> Response:
        """The duty phone, dialled by the safe document, is done; nothing is read or stored."""
        return _twiml(safe.after_talk if form.dial_talked(request.form) else safe.unanswered)

    @voice.post("/status")
    def status() -> Response:
        if form.is_over(request.form):
            switchboard.hung_up(form.call_sid(request.form))
        return Response(status=HTTPStatus.NO_CONTENT)

    @voice.errorhandler(form.Malformed)
    def malformed(error: form.Malformed) -> tuple[str, HTTPStatus]:
        log.warning("webhook refused", path=request.path, because=str(error))
        return f"{error}\n", HTTPStatus.BAD_REQUEST

    @voice.errorhandler(Exception)
    def failed(error: Exception) -> Response | HTTPException:
        if isinstance(error, HTTPException):
            return error
        log.exception("webhook failed", path=request.path, error=type(error).__name__)
        if request.endpoint in ANSWERED_WITHOUT_WORDS:
            return Response(status=HTTPStatus.SERVICE_UNAVAILABLE)
        screens = str(request.endpoint).startswith("voice.screening")
        return _twiml(safe.for_manager if screens else safe.for_caller)

    return voice


def _twiml(document: str) -> Response:
    return Response(document, content_type="text/xml; charset=utf-8")
