"""Terms: the grid of programs and severities, working time, edited in the draft; whoever names them follows."""

import re
from typing import Any

import pytest
from werkzeug.test import TestResponse

from flows.routing import Routing
from ivr.app import admin_parts
from ivr.drill.desk import DrillDesk
from ivr.line.drafts import read_draft
from tests.ivr.admin.visitor import Visitor
from tests.ivr.telephony.site import settings

PROGRAM, CALENDAR = "/admin/terms/program", "/admin/terms/calendar"
PREMIUM = {
    "was": "Premium", "name": "Premium", "grace": "2h",
    "allowed-1": "yes", "response-1": "30m", "calendar-1": "", "allowed-2": "yes", "response-2": "1h", "calendar-2": "",
    "allowed-3": "yes", "response-3": "4h", "calendar-3": "office", "allowed-4": "yes", "response-4": "8h",
    "calendar-4": "office",
}  # fmt: skip
OFFICE = {
    "was": "office", "name": "office", "zone": "America/New_York", "holidays": "US", "closed_on": "",
    **dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), "08:00-18:00"),
}  # fmt: skip


def seen(visitor: Visitor) -> str:
    found = re.search(r'name="seen" value="([^"]+)"', visitor.browser.get(PROGRAM).text)
    assert found is not None
    return found.group(1)


def saves(visitor: Visitor, page: str, fields: dict[str, Any], **changed: Any) -> TestResponse:
    sent = {"seen": seen(visitor), **fields, **changed}
    return visitor.sends(PROGRAM, page, **{name: value for name, value in sent.items() if value is not None})


def drafted(visitor: Visitor) -> Routing:
    parts = admin_parts(settings("sqlite://"), visitor.parts, DrillDesk(visitor.parts.store, visitor.clock))
    with visitor.parts.store.reading() as work:
        return read_draft(parts, work).sound


def changes(visitor: Visitor) -> str:
    return visitor.sees("/admin/routing")


def test_the_grid_says_what_is_granted(owner: Visitor) -> None:
    page = owner.sees("/admin/terms")

    assert "in working time, office" in page
    assert "Monday 08:00-18:00" in page
    assert "Managed Cloud" in page


def test_what_is_not_changed_is_no_change(owner: Visitor) -> None:
    assert saves(owner, PROGRAM, PREMIUM).status_code == 302
    assert saves(owner, CALENDAR, OFFICE).status_code == 302
    assert "There is no draft" in changes(owner)


def test_a_guaranteed_response_is_changed_and_a_severity_refused(owner: Visitor) -> None:
    saved = saves(owner, PROGRAM, PREMIUM, **{"response-2": "2h", "allowed-4": None})

    assert saved.status_code == 302
    page = changes(owner)
    assert "program Premium, severity 2 high: guaranteed response 1h → 2h" in page
    assert "program Premium, severity 4 low: escalation allowed → refused" in page


@pytest.mark.parametrize(("field", "value", "told"), [
    ("name", "", "A name, as tickets say it"), ("grace", "soon", "A length such as"), ("response-1", "", "A length"),
    ("response-3", "1d", "only working time counts"), ("calendar-3", "ofice", "ofice is not among the calendars"),
])
def test_what_cannot_be_is_named_and_kept(owner: Visitor, field: str, value: str, told: str) -> None:
    answer = saves(owner, PROGRAM, PREMIUM, **{field: value})

    assert answer.status_code == 422
    assert told in answer.text
    assert 'value="2h"' in answer.text or field == "grace"
    assert "There is no draft" in changes(owner)


def test_a_new_program_is_made_and_one_of_the_same_name_is_not(owner: Visitor) -> None:
    assert saves(owner, PROGRAM, PREMIUM, was="", name="Gold").status_code == 302
    assert "Gold" in drafted(owner).programs

    twice = saves(owner, PROGRAM, PREMIUM, was="", name="Gold", grace="3h")
    assert twice.status_code == 422
    assert "There is a program called Gold already" in twice.text


def test_a_calendar_gets_another_name_and_whoever_counts_in_it_follows(owner: Visitor) -> None:
    assert saves(owner, CALENDAR, OFFICE, name="daytime").status_code == 302

    routing = drafted(owner)
    assert list(routing.calendars) == ["daytime"]
    assert {grant.calendar for each in routing.programs.values() for grant in each.grants.values()} == {"", "daytime"}


def test_a_calendar_that_is_needed_is_not_removed(owner: Visitor) -> None:
    answer = saves(owner, f"{CALENDAR}/remove", OFFICE)

    assert answer.status_code == 422
    assert "office is needed by Premium and Standard" in answer.text
    assert list(drafted(owner).calendars) == ["office"]


def test_a_program_is_removed(owner: Visitor) -> None:
    saves(owner, f"{PROGRAM}/remove", {"was": "Community", "name": "Community"})

    assert "Community" not in drafted(owner).programs


@pytest.mark.parametrize(("field", "value", "told"), [
    ("monday", "9 to 5", "Hours such as"), ("monday", "18:00-08:00", "must close after they open"),
    ("closed_on", "Christmas", "Dates such as"), ("zone", "Berlin", "time zone"), ("holidays", "XX", "no holidays"),
    ("monday", "08:00-12:00, 11:00-13:00", "overlap"),
])
def test_working_time_that_cannot_be_counted_is_named_and_kept(
    owner: Visitor, field: str, value: str, told: str
) -> None:
    answer = saves(owner, CALENDAR, OFFICE, **{field: value})

    assert answer.status_code == 422
    assert told in answer.text
    assert value in answer.text
    assert "There is no draft" in changes(owner)


def test_of_two_who_save_at_once_the_second_loses_nothing(owner: Visitor) -> None:
    before = seen(owner)
    saves(owner, PROGRAM, PREMIUM, grace="3h")

    late = saves(owner, PROGRAM, PREMIUM, grace="4h", seen=before)

    assert late.status_code == 422
    assert "saved the draft meanwhile" in late.text
    assert 'value="4h"' in late.text


def test_what_people_write_is_text_never_markup(owner: Visitor) -> None:
    saves(owner, PROGRAM, PREMIUM, was="", name="<script>alert(1)</script>")

    for page in ("/admin/terms", "/admin/routing", f"{PROGRAM}?name=%3Cscript%3Ealert(1)%3C/script%3E"):
        assert "<script>alert" not in owner.browser.get(page).text


def test_what_is_not_there_is_not_found(owner: Visitor) -> None:
    assert owner.asks(f"{PROGRAM}?name=Nothing").status_code == 404
    assert owner.asks(f"{CALENDAR}?name=Nothing").status_code == 404
