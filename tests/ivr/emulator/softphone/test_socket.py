"""The messages on the WebSocket, as `wire` documents them; time is simulated and stands still unless told."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSServerHandshakeError

from ivr.emulator.exchange import Exchange
from ivr.emulator.softphone.guide import Act, Guide, Hears, Step
from ivr.emulator.softphone.site import Softphone
from tests.ivr.emulator.scripted import ScriptedApplication
from tests.ivr.emulator.softphone.conftest import CALLER, FIRST, LINE

GUIDE = Guide(
    title="A first call",
    steps=(
        Step(
            title="Call", button="Call now",
            acts=(Act(handset=CALLER.number, do="dial", text=LINE),),
            done=Hears(handset=CALLER.number, text="ticket"),
        ),
    ),
)  # fmt: skip


class Visitor:
    """What a page does, one message at a time."""

    def __init__(self, url: str) -> None:
        self._runner = asyncio.Runner()
        self.url = url
        self.told: list[dict[str, Any]] = []
        self._web: ClientSession | None = None
        self._socket: ClientWebSocketResponse | None = None

    def open(self, **headers: str) -> dict[str, Any]:
        """Connect; the snapshot."""
        self._runner.run(self._open(headers))
        return self.next()

    async def _open(self, headers: dict[str, str]) -> None:
        self._web = ClientSession()
        self._socket = await self._web.ws_connect(self.url + "/softphone/line", headers=headers)

    def close(self) -> None:
        self._runner.run(self._close())
        self._runner.close()

    async def _close(self) -> None:
        if self._socket is not None:
            await self._socket.close()
        if self._web is not None:
            await self._web.close()

    def send(self, text: str) -> None:
        assert self._socket is not None
        self._runner.run(self._socket.send_str(text))

    def order(self, **order: object) -> dict[str, Any]:
        """Send an order; its answer."""
        assert self._socket is not None
        self._runner.run(self._socket.send_json({"id": 1, **order}))
        return self.until("answer")

    def next(self) -> dict[str, Any]:
        assert self._socket is not None
        message: dict[str, Any] = self._runner.run(self._socket.receive_json(timeout=10))
        if message["type"] == "happened":
            self.told.append(message)
        return message

    def until(self, kind: str) -> dict[str, Any]:
        """The next message of a kind."""
        while (message := self.next())["type"] != kind:
            pass
        return message


@pytest.fixture
def telephones() -> Softphone:
    return Softphone(people=(CALLER, FIRST), guide=GUIDE)


@pytest.fixture
def exchange(application: ScriptedApplication, telephones: Softphone) -> Iterator[Exchange]:
    start = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    with Exchange(account_sid="AC" + "1" * 32, auth_token="token", start=start, pages=telephones.pages) as opened:
        opened.line(LINE, voice_url=application.url + "/voice", status_callback=application.url + "/status", name="L")
        application.on("/status", "")
        application.on("/voice", "<Say>Hello, your ticket please.</Say><Pause length='60'/>")
        yield opened


@pytest.fixture
def visitor(exchange: Exchange) -> Iterator[Visitor]:
    opened = Visitor(exchange.api_url)
    yield opened
    opened.close()


def test_the_snapshot_has_all_that_a_page_needs_to_begin(visitor):
    snapshot = visitor.open()

    assert snapshot["type"] == "snapshot"
    assert snapshot["now"] == "2026-03-02T09:00:00+00:00"
    assert snapshot["speed"] is None
    assert snapshot["lines"] == [{"number": LINE, "name": "L"}]
    assert snapshot["handsets"][0] == {
        "type": "handset", "address": CALLER.number, "name": "Dana Smith", "state": "idle", "behaviour": "manual",
        "muted": False, "talks_to": [], "since": None,
    }  # fmt: skip
    assert snapshot["people"][1]["email"] == "First@support.example"
    assert snapshot["guide"]["steps"][0]["done"] == {
        "kind": "hears", "handset": CALLER.number, "text": "ticket", "called": "",
    }  # fmt: skip


def test_a_call_is_told_as_it_happens(visitor, exchange):
    visitor.open()
    assert visitor.order(do="dial", handset=CALLER.number, number="+1 (202) 555-0150")["error"] is None
    exchange.pass_time(5)
    while visitor.told[-1]["what"] != "Spoke":
        visitor.until("happened")

    assert [one["what"] for one in visitor.told] == ["Dialled", "WebhookMade", "Answered", "Spoke"]
    assert [one["number"] for one in visitor.told] == [1, 2, 3, 4]
    assert visitor.told[-1]["facts"]["text"] == "Hello, your ticket please."


def test_each_change_of_a_telephone_is_told(visitor, exchange):
    visitor.open()
    visitor.order(do="dial", handset=CALLER.number, number=LINE)
    exchange.pass_time(5)
    while (view := visitor.until("handset"))["state"] != "talking":
        assert view["state"] == "calling"

    assert view["since"].startswith("2026-03-02T09:00:0")


def test_newcomers_are_told_what_happened_before(visitor, exchange):
    exchange.handset(CALLER.number).dial(LINE)
    exchange.handset(CALLER.number).hears("Hello")
    snapshot = visitor.open()

    assert [one["facts"]["text"] for one in snapshot["happenings"] if one["what"] == "Spoke"] == [
        "Hello, your ticket please."
    ]


@pytest.mark.parametrize(
    ("order", "complaint"),
    [
        ({"do": "answer", "handset": FIRST.number}, "Level 1 is not ringing."),
        ({"do": "decline", "handset": FIRST.number}, "Level 1 is not ringing."),
        ({"do": "hang_up", "handset": FIRST.number}, "Level 1 is not on a call."),
        ({"do": "press", "handset": FIRST.number, "keys": "1"}, "Level 1 is not on a call: keys are heard by nobody."),
        ({"do": "press", "handset": FIRST.number, "keys": "x"}, "Keys are 0 to 9, star and pound."),
        ({"do": "say", "handset": FIRST.number, "text": "Hi"}, "Level 1 is not on a call: nobody hears this."),
        ({"do": "say", "handset": FIRST.number, "text": " "}, "The text has 1 to 1000 characters."),
        ({"do": "text", "handset": FIRST.number, "number": LINE, "text": "Hi"}, "Nobody reads text messages at +1202"),
        ({"do": "mute", "handset": FIRST.number, "on": True}, "Level 1 is not on a call."),
        ({"do": "dial", "handset": FIRST.number, "number": "112"}, "A number starts with + and the country code"),
        ({"do": "dial", "handset": "+49301234567", "number": LINE}, "There is no telephone at '+49301234567' here."),
        ({"do": "fly", "handset": FIRST.number}, "A telephone cannot 'fly'."),
        ({"do": "behave", "handset": FIRST.number, "behaviour": "odd"}, "A telephone can be manual, no_answer, busy"),
        ({"do": "behave", "handset": FIRST.number, "behaviour": "answers", "after": -1}, "After how many seconds"),
        ({"do": "add", "number": FIRST.number, "name": "Twin"}, "There is a telephone at +12025550101 already."),
        ({"do": "add", "number": "+12025550177", "name": ""}, "The name has 1 to 80 characters."),
        ({}, "There is no telephone at '' here."),
    ],
)
def test_an_order_that_makes_no_sense_is_answered_with_a_sentence(order, complaint, visitor):
    visitor.open()

    assert complaint in visitor.order(**order)["error"]


@pytest.mark.parametrize("noise", ["", "no JSON", "[1]", "null"])
def test_noise_is_answered_and_survived(noise, visitor):
    visitor.open()
    visitor.send(noise)
    assert visitor.until("answer")["error"]

    assert visitor.order(do="behave", handset=FIRST.number, behaviour="busy")["error"] is None


@pytest.mark.parametrize("behaviour", ["no_answer", "busy", "mailbox", "unreachable", "answers", "declines", "manual"])
def test_behaviours_are_set_and_shown(behaviour, visitor):
    visitor.open()
    assert visitor.order(do="behave", handset=FIRST.number, behaviour=behaviour, after=1)["error"] is None

    with_it = Visitor(visitor.url)
    assert with_it.open()["handsets"][1]["behaviour"] == behaviour
    with_it.close()


def test_muting_lasts_until_the_call_is_over(visitor, exchange):
    visitor.open()
    visitor.order(do="dial", handset=CALLER.number, number=LINE)
    exchange.pass_time(5)
    assert visitor.order(do="mute", handset=CALLER.number, on=True)["error"] is None
    assert visitor.order(do="say", handset=CALLER.number, text="Hello?")["error"] == (
        "Dana Smith is muted: nobody hears this."
    )
    visitor.order(do="hang_up", handset=CALLER.number)
    view = visitor.order(do="mute", handset=CALLER.number, on=False)

    assert view["error"] is None
    assert exchange.do(lambda: exchange.office.phones[CALLER.number].state) == "idle"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Host": "evil.example"},
        {"Host": "evil.example", "Origin": "http://evil.example"},
    ],
    ids=str,
)
def test_a_page_of_another_site_is_refused(headers, visitor):
    with pytest.raises(WSServerHandshakeError, match="403"):
        visitor.open(**headers)


def test_the_page_itself_is_let_in(visitor, exchange):
    assert visitor.open(Origin=exchange.api_url)["type"] == "snapshot"


def test_a_page_that_does_not_keep_up_is_cut_off(monkeypatch, visitor, exchange):
    monkeypatch.setattr("ivr.emulator.softphone.line.BACKLOG", 3)
    visitor.open()

    def much() -> None:
        for _ in range(5):
            exchange.office.alert(11200, "CA1", "")

    exchange.do(much)
    with pytest.raises(TypeError, match="Received message 8"):
        visitor.until("answer")
