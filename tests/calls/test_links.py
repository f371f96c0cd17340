"""What links in mails lead to: take the call while the ladder still rings, and say how it goes on after a talk."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from html import unescape

import pytest
import requests

from ivr.emulator.mail_sink import text_of
from tests.calls.stage import Stage

SHIFT_MANAGER = "+12025550104"
LINK = re.compile(r"http://\S+/desk/\S+")

on_hold = pytest.mark.parametrize("ring_mode", ["hold"])
"""Where the manager's leg is ours after the talk, and phones ring beside the caller."""


def link_in(mail: EmailMessage) -> str:
    found = LINK.search(text_of(mail))
    assert found is not None, text_of(mail)
    return found.group()


def page(link: str) -> str:
    answer = requests.get(link, timeout=60)
    assert answer.headers["Cache-Control"] == "no-store"
    return unescape(answer.text)


def pressed(link: str, **fields: str) -> str:
    return unescape(requests.post(link, data=fields, timeout=60).text)


class TestSayingHowItGoesOn:
    """A manager who hung up without a word is asked by mail; one whose leg went with the talk always is."""

    def talked(self, stage: Stage) -> str:
        stage.escalates()
        stage.accepts(stage.level_1)
        stage.caller.talks_to(stage.level_1)
        stage.level_1.hang_up()
        stage.caller.hang_up()
        assert len(stage.mails()) == 1, "not at once"
        stage.exchange.pass_time(360)
        mail = stage.mails()[-1]
        assert mail["To"] == "Dana Whitfield <dana.whitfield@northwind-support.example>"
        return link_in(mail)

    def test_a_promise_by_link_becomes_the_cooldown_once(self, stage: Stage) -> None:
        link = self.talked(stage)
        assert "You have talked about ticket 48213" in page(link)

        assert "it is noted" in pressed(link, terms="promised", count="3", unit="hours")
        now = stage.exchange.now()
        with stage.line.parts.store.reading() as work:
            standing = work.claims.standing("48213")
        assert standing.quiet_until is not None
        assert abs(standing.quiet_until - now - timedelta(hours=3)) < timedelta(minutes=1)
        assert "has been said already" in pressed(link, terms="quiet", count="60", unit="hours")
        assert "has been said already" in page(link)
        with stage.line.parts.store.reading() as work:
            assert work.claims.standing("48213") == standing

    @pytest.mark.parametrize(("fields", "told"), [
        ({}, "Choose one of these"), ({"terms": "promised"}, "A whole number"),
        ({"terms": "promised", "count": "0", "unit": "hours"}, "A whole number"),
        ({"terms": "quiet", "count": "9999", "unit": "hours"}, "A whole number"),
        ({"terms": "handed-up"}, "Choose one of these"),
    ])
    def test_what_cannot_be_is_said_and_changes_nothing(
        self, stage: Stage, fields: dict[str, str], told: str
    ) -> None:
        link = self.talked(stage)
        with stage.line.parts.store.reading() as work:
            before = work.claims.standing("48213")

        assert told in pressed(link, **fields)
        with stage.line.parts.store.reading() as work:
            assert work.claims.standing("48213") == before
        assert "it is noted" in pressed(link, terms="resolved")

    def test_two_who_press_at_the_same_moment_are_counted_once(self, stage: Stage) -> None:
        link = self.talked(stage)

        with ThreadPoolExecutor(4) as hands:
            told = list(hands.map(lambda count: pressed(link, terms="promised", count=count, unit="hours"), "2345"))

        assert sum("it is noted" in each for each in told) == 1
        assert sum("has been said already" in each for each in told) == 3
        with stage.line.parts.store.reading() as work:
            assert len(work.promises.of_ticket("48213", 10)) == 1

    @on_hold
    def test_nobody_is_asked_who_has_said_it_by_key(self, stage: Stage) -> None:
        stage.escalates()
        stage.accepts(stage.level_1)
        stage.caller.talks_to(stage.level_1)
        stage.caller.hang_up()
        stage.level_1.begins_to_hear("How does it go on")
        stage.level_1.press("1")
        stage.exchange.pass_time(600)
        stage.ends(mails=1)

    def test_links_that_are_old_cut_off_or_made_up_lead_nowhere(self, stage: Stage) -> None:
        link = self.talked(stage)

        for wrong in (link[:-3], link + "x", f"{stage.line.url}/desk/made-up"):
            answer = requests.get(wrong, timeout=60)
            assert answer.status_code == 404
            assert "This link leads nowhere" in answer.text
            assert requests.post(wrong, data={"terms": "resolved"}, timeout=60).status_code == 404


@on_hold
class TestTakingTheCall:
    """The shift manager may be put in while the ladder rings."""

    @pytest.fixture(autouse=True)
    def _with_a_phone(self, stage: Stage) -> None:
        give_the_shift_manager_a_phone(stage)

    def link(self, stage: Stage) -> str:
        stage.escalates()
        stage.level_1.rings()
        return link_in(stage.mails()[0])

    def test_the_chosen_phone_rings_and_key_1_joins_the_caller(self, stage: Stage) -> None:
        shift = stage.exchange.handset(SHIFT_MANAGER, name="shift manager")
        link = self.link(stage)
        assert "Ring …0104" in page(link)
        assert shift.state == "idle", "looking rings nobody"

        assert "Your telephone rings now" in pressed(link, phone=SHIFT_MANAGER)
        stage.accepts(shift)
        stage.caller.talks_to(shift)
        assert "has rung a telephone before" in pressed(link, phone=SHIFT_MANAGER)
        stage.caller.hang_up()
        assert stage.level_1.state == "idle", "the ladder has stopped"

    def test_four_presses_at_the_same_moment_ring_once(self, stage: Stage) -> None:
        shift = stage.exchange.handset(SHIFT_MANAGER, name="shift manager")
        link = self.link(stage)

        with ThreadPoolExecutor(4) as hands:
            told = list(hands.map(lambda _: pressed(link, phone=SHIFT_MANAGER), range(4)))

        assert sum("Your telephone rings now" in each for each in told) == 1
        shift.rings()
        assert sum(leg.receiver == SHIFT_MANAGER for leg in stage.exchange.office.legs.values()) == 1
        stage.caller.hang_up()

    def test_once_a_manager_has_accepted_nobody_else_is_rung(self, stage: Stage) -> None:
        link = self.link(stage)
        stage.accepts(stage.level_1)
        stage.caller.talks_to(stage.level_1)

        assert "already taken this call" in page(link)
        assert "already taken this call" in pressed(link, phone=SHIFT_MANAGER)
        stage.caller.hang_up()

    def test_once_the_caller_has_left_nobody_is_rung(self, stage: Stage) -> None:
        link = self.link(stage)
        stage.caller.hang_up()

        assert "no longer waits" in pressed(link, phone=SHIFT_MANAGER)

    def test_only_ones_own_phones_can_be_rung(self, stage: Stage) -> None:
        link = self.link(stage)

        assert "no telephone of yours" in pressed(link, phone="+12025550177")
        assert "Ring …0104" in page(link), "nothing is used up"
        stage.caller.hang_up()


def give_the_shift_manager_a_phone(stage: Stage) -> None:
    with stage.line.parts.store.writing() as work:
        _, routing = work.routing.current()
        key = routing.lines[0].shift_manager
        person = replace(routing.people[key], phones=(SHIFT_MANAGER,))
        people = {**routing.people, key: person}
        work.routing.publish(replace(routing, people=people), "test", "a phone", stage.exchange.now())
