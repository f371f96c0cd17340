"""Prices come from the carrier's own account of each leg."""

from decimal import Decimal

import pytest

from ivr.emulator.exchange import Exchange
from ivr.emulator.handset import Handset
from ivr.line.ports import Price, Rejected, RetryLater
from ivr.telephony.prices import TwilioPrices
from ivr.telephony.rest import TwilioLegs
from tests.ivr.telephony.test_rest import ACCOUNT, LINE, MANAGER, NOWHERE, TOKEN, exchange, legs, manager

__all__ = ["exchange", "legs", "manager"]


def test_a_leg_has_a_price_when_it_is_over(exchange: Exchange, legs: TwilioLegs, manager: Handset) -> None:
    prices = TwilioPrices(exchange.office.account_sid, exchange.office.auth_token, exchange.api_url)
    sid = legs.place(7, MANAGER, LINE, 25)
    manager.rings()
    assert prices.of_leg(sid) is None
    manager.answer()
    manager.call_ends()

    assert prices.of_leg(sid) == Price(amount=Decimal("0.01400"), currency="USD")


def test_a_carrier_that_does_not_say_is_asked_later_and_an_unknown_leg_never(exchange: Exchange) -> None:
    prices = TwilioPrices(exchange.office.account_sid, exchange.office.auth_token, exchange.api_url)

    with pytest.raises(Rejected):
        prices.of_leg("CA" + "9" * 32)
    with pytest.raises(RetryLater):
        TwilioPrices(ACCOUNT, TOKEN, NOWHERE).of_leg("CA" + "9" * 32)
