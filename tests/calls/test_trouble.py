"""When something of ours is broken the caller hears a sentence and the duty phone rings: never a 500, or silence."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from db.engine import PATIENCE
from flows.caller import asking
from tests.calls.stage import CONTACT, LEVEL_1, LINE, Stage, on_stage
from tests.db.servers import PostgresServer


@pytest.fixture
def stage(database_url: str, ring_mode: str) -> Iterator[Stage]:
    """Here the line has no more patience with its database than it has in the world."""
    with on_stage(database_url, ring_mode=ring_mode, patience=PATIENCE) as told:
        yield told


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Somebody else holds the whole database."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(make_url(url).database or "", isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE").close()
            yield
            other.rollback()
    else:
        with psycopg.connect(url) as other:
            other.execute("LOCK TABLE calls, turns, standings IN ACCESS EXCLUSIVE MODE")
            yield


def test_a_locked_database_puts_the_caller_through_to_the_duty_phone(stage: Stage, database_url: str) -> None:
    with locked(database_url):
        stage.caller.dial(LINE)
        stage.caller.hears("Something went wrong on our side")
        stage.duty.rings()
    stage.duty.answer()
    stage.caller.talks_to(stage.duty)
    stage.duty.hang_up()
    stage.caller.hears("Thank you for calling. Goodbye")
    stage.caller.call_ends()
    stage.ends(mails=0)


def test_a_database_that_is_locked_in_the_middle_of_a_call(stage: Stage, database_url: str) -> None:
    stage.calls_in_english()
    with locked(database_url):
        stage.caller.press("48213#")
        stage.duty.rings()
    stage.duty.decline()
    stage.caller.hears("The duty phone did not answer")
    stage.caller.call_ends()
    stage.ends(mails=0)


def test_an_sqlite_database_that_is_gone(sqlite_url: str) -> None:
    with on_stage(sqlite_url) as stage:
        stage.line.parts.store.close()
        path = Path(make_url(sqlite_url).database or "")
        path.rename(path.with_suffix(".gone"))
        path.mkdir()
        goes_to_the_duty_phone(stage)


def test_a_postgresql_database_that_is_gone(postgresql: PostgresServer) -> None:
    url = postgresql.create()
    with on_stage(url) as stage:
        postgresql.drop(url)
        goes_to_the_duty_phone(stage)


def goes_to_the_duty_phone(stage: Stage) -> None:
    stage.caller.dial(LINE)
    stage.caller.hears("Something went wrong on our side")
    stage.duty.rings()
    stage.caller.hang_up()
    stage.exchange.expect_alert(15003)
    stage.exchange.nothing_else_happens()


def test_a_step_that_fails_ends_in_a_safe_document(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.calls_in_english()
    monkeypatch.setattr(asking, "decide", lambda *_: 1 / 0)
    stage.caller.press("48213#")
    stage.caller.hears("I am putting you through to the duty phone")
    stage.duty.rings()
    stage.caller.hang_up()
    stage.ends(mails=0)


def test_a_manager_whose_conversation_fails_is_not_bridged(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.escalates()
    stage.level_1.rings()
    with monkeypatch.context() as broken:
        broken.setattr("flows.call_screening.ask", lambda *_, **__: 1 / 0)
        stage.level_1.answer()
        stage.level_1.hears("Something went wrong on our side")
        stage.level_1.call_ends()
    stage.level_2.rings()
    stage.caller.hang_up()

    assert [outcome for _, outcome in stage.rings()] == ["not-accepted", "caller-left"]
    stage.ends(mails=1)


def test_a_number_that_may_not_be_dialled_is_passed_over(stage: Stage) -> None:
    premium = "+19005550199"
    routing_with(stage, level_1_number=premium)
    stage.escalates()
    stage.level_2.rings()
    stage.caller.hang_up()

    assert [outcome for _, outcome in stage.rings()] == ["not-allowed", "caller-left"]
    stage.ends(mails=1)


@pytest.mark.parametrize("number", [LINE, CONTACT], ids=["the line's own", "the caller's"])
def test_the_line_never_rings(stage: Stage, number: str) -> None:
    routing_with(stage, level_1_number=number)
    stage.escalates()
    stage.level_2.rings()
    stage.caller.hang_up()

    assert len(stage.rings()) == 1
    stage.ends(mails=1)


def routing_with(stage: Stage, *, level_1_number: str) -> None:
    """Publish the same routing with another phone on Level 1."""
    with stage.line.parts.store.writing() as work:
        _, routing = work.routing.current()
        people = {
            key: replace(person, phones=(level_1_number,)) if LEVEL_1 in person.phones else person
            for key, person in routing.people.items()
        }
        work.routing.publish(replace(routing, people=people), by="test", note="", at=stage.exchange.now())
