"""A drill plays the whole call by any routing, and rings nobody real."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from db import seed
from flows.prompts.recorded import Recorded
from flows.routing import Routing
from flows.rules.schedule import Override
from ivr.drill.plan import PLANS, DrillPlan, Played
from ivr.drill.process import DrillFailed, play_apart
from ivr.drill.stage import play
from tests.ivr.admin.company import COMPANY, DANA, MARCUS, PRIYA

NOW = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
TICKET = seed.tickets(NOW)[0]


def plan(routing: Routing = seed.ROUTING, **more: object) -> DrillPlan:
    usual: dict[str, object] = {
        "line": seed.LINE_NUMBER, "ticket": TICKET, "language": "en", "at": NOW, "regions": ("US",),
    }  # fmt: skip
    return DrillPlan(routing=routing, **(usual | more))  # type: ignore[arg-type]


def who(played: Played, verb: str) -> list[str]:
    """Everybody who did this, in order."""
    return [each.who for each in played.moments if each.verb == verb]


def test_a_call_is_played_in_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:////nowhere/the-real-one.db")
    played = play_apart(plan(levels={1: "decline", 2: "accept"}))

    assert played.failures == ()
    assert played.ending == "Reached: the caller talked to Marcus Oyelaran, the Senior Director of Support."
    assert who(played, "rings") == ["Dana Whitfield", "Marcus Oyelaran"]
    assert next(each.words for each in played.moments if each.who == "mail").startswith("shift manager: Escalation")
    assert played.moments[0].seconds == 0.0
    assert played.moments[-1].who == "caller"


def test_words_of_ones_own_are_understood() -> None:
    words = {"en": {"confirm.escalate": "Hit {key} and off we go.", "screening.accept": "{key} means yes."}}
    played = play(plan(replace(seed.ROUTING, words=words), levels={1: "accept"}))

    assert "Hit 1 and off we go." in " ".join(each.words for each in played.moments)
    assert played.ending.startswith("Reached: the caller talked to Dana Whitfield")


def test_a_line_that_records_talks_and_plays_recordings_is_drilled_in_words() -> None:
    asks = "Please key in your ticket number, then press the pound key."
    line = replace(seed.ROUTING.lines[0], record_talks=True)
    recordings = {"en": {"ticket.ask": Recorded(says=asks, sound="0" * 64)}}
    played = play(plan(replace(seed.ROUTING, lines=(line,), recordings=recordings), levels={1: "accept"}))

    heard = " ".join(each.words for each in played.moments)
    assert asks in heard
    assert "May your talk with the manager be recorded?" in heard
    assert "This talk is recorded; the customer has agreed." in heard
    assert played.ending.startswith("Reached: the caller talked to Dana Whitfield")


def test_whoever_has_the_shift_then_is_rung_unless_off_duty() -> None:
    ladder = replace(COMPANY.ladders[1], products=())
    company = replace(COMPANY, ladders=(ladder,))
    swapped = Override(schedule="weekend", person=DANA, starts_at=NOW - HOUR, ends_at=NOW + HOUR)
    played = play(plan(company, overrides=(swapped,), absences={PRIYA: NOW + HOUR}, levels={1: "busy", 2: "accept"}))

    names = {key: company.people[key].name for key in (DANA, MARCUS, PRIYA)}
    assert who(played, "is busy") == [names[DANA]]
    assert names[PRIYA] not in {each.who for each in played.moments}
    assert names[MARCUS] in played.ending


def test_a_refusal_is_played_as_well() -> None:
    played = play(plan(ticket=replace(TICKET, opened_at=NOW - HOUR, updated_at=NOW - HOUR / 2)))

    assert played.ending == "Not escalated (grace, guaranteed-response)."
    assert who(played, "rings") == []


def test_a_plan_that_cannot_be_played_says_why() -> None:
    with pytest.raises(DrillFailed, match="It broke off: ValueError: the routing has no line"):
        play_apart(plan(line="+12025550177"))


def test_a_plan_travels_whole() -> None:
    whole = plan(COMPANY, absences={DANA: NOW}, levels={1: "accept"},
                 overrides=(Override(schedule="week", person=None, starts_at=NOW, ends_at=NOW + HOUR),))

    assert PLANS.validate_json(PLANS.dump_json(whole)) == whole
