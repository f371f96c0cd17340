"""Please stop phoning: after an attempt the ticket rests, as long as its outcome says; refusals never prolong it."""

from tests.calls.stage import Stage


def test_after_a_talk_the_ticket_rests_for_an_hour(stage: Stage) -> None:
    stage.escalates()
    stage.accepts(stage.level_1)
    stage.caller.talks_to(stage.level_1)
    stage.caller.hang_up()
    stage.level_1.call_ends()

    for _ in range(2):
        stage.calls_in_english()
        stage.caller.press("48213#")
        stage.caller.hears("their phones rest now. You can escalate again from today at 11:0")
        stage.caller.hang_up()
    stage.exchange.pass_time(60 * 60)
    stage.calls_in_english()
    stage.caller.press("48213#")
    stage.caller.hears("may be escalated")
    stage.caller.hang_up()

    assert stage.outcomes() == ["reached"]
    stage.ends(mails=2)


def test_a_new_call_resumes_above_the_level_that_talked(stage: Stage) -> None:
    stage.escalates()
    stage.accepts(stage.level_1)
    stage.caller.talks_to(stage.level_1)
    stage.caller.hang_up()
    stage.exchange.pass_time(61 * 60)

    stage.escalates()
    stage.level_2.rings()
    stage.caller.hang_up()
    assert [title for title, _ in stage.rings()] == ["Support Operations Manager", "Senior Director of Support"]
    stage.ends(mails=3)


def test_after_nobody_was_reached_the_ticket_rests_for_a_quarter_of_an_hour(stage: Stage) -> None:
    stage.level_1.be_busy()
    stage.level_2.be_busy()
    stage.escalates()
    stage.caller.hears("nobody could take your call")
    stage.caller.hang_up()
    stage.exchange.pass_time(14 * 60)
    stage.calls_in_english()
    stage.caller.press("48213#")
    stage.caller.begins_to_hear("their phones rest now")
    stage.caller.hang_up()
    stage.exchange.pass_time(60)
    stage.calls_in_english()
    stage.caller.press("48213#")
    stage.caller.begins_to_hear("may be escalated")
    stage.caller.hang_up()
    stage.ends(mails=2)


def test_after_four_attempts_in_a_day_the_ticket_rests_until_the_window_opens(stage: Stage) -> None:
    for _ in range(4):
        stage.escalates()
        stage.level_1.rings()
        stage.caller.hang_up()
        stage.exchange.pass_time(6 * 60)
    stage.calls_in_english()
    stage.caller.press("48213#")
    stage.caller.hears("escalated 4 times within 24 hours, which is the limit")
    stage.caller.hang_up()
    assert stage.outcomes() == ["abandoned"] * 4
    stage.ends(mails=4)


def test_a_manager_who_asks_for_quiet_while_the_ladder_rings_is_left_in_peace(stage: Stage) -> None:
    stage.escalates()
    stage.level_1.rings()
    with stage.line.parts.store.writing() as work:
        work.claims.quiet("48213", stage.exchange.now().replace(hour=19))
    stage.level_1.decline()
    stage.caller.hears("A manager has just asked that phones rest for this ticket")
    stage.caller.call_ends()

    assert len(stage.rings()) == 1
    stage.ends(mails=2)


def test_after_the_last_attempt_of_the_day_the_caller_hears_when_the_window_opens(stage: Stage) -> None:
    for _ in range(3):
        stage.escalates()
        stage.level_1.rings()
        stage.caller.hang_up()
        stage.exchange.pass_time(6 * 60)
    stage.level_1.be_busy()
    stage.level_2.be_busy()
    stage.escalates()
    stage.caller.hears("You can call again from tomorrow at 10:01 AM")
    stage.caller.call_ends()
    stage.ends(mails=5)
