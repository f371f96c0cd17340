"""Lines: the numbers that customers call, edited in the draft."""

import re
from dataclasses import replace
from typing import Any

import pytest
from werkzeug.test import TestResponse

from db import seed
from flows.routing import Line
from ivr.app import admin_parts
from ivr.drill.desk import DrillDesk
from ivr.line.drafts import read_draft
from tests.ivr.admin.visitor import Visitor
from tests.ivr.telephony.site import settings

FORM, REMOVE = "/admin/lines/line", "/admin/lines/line/remove"
LINE = seed.ROUTING.lines[0]
FIELDS = {
    "was": LINE.number, "number": LINE.number, "company": LINE.company, "languages": "en, de, ru", "zone": LINE.zone,
    "shift_manager": LINE.shift_manager, "duty_number": LINE.duty_number, "shortest": "4", "longest": "10",
    "talk_limit": "1h", "wrong_tries": "6", "message_offered": "yes", "message_longest": "2m", "message_silence": "5s",
    "callback_offered": "yes", "tries": "3", "interval": "15m", "within": "1d", "hours": "08:00-20:00",
}  # fmt: skip


def saves(visitor: Visitor, page: str = FORM, **changed: Any) -> TestResponse:
    found = re.search(r'name="seen" value="([^"]+)"', visitor.browser.get(FORM).text)
    assert found is not None
    sent = {"seen": found.group(1), **FIELDS, **changed}
    return visitor.sends(FORM, page, **{name: value for name, value in sent.items() if value is not None})


def drafted(visitor: Visitor) -> tuple[Line, ...]:
    parts = admin_parts(settings("sqlite://"), visitor.parts, DrillDesk(visitor.parts.store, visitor.clock))
    with visitor.parts.store.reading() as work:
        return read_draft(parts, work).sound.lines


def test_the_list_says_what_a_line_does(owner: Visitor) -> None:
    page = owner.sees("/admin/lines")

    assert "Priya Raman" in page
    assert "offered, 3 tries within 1 d" in page


def test_a_line_serves_the_products_that_are_named(owner: Visitor) -> None:
    assert saves(owner, products="  Backup   Server\n\nMail Gateway\nBackup Server").status_code == 302

    assert drafted(owner)[0].products == ("Backup Server", "Mail Gateway")
    assert "<dd>Backup Server, Mail Gateway</dd>" in owner.sees("/admin/lines")
    assert "Backup Server\nMail Gateway</textarea>" in owner.sees(f"{FORM}?number=%2B12025550150")


def test_talks_are_recorded_where_that_is_ticked(owner: Visitor) -> None:
    assert "never recorded" in owner.sees("/admin/lines")
    saves(owner, record_talks="yes")

    assert drafted(owner)[0].record_talks
    assert "recorded where the caller agrees" in owner.sees("/admin/lines")


def test_what_is_not_changed_is_no_change(owner: Visitor) -> None:
    assert saves(owner).status_code == 302
    assert "There is no draft" in owner.sees("/admin/routing")


def test_every_field_is_saved_in_the_draft(owner: Visitor) -> None:
    answer = saves(
        owner, company="Northwind GmbH", languages="de, en", zone="Europe/Berlin", duty_number="", talk_limit="30m",
        message_offered=None, tries="5", hours="09:00-17:00", longest="8",
    )

    assert answer.status_code == 302
    (line,) = drafted(owner)
    wanted = replace(
        LINE, company="Northwind GmbH", languages=("de", "en"), zone="Europe/Berlin", duty_number="",
        talk_limit=LINE.talk_limit / 2, message=replace(LINE.message, offered=False),
        number_format=replace(LINE.number_format, longest=8),
        callback=replace(LINE.callback, tries=5, hours=line.callback.hours),
    )
    assert line == wanted
    assert f"{line.callback.hours.begins:%H:%M}-{line.callback.hours.ends:%H:%M}" == "09:00-17:00"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"number": "911"}, "911 is not a phone number"),
        ({"languages": "en, xx"}, "xx"),
        ({"zone": "Mars/Olympus"}, "Mars/Olympus"),
        ({"duty_number": "+19005550100"}, "premium"),
        ({"talk_limit": "soon"}, "A length such as 45s"),
        ({"longest": "3"}, "must not exceed"),
        ({"wrong_tries": "2"}, "A whole number from 3 to 100"),
        ({"wrong_tries": "200"}, "A whole number from 3 to 100"),
        ({"message_longest": "1h"}, "10s to 10m"),
        ({"interval": "1m"}, "from 5m to 4h"),
        ({"tries": "many"}, "A whole number from 1 to 10"),
        ({"hours": "always"}, "Hours such as 08:00-20:00"),
    ],
)
def test_what_cannot_be_is_named_beside_what_was_typed(owner: Visitor, changes: dict[str, str], said: str) -> None:
    answer = saves(owner, **changes)

    assert answer.status_code == 422
    assert said in answer.text
    assert all(typed in answer.text for typed in changes.values())
    assert "There is no draft" in owner.sees("/admin/routing")


def test_another_line_is_added_once_and_can_be_removed(owner: Visitor) -> None:
    for _ in range(2):
        assert saves(owner, was="", number="+12025550151").status_code == 302
    assert [line.number for line in drafted(owner)] == [LINE.number, "+12025550151"]

    assert saves(owner, REMOVE, was="+12025550151").status_code == 302
    assert drafted(owner) == (LINE,)


def test_the_last_line_stays(owner: Visitor) -> None:
    answer = saves(owner, REMOVE)

    assert answer.status_code == 422
    assert "A routing needs at least one line" in answer.text


def test_two_lines_cannot_have_one_number(owner: Visitor) -> None:
    answer = saves(owner, was="", company="Somebody else")

    assert answer.status_code == 422
    assert "Another line has this number" in answer.text


def test_a_number_that_is_no_line_is_not_asked_about(owner: Visitor) -> None:
    assert owner.browser.get("/admin/lines/carrier?number=%2B12025550177").status_code == 404


def test_a_carrier_that_cannot_be_reached_is_a_sentence(owner: Visitor) -> None:
    page = owner.sees("/admin/lines/carrier?number=%2B12025550150")

    assert "The carrier does not say" in page
    assert "calls are not affected" in page
