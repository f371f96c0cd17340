"""What calls have cost, as the carrier reckons it."""

from decimal import Decimal, InvalidOperation

import requests
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from ivr.line.ports import Price
from ivr.telephony.rest import HttpClient, told


class TwilioPrices:
    """Prices of one account's calls."""

    def __init__(self, account_sid: str, auth_token: str, api_base_url: str) -> None:
        self._client = Client(account_sid, auth_token, http_client=HttpClient(api_base_url))

    def of_leg(self, sid: str) -> Price | None:
        """The price, which the carrier writes as a negative number; None while it has not reckoned it. Raises
        RetryLater or Rejected."""
        try:
            found = self._client.calls(sid).fetch()
        except (TwilioRestException, requests.RequestException) as error:
            raise told(error) from error
        try:
            return Price(amount=-Decimal(found.price), currency=found.price_unit or "USD") if found.price else None
        except InvalidOperation:
            return None
