"""The first manager passes the call on; the ladder climbs."""

from tests.calls.stage import Stage


def test_a_declined_call_goes_to_the_next_level(stage: Stage) -> None:
    stage.escalates()
    stage.level_1.rings()
    stage.level_1.answer()
    stage.level_1.hears("Press 1 to accept")
    stage.level_1.press("2")
    stage.level_1.hears("I pass it on")
    stage.level_1.call_ends()

    stage.caller.begins_to_hear("cannot take your call right now")
    stage.accepts(stage.level_2)
    stage.caller.talks_to(stage.level_2)
    stage.caller.hang_up()
    stage.level_2.call_ends()

    assert [outcome for _, outcome in stage.rings()] == ["declined", "talked"]
    assert stage.outcomes() == ["reached"]
    stage.ends(mails=1)


def test_a_rejected_ring_goes_to_the_next_level(stage: Stage) -> None:
    stage.escalates()
    stage.level_1.rings()
    stage.level_1.decline()
    stage.accepts(stage.level_2)
    stage.caller.talks_to(stage.level_2)
    stage.caller.hang_up()

    assert [outcome for _, outcome in stage.rings()][-1] == "talked"
    stage.ends(mails=1)


def test_a_busy_phone_goes_to_the_next_level(stage: Stage) -> None:
    stage.level_1.be_busy()
    stage.escalates()
    stage.caller.begins_to_hear("is on another call")
    stage.accepts(stage.level_2)
    stage.caller.talks_to(stage.level_2)
    stage.caller.hang_up()

    assert [outcome for _, outcome in stage.rings()] == ["busy", "talked"]
    stage.ends(mails=1)


def test_a_mailbox_never_accepts(stage: Stage) -> None:
    stage.level_1.be_mailbox()
    stage.escalates()
    stage.caller.begins_to_hear("did not pick up in person")
    stage.accepts(stage.level_2)
    stage.caller.talks_to(stage.level_2)
    stage.caller.hang_up()

    assert [outcome for _, outcome in stage.rings()] == ["not-accepted", "talked"]
    stage.ends(mails=1)


def test_a_manager_who_presses_nothing_has_not_accepted(stage: Stage) -> None:
    stage.escalates()
    stage.level_1.rings()
    stage.level_1.answer()
    stage.level_1.hears("Is somebody there")
    stage.level_1.hears("ring the next person")
    stage.level_1.call_ends()
    assert not stage.caller.is_talking_to(stage.level_1)
    stage.level_2.rings()
    stage.caller.hang_up()

    assert [outcome for _, outcome in stage.rings()] == ["not-accepted", "caller-left"]
    stage.ends(mails=1)


def test_star_repeats_the_story_to_the_manager(stage: Stage) -> None:
    stage.escalates()
    stage.level_1.rings()
    stage.level_1.answer()
    stage.level_1.hears("Escalation: severity 2")
    stage.level_1.press("*")
    stage.level_1.hears("Escalation: severity 2")
    stage.level_1.press("7")
    stage.level_1.hears("That key does nothing here")
    stage.level_1.press("1")
    stage.caller.talks_to(stage.level_1)
    stage.caller.hang_up()
    stage.ends(mails=1)


def test_nobody_answers_and_the_caller_hears_the_truth(stage: Stage) -> None:
    stage.level_1.no_answer()
    stage.level_2.no_answer()
    stage.escalates()
    stage.caller.hears("nobody could take your call", within=300)
    stage.caller.hears("The shift manager is being told by mail")
    stage.caller.hears("You can call again from today at")
    stage.caller.call_ends()

    assert [outcome for _, outcome in stage.rings()] == ["no-answer", "no-answer"]
    assert stage.outcomes() == ["exhausted"]
    stage.ends(mails=2)
