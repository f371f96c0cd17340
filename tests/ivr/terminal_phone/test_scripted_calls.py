"""Whole calls by script against a private line: how each ends, and what the script tells of it."""

from datetime import timedelta

import pytest

from ivr.emulator.exchange import Exchange
from ivr.terminal_phone.scripted import LineBusy
from ivr.terminal_phone.stages import Stage
from tests.ivr.terminal_phone.calls import Played, play


def ended(played: Played) -> tuple[str, int | None]:
    assert played.failures == []
    return played.ending.outcome, played.ending.reached.level if played.ending.reached else None


def test_the_first_level_declines_and_the_second_accepts(stage: Stage) -> None:
    played = play(stage, "decline", "accept")
    assert ended(played) == ("reached", 2)
    assert played.ending.reached is not None
    assert played.ending.reached.title == "Senior Director of Support"
    assert played.tells("Level 1", "presses", "2")
    assert played.tells("Level 2", "presses", "1")
    assert played.tells("caller", "talks to", "Level 2")
    assert played.tells("Level 2", "hangs up")


def test_the_shift_managers_mail_is_part_of_the_script(stage: Stage) -> None:
    played = play(stage, "accept")
    mails = [line for line in played.script if "shift manager: " in line]
    assert len(mails) == 1
    assert "48213" in mails[0]


def test_the_caller_hears_every_sentence_to_its_end(stage: Stage) -> None:
    played = play(stage, "accept")
    assert not played.tells("cuts off")
    assert played.ending.heard[0].startswith("Hello. This is the Northwind Software escalation line.")
    assert played.ending.heard[-1] == "Good. I am glad that we could help. Goodbye."


def test_the_turns_are_the_voice_webhooks_of_the_callers_own_leg(stage: Stage) -> None:
    """Greeting, language, number, confirmation, end of the talk, resolved; music is no turn."""
    assert play(stage, "accept").ending.turns == 6


def test_nobody_named_means_nobody_answers(stage: Stage) -> None:
    played = play(stage)
    assert ended(played) == ("exhausted", None)
    assert played.tells("Level 1", "stops", "ringing")
    assert [line for line in played.script if "shift manager: Nobody reached" in line]


@pytest.mark.parametrize(
    ("first", "second"),
    [("decline", "silent"), ("hang-up", "mailbox"), ("busy", "unreachable"), ("no-answer", "decline")],
)
def test_no_behaviour_but_accept_reaches_anybody(stage: Stage, first: str, second: str) -> None:
    assert ended(play(stage, first, second)) == ("exhausted", None)


def test_a_mailbox_speaks_and_never_accepts(stage: Stage) -> None:
    played = play(stage, "mailbox", "accept")
    assert ended(played) == ("reached", 2)
    assert played.tells("Level 1", "says", "voice mail")
    assert not played.tells("Level 1", "presses")


def test_after_the_first_talk_the_next_level_can_be_asked_for(stage: Stage) -> None:
    played = play(stage, "accept", "accept", after_talk="next")
    assert ended(played) == ("reached", 2)
    assert played.tells("caller", "talks to", "Level 1")
    assert played.tells("caller", "talks to", "Level 2")


def test_whoever_hangs_up_after_the_talk_was_reached(stage: Stage) -> None:
    played = play(stage, "accept", after_talk="hang-up")
    assert ended(played) == ("reached", 1)
    assert played.tells("caller", "hangs up")


@pytest.mark.parametrize(
    ("moment", "outcome"),
    [("ticket", "not-escalated"), ("confirm", "not-escalated"), ("ringing", "abandoned"), ("talking", "reached")],
)
def test_the_caller_gives_up(stage: Stage, moment: str, outcome: str) -> None:
    played = play(stage, "accept", hang_up_when=moment)
    assert ended(played)[0] == outcome
    assert played.tells("caller", "hangs up")


def test_a_manager_whose_caller_leaves_answers_how_it_goes_on(stage: Stage) -> None:
    played = play(stage, "accept", hang_up_when="talking")
    assert ended(played) == ("reached", 1)
    assert played.tells("Level 1", "Press 1 if it is resolved")
    assert played.tells("Level 1", "Noted as resolved")


def test_the_caller_waits_with_music(stage: Stage) -> None:
    played = play(stage, "accept")
    assert played.tells("caller", "hears", "(hold music)")
    assert not played.tells("plays")


@pytest.mark.parametrize(
    ("ticket", "reason"),
    [
        ("48214", "grace"),
        ("48215", "waiting-for-requester"),
        ("48216", "not-allowed"),
        ("48217", "guaranteed-response"),
        ("48218", "closed"),
        ("48219", "other-path"),
    ],
)
def test_a_refusal_gives_its_reason(stage: Stage, ticket: str, reason: str) -> None:
    played = play(stage, "accept", ticket=ticket)
    assert ended(played) == ("not-escalated", None)
    assert played.ending.reasons is not None
    assert played.ending.reasons[0] == reason


def test_an_unknown_ticket_is_keyed_until_the_line_gives_up(stage: Stage) -> None:
    played = play(stage, ticket="99999")
    assert ended(played) == ("not-escalated", None)
    assert len([line for line in played.script if "9 9 9 9 9 #" in line]) == 3
    assert played.ending.reasons == ()


@pytest.mark.parametrize(("language", "goodbye"), [("de", "Auf Wiederhören."), ("ru", "До свидания.")])
def test_a_whole_call_in_another_language(stage: Stage, language: str, goodbye: str) -> None:
    played = play(stage, "decline", "accept", language=language)
    assert ended(played) == ("reached", 2)
    assert played.ending.heard[-1].endswith(goodbye)


def test_a_second_call_on_the_same_line_meets_the_cooldown(stage: Stage) -> None:
    play(stage, "accept")
    again = play(stage, "accept")
    assert ended(again) == ("not-escalated", None)
    assert again.ending.reasons == ("cooling-down",)


def test_telephones_behave_as_before_when_the_call_is_over(stage: Stage) -> None:
    assert isinstance(stage.network, Exchange)
    level_1 = stage.network.handset("+12025550101")
    level_1.be_unreachable()
    before = level_1.phone.behaviour
    play(stage, "accept")
    assert level_1.phone.behaviour is before


def test_a_telephone_in_use_cannot_be_borrowed(stage: Stage) -> None:
    assert isinstance(stage.network, Exchange)
    stage.network.handset("+12025550123").dial("+12025550150")
    with pytest.raises(LineBusy, match="on a call already"):
        play(stage, "accept")


def test_an_application_that_fails_is_no_proper_end(stage: Stage) -> None:
    assert stage.private is not None
    assert isinstance(stage.network, Exchange)
    stage.network.line("+12025550150", voice_url=f"{stage.private.url}/nowhere")
    played = play(stage, "accept")
    assert any("404" in failure for failure in played.failures)
    assert played.tells("carrier", "reports", "404")


def test_a_call_that_does_not_end_is_given_up(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ivr.terminal_phone.scripted.LONGEST", timedelta(seconds=10))
    played = play(stage, "accept")
    assert played.failures == ["the call did not end within 10 seconds"]
