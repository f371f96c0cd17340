"""Facts: whatever is written about a ticket is found, told once to whoever wants it, in the order it happened."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from db.repositories.acts import Act, StoredAct
from db.repositories.interventions import Intervention
from db.repositories.interventions import Kind as Done
from db.repositories.webhook_deliveries import Delivery
from db.unit_of_work import Store, Work
from flows.rules.cooldown import Outcome
from flows.rules.ring_outcome import RingOutcome
from flows.wrap_up import Terms
from ivr.line.facts import KINDS, TOLD_WITHIN, FactDesk
from ivr.line.privacy import Retention
from tests.db.samples import HOUR, LINE, MINUTE, NOW, begin_attempt, begin_ring
from tests.ivr.line.promise_stories import NUMBER, company, states, talked

BEFORE = NOW - HOUR


@pytest.fixture
def line(store: Store) -> Store:
    """The demo company, whose customer has called once; one program listens since an hour before."""
    company(store)
    listens(store, "bridge")
    return store


def listens(store: Store, name: str, *kinds: str) -> int:
    with store.writing() as work:
        return work.webhooks.add(name=name, url="https://hooks.example/in", secret="locked", kinds=frozenset(kinds),
                                 by="olga", at=BEFORE)


def looked(store: Store) -> int:
    """The worker looks until there is nothing left to look at; at how many tickets it looked."""
    desk, seen = FactDesk(store, lambda: NOW), 0
    while found := desk.run_once():
        seen += found
    return seen


def put_in(store: Store, webhook: int = 1) -> list[Delivery]:
    with store.reading() as work:
        return work.webhook_deliveries.waiting(webhook, 100)


def told(store: Store, webhook: int = 1) -> list[str]:
    return [json.loads(each.body)["type"].removeprefix("escalation.") for each in put_in(store, webhook)]


def test_an_escalation_is_told_as_it_happened_and_once(line: Store) -> None:
    with line.writing() as work:
        attempt = begin_attempt(work)
        ring = begin_ring(work, attempt)
    assert looked(line) == 1
    assert told(line) == ["claimed", "rang"]
    with line.writing() as work:
        work.rings.accept(ring, "CA-leg", NOW + MINUTE)
        work.rings.end(ring, RingOutcome.TALKED, NOW + 3 * MINUTE)
        work.claims.end(attempt, Outcome.REACHED, NOW + HOUR, 1, NOW + 3 * MINUTE, "Support Operations Manager")
    assert looked(line) == 1

    assert told(line) == ["claimed", "rang", "rang", "talk-began", "talk-ended", "attempt-ended", "cooldown-began"]
    assert len({each.key for each in put_in(line)}) == 7
    assert [each.ticket_number for each in put_in(line)] == [NUMBER] * 7
    assert json.loads(put_in(line)[5].body) == {
        "type": "escalation.attempt-ended",
        "timestamp": "2026-11-23T14:03:00+00:00",
        "data": {"ticket": NUMBER, "attempt": attempt, "level": 1, "title": "Support Operations Manager",
                 "outcome": "reached", "seconds": 180},
    }
    assert looked(line) == 0
    assert len(put_in(line)) == 7, "nothing else"


WRITTEN: dict[str, Callable[[Work], object]] = {
    "refused": lambda work: work.refusals.record("CA1", NUMBER, ("grace",), NOW + HOUR, NOW),
    "promise-made": lambda work: states(work, talked(work)),
    "quiet-asked": lambda work: states(work, talked(work), Terms.QUIET, NOW + HOUR),
    "de-escalated": lambda work: work.interventions.record(
        Intervention(ticket_number=NUMBER, kind=Done.DE_ESCALATED, at=NOW, by="sam", why="agreed")
    ),
    "cooldown-lifted": lambda work: work.acts.record(
        StoredAct(at=NOW, call_sid="CAm", line=LINE.number, person="dana", act=Act.COOLDOWN_LIFTED,
                  ticket_number=NUMBER)
    ),
    "callback-wanted": lambda work: work.callbacks.ask(
        ticket_number=NUMBER, call_sid="CA1", line=LINE.number, number="+12025550123", language="en", at=NOW,
        until=NOW + HOUR, due_at=NOW, by_text=False,
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", WRITTEN)
def test_whatever_is_written_is_found(line: Store, kind: str) -> None:
    with line.writing() as work:
        WRITTEN[kind](work)
    looked(line)

    assert kind in told(line)
    assert "+12025550123" not in "".join(each.body for each in put_in(line)), "numbers are masked"


def test_what_is_undone_is_not_told(line: Store) -> None:
    with suppress(RuntimeError), line.writing() as work:
        begin_attempt(work)
        raise RuntimeError("the turn fails")

    assert looked(line) == 0
    assert told(line) == []


def test_nobody_listens_and_nothing_is_noted(store: Store) -> None:
    company(store)
    with store.writing() as work:
        begin_attempt(work)

    assert looked(store) == 0


def test_each_program_is_told_what_it_wants_from_when_it_was_made(line: Store) -> None:
    picky, late = listens(line, "picky", "refused", "promise-made"), listens(line, "late")
    with line.writing() as work:
        work.webhooks.turn_off(late, NOW)
        work.webhooks.turn_on(late, NOW + 2 * MINUTE)
        begin_attempt(work)
        work.refusals.record("CA1", NUMBER, ("being-rung",), NOW + HOUR, NOW + MINUTE)
        work.refusals.record("CA1", NUMBER, ("being-rung",), NOW + HOUR, NOW + 3 * MINUTE)
    looked(line)

    assert told(line) == ["claimed", "refused", "refused"]
    assert told(line, picky) == ["refused", "refused"]
    assert told(line, late) == ["refused"]


def test_what_was_told_long_ago_and_forgotten_is_not_told_again(line: Store) -> None:
    later = NOW + TOLD_WITHIN + HOUR
    with line.writing() as work:
        begin_attempt(work)
        work.refusals.record("CA1", NUMBER, ("being-rung",), None, later)
    FactDesk(line, lambda: later).run_once()

    assert told(line) == ["refused"]


def test_facts_are_forgotten_with_the_calls_but_not_while_they_could_be_found_again(line: Store) -> None:
    with line.writing() as work:
        begin_attempt(work)
    looked(line)
    day = timedelta(days=1)

    Retention(line, lambda: NOW + 2 * TOLD_WITHIN, day).run_once()
    assert told(line) == ["claimed"]
    Retention(line, lambda: NOW + 2 * TOLD_WITHIN + day, day).run_once()
    assert told(line) == []


def test_a_promise_keeps_its_name_when_its_ring_is_too_old_to_be_told(
    line: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with line.writing() as work:
        states(work, talked(work))
    looked(line)
    before = told(line).count("promise-made")
    with line.writing() as work:
        begin_attempt(work, at=NOW + 2 * HOUR)
    monkeypatch.setattr("db.history.MOST", 1)
    looked(line)

    assert (before, told(line).count("promise-made")) == (1, 1)


def test_letters_are_no_facts_and_readme_names_the_others() -> None:
    assert not [kind for kind in KINDS if kind.startswith("letter")]
    assert len(KINDS) == 27
    readme = (Path(__file__).parents[3] / "README.md").read_text(encoding="utf-8")
    assert [kind for kind in KINDS if f"`{kind}`" not in readme] == []


def test_a_thousand_notes_about_a_few_tickets_are_a_few_looks(line: Store) -> None:
    with line.writing() as work:
        for number in range(300):
            for ticket in ("1001", "1002", "1003"):
                work.refusals.record("CA1", ticket, ("grace",), None, NOW + timedelta(seconds=number))

    assert looked(line) < 20
    assert len({each.key for each in put_in(line)}) == 100, "asked for a hundred of them"
