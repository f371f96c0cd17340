"""Text messages over the carrier's REST API."""

from datetime import datetime

import requests
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from ivr.line.ports import Rejected, RetryLater
from ivr.telephony.rest import HttpClient

REASONS = {
    21211: "the carrier says it is not a phone number",
    21408: "the account may not send texts to this region; allow it in the console under Messaging, Geo permissions",
    21606: "the line's number cannot send texts; buy one that can, or set TEXTS=off",
    21610: "the receiver has answered STOP and must text START before the line may text again",
    21612: "the carrier cannot reach this number from the line's number",
    21614: "the number is not a mobile one",
    30034: "the line's number is not registered for texts to the United States (A2P 10DLC)",
}
"""What an operator can do about the carrier's codes (twilio.md, REST errors)."""
LOOKED_THROUGH = 50


class TwilioTexts:
    """Texts of one account."""

    def __init__(self, account_sid: str, auth_token: str, api_base_url: str) -> None:
        self._client = Client(account_sid, auth_token, http_client=HttpClient(api_base_url))

    def send(self, to: str, sender: str, words: str) -> None:
        """Hand the text over. Raises RetryLater (then it may have been taken all the same) or Rejected."""
        try:
            self._client.messages.create(to=to, from_=sender, body=words)
        except (TwilioRestException, requests.RequestException) as error:
            raise _told(error) from error

    def was_taken(self, to: str, sender: str, beginning: str, since: datetime) -> bool:
        """Whether the carrier has since taken a text that begins so. Raises RetryLater."""
        try:
            taken = self._client.messages.list(to=to, from_=sender, date_sent_after=since, limit=LOOKED_THROUGH)
        except (TwilioRestException, requests.RequestException) as error:
            raise RetryLater("the carrier does not say which texts it has taken") from error
        return any((each.body or "").startswith(beginning) for each in taken)


def _told(error: Exception) -> RetryLater | Rejected:
    if not isinstance(error, TwilioRestException):
        return RetryLater(f"the carrier did not answer in time ({type(error).__name__})")
    sentence = f"the carrier refused with HTTP {error.status}, code {error.code}"
    if error.status == 429 or error.status >= 500:
        return RetryLater(sentence)
    return Rejected(f"{sentence}: {REASONS[error.code]}" if error.code in REASONS else sentence)
