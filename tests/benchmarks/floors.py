"""What any webhook costs at least: two tiny applications behind the same server, given the same forms.

(a) answers a constant document. (c) checks the signature and builds a document with the vendor's library.
"""

from http import HTTPStatus

from flask import Flask, Response, abort, request
from twilio.request_validator import RequestValidator
from twilio.twiml.voice_response import Gather, VoiceResponse

from tests.benchmarks.signed import AUTH_TOKEN, PUBLIC_BASE_URL

CONSTANT_PATH, BUILT_PATH = "/floor/constant", "/floor/built"
MARKER = "If this is resolved for you, press 1"
SENTENCE = (
    "You are back on the escalation line. If this is resolved for you, press 1."
    " To talk to the next level, press 2. To hear this again, press star."
)

app = Flask("floors")
validator = RequestValidator(AUTH_TOKEN)


def document() -> str:
    """A question as the line asks it."""
    response = VoiceResponse()
    action = f"{PUBLIC_BASE_URL}/voice/turn/5"
    gather = Gather(action=action, method="POST", input="dtmf", timeout=6, finish_on_key="#", num_digits=1)
    gather.say(SENTENCE, language="en-US", voice="Polly.Joanna")
    response.append(gather)
    response.redirect(action, method="POST")
    return str(response)


CONSTANT = document()


@app.post(CONSTANT_PATH)
def constant() -> Response:
    """Floor (a)."""
    return Response(CONSTANT, content_type="text/xml; charset=utf-8")


@app.post(BUILT_PATH)
def built() -> Response:
    """Floor (c)."""
    url = PUBLIC_BASE_URL + request.environ["RAW_URI"]
    if not validator.validate(url, request.form, request.headers.get("X-Twilio-Signature", "")):
        abort(HTTPStatus.FORBIDDEN)
    return Response(document(), content_type="text/xml; charset=utf-8")
