"""The carrier's recordings: heard, found and deleted with the account's own login, which no listener ever sees."""

import requests
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from ivr.line.ports import Recording, Rejected, RetryLater
from ivr.telephony.rest import HttpClient, told

API = "https://api.twilio.com"
MOST_RECORDINGS = 20
UNFINISHED = frozenset({"in-progress", "paused", "processing"})
PATIENCE_SECONDS = 10.0
"""People wait for a recording; no caller does."""


class TwilioRecordings:
    """Recordings of one account; ``api_base_url`` is empty for the real carrier."""

    def __init__(self, account_sid: str, auth_token: str, api_base_url: str) -> None:
        self._login = (account_sid, auth_token)
        self._place = f"{api_base_url or API}/2010-04-01/Accounts/{account_sid}/Recordings"
        self._client = Client(account_sid, auth_token, http_client=HttpClient(api_base_url))

    def audio(self, sid: str) -> bytes:
        """The WAV file. Raises RetryLater or Rejected."""
        try:
            answer = requests.get(f"{self._place}/{sid}.wav", auth=self._login, timeout=PATIENCE_SECONDS)
        except requests.RequestException as error:
            raise told(error) from error
        if answer.status_code == requests.codes.ok:
            return answer.content
        sentence = f"the carrier refused the recording with HTTP {answer.status_code}"
        raise Rejected(sentence) if answer.status_code == requests.codes.not_found else RetryLater(sentence)

    def of_call(self, call_sid: str) -> list[Recording]:
        """What was recorded on a call. Raises RetryLater, also while the carrier has not finished one, or Rejected."""
        try:
            found = self._client.recordings.list(call_sid=call_sid, limit=MOST_RECORDINGS)
        except (TwilioRestException, requests.RequestException) as error:
            raise told(error) from error
        if any(str(one.status) in UNFINISHED for one in found):
            raise RetryLater("the carrier has not finished the recording")
        return [Recording(sid=one.sid, seconds=int(one.duration or 0)) for one in found if one.sid]

    def delete(self, sid: str) -> None:
        """Delete a recording for good. Raises RetryLater or Rejected."""
        try:
            self._client.recordings(sid).delete()
        except TwilioRestException as error:
            if error.status != requests.codes.not_found:
                raise told(error) from error
        except requests.RequestException as error:
            raise told(error) from error
