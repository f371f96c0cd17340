"""What an operator sees of customers who wait to be called back, or told when escalation opens."""

from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result

from db.engine import open_engine
from db.unit_of_work import Store
from ivr.cli import main
from tests.db.samples import HOUR, NOW


@pytest.fixture
def store(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The database that the commands are pointed at."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    opened = Store(open_engine(sqlite_url))
    yield opened
    opened.close()


def types(*words: str) -> Result:
    """Run a command; a traceback fails the test."""
    return CliRunner().invoke(main, words, catch_exceptions=False)


def waits(store: Store, *, ticket: str = "48213", by_text: bool = False) -> int:
    """A customer waits."""
    with store.writing() as work:
        made = work.callbacks.ask(
            ticket_number=ticket, call_sid="CA1", line="+12025550150", number="+12025550123", language="en", at=NOW,
            until=NOW + 24 * HOUR, due_at=NOW + HOUR, by_text=by_text,
        )  # fmt: skip
    assert made is not None
    return made


def test_when_nobody_waits_that_is_said(store: Store) -> None:
    assert types("callbacks", "list").stdout == "Nobody waits to be called back.\n"


def test_who_waits_is_listed_without_a_whole_number(store: Store) -> None:
    waits(store)
    waits(store, ticket="48214", by_text=True)

    by_call, by_text = types("callbacks", "list").stdout.splitlines()

    assert "ticket 48213  ...23  waiting  rung 0 times  next" in by_call
    assert "ticket 48214  ...23  waiting  wants a text  next" in by_text


def test_one_that_is_cancelled_is_listed_no_more(store: Store) -> None:
    made = waits(store)

    assert types("callbacks", "cancel", str(made)).stdout == f"Callback {made} is cancelled.\n"
    assert types("callbacks", "list").stdout == "Nobody waits to be called back.\n"


@pytest.mark.parametrize("twice", [False, True], ids=["never asked for", "cancelled before"])
def test_one_that_nobody_waits_for_is_a_sentence(store: Store, twice: bool) -> None:
    number = str(waits(store)) if twice else "7"
    if twice:
        types("callbacks", "cancel", number)

    refused = types("callbacks", "cancel", number)

    assert refused.exit_code == 2
    assert f"nobody waits under the number {number}; `ivr callbacks list` shows who does" in refused.stderr
