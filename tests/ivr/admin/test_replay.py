"""Replay on the page: what the draft would have turned in the last days, before it is published."""

import re

import pytest

from ivr.line import replay
from tests.ivr.admin.test_routing import ROUTING, saves, written
from tests.ivr.admin.visitor import NOW, Visitor
from tests.ivr.line.four_calls import escalated_four_times

REPLAY = "/admin/replay"


def drafts_one_attempt_a_day(owner: Visitor) -> None:
    escalated_four_times(owner.parts.store, NOW)
    saves(owner, written(owner).replace("max_attempts: 4", "max_attempts: 1"), 0)


def test_there_is_nothing_to_replay_without_a_sound_draft(owner: Visitor) -> None:
    assert "There is no draft, so nothing would change" in owner.sees(REPLAY)
    assert "Replay the last 30 days" not in owner.sees(ROUTING)
    saves(owner, written(owner).replace("after_exhausted: 15m", "after_exhausted: soon"), 0)

    assert "The draft has mistakes" in owner.sees(REPLAY)


def test_a_draft_that_turns_nothing_says_so(owner: Visitor) -> None:
    saves(owner, written(owner).replace("after_exhausted: 15m", "after_exhausted: 30m"), 0)
    assert "no ticket was keyed in this time" in owner.sees(REPLAY)
    assert "Replay the last 30 days" in owner.sees(ROUTING)

    escalated_four_times(owner.parts.store, NOW)
    assert "4 calls looked at" in owner.sees(REPLAY)
    assert "decides every one of them as what is published" in owner.sees(REPLAY)


def test_what_it_would_have_turned_stands_side_by_side(owner: Visitor) -> None:
    drafts_one_attempt_a_day(owner)
    page = owner.sees(REPLAY)

    assert "4 calls looked at" in page
    assert "3 decisions turned round" in page
    assert page.index("/admin/calls/CA3") < page.index("/admin/calls/CA2") < page.index("/admin/calls/CA1")
    assert "/admin/calls/CA0" not in page, "the first one is let through by both"
    assert (page.count("too many attempts"), page.count("caller hung up")) == (3, 3)
    assert "+12025550101" not in page


def test_it_shows_what_is_asked_for(owner: Visitor) -> None:
    drafts_one_attempt_a_day(owner)

    assert "/admin/calls/CA3" in owner.sees(f"{REPLAY}?kind=flipped")
    assert "/admin/calls/CA3" not in owner.sees(f"{REPLAY}?kind=phones")
    for days in ("400", "0", "many", "9" * 5000):
        page = owner.sees(f"{REPLAY}?days={days}")
        assert "A number of days from 1 to 366" in page
        assert "looked at" not in page


def test_a_part_follows_the_other_and_the_sums_go_along(owner: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "PART", 2)
    drafts_one_attempt_a_day(owner)
    page = owner.sees(REPLAY)
    assert "2 calls looked at so far" in page
    further = re.search(r'hx-get="([^"]+)"', page)
    assert further is not None

    rest = owner.sees(further.group(1), **{"HX-Request": "true"})

    assert "4 calls looked at:" in rest
    assert "3 decisions turned round" in rest
    assert "<h1>" not in rest
    assert "hx-get" not in rest
    assert "/admin/calls/CA3" not in rest
    assert "/admin/calls/CA1" in rest
    assert "<h1>" in owner.sees(further.group(1)), "without scripts it is a page of its own"
