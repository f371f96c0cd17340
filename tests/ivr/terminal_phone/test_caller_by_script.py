"""The caller by script has manners: he hears people out, answers in his language, and gives up when he means to."""

from ivr.emulator.softphone.wire import Shown
from ivr.terminal_phone.acts import HangUp, Press
from ivr.terminal_phone.caller import AfterTalk, CallerPlan, HangUpWhen, ScriptedCaller
from tests.ivr.terminal_phone.telling import at, bridged, rang, silenced, spoke

TICKET = "Please key in your ticket number, then press the pound key."
CONFIRM = "This ticket may be escalated. To escalate now, press 7. For a different ticket, press 2."
BACK = "You are back on the escalation line. If this is resolved for you, press 5. "
NEXT = "To talk to the next level, press 6."


def a_caller(**plan: object) -> ScriptedCaller:
    return ScriptedCaller(CallerPlan(**{"ticket": "48213", **plan}))  # type: ignore[arg-type]


def test_he_answers_a_second_after_the_voice_has_finished() -> None:
    caller = a_caller()
    caller.follow(spoke(0, TICKET, seconds=4))
    assert caller.acts(at(4.9)) is None
    assert caller.acts(at(5)) == Press("48213#")


def test_he_answers_a_question_once() -> None:
    caller = a_caller()
    caller.follow(spoke(0, TICKET))
    assert caller.acts(at(9)) == Press("48213#")
    assert caller.acts(at(10)) is None


def test_he_hears_the_other_languages_out_and_remembers_his_own() -> None:
    caller = a_caller(language="de")
    caller.follow(spoke(0, "Hello. For English, press 1."))
    caller.follow(spoke(4, "Für Deutsch drücken Sie die 2."))
    caller.follow(spoke(8, "Для русского языка нажмите 3."))
    assert caller.acts(at(9.5)) is None
    assert caller.acts(at(13)) == Press("2")


def test_a_sentence_cut_short_is_over() -> None:
    caller = a_caller()
    caller.follow(spoke(0, TICKET, seconds=30))
    caller.follow(silenced(2, "Please key in–"))
    assert caller.acts(at(3)) == Press("48213#")


def test_he_does_not_answer_what_he_does_not_understand() -> None:
    caller = a_caller(language="ru")
    caller.follow(spoke(0, TICKET))
    assert caller.acts(at(60)) is None


def test_he_presses_the_key_that_was_named() -> None:
    caller = a_caller()
    caller.follow(spoke(0, CONFIRM))
    assert caller.acts(at(9)) == Press("7")


def test_refused_he_hangs_up() -> None:
    caller = a_caller()
    caller.follow(spoke(0, "This ticket is closed. To check another ticket, press 1."))
    assert caller.acts(at(9)) == HangUp()


def test_after_the_talk_he_does_as_he_meant_to() -> None:
    meant = {AfterTalk.RESOLVED: Press("5"), AfterTalk.NEXT: Press("6"), AfterTalk.HANG_UP: HangUp()}
    for after_talk, act in meant.items():
        caller = a_caller(after_talk=after_talk)
        caller.follow(spoke(0, BACK + NEXT))
        assert caller.acts(at(9)) == act


def test_at_the_top_of_the_ladder_there_is_no_next_level_to_ask_for() -> None:
    caller = a_caller(after_talk=AfterTalk.NEXT)
    caller.follow(spoke(0, BACK))
    assert caller.acts(at(9)) == Press("5")


def test_he_gives_up_when_he_means_to() -> None:
    moments: dict[HangUpWhen, Shown] = {
        HangUpWhen.TICKET: spoke(0, TICKET),
        HangUpWhen.CONFIRM: spoke(0, CONFIRM),
        HangUpWhen.RINGING: rang(0),
        HangUpWhen.TALKING: bridged(0),
    }
    for moment, what_happens in moments.items():
        caller = a_caller(hang_up_when=moment)
        caller.follow(what_happens)
        assert caller.acts(at(0.5)) is None
        assert caller.acts(at(9)) == HangUp()
