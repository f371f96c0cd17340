"""A manager passes the call on, and may say why; or wants to read about the ticket first."""

from collections.abc import Iterator

import pytest

from tests.calls.stage import LEVEL_1, Stage, on_stage


@pytest.fixture
def stage(database_url: str, ring_mode: str) -> Iterator[Stage]:
    """A line that may send texts."""
    with on_stage(database_url, ring_mode=ring_mode, texts="all") as told:
        yield told


@pytest.mark.parametrize("ring_mode", ["hold"])
@pytest.mark.parametrize(("key", "reason"), [("1", "driving"), ("2", "not-mine"), ("3", "later")])
def test_the_next_phone_rings_while_the_manager_says_why(stage: Stage, key: str, reason: str) -> None:
    stage.escalates()
    stage.level_1.rings()
    stage.level_1.answer()
    stage.level_1.begins_to_hear("Press 1 to accept")
    stage.level_1.press("2")
    stage.level_1.begins_to_hear("I am ringing the next person")
    stage.level_2.rings()
    stage.level_1.press(key)
    stage.level_1.hears("Thank you. I pass it on. Goodbye")
    stage.accepts(stage.level_2)
    stage.caller.talks_to(stage.level_2)
    stage.caller.hang_up()

    with stage.line.parts.store.reading() as work:
        [attempt] = work.attempts.of_ticket("48213")
        declined, talked = work.rings.of_attempt(attempt.id)
    assert (declined.outcome, declined.decline_reason) == ("declined", reason)
    assert (talked.outcome, talked.decline_reason) == ("talked", None)


@pytest.mark.parametrize("ring_mode", ["hold"])
def test_a_manager_who_says_no_more_has_passed_it_on_all_the_same(stage: Stage) -> None:
    stage.escalates()
    stage.level_1.rings()
    stage.level_1.answer()
    stage.level_1.begins_to_hear("Press 1 to accept")
    stage.level_1.press("2")
    stage.level_1.hang_up()
    stage.level_2.rings()

    assert stage.rings()[0] == ("Support Operations Manager", "declined")
    stage.caller.hang_up()


def test_key_5_sends_a_text_with_the_ticket_once_and_asks_again(stage: Stage) -> None:
    stage.escalates()
    stage.level_1.rings()
    stage.level_1.answer()
    stage.level_1.begins_to_hear("Press 5 for a text")
    stage.level_1.press("5")
    stage.level_1.begins_to_hear("The text is on its way")
    stage.level_1.press("5")
    stage.level_1.begins_to_hear("The text is on its way")
    stage.level_1.press("1")
    stage.caller.talks_to(stage.level_1)
    stage.mails()

    heads_up, link = [message.text for message in stage.level_1.messages]
    assert heads_up.startswith("Escalation: ticket 48213, severity 2, high, Halvorsen Shipping.")
    assert link.startswith(f"Here is ticket 48213. {stage.line.url}/desk/")
    assert stage.exchange.handset(LEVEL_1).state == "talking"
    stage.caller.hang_up()


def test_without_texts_nobody_is_offered_one(database_url: str) -> None:
    with on_stage(database_url) as stage:
        stage.escalates()
        stage.level_1.rings()
        stage.level_1.answer()
        stage.level_1.hears("Press 2 to pass it on. Press star to repeat")
        stage.level_1.press("5")
        stage.level_1.begins_to_hear("That key does nothing here")
        stage.level_1.press("1")
        stage.caller.talks_to(stage.level_1)
        stage.mails()
        assert stage.level_1.messages == []
        stage.caller.hang_up()
