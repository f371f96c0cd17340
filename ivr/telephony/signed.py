"""Signed webhooks as a WSGI application of their own, in front of the one that serves pages to people.

A framework's request context, sessions and dispatch would take a quarter of a webhook's time, and a webhook needs none
of them. What is untrusted is read by the same library: the form, and which address was called.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import TypeAlias
from urllib.parse import parse_qsl
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import structlog
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wsgi import get_input_stream

from ivr.telephony.form import Malformed
from ivr.telephony.signature import Signatures

LARGEST_FORM = 64 * 1024
SIGNATURE = "HTTP_X_TWILIO_SIGNATURE"
"""The header as servers name it."""
PLAIN = "text/plain; charset=utf-8"
FORM = "application/x-www-form-urlencoded"

Sent: TypeAlias = MultiDict[str, str]
"""The form of a webhook."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Answer:
    """What a webhook is answered."""

    body: str = ""
    status: HTTPStatus = HTTPStatus.OK
    content_type: str = "text/xml; charset=utf-8"


NOTHING_TO_SAY = Answer(status=HTTPStatus.NO_CONTENT)

Webhook: TypeAlias = Callable[..., Answer]
"""Takes the form, and by name the numbers in the address."""


class SignedWebhooks:
    """The webhooks under ``prefix`` ("/voice"): each is signed or refused, and none of them fails without an answer."""

    def __init__(self, prefix: str, signatures: Signatures, when_failed: Callable[[str], Answer]) -> None:
        """``when_failed`` gives the answer, by the name of the webhook (empty: none), when something raises."""
        self.url_map = Map(strict_slashes=False, merge_slashes=False)    # a redirect would cost a Gather its digits
        self._prefix = prefix
        self._signatures = signatures
        self._when_failed = when_failed
        self._urls = self.url_map.bind("")
        self._webhooks: dict[str, Webhook] = {}

    def post(self, path: str) -> Callable[[Webhook], Webhook]:
        """Declare the decorated function as the webhook at ``path``, named after it."""

        def declare(webhook: Webhook) -> Webhook:
            self._webhooks[webhook.__name__] = webhook
            self.url_map.add(Rule(self._prefix + path, endpoint=webhook.__name__, methods=["POST"]))
            return webhook

        return declare

    def in_front_of(self, pages: WSGIApplication) -> WSGIApplication:
        """An application that answers the webhooks itself, and leaves every other address to ``pages``."""
        ours = f"{self._prefix}/"

        def serve(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
            serving = self if environ["PATH_INFO"].startswith(ours) else pages
            return serving(environ, start_response)

        return serve

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one webhook."""
        try:
            answer = self._answer(environ)
        except HTTPException as refusal:
            return refusal(environ, start_response)
        body = answer.body.encode()
        headers = [("Content-Type", answer.content_type), ("Content-Length", str(len(body)))] if body else []
        start_response(f"{answer.status.value} {answer.status.phrase.upper()}", headers)
        return [body]

    def _answer(self, environ: WSGIEnvironment) -> Answer:
        path, name = environ["PATH_INFO"], ""
        try:
            sent = _sent(environ)
            if not self._signatures.genuine(environ, sent, environ.get(SIGNATURE)):
                log.warning("webhook refused", path=path, because="signature")
                return Answer("not signed\n", HTTPStatus.FORBIDDEN, PLAIN)
            name, numbers = self._urls.match(path, environ["REQUEST_METHOD"])
            return self._webhooks[name](sent, **numbers)
        except HTTPException:
            raise
        except Malformed as error:
            log.warning("webhook refused", path=path, because=str(error))
            return Answer(f"{error}\n", HTTPStatus.BAD_REQUEST, PLAIN)
        except Exception as error:
            log.exception("webhook failed", path=path, error=type(error).__name__)
            return self._when_failed(name)


def _sent(environ: WSGIEnvironment) -> Sent:
    """The form; an empty one where the body is something else. Raises RequestEntityTooLarge.

    The library's general reader, which also knows files, would take half as long again.
    """
    if not environ.get("CONTENT_TYPE", "").lower().startswith(FORM):
        return MultiDict()
    body = get_input_stream(environ, max_content_length=LARGEST_FORM).read()
    return MultiDict(parse_qsl(body.decode(errors="replace"), keep_blank_values=True))
