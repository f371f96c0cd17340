"""Whether the carrier sends a number's calls to this site: seen, told apart, and set right, over its REST API."""

from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result

from ivr.app import number_desk
from ivr.cli import main
from ivr.config import Settings
from ivr.line.number_wiring import Connected, Connection, Difference, NumberDesk
from tests.calls.stage import LINE, Stage, on_stage


@pytest.fixture
def stage(sqlite_url: str) -> Iterator[Stage]:
    """A line whose number leads here, as the demo's does."""
    with on_stage(sqlite_url) as told:
        yield told


@pytest.fixture
def desk(stage: Stage) -> NumberDesk:
    """What compares it."""
    return number_desk(stage.line.settings)


def types(settings: Settings, *words: str) -> Result:
    """Run a command with the stage's settings in its environment; a traceback fails the test."""
    environment = {
        "TWILIO_ACCOUNT_SID": settings.twilio_account_sid,
        "TWILIO_AUTH_TOKEN": settings.twilio_auth_token.get_secret_value(),
        "TWILIO_API_BASE_URL": settings.twilio_api_base_url, "PUBLIC_BASE_URL": settings.public_base_url,
        "DATABASE_URL": settings.database_url, "SECRET_KEY": settings.secret_key.get_secret_value(),
    }  # fmt: skip
    return CliRunner(env=environment).invoke(main, words, catch_exceptions=False)


def test_a_number_that_leads_here_is_in_sync(stage: Stage, desk: NumberDesk) -> None:
    sid = stage.exchange.office.lines[LINE].sid
    assert desk.look(LINE) == Connected(number=LINE, state=Connection.IN_SYNC, sid=sid)


def test_the_retries_behind_the_address_and_a_fallback_are_no_difference(stage: Stage, desk: NumberDesk) -> None:
    line = stage.exchange.office.lines[LINE]
    line.voice_url += "#rc=5"
    line.voice_fallback_url = "https://handler.example/bin"

    assert desk.look(LINE) == Connected(number=LINE, state=Connection.IN_SYNC, rescued=True, sid=line.sid)


def test_what_differs_is_named_and_set_right_and_calls_come_in_again(stage: Stage, desk: NumberDesk) -> None:
    line = stage.exchange.office.lines[LINE]
    right = line.voice_url
    line.voice_url, line.status_callback = "https://old.example/voice", None
    line.voice_fallback_url = "https://handler.example/bin"

    looked = desk.look(LINE)
    assert looked.state is Connection.DIFFERS
    assert looked.differences == (
        Difference(name="A call comes in", is_now="https://old.example/voice", should=right),
        Difference(name="Call status changes", is_now="", should=right.replace("incoming", "status")),
    )
    assert desk.fix(looked).state is Connection.IN_SYNC
    assert line.voice_fallback_url == "https://handler.example/bin", "what somebody has set there stays"
    stage.calls_in_english()
    stage.caller.hang_up()
    stage.ends(mails=0)


def test_a_number_that_the_account_does_not_have(stage: Stage, desk: NumberDesk) -> None:
    for number in ("+12025550151", LINE[:-1]):
        assert desk.look(number).state is Connection.UNKNOWN
        assert desk.fix(desk.look(number)).state is Connection.UNKNOWN


def test_a_carrier_that_does_not_answer(stage: Stage) -> None:
    away = stage.line.settings.model_copy(update={"twilio_api_base_url": "http://127.0.0.1:9"})
    looked = number_desk(away).look(LINE)
    differs = Connected(number=LINE, state=Connection.DIFFERS, sid=stage.exchange.office.lines[LINE].sid)
    fixed = number_desk(away).fix(differs)

    assert looked.state is fixed.state is Connection.UNREACHABLE
    assert looked.trouble
    assert fixed.trouble


def test_the_command_says_what_differs_and_sets_it(stage: Stage) -> None:
    settings = stage.line.settings
    assert types(settings, "lines", "check").output.startswith(f"{LINE} leads here. It has no fallback document")

    stage.exchange.office.lines[LINE].voice_url = "https://old.example/voice"
    differs = types(settings, "lines", "check")
    assert differs.exit_code == 1
    assert f"{LINE}: A call comes in is https://old.example/voice, should be {settings.public_base_url}" in (
        differs.output
    )

    assert types(settings, "lines", "check", "--fix").exit_code == 0
    assert types(settings, "lines", "check").exit_code == 0
    with stage.line.parts.store.reading() as work:
        (change,) = work.audit.latest(5)
    assert (change.who, change.subject) == ("ivr lines", f"line {LINE}")
    assert "https://old.example/voice" in change.was
