"""Draft, try, publish: what a change would do is seen before it is live, and nobody's edit is lost."""

from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest

from flows.rules.roles import Role
from tests.ivr.admin.visitor import Visitor

TEXT, ROUTING = "/admin/routing/text", "/admin/routing"


def written(visitor: Visitor) -> str:
    """The draft as text."""
    return unescape(visitor.browser.get(TEXT).text.split("<textarea")[1].split(">\n", 1)[1].split("</textarea>")[0])


def saves(visitor: Visitor, text: str, seen: int) -> int:
    return visitor.sends(TEXT, TEXT, text=text, revision=seen).status_code


def live(visitor: Visitor) -> tuple[int, timedelta]:
    """The published version, and the one number these stories change."""
    with visitor.parts.store.reading() as work:
        version, routing = work.routing.current()
    return version, routing.cooldown.after_exhausted


def test_a_change_is_drafted_read_and_published(owner: Visitor) -> None:
    assert "There is no draft" in owner.sees(ROUTING)

    assert saves(owner, written(owner).replace("after_exhausted: 15m", "after_exhausted: 30m"), 0) == 302
    page = owner.sees(ROUTING)
    assert "cooldown: after exhausted 15m → 30m" in page
    assert live(owner) == (1, timedelta(minutes=15)), "a draft is not live"

    owner.sends(ROUTING, f"{ROUTING}/publish", note="calmer nights", revision=1, published=1)
    assert live(owner) == (2, timedelta(minutes=30))
    page = owner.sees(ROUTING)
    assert "Version 2 is published" in page
    assert "calmer nights" in page
    with owner.parts.store.reading() as work:
        [entry] = work.audit.of("routing")
    assert (entry.who, entry.was, entry.became, entry.why) == (
        "olga", "version 1", "version 2: cooldown: after exhausted 15m → 30m", "calmer nights")


def test_an_old_version_is_published_again(owner: Visitor) -> None:
    saves(owner, written(owner).replace("after_exhausted: 15m", "after_exhausted: 30m"), 0)
    owner.sends(ROUTING, f"{ROUTING}/publish", note="calmer nights", revision=1, published=1)

    assert "cooldown: after exhausted 30m → 15m" in owner.sees(f"{ROUTING}/versions/1")
    owner.sends(f"{ROUTING}/versions/1", f"{ROUTING}/versions/1/restore")

    assert live(owner) == (3, timedelta(minutes=15))
    assert owner.asks(f"{ROUTING}/versions/9").status_code == 404
    assert "after_exhausted: 30m" in owner.sees(f"{ROUTING}/versions/2.yaml")


def test_mistakes_are_saved_named_by_line_and_never_published(owner: Visitor) -> None:
    saves(owner, written(owner).replace("after_exhausted: 15m", "after_exhausted: soon"), 0)

    assert "expected a length such as" in owner.sees(TEXT)
    assert "after_exhausted: soon" in written(owner), "what was typed is kept"
    answer = owner.sends(ROUTING, f"{ROUTING}/publish", note="anyway", revision=1, published=1)
    assert answer.status_code == 422
    assert "The draft has mistakes" in answer.text
    assert live(owner) == (1, timedelta(minutes=15))


def test_of_two_who_edit_at_once_the_second_sees_the_conflict_and_loses_nothing(
    owner: Visitor, somebody: Callable[[], Visitor]
) -> None:
    other = somebody().is_user("adam", Role.ADMIN)
    other.signs_in("adam")
    begun = written(owner)
    assert saves(other, begun.replace("after_exhausted: 15m", "after_exhausted: 20m"), 0) == 302

    mine = begun.replace("after_abandoned: 5m", "after_abandoned: 9m")
    answer = owner.sends(TEXT, TEXT, text=mine, revision=0)

    assert answer.status_code == 409
    assert "adam has saved the draft since" in answer.text
    assert "after exhausted 15m → 20m" in unescape(answer.text)
    assert "after_abandoned: 9m" in answer.text
    assert "after_exhausted: 20m" in written(owner), "theirs is still what is saved"
    assert saves(owner, mine.replace("after_exhausted: 15m", "after_exhausted: 20m"), 1) == 302


@pytest.mark.parametrize(("fields", "told"), [
    ({"note": "", "revision": 1, "published": 1}, "Say why"),
    ({"note": "x" * 201, "revision": 1, "published": 1}, "Say why"),
    ({"note": "why", "revision": 7, "published": 1}, "has changed since you saw it"),
    ({"note": "why", "revision": 1, "published": 0}, "has changed since you saw it"),
])
def test_only_what_was_seen_is_published_and_only_with_a_reason(
    owner: Visitor, fields: dict[str, object], told: str
) -> None:
    saves(owner, written(owner).replace("after_exhausted: 15m", "after_exhausted: 30m"), 0)

    answer = owner.sends(ROUTING, f"{ROUTING}/publish", **fields)

    assert answer.status_code == 422
    assert told in answer.text
    assert live(owner)[0] == 1


def test_a_draft_that_was_overtaken_says_so(owner: Visitor) -> None:
    saves(owner, written(owner).replace("after_exhausted: 15m", "after_exhausted: 30m"), 0)
    owner.sends(f"{ROUTING}/versions/1", f"{ROUTING}/versions/1/restore")

    assert "Somebody has published since this draft was begun" in owner.sees(ROUTING)


def test_a_draft_is_dropped_only_as_it_was_seen(owner: Visitor) -> None:
    saves(owner, written(owner) + "# a remark\n", 0)

    owner.sends(ROUTING, f"{ROUTING}/discard", revision=7)
    assert "# a remark" in written(owner)
    owner.sends(ROUTING, f"{ROUTING}/discard", revision=1)
    assert "# a remark" not in written(owner)


FIELDS: dict[str, object] = {
    "after_reached": "2h", "after_exhausted": "15m", "after_abandoned": "0m", "max_attempts": "3", "window": "12h",
    "seen": "0/1",
}  # fmt: skip


class TestCooldowns:
    """The form."""

    def test_are_changed_in_the_draft(self, owner: Visitor) -> None:
        assert owner.sends("/admin/cooldowns", "/admin/cooldowns", **FIELDS).status_code == 302

        page = owner.sees(ROUTING)
        for change in ("after reached 1h → 2h", "after abandoned 5m → 0m", "max attempts 4 → 3", "window 1d → 12h"):
            assert change in page

    @pytest.mark.parametrize(("field", "value", "told"), [
        ("after_reached", "soon", "A length such as"), ("after_reached", "32d", "at most 31d"),
        ("max_attempts", "0", "from 1 to 100"), ("max_attempts", "two", "from 1 to 100"),
        ("window", "0m", "longer than 0"), ("seen", "5/1", "dropped the draft meanwhile"),
    ])
    def test_what_cannot_be_is_named_and_kept(self, owner: Visitor, field: str, value: object, told: str) -> None:
        answer = owner.sends("/admin/cooldowns", "/admin/cooldowns", **{**FIELDS, field: value})

        assert answer.status_code == 422
        assert told in answer.text
        assert 'value="12h"' in answer.text or field == "window"
        assert "There is no draft" in owner.sees(ROUTING)


class TestTryIt:
    """Time travel."""

    @pytest.mark.parametrize(("query", "told"), [
        ("ticket=48213", "may be escalated"), ("ticket=48214", "Tue 3 Mar 2026, 11:30 EST</time>, 1 h 30 min later"),
        ("ticket=48214&at=2026-03-03T11:31", "may be escalated"), ("ticket=48218", "No clock opens it"),
        ("program=Premium&opened=30m&updated=30m", "Escalation opens"), ("program=Community", "No clock opens it"),
        ("ticket=99999", "There is no ticket 99999 here"), ("at=noon", "Choose a date and time"),
        ("opened=ages", "A length such as"), ("severity=9", "may be escalated"), ("status=strange", "may be escalated"),
    ])
    def test_says_what_would_happen_and_why(self, owner: Visitor, query: str, told: str) -> None:
        assert told in owner.sees(f"/admin/try?{query}")

    def test_names_who_would_ring_and_what_the_caller_hears(self, owner: Visitor) -> None:
        page = owner.sees("/admin/try?ticket=48213&language=de")

        assert page.index("Dana Whitfield") < page.index("Marcus Oyelaran")
        assert "Ticket 4 8 2 1 3" in page
        assert "drücken Sie" in page
        assert "+12025550101" not in page

    def test_a_draft_is_tried_before_it_is_live(self, owner: Visitor) -> None:
        saves(owner, written(owner).replace("Premium:\n    grace: 2h", "Premium:\n    grace: 1m"), 0)

        assert "Escalation opens" in owner.sees("/admin/try?program=Premium&opened=1h+59m&updated=1h+59m")
        assert "may be escalated" in owner.sees("/admin/try?program=Premium&opened=1h+59m&updated=1h+59m&version=draft")

    def test_a_running_cooldown_counts(self, owner: Visitor) -> None:
        with owner.parts.store.writing() as work:
            work.claims.quiet("48213", owner.clock() + timedelta(hours=1))

        assert "cooling down" in owner.sees("/admin/try?ticket=48213")
        assert "may be escalated" in owner.sees("/admin/try?ticket=48213&at=2026-03-03T11:01")
