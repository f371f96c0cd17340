"""Somebody asks at a terminal who is on duty, and puts somebody else in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from db import migrate
from db.engine import open_engine
from db.unit_of_work import Store
from ivr.cli import main
from tests.db.samples import NOW
from tests.ivr.routing_file.desk import changed, routing
from tests.ivr.routing_file.test_schedules import ON_DUTY

OFFICE = changed(
    "ladders:\n",
    """\
  office:
    name: Office hours
    time_zone: Europe/Berlin
    rotations:
      - people: [jane]
        every: daily
        start: 2026-11-02
        hand_over: "00:00"
        hours: {monday: "09:00-17:00", tuesday: "09:00-17:00"}

ladders:
""",
    changed("members: [jane]", "members: [office]", ON_DUTY).replace('"09:00"\n\nladders', '"09:00"\nladders'),
)
HEAD = "At 2026-11-23 09:00 (America/New_York):"
SHIFT = "shift: Jane Doe (jane), until 2026-11-30 09:00"
"""Monday, 23 November 2026, 09:00 in New York: the fourth turn of two people has just begun."""


@pytest.fixture
def ivr(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "Iterator[Desk]":
    """A line with two schedules, at a terminal at which dana is logged in."""
    url = f"sqlite:///{tmp_path}/line.db"
    migrate.upgrade(url)
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setenv("USER", "dana")
    monkeypatch.setattr("ivr.commands.oncall_desk.wall_clock", lambda: NOW)
    store = Store(open_engine(url))
    with store.writing() as work:
        work.routing.publish(routing(OFFICE), "dana", "", NOW)
    yield Desk(store)
    store.close()


class Desk:
    """Somebody at a terminal, and the books behind it."""

    def __init__(self, store: Store) -> None:
        self.store = store

    def types(self, *words: str) -> Result:
        """Run `ivr oncall`; a traceback fails the test."""
        return CliRunner().invoke(main, ["oncall", *words], catch_exceptions=False)

    def reads(self, *words: str) -> list[str]:
        """What a command that goes well prints."""
        result = self.types(*words)
        assert (result.exit_code, result.stderr) == (0, "")
        return result.stdout.splitlines()

    def is_refused(self, *words: str) -> str:
        """What a command says that cannot be carried out; it changes nothing."""
        before = self.overrides()
        result = self.types(*words)
        assert (result.exit_code, result.stdout) == (2, "")
        assert self.overrides() == before
        return result.stderr

    def overrides(self) -> list[tuple[str, str | None]]:
        with self.store.reading() as work:
            return [(each.schedule, each.person) for each in work.overrides.all(NOW)]


def test_who_is_on_duty_now(ivr: Desk) -> None:
    assert ivr.reads("who") == [
        HEAD,
        SHIFT,
        "office, Office hours: Jane Doe (jane), until 2026-11-23 17:00",
        "line +12025550150: mails go to Jane Doe (jane)",
    ]


@pytest.mark.parametrize("at", ["2026-12-24 18:00", "2026-12-24T18:00", "2026-12-24T23:00Z", "2026-12-25T00:00+01:00"])
def test_who_is_on_duty_at_christmas(ivr: Desk, at: str) -> None:
    assert ivr.reads("who", "--at", at) == [
        "At 2026-12-24 18:00 (America/New_York):",
        "shift: Jane Doe (jane), until 2026-12-28 09:00",
        "office, Office hours: nobody, until 2026-12-28 09:00",
        "line +12025550150: mails go to Jane Doe (jane)",
    ]


def test_one_schedule_only(ivr: Desk) -> None:
    assert ivr.reads("who", "--schedule", "office") == [
        HEAD, "office, Office hours: Jane Doe (jane), until 2026-11-23 17:00",
    ]  # fmt: skip
    assert ivr.reads("who", "--schedule", "shift") == [HEAD, SHIFT, "line +12025550150: mails go to Jane Doe (jane)"]


@pytest.mark.parametrize("at", ["tomorrow", "2026-02-30 18:00", "25:00", "", "9999-12-31T23:59-12:00x"])
def test_a_time_that_is_none(ivr: Desk, at: str) -> None:
    said = ivr.is_refused("who", "--at", at or " ")
    assert said.startswith(f"ivr: {at or ' '!r} is no time; write it as \"2026-12-24 18:00\" (America/New_York) or ")


@pytest.mark.parametrize("at", ["0001-01-01", "9999-12-31"])
def test_a_time_at_the_ends_of_all_calendars(ivr: Desk, at: str) -> None:
    assert "is no time" in ivr.is_refused("who", "--at", at)


def test_a_schedule_that_is_none(ivr: Desk) -> None:
    assert ivr.is_refused("who", "--schedule", "shfit") == (
        "ivr: shfit is not among the schedules; did you mean shift?\n"
    )


def test_shifts_and_gaps_of_a_few_days(ivr: Desk) -> None:
    ivr.reads("override", "add", "shift", "sam", "--from", "2026-11-24 12:00", "--until", "2026-11-24 18:00",
              "--why", "dentist")  # fmt: skip
    assert ivr.reads("shifts", "--to", "2026-11-25", "--schedule", "shift") == [
        "shift (America/New_York):",
        "  2026-11-23 09:00 to 2026-11-24 12:00  Jane Doe (jane)",
        "  2026-11-24 12:00 to 2026-11-24 18:00  Sam Keller (sam)  (override 1, dana: dentist)",
        "  2026-11-24 18:00 to 2026-11-25 00:00  Jane Doe (jane)",
    ]
    assert ivr.reads("shifts", "--from", "2026-11-24 12:00", "--to", "2026-11-27", "--schedule", "office") == [
        "office (Europe/Berlin):",
        "  2026-11-24 12:00 to 2026-11-24 17:00  Jane Doe (jane)",
        "  2026-11-24 17:00 to 2026-11-27 00:00  nobody",
    ]


def test_gaps_are_told_with_an_exit_code(ivr: Desk) -> None:
    assert ivr.reads("gaps", "--schedule", "shift") == ["Somebody is on duty all the time."]
    result = ivr.types("gaps", "--to", "2026-11-25")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "office: nobody from 2026-11-23 17:00 to 2026-11-24 09:00 (Europe/Berlin)",
        "office: nobody from 2026-11-24 17:00 to 2026-11-25 00:00 (Europe/Berlin)",
    ]


def test_somebody_is_put_in_and_taken_out_again(ivr: Desk) -> None:
    told = "1  shift  Sam Keller (sam)  2026-11-23 09:00 to 2026-11-24 08:00  (dana)"
    assert ivr.reads("override", "add", "shift", "sam", "--until", "2026-11-24 08:00") == [told]
    assert ivr.reads("override", "list") == [told]
    assert ivr.reads("override", "list", "--schedule", "office") == ["Nobody is put in by hand."]
    assert ivr.reads("who", "--schedule", "shift")[1] == "shift: Sam Keller (sam), until 2026-11-24 08:00"
    assert ivr.reads("override", "remove", "1") == [f"Taken out: {told}"]
    assert ivr.reads("who", "--schedule", "shift")[1] == SHIFT
    assert ivr.is_refused("override", "remove", "1") == (
        "ivr: there is no override 1 set by hand; `ivr oncall override list` shows all\n"
    )


def test_nobody_is_put_in(ivr: Desk) -> None:
    ivr.reads("override", "add", "shift", "nobody", "--until", "2026-11-24 08:00")
    assert ivr.reads("who", "--schedule", "shift") == [
        HEAD,
        "shift: nobody, until 2026-11-24 08:00",
        "line +12025550150: mails go to Sam Keller (sam) (nobody who can be mailed is on duty on shift)",
    ]


def test_overlapping_overrides_are_refused_and_both_are_named(ivr: Desk) -> None:
    ivr.reads("override", "add", "shift", "sam", "--until", "2026-11-24 08:00", "--why", "dentist")
    refused = ivr.is_refused("override", "add", "shift", "jane", "--from", "2026-11-24 07:59", "--until", "2026-11-25")
    assert refused.splitlines() == [
        "ivr: Jane Doe (jane) cannot be put in from 2026-11-24 07:59 to 2026-11-25 00:00; nothing is changed",
        "ivr: at that time stands: 1  shift  Sam Keller (sam)  2026-11-23 09:00 to 2026-11-24 08:00  (dana: dentist)",
        "ivr: `ivr oncall override remove 1` takes that one out.",
    ]
    ivr.reads("override", "add", "shift", "jane", "--from", "2026-11-24 08:00", "--until", "2026-11-25")


@pytest.mark.parametrize(
    ("words", "why"),
    [
        pytest.param(["shift", "kim", "--until", "2026-11-25"], "kim is not among the people", id="nobody we know"),
        pytest.param(["nights", "sam", "--until", "2026-11-25"], "nights is not among the schedules", id="no schedule"),
        pytest.param(["shift", "sam", "--until", "2026-11-23 09:00"], "must end after it starts", id="over already"),
        pytest.param(
            ["shift", "sam", "--from", "2026-11-25", "--until", "2026-11-24"], "end after it starts", id="backwards"
        ),
        pytest.param(["shift", "sam", "--until", "later"], "'later' is no time", id="no time"),
    ],
)
def test_somebody_who_cannot_be_put_in(ivr: Desk, words: list[str], why: str) -> None:
    assert why in ivr.is_refused("override", "add", *words)


def test_two_people_swap_their_weeks(ivr: Desk) -> None:
    assert ivr.reads("swap", "shift", "2026-11-25", "2026-12-01", "--why", "wedding") == [
        "1  shift  Sam Keller (sam)  2026-11-23 09:00 to 2026-11-30 09:00  (dana: wedding)",
        "2  shift  Jane Doe (jane)  2026-11-30 09:00 to 2026-12-07 09:00  (dana: wedding)",
    ]
    assert ivr.reads("who", "--schedule", "shift")[1] == "shift: Sam Keller (sam), until 2026-11-30 09:00"
    refused = ivr.is_refused("swap", "shift", "2026-11-25", "2026-12-08")
    assert "at that time stands: 1  shift" in refused


@pytest.mark.parametrize(
    ("words", "why"),
    [
        pytest.param(["shift", "2026-11-25", "2026-12-08"], "jane has both of these shifts", id="with oneself"),
        pytest.param(["office", "2026-11-25 12:00", "2026-11-24 12:00"], "nobody is on duty at 2026-11-25 12:00",
                     id="in a gap"),
    ],
)  # fmt: skip
def test_shifts_that_cannot_be_swapped(ivr: Desk, words: list[str], why: str) -> None:
    assert ivr.is_refused("swap", *words) == f"ivr: these shifts cannot be swapped: {why}\n"


def test_a_line_on_which_nothing_is_published(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/empty.db"
    migrate.upgrade(url)
    result = CliRunner().invoke(main, ["oncall", "who", "--database-url", url], catch_exceptions=False)
    assert (result.exit_code, result.stderr.splitlines()[0]) == (2, "ivr: nothing is published yet")
