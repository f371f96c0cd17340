"""A manager phones the line: a PIN opens it, and what is confirmed there counts at once and is written down."""

from dataclasses import replace

import pytest

from tests.calls.own_line import DANA, PIN, acts, calls_own_line, comes_in, gives_pin
from tests.calls.stage import CONTACT, LEVEL_1, LINE, Stage


@pytest.fixture
def ring_mode() -> str:
    """Nobody is rung in these stories, unless a customer is; one way of ringing is enough."""
    return "hold"


def off(stage: Stage) -> dict[str, str]:
    """Who is off duty, and until when."""
    with stage.line.parts.store.reading() as work:
        return {person: f"{until:%d %H:%M}" for person, until in work.absences.off(stage.exchange.now()).items()}


def test_off_duty_until_a_time_of_day(stage: Stage) -> None:
    manager = comes_in(stage)
    manager.hears("You are rung as planned")
    manager.begins_to_hear("To go off duty, press 1")
    manager.press("1")
    manager.begins_to_hear("Until when")
    manager.press("0800")
    manager.hears("Off duty until tomorrow at 8:00 AM")
    assert off(stage) == {}, "nothing counts before it is confirmed"
    manager.press("1")
    manager.hears("Done. You are off duty until tomorrow at 8:00 AM")
    manager.hang_up()

    assert off(stage) == {DANA: "04 13:00"}
    assert acts(stage) == [(DANA, "came-in"), (DANA, "off-duty")]
    stage.ends(mails=0)


def test_off_duty_for_some_hours_then_back_on_duty(stage: Stage) -> None:
    manager = comes_in(stage)
    manager.press("1")
    manager.begins_to_hear("Until when")
    manager.press("3#")
    manager.hears("Off duty until today at 1:01 PM")
    manager.press("1")
    manager.hears("You are off duty until today at 1:01 PM")
    manager.begins_to_hear("To change that, press 1")
    manager.press("1")
    manager.begins_to_hear("To be back on duty now, press 1")
    manager.press("1")
    manager.hears("You are back on duty. You are rung as planned")
    manager.hang_up()

    assert off(stage) == {}
    assert acts(stage) == [(DANA, "came-in"), (DANA, "off-duty"), (DANA, "on-duty")]
    stage.ends(mails=0)


def test_a_time_that_was_keyed_wrong_is_keyed_again(stage: Stage) -> None:
    manager = comes_in(stage)
    manager.press("1")
    manager.begins_to_hear("Until when")
    manager.press("0900")
    manager.begins_to_hear("Off duty until tomorrow at 9:00 AM")
    manager.press("2")
    manager.begins_to_hear("Until when")
    manager.press("2460")
    manager.begins_to_hear("I did not understand that time")
    manager.press("99#")
    manager.begins_to_hear("Please try once more")
    manager.press("0730")
    manager.hears("Off duty until tomorrow at 7:30 AM")
    manager.press("*")
    manager.hears("You are rung as planned")
    manager.hang_up()

    assert off(stage) == {}
    stage.ends(mails=0)


def test_whoever_is_off_duty_changes_until_when(stage: Stage) -> None:
    with stage.line.parts.store.writing() as work:
        work.absences.set(DANA, stage.exchange.now().replace(hour=17), stage.exchange.now(), "a story")
    manager = comes_in(stage)
    manager.begins_to_hear("You are off duty until today at 12:00 PM")
    manager.press("1")
    manager.begins_to_hear("To key another time, press 2")
    manager.press("2")
    manager.begins_to_hear("Until when")
    manager.press("2200")
    manager.begins_to_hear("Off duty until today at 10:00 PM")
    manager.press("1")
    manager.begins_to_hear("You are off duty until today at 10:00 PM")
    manager.hang_up()

    assert off(stage) == {DANA: "04 03:00"}
    stage.ends(mails=0)


def test_a_ticket_is_let_rest_and_the_next_customer_hears_it(stage: Stage) -> None:
    manager = comes_in(stage)
    manager.press("4")
    manager.begins_to_hear("Key the ticket number")
    manager.press("48213#")
    manager.hears("Ticket 4 8 2 1 3. Backup Server, severity 2, high. Nothing keeps it from ringing managers")
    manager.begins_to_hear("To let the phones rest about it, press 2")
    manager.press("2")
    manager.begins_to_hear("Until when")
    manager.press("5#")
    manager.hears("No phone would ring about ticket 4 8 2 1 3 until today at 3:01 PM")
    manager.press("1")
    manager.hears("Done. No phone rings about ticket 4 8 2 1 3 until today at 3:01 PM")
    manager.hang_up()

    stage.calls_in_english()
    stage.caller.press("48213#")
    stage.caller.hears("their phones rest now. You can escalate again from today at 3:01 PM")
    stage.caller.hang_up()
    assert acts(stage, "48213") == [(DANA, "cooldown-set")]
    stage.ends(mails=0)


def test_a_cooldown_is_lifted_and_the_ticket_says_who_did_it(stage: Stage) -> None:
    stage.escalates()
    stage.accepts(stage.level_1)
    stage.caller.talks_to(stage.level_1)
    stage.caller.hang_up()
    stage.level_1.call_ends()
    stage.exchange.pass_time(600)

    manager = comes_in(stage)
    manager.press("4")
    manager.begins_to_hear("Key the ticket number")
    manager.press("48213#")
    manager.hears("The phones rest until today at 11:0")
    manager.hears("The last talk was 1")
    manager.begins_to_hear("To lift the cooldown, press 1")
    manager.press("1")
    manager.hears("Ticket 4 8 2 1 3 could then ring managers at once")
    manager.press("1")
    manager.hears("Done. Ticket 4 8 2 1 3 may ring managers at once")
    manager.hang_up()
    stage.mails()
    with stage.line.parts.store.reading() as work:
        notes = work.tickets.notes("48213")
    assert any(note.startswith("Cooldown lifted by Dana Whitfield, by phone, 2026-03-03 15:1") for note in notes)

    stage.calls_in_english()
    stage.caller.press("48213#")
    stage.caller.begins_to_hear("may be escalated")
    stage.caller.hang_up()
    assert acts(stage, "48213") == [(DANA, "cooldown-lifted")]
    stage.ends(mails=2)


def test_a_ticket_that_is_none_is_asked_for_again(stage: Stage) -> None:
    manager = comes_in(stage)
    manager.press("4")
    manager.begins_to_hear("Key the ticket number")
    manager.press("99999#")
    manager.hears("I cannot find a ticket with the number 9 9 9 9 9")
    manager.press("*#")
    manager.hears("You are rung as planned")
    manager.hang_up()

    assert acts(stage) == [(DANA, "came-in")]
    stage.ends(mails=0)


def test_a_manager_is_a_customer_with_one_key(stage: Stage) -> None:
    gives_pin(stage, "marcus-oyelaran")
    calls_own_line(stage, stage.level_2)
    stage.level_2.press("#")
    stage.level_2.begins_to_hear("For English, press 1")
    stage.level_2.press("1")
    stage.level_2.begins_to_hear("key in your ticket number")
    stage.level_2.press("48213#")
    stage.level_2.begins_to_hear("may be escalated")
    stage.level_2.press("1")
    stage.accepts(stage.level_1)
    stage.level_2.talks_to(stage.level_1)
    stage.level_2.hang_up()

    assert stage.outcomes() == ["reached"]
    stage.ends(mails=1)


def test_whoever_waits_is_a_customer_too(stage: Stage) -> None:
    gives_pin(stage)
    calls_own_line(stage, stage.level_1)
    stage.level_1.hears("For English, press 1")
    stage.level_1.hang_up()

    assert acts(stage) == []
    stage.ends(mails=0)


def test_a_manager_without_a_pin_hears_how_to_get_one_and_goes_on_as_a_customer(stage: Stage) -> None:
    stage.level_1.dial(LINE)
    stage.level_1.hears("You have no PIN for the manager's line yet")
    stage.level_1.hears("For English, press 1")
    stage.level_1.press("1")
    stage.level_1.hears("key in your ticket number")
    stage.level_1.hang_up()

    stage.ends(mails=0)


def test_a_customer_is_never_asked_for_a_pin(stage: Stage) -> None:
    gives_pin(stage)
    stage.calls_in_english()
    stage.caller.hang_up()

    assert not any("PIN" in sentence for sentence in stage.caller.heard)
    assert stage.caller.number == CONTACT
    stage.ends(mails=0)


def test_managers_who_share_a_phone_are_told_apart_by_their_pins(stage: Stage) -> None:
    with stage.line.parts.store.writing() as work:
        _, routing = work.routing.current()
        marcus = replace(routing.people["marcus-oyelaran"], phones=(LEVEL_1,))
        shared = replace(routing, people={**routing.people, "marcus-oyelaran": marcus})
        work.routing.publish(shared, "a story", "one phone for two", stage.exchange.now())
    gives_pin(stage, "marcus-oyelaran", "918273")
    gives_pin(stage, DANA, PIN)
    calls_own_line(stage, stage.level_1)
    stage.level_1.press("918273")
    stage.level_1.hears("Thank you, Marcus Oyelaran")
    stage.level_1.hang_up()

    assert acts(stage) == [("marcus-oyelaran", "came-in")]
    stage.ends(mails=0)


def test_a_manager_is_spoken_to_in_their_own_language_and_zone(stage: Stage) -> None:
    with stage.line.parts.store.writing() as work:
        _, routing = work.routing.current()
        dana = replace(routing.people[DANA], languages=("de",), zone="Europe/Berlin")
        work.routing.publish(
            replace(routing, people={**routing.people, DANA: dana}), "a story", "moved to Berlin", stage.exchange.now()
        )
    gives_pin(stage)
    manager = stage.level_1
    manager.dial(LINE)
    manager.begins_to_hear("geben Sie Ihre PIN ein")
    manager.press(PIN)
    manager.begins_to_hear("Sie werden angerufen wie geplant")
    manager.press("1")
    manager.begins_to_hear("Bis wann")
    manager.press("0800")
    manager.hears("Vom Dienst abgemeldet bis morgen um 8:00 Uhr")
    manager.press("1")
    manager.hears("Erledigt")
    manager.hang_up()

    assert off(stage) == {DANA: "04 07:00"}
    stage.ends(mails=0)
