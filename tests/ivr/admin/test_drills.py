"""Drills on the page: begun from a case, one at a time, read word for word."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask

from db.repositories.drills import KEPT
from flows.rules.roles import Role
from ivr.app import Parts, create_app
from ivr.drill.desk import LOST_AFTER
from ivr.drill.process import DrillFailed
from tests.ivr.admin.test_routing import saves, written
from tests.ivr.admin.visitor import NOW, Visitor
from tests.ivr.drill.theatre import Theatre, opened
from tests.ivr.telephony.site import settings

TRY = "/admin/try?ticket=48213&language=de"
BEGIN = "/admin/drills?ticket=48213&language=de"


@pytest.fixture
def theatre(monkeypatch: pytest.MonkeyPatch) -> Theatre:
    return opened(monkeypatch)


@pytest.fixture
def app(parts: Parts, theatre: Theatre, sqlite_url: str) -> Flask:
    made = create_app(settings(sqlite_url, SECOND_FACTOR="optional", PUBLIC_BASE_URL="http://localhost"), parts)
    made.testing = True
    return made


def begins(owner: Visitor, **levels: str) -> str:
    answer = owner.sends(TRY, BEGIN, **levels)
    assert answer.status_code == 302
    return str(answer.headers["Location"])


def test_a_case_is_played_and_read(owner: Visitor, theatre: Theatre) -> None:
    assert "Play the whole call" in owner.sees(TRY)
    place = begins(owner, **{"level-1": "decline", "level-2": "accept", "after_talk": "next"})
    assert place == "/admin/drills/1"
    assert "being played" in owner.sees(place)
    assert 'hx-get="/admin/drills/1"' in owner.sees(place)

    theatre.goes_on()

    [plan] = theatre.plans
    assert (plan.ticket.number, plan.language, plan.at) == ("48213", "de", NOW)
    assert (plan.levels, plan.after_talk, plan.hang_up_when) == ({1: "decline", 2: "accept"}, "next", "")
    page = owner.asks(place).text
    assert "Exhausted: nobody took the call." in page
    assert "01:01" in page
    assert "&lt;b&gt;1&lt;/b&gt;" in page
    assert "<h1>" not in owner.sees(place, **{"HX-Request": "true"})
    assert "Ticket 48213 by version 1" in owner.sees("/admin/drills")


def test_the_draft_is_played_and_nonsense_is_not_answering(owner: Visitor, theatre: Theatre) -> None:
    saves(owner, written(owner).replace("shortest: 4", "shortest: 7"), 0)
    owner.sends("/admin/try?version=draft", "/admin/drills?version=draft", **{"level-1": "sings", "after_talk": "x"})
    theatre.goes_on()

    [plan] = theatre.plans
    assert (plan.levels, plan.after_talk) == ({}, "resolved")
    assert plan.routing.lines[0].number_format.shortest == 7
    assert plan.ticket.number == "1000000", "a made-up ticket has a number that the line takes"
    assert "A made-up ticket by the draft" in owner.sees("/admin/drills")


def test_one_is_played_at_a_time(owner: Visitor, theatre: Theatre) -> None:
    begins(owner)

    assert begins(owner).startswith("/admin/try?ticket=48213")
    assert "Another drill is being played" in owner.sees(TRY)
    theatre.goes_on()
    assert begins(owner) == "/admin/drills/2"


def test_what_could_not_be_played_says_why(owner: Visitor, theatre: Theatre) -> None:
    theatre.trouble = DrillFailed("It broke off: out of memory.")
    place = begins(owner)
    theatre.goes_on()

    assert "It broke off: out of memory." in owner.sees(place)
    assert "failed" in owner.sees("/admin/drills")
    assert owner.asks("/admin/drills/99").status_code == 404


def test_a_drill_whose_player_was_stopped_does_not_stand_in_the_way(owner: Visitor, theatre: Theatre) -> None:
    place = begins(owner)
    owner.clock.advance(LOST_AFTER + timedelta(seconds=1))

    assert "the site was stopped meanwhile" in owner.sees(place)
    assert begins(owner) == "/admin/drills/2"


def test_a_case_that_cannot_be_tried_is_not_played(owner: Visitor, theatre: Theatre) -> None:
    answer = owner.sends(TRY, "/admin/drills?ticket=99999")

    assert answer.headers["Location"] == "/admin/try?ticket=99999"
    assert theatre.waiting == []


@pytest.mark.parametrize("path", ["try", "calls"])
def test_strange_names_in_an_address_break_nothing(owner: Visitor, path: str) -> None:
    page = owner.sees(f"/admin/{path}?_scheme=x&_external=1&endpoint=y&self=z&ticket=48213")

    assert "x://" not in page


def test_readers_read_and_do_not_play(somebody: Callable[[], Visitor], theatre: Theatre) -> None:
    reader = somebody().is_user("rita", Role.AUDITOR)
    reader.signs_in("rita")

    assert "No drill has been played yet" in reader.sees("/admin/drills")
    assert "Play the whole call" not in reader.sees(TRY)


def test_only_the_latest_are_kept(owner: Visitor) -> None:
    with owner.parts.store.writing() as work:
        for number in range(KEPT + 3):
            work.drills.begin(f"drill {number}", "olga", NOW)

        assert len(work.drills.latest(KEPT * 2)) == KEPT
