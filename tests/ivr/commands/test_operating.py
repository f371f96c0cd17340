"""What an operator asks of the command line: calls, dead letters, the schema, the conversations."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from db import seed
from db.unit_of_work import Store
from flows.prompts.recorded import Recorded
from ivr.cli import main
from ivr.routing_file.writing import write
from tests.calls.stage import Stage, on_stage
from tests.ivr.line.sounds import wav

NOW = datetime(2026, 3, 3, 15, tzinfo=UTC)


def ivr(*words: str, url: str = "") -> Result:
    """Run a command; a crash of ours fails the test."""
    return CliRunner().invoke(main, [*words, *(["--database-url", url] if url else [])], catch_exceptions=False)


def a_call_that_reaches_level_1(stage: Stage) -> None:
    stage.escalates()
    stage.accepts(stage.level_1)
    stage.caller.talks_to(stage.level_1)
    stage.caller.hang_up()


def test_a_call_can_be_looked_up_afterwards(database_url: str) -> None:
    with on_stage(database_url) as stage:
        a_call_that_reaches_level_1(stage)
        sid = stage.exchange.log[0].call_sid
    listed = ivr("calls", "list", url=database_url)
    shown = ivr("calls", "show", sid, url=database_url)

    assert sid in listed.output
    assert "48213" in listed.output
    assert "Please key in your ticket number" in shown.output
    assert "keys 48213" in shown.output
    assert "rang Support Operations Manager" in shown.output
    assert "talked" in shown.output


def test_every_sentence_is_listed_by_the_name_a_routing_file_gives_it() -> None:
    assert "about.ticket: ticket {number}, " in ivr("words", "list", "--of", "mails").output
    assert "refused.too_many.few: " in ivr("words", "list", "--language", "ru").output
    assert ivr("words", "list", "GREETING").output == (
        "greeting.welcome: Hello. This is the {company} escalation line.\n"
    )


def test_a_sound_is_uploaded_for_a_routing_file(database_url: str, tmp_path: Path) -> None:
    sound = tmp_path / "ask.wav"
    sound.write_bytes(wav(1.5))
    told = ivr("words", "upload", str(sound), "--by", "olga", url=database_url).output
    assert told == f"sound: {sha256(wav(1.5)).hexdigest()}    # 1.5 s\n"

    sound.write_bytes(b"ID3 an mp3")
    refused = ivr("words", "upload", str(sound), url=database_url)
    assert refused.exit_code == 2
    assert "ask.wav: it is no WAV file with PCM samples. Make it one with: ffmpeg" in refused.output


def test_a_routing_whose_sounds_are_elsewhere_is_not_published(database_url: str, tmp_path: Path) -> None:
    file = tmp_path / "routing.yaml"
    says = "To escalate now, press 1."
    recordings = {"en": {"confirm.escalate": Recorded(says=says, sound=sha256(wav(1)).hexdigest())}}
    file.write_text(write(replace(seed.ROUTING, recordings=recordings)), encoding="utf-8")

    refused = ivr("config", "apply", str(file), "--note", "sounds", url=database_url)
    assert refused.exit_code == 2
    assert "recordings.en.confirm.escalate.sound: there is no sound" in refused.output

    (tmp_path / "s.wav").write_bytes(wav(1))
    ivr("words", "upload", str(tmp_path / "s.wav"), url=database_url)
    assert "Version 1 is published" in ivr("config", "apply", str(file), "--note", "sounds", url=database_url).output


def test_a_refusal_is_explained_with_every_reason(database_url: str) -> None:
    with on_stage(database_url) as stage:
        stage.calls_in_english()
        stage.caller.press("48214#")
        stage.caller.begins_to_hear("30 minutes ago")
        stage.caller.hang_up()
        sid = stage.exchange.log[0].call_sid

    assert "refused: grace, guaranteed-response" in ivr("calls", "show", sid, url=database_url).output


def test_no_whole_phone_number_is_printed(database_url: str) -> None:
    with on_stage(database_url) as stage:
        a_call_that_reaches_level_1(stage)
        sid = stage.exchange.log[0].call_sid
    assert "+12025550123" not in ivr("calls", "show", sid, url=database_url).output


def test_an_unknown_call_is_refused_with_what_to_do(sqlite_url: str) -> None:
    result = ivr("calls", "show", "CA0", url=sqlite_url)
    assert result.exit_code == 2
    assert "ivr calls list" in result.output


def test_no_calls_yet_is_said(sqlite_url: str) -> None:
    assert ivr("calls", "list", url=sqlite_url).output == "No calls yet.\n"


def test_a_dead_letter_is_shown_and_sent_again(store: Store, database_url: str) -> None:
    with store.writing() as work:
        work.outbox.add("notice", "one", {}, NOW)
        (message,) = work.outbox.claim_due(NOW, timedelta(minutes=5), 1)
        work.outbox.bury(message.id, NOW, "the mail server refused +12025550123 for good")
    listed = ivr("outbox", "list", url=database_url)
    assert "the mail server refused +…23 for good" in listed.output

    assert ivr("outbox", "retry", str(message.id), url=database_url).exit_code == 0
    assert ivr("outbox", "list", url=database_url).output == "No dead letters.\n"
    assert ivr("outbox", "retry", str(message.id), url=database_url).exit_code == 2


def test_the_schema_is_upgraded_and_checked(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new.db"
    assert ivr("db", "upgrade", url=url).exit_code == 0
    assert ivr("db", "check", url=url).exit_code == 0
    assert ivr("seed", "demo", url=url).exit_code == 0
    assert ivr("seed", "demo", url=url).exit_code == 0


def test_an_old_schema_is_named_with_the_command_that_mends_it(tmp_path: Path) -> None:
    result = ivr("db", "check", url=f"sqlite:///{tmp_path}/empty.db")
    assert result.exit_code == 1
    assert "run `ivr db upgrade`" in result.output


@pytest.mark.parametrize("url", ["mysql://nowhere/x", "sqlite://", "nonsense"])
def test_an_unusable_database_address_is_a_sentence(url: str) -> None:
    result = ivr("db", "upgrade", url=url)
    assert result.exit_code == 2
    assert "the database cannot be used" in result.output


def test_the_conversations_are_whole_and_can_be_drawn() -> None:
    assert ivr("flows", "check").exit_code == 0
    assert ivr("flows", "draw", "call_screening").output.startswith("%% call_screening\nflowchart TD\n")


@pytest.mark.parametrize("command", ["serve", "worker"])
def test_nothing_starts_with_settings_missing_and_every_mistake_is_listed(
    command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TWILIO_AUTH_TOKEN", "PUBLIC_BASE_URL", "SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SMTP_PORT", "many")
    result = ivr(command)
    assert result.exit_code == 2
    for name in ("TWILIO_AUTH_TOKEN", "PUBLIC_BASE_URL", "SECRET_KEY", "SMTP_PORT"):
        assert name in result.output
