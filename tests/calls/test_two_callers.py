"""Two callers, one ticket: one rings the managers, the other hears so."""

from concurrent.futures import ThreadPoolExecutor

from tests.calls.stage import Stage


def test_the_second_caller_hears_that_the_ticket_is_being_rung(stage: Stage) -> None:
    colleague = stage.exchange.handset("+12025550124", name="colleague")
    stage.escalates()
    stage.level_1.rings()

    stage.calls_in_english(colleague)
    colleague.press("48213#")
    colleague.begins_to_hear("A manager is being called about this ticket right now")
    colleague.hang_up()
    stage.caller.hang_up()

    assert len(stage.rings()) == 1
    stage.ends(mails=1)


def test_when_both_confirm_at_the_same_moment_one_wins(stage: Stage) -> None:
    colleague = stage.exchange.handset("+12025550124", name="colleague")
    for phone in (stage.caller, colleague):
        stage.calls_in_english(phone)
        phone.press("48213#")
        phone.begins_to_hear("may be escalated")

    with ThreadPoolExecutor() as both:
        list(both.map(lambda phone: phone.press("1"), (stage.caller, colleague)))
    stage.level_1.rings()
    stage.exchange.pass_time(10)

    heard = ["\n".join(phone.heard) for phone in (stage.caller, colleague)]
    assert sum("escalation is under way" in each for each in heard) == 1
    assert sum("is being called about this ticket right now" in each for each in heard) == 1
    for phone in (stage.caller, colleague):
        phone.hang_up()
    assert len(stage.outcomes()) == 1
    stage.ends(mails=1)
