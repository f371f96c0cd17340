"""The same telephones behind the address of a running demo: only a WebSocket between here and there."""

import json
from collections.abc import Iterator
from threading import Thread

import pytest
from click.testing import CliRunner

from ivr.clock import wall_clock
from ivr.commands.call import call
from ivr.emulator.exchange import Exchange
from ivr.emulator.happenings import Spoke
from ivr.emulator.softphone.client import RemoteExchange
from ivr.emulator.softphone.site import Softphone
from ivr.private_line import private_line, working
from ivr.terminal_phone.by_hand import CallByHand
from ivr.terminal_phone.cast import demo_cast
from ivr.terminal_phone.screen import Screen
from ivr.terminal_phone.script import Script
from ivr.terminal_phone.stages import elsewhere

FAST = 15.0


@pytest.fixture
def demo(sqlite_url: str) -> Iterator[Exchange]:
    """What `ivr demo` runs, hurried."""
    telephones = Softphone()
    with (
        Exchange(
            account_sid="AC" + "1" * 32, auth_token="t" * 32, start=wall_clock(), speed=FAST, pages=telephones.pages
        ) as exchange,
        private_line(sqlite_url, exchange) as line,
        working(line),
    ):
        telephones.shows_mail(line.mail)
        yield exchange


def test_a_whole_call_over_the_address_of_a_demo(demo: Exchange) -> None:
    """To the talk, by which time everything that differs has crossed the wire; the telephones are left as they were."""
    level_1 = demo.handset("+12025550101")
    demo.do(level_1.be_unreachable)
    before = level_1.phone.behaviour
    options = ["--ticket", "48213", "--manager", "1=accept", "--hang-up-when", "talking", "--json"]
    played = CliRunner().invoke(call, ["--url", demo.api_url, *options])

    assert played.exit_code == 0, played.output
    ending = json.loads(played.output.splitlines()[-1])
    assert (ending["outcome"], ending["level"], ending["title"]) == ("reached", 1, "Support Operations Manager")
    assert ending["turns"] >= 4
    assert "reasons" not in ending
    assert "shift manager: Escalation" in played.output
    assert level_1.phone.behaviour == before


def test_a_call_by_hand_over_the_address_of_a_demo(demo: Exchange) -> None:
    shown, cast = list[str](), demo_cast()
    with elsewhere(demo.api_url) as stage:
        network = stage.network
        assert isinstance(network, RemoteExchange)

        def typing() -> Iterator[str]:
            network.until(lambda: any("For English" in line for line in shown), within=30)
            yield "1"
            network.until(lambda: any("ticket number" in line for line in shown), within=30)
            yield "1 answer"

        CallByHand(network, cast, Screen(Script(cast), shown.append, 10_000), shown.append).run(typing())
    assert any("Please key in your ticket number" in line for line in shown)
    assert "The telephone of Level 1 is not ringing." in shown


def test_a_demo_that_ends_in_the_middle_of_a_call_is_no_proper_end(demo: Exchange) -> None:
    closing = Thread(target=demo.close)
    demo.subscribe(lambda shown: closing.start() if isinstance(shown, Spoke) and closing.ident is None else None)
    played = CliRunner().invoke(call, ["--url", demo.api_url, "--ticket", "48213", "--json"])
    closing.join()

    assert played.exit_code == 1, played.output
    assert "has gone" in played.stderr
    assert json.loads(played.stdout.splitlines()[-1])["outcome"] == "not-escalated"


def test_nobody_at_the_address_is_a_clear_error() -> None:
    played = CliRunner().invoke(call, ["--url", "http://127.0.0.1:1", "--ticket", "48213"])
    assert played.exit_code == 2
    assert "Is `ivr demo` running?" in played.output
