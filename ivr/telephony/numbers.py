"""The line's numbers in the carrier's account, over its REST API."""

import requests
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from ivr.line.ports import CarrierNumber, Wiring
from ivr.telephony.rest import HttpClient, told

LOOKED_THROUGH = 20


class TwilioNumbers:
    """Incoming numbers of one account."""

    def __init__(self, account_sid: str, auth_token: str, api_base_url: str) -> None:
        self._client = Client(account_sid, auth_token, http_client=HttpClient(api_base_url))

    def known(self, number: str) -> CarrierNumber | None:
        """The number, if the account has it; the carrier's filter also finds longer ones. Raises RetryLater or
        Rejected."""
        try:
            found = self._client.incoming_phone_numbers.list(phone_number=number, limit=LOOKED_THROUGH)
        except (TwilioRestException, requests.RequestException) as error:
            raise told(error) from error
        one = next((each for each in found if each.phone_number == number), None)
        if one is None or one.sid is None:
            return None
        return CarrierNumber(
            sid=one.sid,
            wiring=Wiring(
                voice_url=one.voice_url or "", voice_method=one.voice_method or "",
                status_callback=one.status_callback or "", status_method=one.status_callback_method or "",
                fallback_url=one.voice_fallback_url or "",
            ),
        )

    def connect(self, sid: str, wiring: Wiring) -> None:
        """Send what happens on the number there. Raises RetryLater or Rejected."""
        try:
            self._client.incoming_phone_numbers(sid).update(
                voice_url=wiring.voice_url, voice_method=wiring.voice_method,
                status_callback=wiring.status_callback, status_callback_method=wiring.status_method,
            )
        except (TwilioRestException, requests.RequestException) as error:
            raise told(error) from error
