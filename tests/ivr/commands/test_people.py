"""PINs from the command line: made up and shown once, refused where easy, taken away, listed."""

import re
from datetime import timedelta

import pytest
from click.testing import CliRunner, Result

from db import seed
from db.unit_of_work import Store
from flows.turn import CheckPin
from ivr.cli import main
from ivr.clock import wall_clock
from ivr.line.pins import PinDesk

DANA = seed.LEVEL_1


@pytest.fixture(autouse=True)
def _company(store: Store) -> None:
    """The demo company is published."""
    seed.demo(store, wall_clock())


def ivr(url: str, *words: str, typed: str = "") -> Result:
    """Run `ivr people pin` with ``typed`` on the keyboard."""
    return CliRunner().invoke(
        main, ["people", "pin", *words, "--database-url", url], input=typed, catch_exceptions=False
    )


def opens(store: Store, pin: str) -> bool:
    """Whether it is Dana's PIN now."""
    return PinDesk(store).check(CheckPin(people=(DANA,), keys=pin)).person == DANA


def test_a_pin_is_made_up_and_shown_once(store: Store, database_url: str) -> None:
    result = ivr(database_url, "set", DANA, "--by", "priya")

    told = re.fullmatch(r"The PIN of Dana Whitfield: (\d{6})\n", result.output)
    assert told is not None
    assert opens(store, told[1])
    listed = ivr(database_url, "list")
    assert "by priya" in listed.output
    assert told[1] not in listed.output


def test_a_pin_of_ones_own_is_asked_for_unseen(store: Store, database_url: str) -> None:
    result = ivr(database_url, "set", DANA, "--ask", typed="730418\n730418\n")

    assert result.exit_code == 0
    assert "730418" not in result.output
    assert result.output.endswith("Dana Whitfield has a new PIN.\n")
    assert opens(store, "730418")


@pytest.mark.parametrize(
    ("typed", "because"),
    [("123456", "it counts up or down"), ("550101", "end of this person's phone number"), ("73041", "has 6 digits")],
)
def test_an_easy_pin_is_refused(store: Store, database_url: str, typed: str, because: str) -> None:
    result = ivr(database_url, "set", DANA, "--ask", typed=f"{typed}\n{typed}\n")

    assert result.exit_code == 2
    assert because in result.output
    assert "nothing is changed" in result.output
    with store.reading() as work:
        assert work.pins.all() == []


def test_a_new_pin_opens_what_was_locked(store: Store, database_url: str) -> None:
    ivr(database_url, "set", DANA)
    with store.writing() as work:
        work.pins.tried(DANA, 5, wall_clock() + timedelta(hours=1))
    assert "after 5 wrong tries in a row" in ivr(database_url, "list").output

    ivr(database_url, "set", DANA)

    assert "locked" not in ivr(database_url, "list").output


def test_a_pin_is_taken_away(store: Store, database_url: str) -> None:
    ivr(database_url, "set", DANA)
    assert ivr(database_url, "clear", DANA).output == f"{DANA} has no PIN any more.\n"
    again = ivr(database_url, "clear", DANA)

    assert (again.exit_code, again.output) == (
        2, f"ivr: {DANA} has no PIN; `ivr people pin list` shows who has one\n"
    )  # fmt: skip


def test_only_people_of_the_routing_get_one(database_url: str) -> None:
    result = ivr(database_url, "set", "dana")

    assert result.exit_code == 2
    assert result.output == (
        "ivr: dana is not among the people of the routing: dana-whitfield, marcus-oyelaran, priya-raman\n"
    )


def test_everybody_is_listed_with_or_without_a_pin(store: Store, database_url: str) -> None:
    with store.writing() as work:
        work.pins.set("left-long-ago", "a hash", "priya", wall_clock())
        work.pins.set(DANA, "a hash", "priya", wall_clock())
        work.pins.tried(DANA, 2, None)
    lines = ivr(database_url, "list").output.splitlines()

    assert [line.split()[0] for line in lines] == [DANA, "left-long-ago", "marcus-oyelaran", "priya-raman"]
    assert lines[0].endswith("; 2 wrong tries in a row")
    assert lines[2].endswith("no PIN")
