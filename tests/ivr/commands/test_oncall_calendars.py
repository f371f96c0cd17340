"""Somebody at a terminal fills a schedule from a calendar file, looks how calendars fare, and asks for a feed."""

from pathlib import Path

import pytest

from tests.ivr.calendars.ics import a_calendar, an_event
from tests.ivr.commands import test_oncall
from tests.ivr.commands.test_oncall import Desk

JANE = an_event("Jane Doe", "DTSTART:20261124T090000Z", "DTEND:20261124T170000Z")
LUNCH = an_event("Lunch", "DTSTART:20261124T120000Z", "DTEND:20261124T130000Z")
ivr = test_oncall.ivr


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "rota.ics"


def test_a_file_fills_a_schedule_and_tells_what_it_could_not_use(ivr: Desk, file: Path) -> None:
    file.write_bytes(a_calendar(JANE, LUNCH))

    result = ivr.types("import", "shift", str(file))

    assert (result.exit_code, result.stdout) == (0, "1 shifts of shift imported.\n")
    assert "“Lunch”: it names nobody in the routing" in result.stderr
    assert "imported at" in ivr.types("check").stdout
    ivr.types("import", "shift", str(file))
    with ivr.store.reading() as work:
        assert [each.person for each in work.overrides.for_schedule("shift", test_oncall.NOW)] == ["jane"]


@pytest.mark.parametrize(("words", "content", "told"), [
    (("import", "shift"), b"no calendar", "cannot be imported: this is no iCalendar; nothing is changed"),
    (("import", "shift"), a_calendar(JANE)[:-20], "nothing is changed"),
    (("import", "nowhere"), a_calendar(JANE), "nowhere"),
])
def test_what_cannot_be_imported_changes_nothing(
    ivr: Desk, file: Path, words: tuple[str, ...], content: bytes, told: str
) -> None:
    file.write_bytes(content)

    result = ivr.types(*words, str(file))

    assert result.exit_code == 2
    assert told in result.stderr
    assert "Traceback" not in result.output
    with ivr.store.reading() as work:
        assert work.overrides.for_schedule("shift", test_oncall.NOW) == ()


def test_a_file_that_is_not_there_is_named(ivr: Desk) -> None:
    result = ivr.types("import", "shift", "missing.ics")

    assert result.exit_code == 2
    assert "missing.ics" in result.stderr


def test_without_a_calendar_there_is_nothing_to_look_after(ivr: Desk) -> None:
    assert ivr.reads("check") == ["No calendar fills a schedule."]


def test_the_address_of_ones_own_calendar_is_printed(ivr: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "0123456789abcdef0123456789abcdef")
    monkeypatch.setenv("PUBLIC_BASE_URL", "https://line.example.com")

    [address] = ivr.reads("feed", "jane")

    assert address.startswith("https://line.example.com/oncall/")
    assert address.endswith(".ics")
    refused = ivr.types("feed", "somebody-else")
    assert refused.exit_code == 2
    assert "somebody-else" in refused.stderr
