"""A sentence is heard on a telephone, in the voice that the draft has chosen; the carrier asks us nothing."""

import pytest

from ivr.emulator.exchange import Exchange
from ivr.emulator.handset import Handset
from ivr.line.ports import Rejected, RetryLater
from ivr.telephony.reading_aloud import TwilioReadingAloud
from tests.ivr.telephony.test_rest import ACCOUNT, LINE, MANAGER, NOWHERE, TOKEN, exchange, manager

__all__ = ["exchange", "manager"]


@pytest.fixture
def aloud(exchange: Exchange) -> TwilioReadingAloud:
    return TwilioReadingAloud(exchange.office.account_sid, exchange.office.auth_token, exchange.api_url)


def test_it_is_read_twice_and_then_the_call_is_over(aloud: TwilioReadingAloud, manager: Handset) -> None:
    aloud.read(MANAGER, LINE, "de", "Polly.Hans", "Drücken Sie die 1 & <warten> Sie.")

    manager.rings()
    manager.answer()
    manager.hears("Drücken Sie die 1 & <warten> Sie.")
    manager.hears("Drücken Sie die 1 & <warten> Sie.")
    manager.call_ends()


def test_what_the_carrier_will_not_do_is_said(aloud: TwilioReadingAloud) -> None:
    with pytest.raises(Rejected):
        aloud.read("nobody", LINE, "en", "", "Hello.")
    with pytest.raises(RetryLater):
        TwilioReadingAloud(ACCOUNT, TOKEN, NOWHERE).read(MANAGER, LINE, "en", "", "Hello.")
