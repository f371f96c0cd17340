"""The claim decides in SQL what flows' rule says in Python: the two must never differ."""

from datetime import datetime
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert

from db.engine import open_engine
from db.models import StandingRow, table
from db.repositories.claims import Won
from db.unit_of_work import Store
from flows.rules.cooldown import Standing, closed_until
from tests.db.samples import HOUR, MINUTE, NOW, TERMS

NEAR = st.one_of(st.none(), st.integers(-3, 3).map(lambda minutes: NOW + minutes * MINUTE))
STANDINGS = st.builds(
    Standing, leased_until=NEAR, quiet_until=NEAR, window_opens_at=NEAR, promised_at=NEAR, promised_until=NEAR
)
numbers = count(1)


def remember(url: str, number: str, standing: Standing) -> None:
    """Put a standing into the books, however it came about."""
    row = {name: getattr(standing, name) for name in Standing.__dataclass_fields__}
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(insert(table(StandingRow)), {**row, "ticket_number": number, "attempts": 1})
    engine.dispose()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=100, deadline=None)
@given(standing=STANDINGS, updated=st.integers(-3, 3).map(lambda minutes: NOW + minutes * MINUTE))
def test_a_claim_is_won_exactly_when_nothing_stands_against_it(
    store: Store, database_url: str, standing: Standing, updated: datetime
) -> None:
    number = f"ticket-{next(numbers)}"
    remember(database_url, number, standing)
    with store.writing() as work:
        answer = work.claims.claim(number, "CA1", NOW, NOW + HOUR, TERMS, updated)
    open_by_rule = closed_until(standing, updated, NOW) is None
    assert isinstance(answer, Won) is open_by_rule
    assert isinstance(answer, Won) or answer == standing
