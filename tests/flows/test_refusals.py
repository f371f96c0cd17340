"""Each refusal: the caller hears the reason that matters and when it ends; every reason found is kept."""

from dataclasses import replace
from datetime import datetime

import pytest

from flows.effects import EscalationRefused
from flows.heard import TicketFound
from flows.prompts.spoken import Count, Moment, Named, Span, Spelled, Words
from flows.rules.cooldown import RefusedBecause, Standing
from flows.ticket import Severity, Status
from tests.flows.on_the_line import OnTheLine
from tests.flows.world import COOLDOWN, FOUND, HOUR, LINE, MINUTE, NOW, TERMS


def having(found: TicketFound = FOUND, **ticket: object) -> TicketFound:
    """The found ticket with some fields of its own."""
    return replace(found, ticket=replace(found.ticket, **ticket))  # type: ignore[arg-type]  # fields of a ticket


def spoken_at(at: datetime) -> Moment:
    """An instant in the line's zone."""
    return Moment(at, NOW, "America/New_York")


YOUNG = having(opened_at=NOW - HOUR / 2, updated_at=NOW - HOUR / 2)
ANSWERED_LATELY = having(updated_at=NOW - HOUR / 3)
NOT_COVERED = replace(FOUND, terms=replace(TERMS, escalation_allowed=False))
ELSEWHERE = replace(FOUND, other_path="Northwind Cloud Operations")

REFUSALS = [
    (having(status=Status.WAITING_FOR_REQUESTER), "waiting_for_requester", ("waiting-for-requester",), None, {}),
    (having(status=Status.RESOLVED_PENDING), "resolved_pending", ("resolved-pending",), None, {}),
    (having(status=Status.CLOSED), "closed", ("closed",), None, {}),
    (
        NOT_COVERED,
        "not_allowed",
        ("not-allowed",),
        None,
        {"program": Words("Premium"), "severity": Named("severity.high")},
    ),
    (
        replace(FOUND, terms=None),
        "not_allowed",
        ("not-allowed",),
        None,
        {"program": Words("Premium"), "severity": Named("severity.high")},
    ),
    (
        YOUNG,
        "grace",
        ("grace", "guaranteed-response"),
        NOW + 1.5 * HOUR,
        {"age": Span(HOUR / 2), "opens": spoken_at(NOW + 1.5 * HOUR)},
    ),
    (
        ANSWERED_LATELY,
        "guaranteed_response",
        ("guaranteed-response",),
        NOW + HOUR * 2 / 3,
        {"opens": spoken_at(NOW + HOUR * 2 / 3)},
    ),
    (
        ELSEWHERE,
        "other_path",
        ("other-path",),
        None,
        {"product": Words("Backup Server"), "path": Words("Northwind Cloud Operations", longest=300)},
    ),
]


@pytest.mark.parametrize(
    ("found", "sentence", "reasons", "opens_at", "values"),
    REFUSALS,
    ids=[
        "waits for the requester",
        "resolved, to be confirmed",
        "closed",
        "program without escalation",
        "unknown program",
        "too young",
        "inside the guaranteed response",
        "another path",
    ],
)
def test_the_caller_hears_why_not_and_the_books_keep_it(
    found: TicketFound,
    sentence: str,
    reasons: tuple[str, ...],
    opens_at: datetime | None,
    values: dict[str, object],
) -> None:
    caller = OnTheLine()

    caller.keys_the_ticket(found)

    assert caller.hears == ("ticket.found", f"refused.{sentence}", "refused.other_ticket", "refused.repeat")
    assert caller.sentence(f"refused.{sentence}").values == values
    assert caller.states == (EscalationRefused(reasons=reasons, opens_at=opens_at),)


def test_the_number_is_read_back_digit_by_digit_with_what_the_ticket_is_about() -> None:
    caller = OnTheLine()

    caller.keys_the_ticket(having(severity=Severity.URGENT))

    assert caller.sentence("ticket.found").values == {
        "ticket": Spelled("48213"),
        "product": Words("Backup Server"),
        "severity": Named("severity.urgent"),
    }


def test_every_reason_is_kept_and_a_permanent_one_is_spoken() -> None:
    caller = OnTheLine()

    caller.keys_the_ticket(replace(having(ANSWERED_LATELY, status=Status.CLOSED), other_path="Elsewhere"))

    assert caller.hears[1] == "refused.closed"
    (stated,) = caller.states
    assert stated == EscalationRefused(reasons=("closed", "guaranteed-response", "other-path"), opens_at=None)


def test_times_are_spoken_in_the_requesters_zone_and_the_zone_is_named_when_it_differs() -> None:
    caller = OnTheLine()

    caller.keys_the_ticket(having(YOUNG, time_zone="Europe/Berlin"))

    opens = caller.sentence("refused.grace").values["opens"]
    assert opens == Moment(NOW + 1.5 * HOUR, NOW, "Europe/Berlin", named=True)


def test_a_requester_in_the_lines_own_zone_does_not_hear_it_named() -> None:
    caller = OnTheLine()

    caller.keys_the_ticket(having(YOUNG, time_zone=LINE.zone))

    opens = caller.sentence("refused.grace").values["opens"]
    assert isinstance(opens, Moment)
    assert not opens.named


COOLING = Standing(quiet_until=NOW + 20 * MINUTE)
USED_UP = Standing(window_opens_at=NOW + 3 * HOUR)


@pytest.mark.parametrize(
    ("standing", "sentence", "reason", "until", "values"),
    [
        (Standing(leased_until=NOW + MINUTE), "being_rung", "being-rung", NOW + MINUTE, {}),
        (
            COOLING,
            "cooling_down",
            "cooling-down",
            NOW + 20 * MINUTE,
            {"opens": spoken_at(NOW + 20 * MINUTE)},
        ),
        (
            USED_UP,
            "too_many",
            "too-many-attempts",
            NOW + 3 * HOUR,
            {"count": Count(4), "window": Span(COOLDOWN.window), "opens": spoken_at(NOW + 3 * HOUR)},
        ),
    ],
    ids=["being rung", "cooling down", "attempts used up"],
)
def test_a_ticket_that_rests_is_refused_before_anything_is_claimed(
    standing: Standing, sentence: str, reason: str, until: datetime, values: dict[str, object]
) -> None:
    caller = OnTheLine()

    caller.keys_the_ticket(replace(FOUND, standing=standing))

    assert caller.hears == ("ticket.found", f"refused.{sentence}", "refused.other_ticket", "refused.repeat")
    assert caller.sentence(f"refused.{sentence}").values == values
    assert caller.states == (EscalationRefused(reasons=(reason,), opens_at=until),)


def test_of_a_rule_and_a_cooldown_the_one_that_ends_last_is_spoken() -> None:
    caller = OnTheLine()

    caller.keys_the_ticket(replace(ANSWERED_LATELY, standing=COOLING))
    assert caller.hears[1] == "refused.guaranteed_response"

    other = OnTheLine()
    other.keys_the_ticket(replace(ANSWERED_LATELY, standing=USED_UP))
    assert other.hears[1] == "refused.too_many"
    assert other.states == (
        EscalationRefused(reasons=("too-many-attempts", "guaranteed-response"), opens_at=NOW + 3 * HOUR),
    )


def test_a_rule_no_clock_ends_is_spoken_before_any_cooldown() -> None:
    caller = OnTheLine()

    caller.keys_the_ticket(replace(having(status=Status.CLOSED), standing=USED_UP))

    assert caller.hears[1] == "refused.closed"
    assert caller.states == (EscalationRefused(reasons=("closed", "too-many-attempts"), opens_at=None),)


@pytest.mark.parametrize(
    ("because", "sentence"),
    [
        (RefusedBecause.BEING_RUNG, "refused.being_rung"),
        (RefusedBecause.COOLING_DOWN, "refused.cooling_down"),
        (RefusedBecause.TOO_MANY_ATTEMPTS, "refused.too_many"),
    ],
)
def test_a_claim_lost_after_the_confirmation_is_told_and_kept(because: RefusedBecause, sentence: str) -> None:
    caller = OnTheLine()
    caller.keys_the_ticket()
    caller.presses("1")

    caller.claim_is_lost(because, until=NOW + 5 * MINUTE)

    assert caller.hears == (sentence, "refused.other_ticket", "refused.repeat")
    assert caller.states == (EscalationRefused(reasons=(because.value,), opens_at=NOW + 5 * MINUTE),)
    assert caller.call.attempt is None


class TestAfterTheRefusal:
    """Another ticket, once more, or goodbye."""

    @pytest.fixture
    def caller(self) -> OnTheLine:
        """A caller whose ticket is closed."""
        refused = OnTheLine()
        refused.keys_the_ticket(having(status=Status.CLOSED))
        return refused

    def test_1_asks_for_another_ticket_and_forgets_this_one(self, caller: OnTheLine) -> None:
        caller.presses("1")

        assert caller.hears == ("ticket.ask",)
        assert caller.call.ticket is None

    def test_another_ticket_may_then_be_escalated(self, caller: OnTheLine) -> None:
        caller.presses("1")
        caller.keys_the_ticket(having(number="48299"))

        assert caller.hears[1] == "confirm.more_levels"

    def test_star_repeats_the_reason_without_keeping_it_twice(self, caller: OnTheLine) -> None:
        before = caller.turn.say

        caller.presses("*")

        assert caller.turn.say == before
        assert caller.states == ()

    def test_silence_is_asked_about_once_and_then_wished_well(self, caller: OnTheLine) -> None:
        said = []
        for _ in range(2):
            caller.stays_silent()
            said.append(caller.hears)

        assert said == [("refused.silence.first", "refused.other_ticket", "refused.repeat"), ("refused.goodbye",)]
        assert caller.is_over

    def test_nonsense_is_answered_once_and_then_wished_well(self, caller: OnTheLine) -> None:
        said = []
        for _ in range(2):
            caller.presses("7")
            said.append(caller.hears)

        assert said == [("refused.nonsense.first", "refused.other_ticket", "refused.repeat"), ("refused.goodbye",)]
        assert caller.is_over
