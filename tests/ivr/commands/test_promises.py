"""What an operator sees of promises, of a ticket's timeline, and of its way back to the first level."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from db.engine import open_engine
from db.unit_of_work import Store
from flows.rules.promise import State
from flows.ticket import Status
from ivr.cli import main
from ivr.clock import wall_clock
from ivr.routing_file.ticket_csv import TEMPLATE
from tests.db.samples import HOUR
from tests.ivr.line.promise_stories import NUMBER, company, states, talked


@pytest.fixture
def store(database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """The database that the commands are pointed at, with the demo company."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    opened = Store(open_engine(database_url))
    company(opened)
    yield opened
    opened.close()


def types(*words: str) -> Result:
    """Run a command; a traceback fails the test."""
    return CliRunner().invoke(main, words, catch_exceptions=False)


def promised(store: Store, state: State, *, ago: timedelta = HOUR, number: str = NUMBER, person: str = "dana") -> None:
    """Somebody promised an answer within half an hour, and this became of it."""
    at = wall_clock() - ago
    with store.writing() as work:
        ring = talked(work, at=at, number=number, over=True)
        made = work.promises.make(number, work.attempts.of_ticket(number)[0].id, ring, person, at, at + HOUR / 2)
        if state is not State.OPEN:
            work.promises.close(made, state, at + HOUR / 2)


def test_without_promises_there_is_nothing_to_list(store: Store) -> None:
    assert types("promises", "list").stdout == "No promises yet.\n"
    assert types("promises", "list", "--json").stdout == "[]\n"
    assert types("promises", "report").stdout.splitlines()[-1].split() == ["everybody", "0", "0", "0", "0", "0"]


def test_promises_are_listed_the_newest_first(store: Store) -> None:
    promised(store, State.KEPT, ago=3 * HOUR, number="1")
    promised(store, State.OPEN, number="2")
    lines = types("promises", "list").stdout.splitlines()
    assert [line.split()[1] for line in lines] == ["2", "1"]
    assert [" kept " in line for line in lines] == [False, True]
    newest = json.loads(types("promises", "list", "--json", "--most", "1").stdout)
    assert [(each["ticket"], each["state"], each["settled_at"]) for each in newest] == [("2", "open", None)]


def test_promises_are_counted_by_person_and_in_total(store: Store) -> None:
    promised(store, State.KEPT, number="1")
    promised(store, State.BROKEN, number="2", person="marcus")
    promised(store, State.SUPERSEDED, number="3", person="marcus")
    promised(store, State.KEPT, ago=timedelta(days=40), number="4")
    head, *rows = types("promises", "report").stdout.splitlines()
    assert [row.split() for row in rows] == [
        ["dana", "1", "1", "0", "0", "0"],
        ["marcus", "2", "0", "1", "0", "1"],
        ["everybody", "3", "1", "1", "0", "1"],
    ]
    assert head.split() == ["person", "made", "kept", "broken", "open", "void"]
    counted = json.loads(types("promises", "report", "--json", "--days", "60").stdout)
    assert counted["days"] == 60
    assert counted["total"] == {"kept": 2, "broken": 1, "open": 0, "void": 1, "made": 4}
    assert [each["person"] for each in counted["people"]] == ["dana", "marcus"]


def test_a_timeline_in_words_and_in_values(store: Store) -> None:
    promised(store, State.BROKEN)
    lines = types("tickets", "timeline", NUMBER).stdout.splitlines()
    assert lines[0].endswith("escalation 1 began; the caller: +…23")
    assert any("did not keep the promise" in line for line in lines)
    events = json.loads(types("tickets", "timeline", NUMBER, "--json").stdout)
    assert events[0]["kind"] == "claimed"
    assert {"promise-made", "promise-broken", "rang", "talk-ended"} <= {event["kind"] for event in events}


def test_a_ticket_nobody_has_heard_of_has_no_timeline(store: Store) -> None:
    assert types("tickets", "timeline", "999").stdout == "Nothing has happened about a ticket 999 yet.\n"
    assert types("tickets", "timeline", "999", "--json").stdout == "[]\n"


def test_de_escalating_by_hand_is_told_in_the_timeline(store: Store) -> None:
    promised(store, State.KEPT)
    done = types("tickets", "deescalate", NUMBER, "--why", "agreed by mail", "--by", "priya")
    assert done.stdout == f"The next escalation of ticket {NUMBER} begins at the first level.\n"
    with store.reading() as work:
        assert work.claims.standing(NUMBER).last_talked == 0
    last = types("tickets", "timeline", NUMBER).stdout.splitlines()[-1]
    assert last.endswith("de-escalated by priya (agreed by mail); the next escalation begins at the first level")


def test_de_escalating_needs_a_reason_and_something_to_lower(store: Store) -> None:
    assert types("tickets", "deescalate", NUMBER).exit_code == 2
    refused = types("tickets", "deescalate", NUMBER, "--why", "agreed")
    assert refused.exit_code != 0
    assert "begins at the first level anyway" in refused.stderr


def test_a_ticket_that_is_imported_as_closed_begins_anew(store: Store, tmp_path: Path) -> None:
    head, example = TEMPLATE.splitlines()[:2]
    columns = dict(zip(head.split(","), example.split(","), strict=True))
    columns["status"] = Status.CLOSED.value
    with store.writing() as work:
        states(work, talked(work, number=columns["number"]))
    mine = tmp_path / "mine.csv"
    mine.write_text(f"{head}\n{','.join(columns.values())}\n", encoding="utf-8")
    assert types("tickets", "import", str(mine)).exit_code == 0
    with store.reading() as work:
        assert work.claims.standing(columns["number"]).last_talked == 0
