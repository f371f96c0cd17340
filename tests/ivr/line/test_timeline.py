"""The timeline of an escalation: what happened, in order, over all attempts, under stable names."""

from datetime import datetime
from typing import Any

import pytest

from db.history import history
from db.repositories.acts import Act, StoredAct
from db.repositories.callbacks import CallbackState
from db.repositories.interventions import Intervention
from db.repositories.interventions import Kind as Intervened
from db.unit_of_work import Store, Work
from flows.rules.cooldown import Outcome
from flows.rules.decline import DeclineReason
from flows.rules.promise import State
from flows.rules.ring_outcome import RingOutcome
from flows.wrap_up import Terms
from ivr.line.timeline import timeline
from ivr.line.timeline_events import Event, Kind
from ivr.line.timeline_words import WORDS, sentence, values
from tests.db.samples import HOUR, MINUTE, NOW, begin_attempt, begin_ring
from tests.ivr.line.promise_stories import NUMBER, UNTIL, company, states, talked


@pytest.fixture(autouse=True)
def _company(store: Store) -> None:
    company(store)


def told(work: Work) -> list[str]:
    """The timeline in words."""
    return [f"{event.at:%H:%M} {sentence(event)}" for event in timeline(history(work, NUMBER))]


def test_a_ticket_never_heard_of_has_no_timeline(store: Store) -> None:
    with store.reading() as work:
        assert timeline(history(work, "999")) == []


def test_two_attempts_with_a_promise_that_was_not_kept(store: Store) -> None:
    with store.writing() as work:
        attempt = begin_attempt(work)
        first = begin_ring(work, attempt)
        work.rings.decline(first, NOW)
        work.rings.explain(first, DeclineReason.DRIVING)
        work.rings.end(first, RingOutcome.DECLINED, NOW + MINUTE)
        second = begin_ring(work, attempt, rank=2, at=NOW + MINUTE)
        work.rings.accept(second, "CA-leg", NOW + 2 * MINUTE)
        work.rings.end(second, RingOutcome.TALKED, NOW + 5 * MINUTE)
        states(work, second, until=UNTIL, at=NOW + 5 * MINUTE)
        work.claims.end(attempt, Outcome.REACHED, UNTIL, 2, NOW + 6 * MINUTE, "Senior Director")
        (promise,) = work.promises.of_ticket(NUMBER)
        work.promises.close(promise.id, State.BROKEN, UNTIL)
        talked(work, at=UNTIL + MINUTE, rank=2)
    with store.reading() as work:
        assert told(work) == [
            "14:00 escalation 1 began; the caller: +…23",
            "14:00 rang Support Operations Manager, Dana: declined (driving), after 60 s",
            "14:01 rang Support Operations Manager, Dana: talked, after 240 s",
            "14:02 a talk with Support Operations Manager, Dana began",
            "14:05 the talk with Support Operations Manager, Dana ended, after 180 s",
            "14:05 Support Operations Manager, Dana, promised an answer by 2026-11-23 15:00 UTC",
            "14:06 escalation 1 ended: reached, after 360 s",
            "14:06 the cooldown began, until 2026-11-23 15:00 UTC",
            "15:00 Support Operations Manager, Dana, did not keep the promise of an answer by 2026-11-23 15:00 UTC",
            "15:01 escalation 2 began; the caller: +…23",
            "15:01 rang Support Operations Manager, Dana: talked, after 0 s",
            "15:01 a talk with Support Operations Manager, Dana began",
            "15:01 the talk with Support Operations Manager, Dana ended, after 0 s",
            "15:01 escalation 2 ended: reached, after 0 s",
            "15:01 the cooldown began, until 2026-11-23 16:01 UTC",
        ]


def test_an_attempt_under_way_is_told_as_far_as_it_has_come(store: Store) -> None:
    with store.writing() as work:
        ring = begin_ring(work, begin_attempt(work))
        work.rings.accept(ring, "CA-leg", NOW + MINUTE)
        assert told(work) == [
            "14:00 escalation 1 began; the caller: +…23",
            "14:00 rang Support Operations Manager, Dana: still going on",
            "14:01 a talk with Support Operations Manager, Dana began",
        ]


@pytest.mark.parametrize(
    ("terms", "until", "words"),
    [
        (Terms.RESOLVED, None, "called it resolved"),
        (Terms.HANDED_UP, None, "handed up to the next level"),
        (Terms.QUIET, NOW + HOUR, "asked that phones rest until 2026-11-23 15:00 UTC"),
    ],
)
def test_terms_are_told(store: Store, terms: Terms, until: datetime | None, words: str) -> None:
    with store.writing() as work:
        states(work, talked(work, over=False), terms, until, at=NOW + MINUTE)
        assert told(work)[-1] == f"14:01 Support Operations Manager, Dana, {words}"


def test_who_was_passed_over_is_told_with_the_reason(store: Store) -> None:
    with store.writing() as work:
        work.rings.pass_over(
            attempt_id=begin_attempt(work), call_sid="CA1", rank=1, title="Manager", member="Dana", person="dana",
            language="en", why=RingOutcome.OFF_DUTY, at=NOW,
        )  # fmt: skip
        assert told(work)[-1] == "14:00 Manager, Dana, was not rung: off-duty"


def test_what_people_did_to_the_cooldown_and_the_position_is_told(store: Store) -> None:
    with store.writing() as work:
        work.acts.record(
            StoredAct(
                at=NOW, call_sid="CA9", line="+12025550150", person="dana", act=Act.COOLDOWN_LIFTED,
                ticket_number=NUMBER,
            )
        )
        work.acts.record(
            StoredAct(
                at=NOW, call_sid="CA9", line="+12025550150", person="dana", act=Act.CAME_IN, ticket_number=NUMBER
            )
        )
        for minute, kind in enumerate(Intervened, start=1):
            until = NOW + HOUR if kind is Intervened.COOLDOWN_SET else None
            at = NOW + minute * MINUTE
            work.interventions.record(
                Intervention(ticket_number=NUMBER, kind=kind, at=at, by="priya", why="agreed", until=until)
            )
        assert told(work) == [
            "14:00 dana lifted the cooldown",
            "14:01 priya set the cooldown, until 2026-11-23 15:00 UTC (agreed)",
            "14:02 priya lifted the cooldown (agreed)",
            "14:03 de-escalated by priya (agreed); the next escalation begins at the first level",
        ]


def test_refusals_and_letters_are_told(store: Store) -> None:
    with store.writing() as work:
        work.refusals.record("CA1", NUMBER, ("cooling-down", "grace"), NOW + HOUR, NOW)
        for minute, key in enumerate(("sent", "dead", "waiting")):
            body = {"number": NUMBER, "news": "escalation-accepted"}
            work.outbox.add("notice", key, body, NOW + minute * MINUTE)
        text = {"number": NUMBER, "to": "+12025550101"}
        work.outbox.add("text", "ring/1/heads-up", text, NOW + 5 * MINUTE)
        work.outbox.add("notice", "other", {"number": "48299", "news": "escalation-accepted"}, NOW)
        sent, dead, *_ = work.outbox.claim_due(NOW + 2 * MINUTE, HOUR, 9)
        assert (sent.key, dead.key) == ("sent", "other")
        work.outbox.sent(sent.id, NOW + 3 * MINUTE)
        (refused,) = [each for each in work.outbox.about(NUMBER) if each.key == "dead"]
        work.outbox.bury(refused.id, NOW + 4 * MINUTE, "550 no such mailbox +12025550123")
        assert told(work) == [
            "14:00 a caller was refused: cooling-down, grace",
            "14:02 escalation-accepted: not sent yet",
            "14:03 escalation-accepted: sent",
            "14:04 escalation-accepted: given up (550 no such mailbox +…23)",
            "14:05 text/heads-up: not sent yet",
        ]


def test_as_values_an_event_has_what_applies_to_it() -> None:
    event = Event(at=NOW, kind=Kind.RANG, attempt=7, rank=1, title="Director", name="Eve", outcome="busy", seconds=0)
    assert values(event) == {
        "at": "2026-11-23T14:00:00+00:00", "kind": "rang", "attempt": 7, "rank": 1, "title": "Director",
        "name": "Eve", "outcome": "busy", "seconds": 0,
    }  # fmt: skip


def test_every_kind_has_words() -> None:
    assert set(WORDS) == set(Kind)


def test_the_names_of_the_kinds_are_stable() -> None:
    assert {kind.value for kind in Kind} == {
        "refused", "claimed", "rang", "passed-over", "talk-began", "talk-ended", "resolved", "promise-made",
        "handed-up",
        "quiet-asked", "confirmed", "attempt-ended", "cooldown-began", "cooldown-set", "cooldown-lifted",
        "de-escalated", "promise-kept", "promise-broken", "promise-superseded", "promise-gone", "letter-waiting",
        "letter-sent", "letter-dead", "callback-wanted", "callback-answered", "callback-cancelled",
        "callback-not-needed", "callback-given-up", "text-wanted", "told-when-open",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("becomes", "by_text", "kinds"),
    [
        (CallbackState.ANSWERED, False, [Kind.CALLBACK_WANTED, Kind.CALLBACK_ANSWERED]),
        (CallbackState.GIVEN_UP, False, [Kind.CALLBACK_WANTED, Kind.CALLBACK_GIVEN_UP]),
        (CallbackState.TOLD, True, [Kind.TEXT_WANTED, Kind.TOLD_WHEN_OPEN]),
        (None, True, [Kind.TEXT_WANTED]),
    ],
)
def test_what_became_of_a_customer_who_waits_to_be_called_or_told(
    store: Store, becomes: CallbackState | None, by_text: bool, kinds: list[Kind]
) -> None:
    with store.writing() as work:
        made = work.callbacks.ask(
            ticket_number=NUMBER, call_sid="CA1", line="+12025550150", number="+12025550123", language="en", at=NOW,
            until=NOW + 24 * HOUR, due_at=NOW + HOUR, by_text=by_text,
        )  # fmt: skip
        assert made is not None
        if becomes is not None:
            work.callbacks.close(made, becomes, NOW + HOUR)
        events = timeline(history(work, NUMBER))

    assert [event.kind for event in events] == kinds
    assert {event.who for event in events} == {"+…23"}


@pytest.mark.parametrize("state", [State.KEPT, State.BROKEN, State.SUPERSEDED, State.GONE])
def test_what_became_of_a_promise_is_told(store: Store, state: State) -> None:
    names: dict[Any, str] = {each: f"promise-{each.value}" for each in State}
    with store.writing() as work:
        states(work, talked(work))
        (promise,) = work.promises.of_ticket(NUMBER)
        work.promises.close(promise.id, state, UNTIL)
        last = timeline(history(work, NUMBER))[-1]
    assert (last.kind.value, last.at, last.name, last.until) == (names[state], UNTIL, "Dana", UNTIL)
