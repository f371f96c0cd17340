"""The telephones from another process: the same calls, the same happenings."""

import pytest

from ivr.emulator.happenings import Bridged, MessageSent, Pressed, Spoke, WebhookMade
from ivr.emulator.softphone.client import ExchangeLost, OrderRefused, RemoteExchange
from tests.ivr.emulator.softphone.conftest import CALLER, FIRST, LINE, QUICK

PATIENT = 'timeout="600"'  # six real seconds at this speed: nobody is hurried on a busy machine
SCREENED = f'<Dial action="/after" {PATIENT}><Number url="/screen">+12025550101</Number></Dial>'


def test_a_whole_call_from_another_process(remote, application):
    application.on("/voice", asking("/number", "Your ticket, please.", 2))
    application.on("/number", SCREENED)
    application.on("/screen", asking("/accept", "Press 1.", 1) + "<Hangup/>")
    application.on("/accept", "")
    application.on("/after", "<Say>Goodbye.</Say>")
    caller, first = remote.handset(CALLER.number), remote.handset(FIRST.number)

    caller.dial(LINE)
    assert remote.until(lambda: heard(remote, caller, "Your ticket"))
    caller.press("48")
    assert remote.until(lambda: first.state == "ringing")
    first.answer()
    assert remote.until(lambda: heard(remote, first, "Press 1"))
    first.press("1")
    assert remote.until(lambda: remote.view(caller.number)["talks_to"] == [first.number])
    assert any(isinstance(one, Bridged) for one in remote.happenings)
    first.hang_up()
    assert remote.until(lambda: caller.state == "idle")

    assert [one.key for one in remote.happenings if isinstance(one, Pressed)] == ["4", "8", "1"]
    assert any(
        isinstance(one, WebhookMade) and one.parameters["Digits"] == "48"
        for one in remote.happenings
        if isinstance(one, WebhookMade) and one.kind == "action"
    )


def asking(action: str, question: str, digits: int) -> str:
    return f'<Gather action="{action}" numDigits="{digits}" {PATIENT}><Say>{question}</Say></Gather>'


def heard(remote: RemoteExchange, handset, text: str) -> bool:
    return any(
        isinstance(one, Spoke) and one.handset == handset.number and text in one.text for one in remote.happenings
    )


def test_how_fast_the_exchange_runs_is_known(remote):
    assert remote.speed == QUICK


def test_a_telephone_more_can_be_put_up(remote):
    guest = remote.handset("+12025550177", name="Guest")

    assert (guest.name, guest.state) == ("Guest", "idle")
    assert guest.number in [one.number for one in remote.handsets]


def test_a_text_message_from_another_process_is_answered(remote, exchange, application):
    exchange.office.lines[LINE].sms_url = application.on("/text", "<Message>Noted.</Message>")

    remote.handset(CALLER.number).texts(LINE, "It is solved.")

    def texts() -> list[str]:
        return [one.text for one in remote.happenings if isinstance(one, MessageSent)]

    assert remote.until(lambda: texts() == ["It is solved.", "Noted."])


def test_an_order_that_makes_no_sense_says_why(remote):
    with pytest.raises(OrderRefused, match=r"Level 1 is not ringing\."):
        remote.handset(FIRST.number).answer()


def test_what_happened_before_is_told_to_newcomers(remote, exchange, application):
    application.on("/voice", "<Say>Hello.</Say>")
    remote.handset(CALLER.number).dial(LINE)
    remote.until(lambda: heard(remote, remote.handset(CALLER.number), "Hello"))

    with RemoteExchange(exchange.api_url) as later:
        assert heard(later, later.handset(CALLER.number), "Hello")


def test_an_exchange_that_is_not_there_is_said_to_be_lost():
    with pytest.raises(ExchangeLost, match="no exchange answers"), RemoteExchange("http://127.0.0.1:9"):
        pass


def test_an_exchange_that_closes_is_said_to_be_lost(exchange):
    with RemoteExchange(exchange.api_url) as remote:
        exchange.close()

        with pytest.raises(ExchangeLost, match="has gone"):
            remote.until(lambda: False, within=10)
