"""After the talk: resolved, or work through the levels until it is."""

from tests.calls.stage import Stage


def talked_to_level_1(stage: Stage) -> None:
    stage.escalates()
    stage.accepts(stage.level_1)
    stage.caller.talks_to(stage.level_1)
    stage.level_1.hang_up()
    stage.caller.hears("You are back on the escalation line")


def test_2_rings_the_next_level(stage: Stage) -> None:
    talked_to_level_1(stage)
    stage.caller.press("2")
    stage.accepts(stage.level_2)
    stage.caller.talks_to(stage.level_2)
    stage.level_2.hang_up()
    stage.caller.hears("is the highest level I can ring now")
    stage.caller.press("1")
    stage.caller.hears("Goodbye")
    stage.caller.call_ends()

    assert [outcome for _, outcome in stage.rings()] == ["talked", "talked"]
    assert stage.outcomes() == ["reached"]
    stage.ends(mails=1)


def test_the_next_level_does_not_answer_but_somebody_has_talked(stage: Stage) -> None:
    stage.level_2.be_busy()
    talked_to_level_1(stage)
    stage.caller.press("2")
    stage.caller.hears("is on another call")
    stage.caller.hears("You can call again from today at")
    stage.caller.call_ends()

    assert stage.outcomes() == ["reached"]
    stage.ends(mails=1)


def test_silence_ends_with_the_time_to_call_again(stage: Stage) -> None:
    talked_to_level_1(stage)
    stage.caller.hears("I did not hear a key")
    stage.caller.hears("Are you still there")
    stage.caller.hears("The ticket shows that you have talked")
    stage.caller.call_ends()
    stage.ends(mails=1)


def test_wrong_keys_are_asked_again_and_star_repeats(stage: Stage) -> None:
    talked_to_level_1(stage)
    stage.caller.press("9")
    stage.caller.begins_to_hear("That key does nothing here")
    stage.caller.press("*")
    stage.caller.begins_to_hear("You are back on the escalation line")
    stage.caller.press("1")
    stage.caller.hears("Goodbye")
    stage.caller.call_ends()
    stage.ends(mails=1)
