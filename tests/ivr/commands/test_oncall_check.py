"""Somebody at a terminal asks how the calendars fare that fill schedules."""

from dataclasses import replace
from pathlib import Path

import pytest

from ivr.calendars.events import BIGGEST, CalendarTrouble
from ivr.calendars.imports import CalendarRefresh
from tests.db.samples import NOW
from tests.ivr.calendars.ics import a_calendar, an_event
from tests.ivr.commands import test_oncall
from tests.ivr.commands.test_oncall import Desk

ivr = test_oncall.ivr
URL = "https://calendar.example/rota.ics?key=secret"


@pytest.fixture
def filled_from_afar(ivr: Desk) -> Desk:
    """The schedule "shift" has an address that nobody has fetched yet."""
    with ivr.store.writing() as work:
        _, routing = work.routing.current()
        shift = replace(routing.schedules["shift"], calendar_url=URL)
        work.routing.publish(replace(routing, schedules={**routing.schedules, "shift": shift}), "dana", "", NOW)
    return ivr


def out_of_reach(_: str) -> bytes:
    raise CalendarTrouble("its server cannot be reached (timed out)")


def test_a_calendar_not_fetched_yet_needs_looking_after(filled_from_afar: Desk) -> None:
    result = filled_from_afar.types("check")

    assert result.exit_code == 1
    assert "shift: its calendar has not been fetched yet; is `ivr worker` running?" in result.stdout


def test_trouble_is_told_without_the_secret_in_the_address(filled_from_afar: Desk) -> None:
    CalendarRefresh(filled_from_afar.store, lambda: NOW, out_of_reach).run_once()

    result = filled_from_afar.types("check")

    assert result.exit_code == 1
    assert "shift: calendar.example, never imported" in result.stdout
    assert "shift: trouble once: its server cannot be reached (timed out)" in result.stdout
    assert "secret" not in result.output


def test_a_file_is_not_put_over_a_calendar_that_is_fetched(filled_from_afar: Desk, tmp_path: Path) -> None:
    file = tmp_path / "rota.ics"
    file.write_bytes(a_calendar(an_event("Jane Doe", "DTSTART:20261124T090000Z", "DTEND:20261124T170000Z")))

    said = filled_from_afar.is_refused("import", "shift", str(file))

    assert said == "ivr: calendar.example fills shift; take its calendar_url out of the routing first\n"


def test_a_file_that_is_too_big_changes_nothing(ivr: Desk, tmp_path: Path) -> None:
    file = tmp_path / "rota.ics"
    file.write_bytes(a_calendar("X" * BIGGEST))

    said = ivr.is_refused("import", "shift", str(file))

    assert said == f"ivr: {file} cannot be imported: it is bigger than a megabyte; nothing is changed\n"


def test_nobody_has_no_calendar_of_their_own(ivr: Desk) -> None:
    said = ivr.is_refused("feed", "nobody", "--secret-key", "k" * 32, "--base-url", "https://line.example.com")

    assert said == "ivr: nobody is nobody; name a person\n"
