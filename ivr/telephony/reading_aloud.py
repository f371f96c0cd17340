"""A sentence read aloud on somebody's telephone, in the carrier's own voice."""

import requests
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client
from twilio.twiml.voice_response import VoiceResponse

from ivr.line.voices import voice
from ivr.telephony.rest import HttpClient, told
from ivr.telephony.twiml import NOT_XML

RING_SECONDS = 25


class TwilioReadingAloud:
    """Calls of one account whose words come along: the carrier asks us nothing."""

    def __init__(self, account_sid: str, auth_token: str, api_base_url: str) -> None:
        self._client = Client(account_sid, auth_token, http_client=HttpClient(api_base_url))

    def read(self, number: str, caller_id: str, language: str, named: str, words: str) -> None:
        """Ring ``number`` and read it twice. Raises RetryLater or Rejected."""
        known = voice(language, named)
        document = VoiceResponse()
        for _ in range(2):
            document.pause(length=1)
            document.say(NOT_XML.sub("", words), language=known.locale, voice=known.name)
        try:
            self._client.calls.create(to=number, from_=caller_id, twiml=str(document), timeout=RING_SECONDS)
        except (TwilioRestException, requests.RequestException) as error:
            raise told(error) from error
