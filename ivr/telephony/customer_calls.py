"""Calls to customers over the carrier's REST API."""

from datetime import datetime, timedelta

import requests
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from ivr.line.ports import RetryLater
from ivr.telephony.rest import HttpClient, placed

LOOKED_THROUGH = 20
WHOLE_SECONDS = timedelta(seconds=1)
"""The carrier tells times without fractions."""


class TwilioCustomerCalls:
    """Calls of one account; ``base_url`` is where the carrier reaches us."""

    def __init__(self, account_sid: str, auth_token: str, api_base_url: str, base_url: str) -> None:
        self._client = Client(account_sid, auth_token, http_client=HttpClient(api_base_url))
        self._base = base_url.rstrip("/")

    def place(self, callback: int, turn: int, number: str, caller_id: str, ring_seconds: int) -> str:
        """Order the call; the leg's SID. Raises RetryLater (then it may have been placed all the same) or Rejected."""
        answered = f"{self._base}/voice/callback/{callback}/{turn}"
        return placed(self._client, number, caller_id, ring_seconds, answered, f"{answered}/over")

    def was_placed(self, number: str, caller_id: str, since: datetime) -> str | None:
        """The latest call to ``number`` since then. Raises RetryLater."""
        try:
            calls = self._client.calls.list(to=number, from_=caller_id, limit=LOOKED_THROUGH)
        except (TwilioRestException, requests.RequestException) as error:
            raise RetryLater("the carrier does not say which calls it has placed") from error
        created = ((call.sid, call.date_created) for call in calls)
        return next((sid for sid, at in created if at is not None and at + WHOLE_SECONDS >= since), None)
