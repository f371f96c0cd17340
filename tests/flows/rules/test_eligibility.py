"""May this ticket be escalated now? The article's refusals in its own words, and which of several is spoken."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rules.eligibility import Reason, Refusal, Terms, Verdict, evaluate, response_due
from flows.rules.working_time import Hours, WorkingTime
from flows.ticket import Severity, Status, Ticket
from tests.flows.rules.strategies import MOMENT, instants, terms, tickets

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
PREMIUM = Terms(escalation_allowed=True, guaranteed_response=4 * HOUR)
COMMUNITY = replace(PREMIUM, escalation_allowed=False)
OLD = Ticket(
    number="48213",
    subject="Orders are stuck",
    organisation="Contoso",
    requester="Kim",
    program="Premium",
    severity=Severity.HIGH,
    product="Ledger",
    status=Status.OPEN,
    opened_at=NOW - 9 * HOUR,
    updated_at=NOW - 9 * HOUR,
)
OFFICE = WorkingTime(
    zone="UTC", hours=tuple(Hours(weekday=day, opens=time(9), closes=time(17)) for day in range(5))
)

ARTICLE = {
    "(a) the support program or the chosen severity does not allow it": (
        OLD, COMMUNITY, None, Refusal(reason=Reason.NOT_ALLOWED),
    ),
    "(a) the line does not know the support program": (
        OLD, None, None, Refusal(reason=Reason.NOT_ALLOWED),
    ),
    "(b) the ticket was opened less than 2 hours ago": (
        replace(OLD, opened_at=NOW - 2 * HOUR + MINUTE, updated_at=NOW - 2 * HOUR + MINUTE),
        replace(PREMIUM, guaranteed_response=HOUR),
        None,
        Refusal(reason=Reason.GRACE, until=NOW + MINUTE),
    ),
    "(c) the time since creation is within the guaranteed response time for that program and severity": (
        replace(OLD, opened_at=NOW - 3 * HOUR, updated_at=NOW - 3 * HOUR),
        PREMIUM,
        None,
        Refusal(reason=Reason.GUARANTEED_RESPONSE, until=NOW + HOUR),
    ),
    "(c) the time since the last update is within the guaranteed response time for that program and severity": (
        replace(OLD, updated_at=NOW - MINUTE),
        PREMIUM,
        None,
        Refusal(reason=Reason.GUARANTEED_RESPONSE, until=NOW + 4 * HOUR - MINUTE),
    ),
    "(d) the status needs no escalation: waiting for an update from the requester": (
        replace(OLD, status=Status.WAITING_FOR_REQUESTER), PREMIUM, None, Refusal(reason=Reason.WAITING_FOR_REQUESTER),
    ),
    "(d) the status needs no escalation: resolved and pending the requester's confirmation": (
        replace(OLD, status=Status.RESOLVED_PENDING), PREMIUM, None, Refusal(reason=Reason.RESOLVED_PENDING),
    ),
    "(d) the status needs no escalation: closed": (
        replace(OLD, status=Status.CLOSED), PREMIUM, None, Refusal(reason=Reason.CLOSED),
    ),
    "the product has an escalation path of its own": (
        replace(OLD, product="Archive"), PREMIUM, "the archive desk", Refusal(reason=Reason.OTHER_PATH),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("ticket", "granted", "other_path", "refusal"), ARTICLE.values(), ids=ARTICLE.keys())
def test_escalate_is_missing_because(
    ticket: Ticket, granted: Terms | None, other_path: str | None, refusal: Refusal
) -> None:
    verdict = evaluate(ticket, granted, other_path, NOW)

    assert verdict == Verdict(refusals=(refusal,))
    assert (verdict.allowed, verdict.spoken, verdict.opens_at) == (False, refusal, refusal.until)


def test_an_open_ticket_long_past_its_guaranteed_response_may_be_escalated() -> None:
    verdict = evaluate(OLD, PREMIUM, None, NOW)

    assert (verdict.allowed, verdict.spoken, verdict.opens_at) == (True, None, None)


def test_every_reason_is_kept_in_the_articles_order() -> None:
    just_now = replace(OLD, opened_at=NOW, updated_at=NOW, status=Status.CLOSED)

    assert [refusal.reason for refusal in evaluate(just_now, COMMUNITY, "the archive desk", NOW).refusals] == [
        Reason.NOT_ALLOWED, Reason.GRACE, Reason.GUARANTEED_RESPONSE, Reason.CLOSED, Reason.OTHER_PATH,
    ]  # fmt: skip


def test_who_may_not_escalate_at_all_is_not_sent_to_answer_a_question_first() -> None:
    waiting = replace(OLD, status=Status.WAITING_FOR_REQUESTER)

    assert evaluate(waiting, COMMUNITY, None, NOW).spoken == Refusal(reason=Reason.NOT_ALLOWED)


def test_a_reason_no_clock_ends_is_spoken_before_one_that_ends() -> None:
    closed_just_now = replace(OLD, opened_at=NOW, updated_at=NOW, status=Status.CLOSED)

    verdict = evaluate(closed_just_now, PREMIUM, None, NOW)

    assert (verdict.spoken, verdict.opens_at) == (Refusal(reason=Reason.CLOSED), None)


@pytest.mark.parametrize(
    ("guaranteed", "spoken"),
    [
        pytest.param(4 * HOUR, Refusal(reason=Reason.GUARANTEED_RESPONSE, until=NOW + 3 * HOUR), id="response last"),
        pytest.param(90 * MINUTE, Refusal(reason=Reason.GRACE, until=NOW + HOUR), id="grace last"),
    ],
)
def test_of_two_periods_the_one_that_ends_last_is_spoken(guaranteed: timedelta, spoken: Refusal) -> None:
    young = replace(OLD, opened_at=NOW - HOUR, updated_at=NOW - HOUR)

    verdict = evaluate(young, replace(PREMIUM, guaranteed_response=guaranteed), None, NOW)

    assert len(verdict.refusals) == 2
    assert (verdict.spoken, verdict.opens_at) == (spoken, spoken.until)


def test_a_new_comment_starts_the_guaranteed_response_anew() -> None:
    assert response_due(replace(OLD, updated_at=NOW), PREMIUM) == NOW + 4 * HOUR


def test_a_ticket_system_that_knows_no_update_yet_makes_nothing_due_earlier() -> None:
    never_updated = replace(OLD, updated_at=datetime(1970, 1, 1, tzinfo=UTC))

    assert response_due(never_updated, PREMIUM) == OLD.opened_at + 4 * HOUR


def test_the_guaranteed_response_may_run_in_working_time_only() -> None:
    on_friday = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
    ticket = replace(OLD, opened_at=on_friday, updated_at=on_friday)

    due = response_due(ticket, replace(PREMIUM, clock=OFFICE))

    assert due == datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


def test_where_no_response_is_guaranteed_the_office_need_not_open_first() -> None:
    on_sunday = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    ticket = replace(OLD, opened_at=on_sunday - 9 * HOUR, updated_at=on_sunday - HOUR)

    assert evaluate(ticket, replace(PREMIUM, clock=OFFICE, guaranteed_response=timedelta()), None, on_sunday).allowed


def test_the_grace_period_is_the_programs_own_and_runs_around_the_clock() -> None:
    on_saturday = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
    ticket = replace(OLD, opened_at=on_saturday, updated_at=on_saturday)
    patient = Terms(escalation_allowed=True, guaranteed_response=timedelta(), grace=5 * HOUR, clock=OFFICE)

    assert evaluate(ticket, patient, None, on_saturday).opens_at == on_saturday + 5 * HOUR


@given(tickets(), terms(), instants())
def test_at_the_moment_a_verdict_opens_it_is_open_and_not_a_moment_earlier(
    ticket: Ticket, granted: Terms, now: datetime
) -> None:
    opens_at = evaluate(ticket, granted, None, min(now, ticket.opened_at)).opens_at

    if opens_at is not None:
        assert evaluate(ticket, granted, None, opens_at).allowed
        assert not evaluate(ticket, granted, None, opens_at - MOMENT).allowed


@given(tickets(), terms(), instants(), st.timedeltas(timedelta(), timedelta(days=30)))
def test_waiting_never_closes_a_ticket(ticket: Ticket, granted: Terms, now: datetime, wait: timedelta) -> None:
    before = {refusal.reason for refusal in evaluate(ticket, granted, None, now).refusals}
    after = {refusal.reason for refusal in evaluate(ticket, granted, None, now + wait).refusals}

    assert after <= before


@given(tickets(), st.none() | terms(), st.none() | st.just("elsewhere"), instants())
def test_what_is_spoken_is_one_of_the_reasons_and_none_ends_later(
    ticket: Ticket, granted: Terms | None, other_path: str | None, now: datetime
) -> None:
    verdict = evaluate(ticket, granted, other_path, now)

    assert verdict.allowed is (verdict.spoken is None)
    if verdict.spoken is not None:
        ends = [refusal.until for refusal in verdict.refusals]
        assert verdict.spoken in verdict.refusals
        assert verdict.spoken.until is None if None in ends else verdict.spoken.until == max(filter(None, ends))


@given(tickets(), st.none() | terms(), instants())
def test_only_an_open_ticket_of_a_program_that_allows_it_is_escalated(
    ticket: Ticket, granted: Terms | None, now: datetime
) -> None:
    if evaluate(ticket, granted, None, now).allowed:
        assert ticket.status is Status.OPEN
        assert granted is not None
        assert granted.escalation_allowed
        assert now >= max(ticket.opened_at + granted.grace, response_due(ticket, granted))


@given(tickets(), terms())
def test_the_response_is_never_due_before_the_guaranteed_time_has_passed(ticket: Ticket, granted: Terms) -> None:
    assert response_due(ticket, granted) - max(ticket.opened_at, ticket.updated_at) >= granted.guaranteed_response
