"""What stays of a call on the manager's line: every effect once, nothing half done, and no key of a PIN anywhere."""

import logging
from concurrent.futures import ThreadPoolExecutor

import pytest
from click.testing import CliRunner

from db.engine import open_engine
from ivr.commands.calls import show
from ivr.commands.tickets import show as show_ticket
from ivr.logs import configure
from tests.calls.own_line import DANA, PIN, WRONG, acts, calls_own_line, comes_in, gives_pin
from tests.calls.stage import Stage
from tests.calls.test_repeated_webhooks import repeated, voice_webhooks


@pytest.fixture
def ring_mode() -> str:
    """Nobody is rung in these stories."""
    return "hold"


def lets_a_ticket_rest(stage: Stage) -> None:
    """From the PIN to the effect, one key after the other."""
    manager = comes_in(stage)
    for keys, told in (
        ("4", "Key the ticket number"),
        ("48213#", "Nothing keeps it"),
        ("2", "Until when"),
        ("5#", "No phone would ring"),
        ("1", "Done"),
    ):
        manager.press(keys)
        manager.begins_to_hear(told)


def everything_stored(stage: Stage) -> str:
    """Every value of every table, as text."""
    engine = open_engine(stage.line.settings.database_url)
    names = "SELECT name FROM sqlite_master WHERE type = 'table'"
    if engine.dialect.name == "postgresql":
        names = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    with engine.connect() as connection:
        tables = [name for (name,) in connection.exec_driver_sql(names)]
        rows = [row for name in tables for row in connection.exec_driver_sql(f"SELECT * FROM {name}")]
    engine.dispose()
    return "\n".join(map(str, rows))


def test_every_webhook_repeated_gives_the_same_answer_and_no_second_effect(stage: Stage) -> None:
    lets_a_ticket_rest(stage)
    for webhook in voice_webhooks(stage):
        assert repeated(stage, webhook) == webhook.body
    stage.level_1.hang_up()
    for webhook in voice_webhooks(stage):
        assert repeated(stage, webhook) == webhook.body

    assert acts(stage) == [(DANA, "came-in"), (DANA, "cooldown-set")]
    stage.ends(mails=0)


def test_a_wrong_pin_delivered_four_times_at_once_is_one_wrong_try(stage: Stage) -> None:
    gives_pin(stage)
    calls_own_line(stage, stage.level_1)
    stage.level_1.press(WRONG)
    stage.level_1.begins_to_hear("That PIN is not right")
    (guess,) = [made for made in voice_webhooks(stage) if made.parameters.get("Digits") == WRONG]
    with ThreadPoolExecutor(4) as threads:
        bodies = set(threads.map(lambda _: repeated(stage, guess), range(4)))
    stage.level_1.hang_up()

    assert bodies == {guess.body}
    assert acts(stage) == [("", "wrong-pin")]
    stage.ends(mails=0)


@pytest.mark.parametrize(
    "keys",
    [[], ["1"], ["1", "0800"], ["2"], ["3"], ["4"], ["4", "48213#"], ["4", "48213#", "2"], ["4", "48213#", "2", "5#"]],
)
def test_whoever_hangs_up_before_the_confirmation_has_changed_nothing(stage: Stage, keys: list[str]) -> None:
    manager = comes_in(stage)
    for each in keys:
        manager.press(each)
        manager.stays_silent(1)
    manager.hang_up()

    assert acts(stage) == [(DANA, "came-in")]
    with stage.line.parts.store.reading() as work:
        assert work.claims.standing("48213").quiet_until is None
        assert work.absences.off(stage.exchange.now()) == {}
    stage.ends(mails=0)


@pytest.mark.parametrize("keys", ["", "7", "730", "*"])
def test_whoever_hangs_up_before_the_pin_is_whole_has_tried_nothing(stage: Stage, keys: str) -> None:
    gives_pin(stage)
    calls_own_line(stage, stage.level_1)
    stage.level_1.press(keys)
    stage.level_1.hang_up()

    assert acts(stage) == []
    stage.ends(mails=0)


def test_the_keys_of_a_pin_are_stored_and_logged_nowhere(
    stage: Stage, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    configure("DEBUG")
    with caplog.at_level(logging.DEBUG):
        gives_pin(stage)
        calls_own_line(stage, stage.level_1)
        for keys in (WRONG, "*730#", PIN):
            stage.level_1.press(keys)
            stage.level_1.begins_to_hear("PIN" if keys != PIN else "Thank you")
        stage.level_1.hang_up()
    stage.ends(mails=0)

    stored, logged = everything_stored(stage), "".join(capfd.readouterr()) + caplog.text
    for secret in (WRONG, PIN, "*730"):
        assert secret not in stored
        assert secret not in logged
    assert '"keys":"hidden"' in stored
    assert "wrong PIN" in logged


def test_whoever_keys_no_pin_three_times_is_asked_nothing_else(stage: Stage) -> None:
    """The keys that follow may be a PIN, and what customers key is written down."""
    gives_pin(stage)
    calls_own_line(stage, stage.level_1)
    for _ in range(3):
        stage.level_1.press("5183#")
        stage.level_1.begins_to_hear("A PIN has six digits")
    stage.level_1.call_ends()

    assert "5183" not in everything_stored(stage)
    stage.ends(mails=0)


def test_operators_see_who_did_what_but_no_pin(stage: Stage) -> None:
    lets_a_ticket_rest(stage)
    stage.level_1.hang_up()
    stage.mails()
    address = ["--database-url", stage.line.settings.database_url]

    of_call = CliRunner().invoke(show, [stage.level_1.call_sid or "", *address], catch_exceptions=False).output
    of_ticket = CliRunner().invoke(show_ticket, ["48213", *address], catch_exceptions=False).output

    assert "keys hidden" in of_call
    assert PIN not in of_call
    assert "dana-whitfield: came-in" in of_call
    assert "dana-whitfield: cooldown-set, ticket 48213, until 2026-03-03 20:00" in of_call
    assert "act: 2026-03-03 15:0" in of_ticket
    assert "note: Cooldown until 2026-03-03 20:00 UTC, set by Dana Whitfield, by phone" in of_ticket
    stage.ends(mails=0)
