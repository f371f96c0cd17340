"""Hold mode: the caller waits with music and words while phones ring beside; managers state terms after the talk."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from db.repositories.messages import MessageState
from flows.rules.ladder import Order
from ivr.emulator.chaos import Mischief
from tests.calls.stage import LEVEL_1, Stage, on_stage

COLLEAGUE = "+12025550104"


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    """A line that rings in hold mode."""
    with on_stage(database_url, ring_mode="hold") as told:
        yield told


def talks_to_level_1(stage: Stage) -> None:
    stage.escalates()
    stage.accepts(stage.level_1)
    stage.caller.talks_to(stage.level_1)


def test_the_caller_hears_music_and_how_much_longer_it_may_take(stage: Stage) -> None:
    stage.escalates()
    stage.caller.hears("hold-music")
    stage.caller.hears("I am still ringing the Support Operations Manager, for at most", within=40)
    stage.caller.hang_up()
    stage.ends(mails=1)


def test_any_key_brings_choices_and_the_phone_rings_on(stage: Stage) -> None:
    stage.escalates()
    stage.caller.hears("hold-music")
    stage.caller.press("*")
    stage.caller.begins_to_hear("To keep waiting, press 1")
    assert stage.level_1.state == "ringing"
    stage.caller.press("1")
    stage.caller.begins_to_hear("I keep ringing")
    stage.accepts(stage.level_1)
    stage.caller.talks_to(stage.level_1)
    stage.caller.hang_up()
    stage.ends(mails=1)


def test_a_talk_that_begins_behind_the_choices_lasts_as_long_as_any_other(stage: Stage) -> None:
    stage.escalates()
    stage.caller.hears("hold-music")
    stage.level_1.answer()
    stage.level_1.hears("Press 1 to accept")
    stage.caller.press("*")
    stage.caller.begins_to_hear("To keep waiting, press 1")
    stage.level_1.press("1")
    stage.caller.press("1")
    stage.caller.talks_to(stage.level_1)
    for _ in range(20):
        stage.exchange.pass_time(15)
        stage.line.parts.switchboard.sweep()
    stage.caller.hang_up()
    stage.exchange.pass_time(1)

    assert stage.rings() == [("Support Operations Manager", "talked")]
    assert stage.outcomes() == ["reached"]
    stage.ends(mails=1)


def test_goodbye_comes_too_late_once_a_manager_has_accepted(stage: Stage) -> None:
    stage.escalates()
    stage.caller.hears("hold-music")
    stage.level_1.answer()
    stage.level_1.hears("Press 1 to accept")
    stage.caller.press("*")
    stage.caller.begins_to_hear("To keep waiting, press 1")
    stage.level_1.press("1")
    stage.caller.press("9")
    stage.caller.talks_to(stage.level_1)
    stage.caller.hang_up()
    stage.exchange.pass_time(1)

    assert stage.rings() == [("Support Operations Manager", "talked")]
    assert stage.outcomes() == ["reached"]
    stage.ends(mails=1)


def test_a_phone_that_is_declined_while_the_caller_is_asked_answers_nothing_for_the_caller(stage: Stage) -> None:
    stage.escalates()
    stage.caller.hears("hold-music")
    stage.caller.press("*")
    stage.caller.begins_to_hear("To keep waiting, press 1")
    stage.level_1.decline()
    stage.exchange.pass_time(1)
    stage.caller.press("4")
    stage.caller.begins_to_hear("I have stopped ringing")
    stage.caller.call_ends()
    assert stage.outcomes() == ["abandoned"]
    stage.ends(mails=1)


def test_leaving_it_to_the_mail_stops_the_ringing(stage: Stage) -> None:
    stage.escalates()
    stage.caller.hears("hold-music")
    stage.caller.press("5")
    stage.caller.begins_to_hear("To keep waiting, press 1")
    stage.caller.press("4")
    stage.caller.begins_to_hear("I have stopped ringing")
    stage.level_1.stops_ringing(within=3)
    stage.caller.call_ends()

    assert stage.rings() == [("Support Operations Manager", "caller-left")]
    assert stage.outcomes() == ["abandoned"]
    stage.ends(mails=1)


def test_a_message_left_from_hold_stops_the_ringing_and_is_kept(stage: Stage) -> None:
    stage.escalates()
    stage.level_1.rings()
    stage.caller.hears("hold-music")
    stage.caller.press("*")
    stage.caller.begins_to_hear("To keep waiting, press 1")
    stage.caller.press("2")
    stage.level_1.stops_ringing(within=3)
    stage.caller.hears("(beep)")
    stage.caller.says("Please call me after lunch.")
    stage.caller.press("#")
    stage.caller.hears("This is your message")
    stage.caller.press("1")
    stage.caller.hears("The shift manager gets your message with your ticket number")
    stage.caller.call_ends()

    with stage.line.parts.store.reading() as work:
        assert [message.state for message in work.messages.of_ticket("48213")] == [MessageState.KEPT]
    assert stage.rings() == [("Support Operations Manager", "caller-left")]
    assert stage.outcomes() == ["abandoned"]
    stage.ends(mails=2)


def test_goodbye_from_hold_stops_the_ringing(stage: Stage) -> None:
    stage.escalates()
    stage.level_1.rings()
    stage.caller.hears("hold-music")
    stage.caller.press("*")
    stage.caller.begins_to_hear("To keep waiting, press 1")
    stage.caller.press("9")
    stage.level_1.stops_ringing(within=3)
    stage.caller.call_ends()

    assert stage.rings() == [("Support Operations Manager", "caller-left")]
    assert stage.outcomes() == ["abandoned"]
    stage.ends(mails=1)


def test_a_manager_who_accepts_interrupts_the_choices(stage: Stage) -> None:
    stage.escalates()
    stage.level_1.rings()
    stage.level_1.answer()
    stage.level_1.hears("Press 1 to accept")
    stage.caller.press("*")
    stage.caller.begins_to_hear("To keep waiting, press 1")
    stage.level_1.press("1")
    stage.caller.talks_to(stage.level_1)
    stage.caller.hang_up()
    assert stage.outcomes() == ["reached"]
    stage.ends(mails=1)


def test_resolved_by_the_manager_is_told_to_the_caller(stage: Stage) -> None:
    talks_to_level_1(stage)
    stage.level_1.press("*")
    stage.caller.hears("is noting how it goes on")
    stage.level_1.begins_to_hear("Press 1 if it is resolved")
    stage.level_1.press("1")
    stage.level_1.hears("Noted as resolved")
    stage.caller.hears("has noted that this is resolved")
    stage.caller.begins_to_hear("If this is resolved for you, press 1")
    stage.caller.press("1")
    stage.caller.hears("Goodbye")
    stage.caller.call_ends()
    stage.ends(mails=1)


def test_a_promise_becomes_the_cooldown(stage: Stage) -> None:
    talks_to_level_1(stage)
    stage.level_1.press("*")
    stage.level_1.begins_to_hear("Press 2 to promise an answer")
    stage.level_1.press("2")
    stage.level_1.begins_to_hear("Key the minutes")
    stage.level_1.press("30#")
    stage.level_1.hears("You have promised an answer by today at 10:3")
    stage.caller.hears("promises you an answer by today at 10:3")
    stage.caller.begins_to_hear("If this is resolved for you, press 1")
    stage.caller.press("1")
    stage.caller.call_ends()

    stage.calls_in_english()
    stage.caller.press("48213#")
    stage.caller.hears("You can escalate again from today at 10:3")
    stage.caller.hang_up()
    stage.exchange.pass_time(31 * 60)
    stage.escalates()
    stage.level_2.rings()
    stage.caller.hang_up()
    stage.ends(mails=3)


@pytest.mark.parametrize("keys", ["0#", "9999#", "*9999#", "*#"])
def test_a_promise_nobody_can_mean_is_asked_again(stage: Stage, keys: str) -> None:
    talks_to_level_1(stage)
    stage.level_1.press("*")
    stage.level_1.begins_to_hear("Press 2 to promise an answer")
    stage.level_1.press("2")
    stage.level_1.begins_to_hear("Key the minutes")
    stage.level_1.press(keys)
    stage.level_1.hears("Please key a time from 1 minute to 72 hours")
    stage.level_1.press("*2#")
    stage.level_1.hears("You have promised an answer by today at 12:0")
    stage.caller.hang_up()
    stage.ends(mails=1)


def test_please_stop_phoning_holds_even_after_the_caller_has_left(stage: Stage) -> None:
    talks_to_level_1(stage)
    stage.caller.hang_up()
    stage.level_1.begins_to_hear("Press 9 to stop the phoning")
    stage.level_1.press("9")
    stage.level_1.begins_to_hear("Key the minutes")
    stage.level_1.press("*3#")
    stage.level_1.hears("The phones rest until today at 1:0")
    stage.level_1.call_ends()

    stage.calls_in_english()
    stage.caller.press("48213#")
    stage.caller.hears("You can escalate again from today at 1:0")
    stage.caller.hang_up()
    stage.ends(mails=1)


def test_handing_up_rings_the_next_level_while_the_caller_stays_on_hold(stage: Stage) -> None:
    talks_to_level_1(stage)
    stage.level_1.press("*")
    stage.level_1.begins_to_hear("Press 3 to hand up to the next level")
    stage.level_1.press("3")
    stage.caller.hears("is handing you up to the next level")
    stage.accepts(stage.level_2)
    stage.caller.talks_to(stage.level_2)
    stage.caller.hang_up()

    assert [outcome for _, outcome in stage.rings()] == ["talked", "talked"]
    stage.ends(mails=1)


def test_star_takes_the_manager_out_and_back_to_the_caller(stage: Stage) -> None:
    talks_to_level_1(stage)
    stage.level_1.press("*")
    stage.level_1.begins_to_hear("Press star to go back to the caller")
    stage.level_1.press("*")
    stage.caller.talks_to(stage.level_1)
    stage.exchange.pass_time(10 * 60)
    assert stage.line.parts.switchboard.sweep() == 0
    assert stage.caller.is_talking_to(stage.level_1)
    stage.level_1.hang_up()
    stage.caller.hears("If this is resolved for you, press 1")
    stage.caller.hang_up()
    assert stage.outcomes() == ["reached"]
    stage.ends(mails=1)


def test_a_manager_who_hangs_up_keeps_the_caller_no_longer(stage: Stage) -> None:
    talks_to_level_1(stage)
    stage.level_1.hang_up()
    stage.caller.hears("If this is resolved for you, press 1", within=20)
    stage.caller.hang_up()
    stage.ends(mails=1)


def test_a_manager_who_states_nothing_keeps_the_caller_no_longer_than_a_minute(stage: Stage) -> None:
    talks_to_level_1(stage)
    stage.level_1.press("*")
    stage.caller.hears("is noting how it goes on")
    stage.caller.hears("If this is resolved for you, press 1", within=60)
    stage.caller.hang_up()
    stage.ends(mails=1)


def together(stage: Stage) -> None:
    """Publish a first level of two people who are rung together."""
    with stage.line.parts.store.writing() as work:
        _, routing = work.routing.current()
        ladder = routing.ladders[0]
        both = replace(ladder.levels[0], members=(*ladder.levels[0].members, "colleague"), order=Order.TOGETHER)
        colleague = replace(routing.people[both.members[0]], name="Colleague", phones=(COLLEAGUE,))
        changed = replace(
            routing,
            ladders=(replace(ladder, levels=(both, *ladder.levels[1:])),),
            people={**routing.people, "colleague": colleague},
        )
        work.routing.publish(changed, by="test", note="", at=stage.exchange.now())


def test_together_the_first_to_press_1_joins_and_the_other_phone_stops(stage: Stage) -> None:
    together(stage)
    colleague = stage.exchange.handset(COLLEAGUE, name="colleague")
    stage.escalates()
    colleague.rings()
    stage.accepts(stage.level_1)
    stage.caller.talks_to(stage.level_1)
    colleague.stops_ringing(within=3)
    stage.caller.hang_up()

    assert sorted(outcome or "" for _, outcome in stage.rings()) == ["taken", "talked"]
    stage.ends(mails=1)


def test_together_the_second_to_press_1_hears_that_it_is_taken(stage: Stage) -> None:
    together(stage)
    colleague = stage.exchange.handset(COLLEAGUE, name="colleague")
    stage.escalates()
    for phone in (stage.level_1, colleague):
        phone.rings()
        phone.answer()
    stage.level_1.hears("Press 1 to accept")
    stage.level_1.press("1")
    stage.caller.talks_to(stage.level_1)
    colleague.call_ends(within=30)
    assert not stage.caller.is_talking_to(colleague)
    stage.caller.hang_up()
    stage.ends(mails=1)


def test_when_legs_cannot_be_placed_the_managers_are_dialled_from_the_callers_leg(stage: Stage) -> None:
    stage.exchange.be_unkind(Mischief(rest_failure=1.0))
    stage.escalates()
    stage.caller.hears("One moment, please")
    stage.exchange.be_unkind(Mischief())
    stage.accepts(stage.level_1)
    stage.caller.talks_to(stage.level_1)
    stage.level_1.hang_up()
    stage.caller.hears("If this is resolved for you, press 1")
    stage.caller.hang_up()

    assert [outcome for _, outcome in stage.rings()] == ["not-placed", "talked"]
    assert stage.level_1.number == LEVEL_1
    stage.ends(mails=1)


def test_lost_leg_callbacks_are_made_up_for_by_the_ring_time(stage: Stage) -> None:
    stage.exchange.be_unkind(Mischief(drop=1.0))
    stage.escalates()
    stage.level_1.rings()
    stage.level_1.decline()
    stage.level_2.rings(within=120)
    stage.caller.hang_up()
    stage.exchange.be_unkind(Mischief())
    assert [title for title, _ in stage.rings()] == ["Support Operations Manager", "Senior Director of Support"]
    stage.ends(mails=1)
