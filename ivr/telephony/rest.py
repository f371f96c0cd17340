"""Managers' legs over the carrier's REST API: placed and stopped within two seconds, and never ordered twice."""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

import requests
from twilio.base.exceptions import TwilioRestException
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

from ivr.line.ports import Rejected, RetryLater

PATIENCE_SECONDS = 2.0
"""A caller waits in silence for as long."""

ALREADY_OVER = 21220
"""The leg is not in progress (any more)."""


class HttpClient(TwilioHttpClient):
    """The library's own client with a time limit, which it lacks, and optionally another address than Twilio's."""

    def __init__(self, api_base_url: str) -> None:
        super().__init__(timeout=PATIENCE_SECONDS)
        self._origin = urlsplit(api_base_url) if api_base_url else None

    def request(self, method: str, uri: str, *args: Any, **kwargs: Any) -> Response:  # type: ignore[override]
        """Send the request, to the emulator where one is set."""
        if self._origin is not None:
            asked = urlsplit(uri)
            uri = urlunsplit((self._origin.scheme, self._origin.netloc, asked.path, asked.query, ""))
        return super().request(method, uri, *args, **kwargs)


class TwilioLegs:
    """Legs of one account; ``base_url`` is where the carrier reaches us. ``detection``: let it guess who picks up."""

    def __init__(
        self, account_sid: str, auth_token: str, api_base_url: str, base_url: str, *, detection: bool = False
    ) -> None:
        self._client = Client(account_sid, auth_token, http_client=HttpClient(api_base_url))
        self._base = base_url.rstrip("/")
        self._detection = detection

    def place(self, ring: int, number: str, caller_id: str, ring_seconds: int) -> str:
        """Order the call; the leg's SID. Raises RetryLater or Rejected."""
        answered, over = f"{self._base}/voice/screening/{ring}", f"{self._base}/voice/leg/{ring}"
        guessed = f"{over}/detection" if self._detection else ""
        return placed(self._client, number, caller_id, ring_seconds, answered, over, guessed)

    def stop(self, sid: str) -> None:
        """End the leg, ringing or answered. Raises RetryLater or Rejected."""
        try:
            self._client.calls(sid).update(status="completed")
        except TwilioRestException as error:
            if error.code != ALREADY_OVER:
                raise told(error) from error
        except requests.RequestException as error:
            raise told(error) from error


def placed(
    client: Client, number: str, caller_id: str, ring_seconds: int, answered: str, over: str, guessed: str = ""
) -> str:
    """Order one call; its SID. ``answered`` is asked what to say when it is picked up, ``over`` is told of its end,
    ``guessed``, where given, of who the carrier thinks has picked up: beside the call, which it never holds up.
    Raises RetryLater (then it may have been placed all the same) or Rejected."""
    detection = {
        "machine_detection": "Enable", "async_amd": "true", "async_amd_status_callback": guessed,
        "async_amd_status_callback_method": "POST",
    }  # fmt: skip
    try:
        call = client.calls.create(
            to=number,
            from_=caller_id,
            url=answered,
            method="POST",
            timeout=ring_seconds,
            status_callback=over,
            status_callback_method="POST",
            status_callback_event=["completed"],
            **(detection if guessed else {}),
        )
    except (TwilioRestException, requests.RequestException) as error:
        raise told(error) from error
    if call.sid is None:
        raise RetryLater("the carrier gave the call no SID")
    return call.sid


def told(error: Exception) -> RetryLater | Rejected:
    """What an error of the carrier's API means. Vendor codes end here: what may pass is RetryLater, what never will is
    Rejected."""
    if not isinstance(error, TwilioRestException):
        return RetryLater(f"the carrier did not answer in time ({type(error).__name__})")
    sentence = f"the carrier refused with HTTP {error.status}, code {error.code}"
    return RetryLater(sentence) if error.status == 429 or error.status >= 500 else Rejected(sentence)
