"""A ticket system hands its tickets over, and asks what came of them."""

from datetime import timedelta
from typing import Any

import pytest

from tests.ivr.admin.visitor import NOW, AdminClock
from tests.ivr.api.conftest import Program, refused

TICKET: dict[str, Any] = {
    "subject": "Backups stop at midnight", "organisation": "Halvorsen Shipping", "requester": "Ida Halvorsen",
    "program": "Premium", "severity": 1, "product": "Backup Server", "status": "open",
    "opened_at": "2026-03-03T08:00:00-05:00",
}


def put(program: Program, number: str = "50001", **changed: Any) -> Any:
    return program.sends("PUT", f"/tickets/{number}", {**TICKET, **changed})


def test_a_ticket_is_put_in_changed_and_read(anything: Program) -> None:
    made = put(anything, contact_numbers=["+12025550111"], time_zone="Europe/Oslo", account_manager=True)

    assert made.status_code == 200, made.text
    found = anything.asks("/tickets/50001")
    assert found.json == made.json
    assert found.headers["ETag"] == made.headers["ETag"]
    assert found.json is not None
    assert found.json["opened_at"] == found.json["updated_at"] == "2026-03-03T13:00:00Z"
    assert put(anything, severity=2).json["severity"] == 2


def test_many_are_put_in_at_once_and_the_same_stay(anything: Program) -> None:
    tickets = [{**TICKET, "number": str(50_000 + count)} for count in range(450)]

    first = anything.sends("POST", "/tickets", {"tickets": tickets})
    tickets[7]["severity"] = 4
    second = anything.sends("POST", "/tickets", {"tickets": tickets})

    assert first.json == {"new": 450, "changed": 0, "same": 0, "warnings": []}
    assert second.json == {"new": 0, "changed": 1, "same": 449, "warnings": []}


def test_one_mistake_among_many_puts_none_in_and_is_named(anything: Program) -> None:
    tickets = [{**TICKET, "number": "50001"}, {**TICKET, "number": "50002", "severity": 7, "subjekt": "?"}]

    told = refused(anything.sends("POST", "/tickets", {"tickets": tickets}), 422, "invalid")

    assert {error["field"] for error in told["errors"]} == {"body.tickets.1.severity", "body.tickets.1.subjekt"}
    refused(anything.asks("/tickets/50001"), 404, "not-found")


def test_a_program_that_is_not_published_is_a_warning(anything: Program) -> None:
    answer = anything.sends("POST", "/tickets", {"tickets": [{**TICKET, "number": "50001", "program": "Gold"}]})

    assert answer.json is not None
    assert answer.json["warnings"] == ["no program Gold is published: its tickets are refused"]


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("opened_at", "2026-03-03T08:00:00", "timezone"),
        ("opened_at", 1772539200, "expected a time such as"),
        ("opened_at", "2126-03-03T08:00:00Z", "lies in the future"),
        ("opened_at", "0001-01-01T00:00:00+14:00", "expected a time from 1970"),
        ("updated_at", "2026-03-01T08:00:00Z", "cannot have been updated before"),
        ("contact_numbers", ["555-0111"], "is not a phone number"),
        ("time_zone", "Oslo", "there is no time zone Oslo"),
        ("subject", "two\nlines", "should match pattern"),
        ("subject", "", "at least 1 character"),
        ("account_manager", "perhaps", "valid boolean"),
    ],
)
def test_a_mistake_names_its_field_and_what_was_expected(
    anything: Program, field: str, value: object, told: str
) -> None:
    problem = refused(put(anything, **{field: value}), 422, "invalid")

    assert told in problem["detail"]
    assert field in problem["detail"]
    refused(anything.asks("/tickets/50001"), 404, "not-found")


def test_nobody_overwrites_what_he_has_not_seen(anything: Program) -> None:
    seen = put(anything).headers["ETag"]
    put(anything, severity=2)

    stale = anything.sends("PUT", "/tickets/50001", {**TICKET, "severity": 3}, If_Match=seen)
    refused(stale, 412, "stale")
    refused(anything.sends("PUT", "/tickets/50001", TICKET, If_None_Match="*"), 412, "stale")

    assert anything.reads("/tickets/50001")["severity"] == 2


def test_what_has_not_changed_is_not_sent_again(anything: Program) -> None:
    for path in ("/tickets/48213", "/tickets", "/routing", "/routing/draft", "/openapi.json"):
        tag = anything.asks(path).headers["ETag"]
        again = anything.asks(path, If_None_Match=tag)
        assert (again.status_code, again.text) == (304, ""), path


def test_a_long_list_comes_in_parts(anything: Program) -> None:
    anything.sends("POST", "/tickets", {"tickets": [{**TICKET, "number": str(50_000 + count)} for count in range(7)]})
    numbers, after = [], ""

    while after is not None:
        page = anything.reads(f"/tickets?limit=3&words=5000&after={after}")
        numbers += [ticket["number"] for ticket in page["tickets"]]
        after = page["next"]

    assert numbers == [str(50_000 + count) for count in range(7)]


def test_a_cooldown_is_set_seen_and_lifted(anything: Program, clock: AdminClock) -> None:
    until = (NOW + timedelta(hours=3)).isoformat()

    anything.sends("PUT", "/tickets/48213/cooldown", {"until": until, "why": "maintenance tonight"})
    assert anything.reads("/tickets/48213/cooldown")["quiet_until"] == "2026-03-03T18:00:00Z"
    tried = anything.reads("/tickets/48213/trial")
    assert not tried["allowed"]
    assert tried["opens_at"] == "2026-03-03T18:00:00Z"

    anything.sends("POST", "/tickets/48213/cooldown/lift", {"why": "it is over"})
    assert anything.reads("/tickets/48213/cooldown")["quiet_until"] is None
    assert anything.reads("/tickets/48213/trial")["allowed"]
    told = [(event["kind"], event["who"], event["why"]) for event in
            anything.reads("/tickets/48213/timeline")["events"]]
    assert told == [("cooldown-set", "token everything", "maintenance tonight"),
                    ("cooldown-lifted", "token everything", "it is over")]


def test_a_cooldown_ends_within_three_days(anything: Program) -> None:
    for hours in (-1, 0, 73):
        until = (NOW + timedelta(hours=hours)).isoformat()
        refused(anything.sends("PUT", "/tickets/48213/cooldown", {"until": until, "why": "?"}), 422, "invalid")

    assert anything.reads("/tickets/48213/cooldown")["quiet_until"] is None


def test_a_made_up_ticket_is_tried_and_nothing_is_done(anything: Program) -> None:
    tried = anything.sends("POST", "/trials", {"ticket": {**TICKET, "number": "50001"}, "language": "de"}).json

    assert tried is not None
    assert tried["allowed"] is True
    assert [ring["name"] for ring in tried["rings"]] == ["Dana Whitfield", "Marcus Oyelaran"]
    assert all("…" in ring["number"] for ring in tried["rings"])
    assert {sentence["language"] for sentence in tried["spoken"]} == {"de"}
    refused(anything.asks("/tickets/50001"), 404, "not-found")
    refused(anything.sends("POST", "/trials", {"ticket": {**TICKET, "number": "50001"}, "line": "+1"}), 422, "invalid")
