"""Hold mode when the carrier is silent: about the caller, about a talk, or to every order it is given."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from unittest.mock import patch

import pytest
import requests

from flows.routing import Routing
from flows.rules.ladder import Order
from ivr.emulator.chaos import Mischief
from ivr.emulator.verbs import enqueue
from ivr.telephony.rest import HttpClient
from tests.calls.stage import Stage, on_stage

COLLEAGUES = ("+12025550104", "+12025550105")
SILENT = Mischief(drop=1.0)


@pytest.fixture
def stage(sqlite_url: str) -> Iterator[Stage]:
    """A line that rings in hold mode."""
    with on_stage(sqlite_url, ring_mode="hold") as told:
        yield told


def leaves_unnoticed(stage: Stage) -> None:
    """The caller hangs up, and the carrier says so neither in its status callback nor in the end of the waiting."""

    async def nothing(*_: object) -> None:
        pass

    with patch.object(enqueue, "discard", nothing):
        stage.exchange.be_unkind(SILENT, stage.caller)
        stage.caller.hang_up()
        stage.exchange.pass_time(1)


def waits_on_hold(stage: Stage) -> None:
    stage.escalates()
    stage.caller.hears("hold-music")
    stage.level_1.rings()


def publish(stage: Stage, changed: Callable[[Routing], Routing]) -> None:
    """Publish the routing, changed."""
    with stage.line.parts.store.writing() as work:
        work.routing.publish(changed(work.routing.current()[1]), by="test", note="", at=stage.exchange.now())


def with_colleagues(routing: Routing) -> Routing:
    """The first level is three people who are rung together."""
    ladder, *others = routing.ladders
    first, *higher = ladder.levels
    people = {
        f"colleague-{phone}": replace(routing.people[first.members[0]], name="Colleague", phones=(phone,))
        for phone in COLLEAGUES
    }
    three = replace(first, members=(*first.members, *people), order=Order.TOGETHER)
    ladders = (replace(ladder, levels=(three, *higher)), *others)
    return replace(routing, ladders=ladders, people={**routing.people, **people})


def ringing_for_long(routing: Routing) -> Routing:
    """Every phone is rung for a minute and a half."""
    ladder, *others = routing.ladders
    levels = tuple(replace(level, ring_seconds=90) for level in ladder.levels)
    return replace(routing, ladders=(replace(ladder, levels=levels), *others))


def test_a_carrier_that_does_not_answer_is_asked_once_however_many_phones_were_to_ring(stage: Stage) -> None:
    publish(stage, with_colleagues)
    ordered: list[str] = []

    def never(_: object, method: str, uri: str, *__: Any, **___: Any) -> None:
        ordered.append(f"{method} {uri}")
        raise requests.Timeout

    with patch.object(HttpClient, "request", never):
        stage.escalates()
        stage.caller.hears("One moment, please")
    assert len(ordered) == 1
    stage.accepts(stage.level_1)
    stage.caller.talks_to(stage.level_1)
    stage.caller.hang_up()

    assert [outcome for _, outcome in stage.rings()] == [*["not-placed"] * 3, "talked"]
    stage.ends(mails=1)


def test_a_phone_that_is_declined_makes_nobody_wait_longer_for_a_caller_who_has_left(stage: Stage) -> None:
    publish(stage, ringing_for_long)
    waits_on_hold(stage)
    leaves_unnoticed(stage)
    stage.exchange.pass_time(30)
    stage.level_1.decline()
    stage.level_2.rings()
    stage.exchange.pass_time(70)

    assert stage.line.parts.switchboard.sweep() == 1
    stage.level_2.stops_ringing(within=3)
    assert [outcome for _, outcome in stage.rings()] == ["busy", "caller-left"]
    assert stage.outcomes() == ["abandoned"]
    stage.ends(mails=1)


def test_a_manager_who_finds_nobody_on_hold_ends_the_call(stage: Stage) -> None:
    waits_on_hold(stage)
    leaves_unnoticed(stage)
    stage.accepts(stage.level_1)
    stage.level_1.call_ends()

    assert stage.rings() == [("Support Operations Manager", "caller-left")]
    assert stage.outcomes() == ["abandoned"]
    stage.ends(mails=1)


def test_a_talk_of_which_only_the_managers_leg_tells_is_a_talk(stage: Stage) -> None:
    stage.escalates()
    stage.accepts(stage.level_1)
    stage.caller.talks_to(stage.level_1)
    leaves_unnoticed(stage)
    stage.level_1.begins_to_hear("Press 1 if it is resolved")
    stage.level_1.hang_up()
    stage.exchange.pass_time(3600)
    stage.line.parts.switchboard.sweep()

    assert stage.rings() == [("Support Operations Manager", "talked")]
    assert stage.outcomes() == ["reached"]
    stage.ends(mails=2)


def test_a_caller_and_a_manager_who_hang_up_before_they_are_joined_are_not_waited_for(stage: Stage) -> None:
    waits_on_hold(stage)
    stage.accepts(stage.level_1)
    stage.level_1.begins_to_hear("Connecting you now")
    stage.caller.hang_up()
    stage.level_1.hang_up()
    stage.exchange.pass_time(35)

    assert stage.line.parts.switchboard.sweep() == 1
    assert stage.rings() == [("Support Operations Manager", "caller-left")]
    assert stage.outcomes() == ["abandoned"]
    stage.ends(mails=1)
