"""What is said when nothing else can be: no database, no routing, a step that failed. Made once, from settings."""

from twilio.twiml.voice_response import Dial, VoiceResponse

from flows.prompts.spoken import Prompt
from ivr.line.speech import speak
from ivr.line.voices import voice
from ivr.telephony.twiml import written

LANGUAGE = "en"
RING_SECONDS = 40
LIMIT_SECONDS = 3600


class SafeDocuments:
    """Apologies in spoken form. ``duty_number`` may be empty: then the caller is asked to call again."""

    def __init__(self, base_url: str, duty_number: str) -> None:
        self.for_caller = self._for_caller(f"{base_url.rstrip('/')}/voice/trouble", duty_number)
        self.for_manager = _spoken("trouble.sorry", "trouble.goodbye")
        self.after_talk = _spoken("forward.talked")
        self.unanswered = _spoken("forward.unanswered")

    def _for_caller(self, action: str, duty_number: str) -> str:
        if not duty_number:
            return _spoken("trouble.sorry", "trouble.call_again")
        response = _saying("trouble.sorry", "trouble.forwarding")
        dial = Dial(action=action, method="POST", timeout=RING_SECONDS, time_limit=LIMIT_SECONDS)
        dial.number(duty_number)
        response.append(dial)
        return written(response)


def _saying(*keys: str) -> VoiceResponse:
    response = VoiceResponse()
    text = " ".join(speak(Prompt(key), LANGUAGE).text for key in keys)
    response.say(text, language=voice(LANGUAGE).locale, voice=voice(LANGUAGE).name)
    return response


def _spoken(*keys: str) -> str:
    response = _saying(*keys)
    response.hangup()
    return written(response)
