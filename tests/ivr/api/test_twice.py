"""A request that comes twice: the answer was lost, or two workers of the same program had the same idea."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flows.rules.scopes import Scope
from ivr.line.staff import StaffParts
from tests.ivr.admin.visitor import AdminClock
from tests.ivr.api.conftest import Program, refused

LIFT = "/tickets/48213/cooldown/lift"
WHY: dict[str, Any] = {"why": "the customer is on the other line"}


def lifted(program: Program) -> int:
    """How often a cooldown was lifted."""
    return sum(entry["action"] == "lifted the cooldown" for entry in program.reads("/audit")["entries"])


def test_under_its_key_it_is_done_once_and_answered_alike(anything: Program) -> None:
    first = anything.sends("POST", LIFT, WHY, Idempotency_Key="a1")
    second = anything.sends("POST", LIFT, WHY, Idempotency_Key="a1")

    assert (first.status_code, first.text) == (second.status_code, second.text) == (200, first.text)
    assert second.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert lifted(anything) == 1


def test_without_a_key_it_is_done_twice(anything: Program) -> None:
    anything.sends("POST", LIFT, WHY)
    anything.sends("POST", LIFT, WHY)

    assert lifted(anything) == 2


def test_a_key_is_not_used_for_two_things(anything: Program) -> None:
    anything.sends("POST", LIFT, WHY, Idempotency_Key="a1")

    told = refused(anything.sends("POST", LIFT, {"why": "another"}, Idempotency_Key="a1"), 422, "invalid")

    assert "choose a new one" in told["detail"]
    assert lifted(anything) == 1


def test_two_programs_may_choose_the_same_key(program: Callable[..., Program]) -> None:
    one, other = program(Scope.COOLDOWNS), program(Scope.COOLDOWNS, Scope.READ)

    one.sends("POST", LIFT, WHY, Idempotency_Key="a1")
    other.sends("POST", LIFT, WHY, Idempotency_Key="a1")

    assert lifted(other) == 2


def test_what_was_refused_may_be_tried_again_under_the_same_key(anything: Program) -> None:
    told = refused(anything.sends("POST", LIFT, {"why": ""}, Idempotency_Key="a1"), 422, "invalid")
    assert [error["field"] for error in told["errors"]] == ["body.why"]

    assert anything.sends("POST", LIFT, WHY, Idempotency_Key="a1").status_code == 200
    assert lifted(anything) == 1


def test_while_the_first_is_being_answered_the_second_waits(anything: Program, staff: StaffParts) -> None:
    anything.sends("POST", LIFT, WHY, Idempotency_Key="a1")
    with staff.store.writing() as work:    # as if the first worker had died before it answered
        token = next(each for each in work.api_tokens.all() if each.name == "everything")
        kept = work.idempotency_keys.read(token.id, "a1")
        assert kept is not None
        work.idempotency_keys.drop(token.id, "a1")
        work.idempotency_keys.take(token.id, "a1", kept.fingerprint, kept.at)

    told = refused(anything.sends("POST", LIFT, WHY, Idempotency_Key="a1"), 409, "conflict")

    assert "look whether it was done" in told["detail"]
    assert lifted(anything) == 1


def test_a_key_is_forgotten_after_a_day(anything: Program, clock: AdminClock) -> None:
    anything.sends("POST", LIFT, WHY, Idempotency_Key="a1")

    clock.advance(timedelta(hours=24, seconds=1))
    anything.sends("POST", LIFT, WHY, Idempotency_Key="a1")

    assert lifted(anything) == 2


def test_a_key_that_is_none(anything: Program) -> None:
    for key in ("", " ", "a b", "x" * 201, "schlüssel"):
        refused(anything.sends("POST", LIFT, WHY, Idempotency_Key=key), 400, "malformed")

    assert lifted(anything) == 0
