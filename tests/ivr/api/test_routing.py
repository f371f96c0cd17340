"""Routing lives in a repository of files, and a program carries it over: draft, look, publish, restore."""

from typing import Any

import pytest

from db.unit_of_work import Store
from ivr.app import Parts
from ivr.line import replay
from tests.ivr.admin.visitor import NOW
from tests.ivr.api.conftest import Program, refused
from tests.ivr.line.four_calls import escalated_four_times


def the_draft(program: Program) -> tuple[dict[str, Any], str]:
    answer = program.asks("/routing/draft")
    assert answer.json is not None
    return answer.json, answer.headers["ETag"]


def published(store: Store) -> int:
    with store.reading() as work:
        return work.routing.current_version()


def test_a_draft_is_saved_looked_at_published_and_restored(anything: Program, parts: Parts) -> None:
    before, seen = the_draft(anything)
    text = before["text"].replace("Priya Raman", "Priya Raman-Lee")

    saved = anything.sends("PUT", "/routing/draft", {"text": text}, If_Match=seen)
    assert saved.json is not None
    assert saved.json["changes"] == ["person priya-raman: name Priya Raman → Priya Raman-Lee"]
    assert published(parts.store) == 1
    made = anything.sends("POST", "/routing/draft/publish", {"note": "she has married"},
                          If_Match=saved.headers["ETag"])
    assert made.json == {"version": 2}
    assert "Raman-Lee" in anything.reads("/routing")["text"]

    back = anything.sends("POST", "/routing/versions/1/restore", {"note": "too early"})
    assert back.json is not None
    assert back.json["version"] == 3
    assert "Raman-Lee" not in anything.reads("/routing")["text"]
    told = [(each["version"], each["published_by"], each["note"]) for each in
            anything.reads("/routing/versions")["versions"]]
    assert told[:2] == [(3, "token everything", "too early"), (2, "token everything", "she has married")]


def test_nobodys_edit_is_lost_unseen(anything: Program, parts: Parts) -> None:
    before, seen = the_draft(anything)
    anything.sends("PUT", "/routing/draft", {"text": before["text"] + "# mine\n"}, If_Match=seen)

    refused(anything.sends("PUT", "/routing/draft", {"text": "theirs"}), 428, "precondition-required")
    refused(anything.sends("PUT", "/routing/draft", {"text": "theirs"}, If_Match=seen), 412, "stale")
    refused(anything.sends("POST", "/routing/draft/publish", {"note": "?"}, If_Match=seen), 412, "stale")
    refused(anything.sends("DELETE", "/routing/draft", If_Match=seen), 412, "stale")

    assert the_draft(anything)[0]["text"].endswith("# mine\n")
    assert published(parts.store) == 1


def test_mistakes_are_kept_named_by_line_and_not_published(anything: Program, parts: Parts) -> None:
    before, seen = the_draft(anything)
    text = before["text"].replace("+12025550102", "+1202555010")
    line = 1 + text[: text.index('"+1202555010"')].count("\n")

    checked = anything.sends("POST", "/routing/check", {"text": text})
    assert checked.json is not None
    assert [(remark["line"], remark["warning"]) for remark in checked.json["remarks"]] == [(line, False)]
    assert the_draft(anything)[1] == seen
    saved = anything.sends("PUT", "/routing/draft", {"text": text}, If_Match=seen)
    told = refused(anything.sends("POST", "/routing/draft/publish", {"note": "?"}, If_Match=saved.headers["ETag"]),
                   422, "invalid")

    assert [error["field"] for error in told["errors"]] == [f"text:{line}"]
    assert published(parts.store) == 1


def test_there_is_nothing_to_publish(anything: Program, parts: Parts) -> None:
    _, seen = the_draft(anything)

    refused(anything.sends("POST", "/routing/draft/publish", {"note": "?"}, If_Match=seen), 409, "conflict")

    assert published(parts.store) == 1


def test_a_draft_is_dropped(anything: Program) -> None:
    before, seen = the_draft(anything)
    saved = anything.sends("PUT", "/routing/draft", {"text": "# nothing\n"}, If_Match=seen)

    dropped = anything.sends("DELETE", "/routing/draft", If_Match=saved.headers["ETag"])

    assert dropped.status_code == 200
    assert the_draft(anything) == (before, seen)


def test_a_version_that_never_was(anything: Program, parts: Parts) -> None:
    for version in ("7", "0", "9" * 30):
        refused(anything.asks(f"/routing/versions/{version}"), 404, "not-found")
        refused(anything.sends("POST", f"/routing/versions/{version}/restore", {"note": "?"}), 404, "not-found")

    assert published(parts.store) == 1


def test_two_megabytes_are_refused_before_they_are_read(anything: Program) -> None:
    _, seen = the_draft(anything)

    told = refused(anything.sends("PUT", "/routing/draft", {"text": "x" * 2_000_000}, If_Match=seen), 413, "too-large")

    assert "at most 2 MB" in told["detail"]
    assert the_draft(anything)[1] == seen


def test_the_draft_is_replayed_a_part_at_a_time(
    anything: Program, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replay, "PART", 3)
    escalated_four_times(parts.store, NOW)
    before, seen = the_draft(anything)
    assert anything.reads("/routing/draft/replay")["differing"] == []
    once_a_day = before["text"].replace("max_attempts: 4", "max_attempts: 1")
    anything.sends("PUT", "/routing/draft", {"text": once_a_day}, If_Match=seen)

    first = anything.reads("/routing/draft/replay")
    rest = anything.reads(f"/routing/draft/replay?after={first['next'].replace('+', '%2B')}")

    assert (first["looked_at"], rest["looked_at"], rest["next"]) == (3, 1, None)
    assert [(each["sid"], each["kind"], each["outcome"]) for each in first["differing"]] == [
        (f"CA{number}", "flipped", "abandoned") for number in (3, 2, 1)
    ]
    assert first["differing"][0]["draft"]["reasons"] == ["too-many-attempts"]
    assert [ring["number"] for ring in first["differing"][0]["published"]["rings"]] == ["+…01", "+…02"]
    assert rest["differing"] == []
    refused(anything.asks("/routing/draft/replay?days=400"), 422, "invalid")
    refused(anything.asks("/routing/draft/replay?after=yesterday"), 422, "invalid")


def test_a_draft_with_mistakes_is_not_replayed(anything: Program) -> None:
    _, seen = the_draft(anything)
    anything.sends("PUT", "/routing/draft", {"text": "people: 7\n"}, If_Match=seen)

    refused(anything.asks("/routing/draft/replay"), 409, "conflict")
