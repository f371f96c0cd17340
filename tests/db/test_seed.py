"""The demo company: whenever it is seeded, each ticket is there for its own reason."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import seed
from db.unit_of_work import Store
from flows.routing import Routing
from flows.rules.eligibility import Reason, evaluate
from flows.ticket import Ticket
from tests.db.anything import INSTANTS
from tests.db.samples import HOUR, NOW

CHRISTMAS = {"US": frozenset({datetime(2026, 12, 25, tzinfo=NOW.tzinfo).date()})}
REFUSED = {
    "48214": Reason.GRACE,
    "48215": Reason.WAITING_FOR_REQUESTER,
    "48216": Reason.NOT_ALLOWED,
    "48217": Reason.GUARANTEED_RESPONSE,
    "48218": Reason.CLOSED,
    "48219": Reason.OTHER_PATH,
}


def spoken(ticket: Ticket, now: datetime) -> Reason | None:
    """Why this ticket may not be escalated now."""
    terms = seed.ROUTING.terms(ticket.program, ticket.severity, CHRISTMAS)
    verdict = evaluate(ticket, terms, seed.ROUTING.other_paths.get(ticket.product), now)
    return verdict.spoken.reason if verdict.spoken else None


@given(now=INSTANTS, later=st.timedeltas(timedelta(0), timedelta(minutes=20)))
def test_at_any_hour_of_any_day_each_ticket_tells_its_own_story(now: datetime, later: timedelta) -> None:
    told = {ticket.number: spoken(ticket, now + later) for ticket in seed.tickets(now)}
    assert told == {"48213": None, **REFUSED}


def test_the_company_can_be_seeded_again(store: Store) -> None:
    seed.demo(store, NOW)
    seed.demo(store, NOW + 24 * HOUR)
    with store.reading() as work:
        assert work.routing.current() == (1, seed.ROUTING)
        assert [work.tickets.find(ticket.number) for ticket in seed.tickets(NOW)] == list(seed.tickets(NOW + 24 * HOUR))


def test_a_published_change_is_taken_back(store: Store) -> None:
    seed.demo(store, NOW)
    with store.writing() as work:
        work.routing.publish(Routing(lines=(), people={}, programs={}, ladders=()), "dana", "empty", NOW)
    seed.demo(store, NOW)
    with store.reading() as work:
        assert work.routing.current() == (3, seed.ROUTING)


@pytest.mark.parametrize("ticket", seed.tickets(NOW), ids=lambda ticket: str(ticket.number))
def test_the_story_told_at_the_start_names_every_ticket(ticket: Ticket) -> None:
    assert ticket.number in seed.STORY


def test_the_ladder_is_the_two_phones_of_the_demo(store: Store) -> None:
    ticket = seed.tickets(NOW)[0]
    levels = seed.ROUTING.ladder(ticket, CHRISTMAS).levels
    assert [(level.title, level.members[0].number) for level in levels] == [
        ("Support Operations Manager", "+12025550101"), ("Senior Director of Support", "+12025550102"),
    ]
    assert all(level.titles.keys() == {"de", "ru"} for level in levels)
