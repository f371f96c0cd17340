"""Ladders: seen with who would ring and what is missing, edited in the draft, never lost and never half saved."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from db.repositories.claims import Won
from flows.rules.cooldown import CooldownTerms
from flows.rules.ladder import Order
from flows.rules.roles import Role
from ivr.admin.signed_in import IDLE
from tests.ivr.admin.company import COMPANY, DANA, MARCUS, PRIYA, drafted, publish, seen_on
from tests.ivr.admin.test_pages import called
from tests.ivr.admin.visitor import Visitor

LADDERS, FIRST, SECOND = "/admin/ladders", "/admin/ladders/1", "/admin/ladders/2"


@pytest.fixture
def owner(owner: Visitor) -> Visitor:
    publish(owner)
    return owner


def fields(**more: Any) -> dict[str, Any]:
    """The form of the first ladder as its page shows it, with changes."""
    return {
        "seen": "0/2", "was": "Northwind Support", "name": "Northwind Support",
        "products": "Backup Server\r\nMail Gateway\r\nEndpoint Agent", "level": ["0", "1"],
        "title.0": "Support Operations Manager", "titles.0.de": "Leitung Supportbetrieb",
        "titles.0.ru": "менеджер по операциям поддержки", "member.0": [DANA], "order.0": "in-turn", "seconds.0": "25",
        "title.1": "Senior Director of Support", "titles.1.de": "Bereichsleitung Support",
        "titles.1.ru": "старший директор поддержки", "member.1": [MARCUS], "order.1": "in-turn", "seconds.1": "25",
        **more,
    }  # fmt: skip


def text_of(page: str) -> str:
    """What is read on it."""
    return re.sub(r" ([.,:;])", r"\1", " ".join(re.sub(r"<[^>]+>", " ", page).split()))


def answered(visitor: Visitor, number: str) -> None:
    """Somebody's telephone was rung once, and picked up."""
    called(visitor.parts, "CA1", None)
    with visitor.parts.store.writing() as work:
        now = visitor.clock()
        won = work.claims.claim("48213", "CA1", now, now + timedelta(minutes=5), CooldownTerms(), now)
        assert isinstance(won, Won)
        ring = work.rings.start(won.attempt_id, "CA1", 1, "Title", "Dana Whitfield", number, now)
        work.rings.answered(ring, "CA2", now)


class TestSeen:
    """The list and the page of one ladder."""

    def test_the_list_says_who_would_ring_now_and_when_nobody_can(self, owner: Visitor) -> None:
        page = text_of(owner.sees(LADDERS))

        assert "Would ring now: Dana Whitfield, then Marcus Oyelaran." in page
        assert "Would ring now: Priya Raman, then Marcus Oyelaran." in page
        assert "Nobody can be rung Tue 3 Mar 2026, 23:00 EST to Wed 4 Mar 2026, 06:00 EST" in page
        assert "+1202555" not in page

    def test_at_a_chosen_time_whoever_has_the_shift_is_rung(self, owner: Visitor) -> None:
        page = text_of(owner.sees(f"{SECOND}?at=2026-03-07T12:00"))

        assert "1. Marcus Oyelaran +…02, for 25 s 1. Priya Raman" in page, "both at once"
        assert "closed until Mon 9 Mar 2026, 08:00 EDT" in page
        assert "Dana Whitfield: gets a mail" in page

    @pytest.mark.parametrize(("query", "told"), [
        ("at=2026-03-04T03:00", "Priya Raman: passed over: quiet hours"),
        ("at=2026-03-04T03:00&severity=1", "1. Priya Raman"),
        ("at=2026-03-04T12:00", "Weekend duty: passed over: nobody on shift"),
        ("at=never", "Choose a date and time"), ("severity=9", "2 high"),
    ])
    def test_whoever_is_passed_over_is_named_with_the_reason(self, owner: Visitor, query: str, told: str) -> None:
        assert told in text_of(owner.sees(f"{SECOND}?{query}"))

    def test_an_absence_and_an_override_count(self, owner: Visitor) -> None:
        with owner.parts.store.writing() as work:
            work.absences.set(DANA, owner.clock() + timedelta(hours=3), owner.clock(), "dana")

        assert "Dana Whitfield: passed over: off duty" in text_of(owner.sees(FIRST))
        assert "1. Dana Whitfield" in text_of(owner.sees(f"{FIRST}?at=2026-03-03T13:01"))

    def test_the_telephones_say_whether_they_may_be_dialled_and_when_they_last_answered(self, owner: Visitor) -> None:
        assert "valid Dana Whitfield +…01; never answered yet" in text_of(owner.sees(FIRST))
        answered(owner, "+12025550101")
        person = replace(COMPANY.people[MARCUS], phones=("+442079460958",))
        publish(owner, replace(COMPANY, people={**COMPANY.people, MARCUS: person}))

        page = text_of(owner.sees(FIRST))
        assert "valid Dana Whitfield +…01; last answered Tue 3 Mar 2026, 10:00 EST" in page
        assert "not dialled Marcus Oyelaran +…58: it belongs to United Kingdom (GB)" in page

    def test_there_is_no_third(self, owner: Visitor) -> None:
        assert owner.asks("/admin/ladders/3").status_code == 404
        assert owner.asks("/admin/ladders/0").status_code == 404

    def test_before_anything_is_published_it_says_where_to_begin(self, owner: Visitor) -> None:
        publish(owner, type(COMPANY)(lines=(), people={}, programs={}, ladders=()))

        assert "Begin on the page Routing" in owner.sees(LADDERS)


class TestEdited:
    """The form."""

    def test_what_is_shown_and_sent_back_changes_nothing(self, owner: Visitor) -> None:
        assert owner.sends(FIRST, FIRST, **fields()).status_code == 302

        assert drafted(owner) == COMPANY
        assert "There is no draft" in owner.sees("/admin/routing")

    def test_levels_stand_in_the_order_of_their_fields(self, owner: Visitor) -> None:
        sent = fields(level=["1", "0"], **{"order.1": "together", "seconds.1": "40", "calendar.1": "office"})
        owner.sends(FIRST, FIRST, **sent)

        upper, lower = drafted(owner).ladders[0].levels
        assert (upper.title, lower.title) == ("Senior Director of Support", "Support Operations Manager")
        assert (upper.order, upper.ring_seconds, upper.calendar) == (Order.TOGETHER, 40, "office")
        assert lower == COMPANY.ladders[0].levels[0]
        assert "level 1 Senior Director of Support" in owner.sees("/admin/routing")

    @pytest.mark.parametrize(("do", "shown"), [
        ("level-up 1", ["Senior", "Support Operations"]), ("level-down 0", ["Senior", "Support Operations"]),
        ("level-up 0", ["Support Operations", "Senior"]), ("level-remove 0", ["Senior"]),
        ("level-down 7", ["Support Operations", "Senior"]), ("nonsense", ["Support Operations", "Senior"]),
    ])
    def test_buttons_show_the_form_as_it_is_to_become_and_save_nothing(
        self, owner: Visitor, do: str, shown: list[str]
    ) -> None:
        answer = owner.sends(FIRST, FIRST, **fields(do=do, name="Half typed"))

        titles = re.findall(r'name="title\.\d" type="text" value="(Support Operations|Senior)', answer.text)
        assert (answer.status_code, titles) == (200, shown)
        assert 'value="Half typed"' in answer.text
        assert drafted(owner) == COMPANY

    def test_members_are_added_moved_and_removed(self, owner: Visitor) -> None:
        added = owner.sends(FIRST, FIRST, **fields(do="add 0", **{"add.0": "week"})).text
        assert re.findall(r'name="member.0" value="([\w-]+)"', added) == [DANA, "week"]

        moved = owner.sends(FIRST, FIRST, **fields(do="member-up 0 week", **{"member.0": [DANA, "week"]})).text
        assert re.findall(r'name="member.0" value="([\w-]+)"', moved) == ["week", DANA]

        owner.sends(FIRST, FIRST, **fields(**{"member.0": ["week"], "add.0": PRIYA}))
        assert drafted(owner).ladders[0].levels[0].members == ("week", PRIYA), "chosen, and saved without pressing Add"

    def test_a_new_ladder_begins_with_one_level_and_comes_last(self, owner: Visitor) -> None:
        sent = {
            "seen": "0/2", "was": "", "name": "Nights", "programs": ["Premium"], "account_manager": "with",
            "regions": "EMEA", "level": ["0"], "title.0": "Night duty", "seconds.0": "20", "member.0": [PRIYA],
        }  # fmt: skip
        assert owner.sees("/admin/ladders/new").count('name="level"') == 1

        for _ in range(2):
            assert owner.sends("/admin/ladders/new", "/admin/ladders/new", **sent).status_code == 302
        assert [plan.name for plan in drafted(owner).ladders] == ["Northwind Support", "Everything else", "Nights"]
        assert drafted(owner).ladders[2].account_manager is True

    @pytest.mark.parametrize(("changes", "told"), [
        ({"name": ""}, "text without spaces"), ({"name": "Everything else"}, "two ladders are called Everything else"),
        ({"seconds.0": "3"}, "expected 5 to 600 seconds, not 3"), ({"seconds.0": "many"}, "expected 5 to 600 seconds"),
        ({"member.0": []}, "nobody is on this level"), ({"member.0": ["nobody"]}, "nobody is not among the people"),
        ({"title.0": " "}, "text without spaces"), ({"calendar.0": "moon"}, "moon is not among the calendars"),
        ({"programs": ["Gold"]}, "Gold is not among the programs"),
        ({"level": []}, "nobody on this ladder can be rung"),
    ])
    def test_what_cannot_be_is_named_beside_what_was_typed(
        self, owner: Visitor, changes: dict[str, Any], told: str
    ) -> None:
        answer = owner.sends(FIRST, FIRST, **fields(**{"titles.1.de": "Chefin", **changes}))

        assert answer.status_code == 422
        assert told in text_of(answer.text)
        assert 'value="Chefin"' in answer.text or "level" in changes
        assert drafted(owner) == COMPANY

    def test_a_ladder_is_removed_but_never_the_last(self, owner: Visitor) -> None:
        sent = {"was": "Everything else", "seen": "0/2"}
        for _ in range(2):
            assert owner.sends(SECOND, f"{SECOND}/remove", **sent).status_code == 302
        assert [plan.name for plan in drafted(owner).ladders] == ["Northwind Support"]

        answer = owner.sends(FIRST, f"{FIRST}/remove", was="Northwind Support", seen=seen_on(owner, FIRST))
        assert (answer.status_code, "has no ladder" in answer.text) == (422, True)

    def test_ladders_are_put_in_order_by_button_and_by_dragging(self, owner: Visitor) -> None:
        names = [plan.name for plan in COMPANY.ladders]
        owner.sends(LADDERS, LADDERS, ladder=names, do="up Everything else", seen="0/2")
        assert [plan.name for plan in drafted(owner).ladders] == names[::-1]

        owner.sends(LADDERS, LADDERS, ladder=names, seen=seen_on(owner, LADDERS))
        assert [plan.name for plan in drafted(owner).ladders] == names

    def test_nobody_at_three_in_the_morning_is_told_before_publishing(self, owner: Visitor) -> None:
        owner.sends(FIRST, FIRST, **fields(**{"member.0": [PRIYA], "member.1": [DANA], "calendar.1": "office"}))

        told = owner.sees("/admin/routing")
        assert "nobody can be rung on 2026-03-04 at 03:00 (America/New_York) for a ticket of severity 2 or less" in told


class TestTwoAtOnce:
    """The draft is one for all."""

    def test_the_second_sees_the_conflict_and_may_save_on_top(
        self, owner: Visitor, somebody: Callable[[], Visitor]
    ) -> None:
        other = somebody().is_user("adam", Role.ADMIN)
        other.signs_in("adam")
        other.sends("/admin/cooldowns", "/admin/cooldowns", after_reached="2h", after_exhausted="15m",
                    after_abandoned="5m", max_attempts="4", window="1d", seen="0/2")  # fmt: skip

        answer = owner.sends(FIRST, FIRST, **fields(name="Mine"))
        assert answer.status_code == 422
        assert "adam has saved the draft meanwhile" in answer.text
        assert "after reached 1h" in answer.text
        assert 'value="Mine"' in answer.text

        owner.sends(FIRST, FIRST, **fields(name="Mine", seen="1/2"))
        assert drafted(owner).ladders[0].name == "Mine"
        assert drafted(owner).cooldown.after_reached == timedelta(hours=2), "theirs is kept"

    def test_what_somebody_else_has_renamed_is_not_made_twice(self, owner: Visitor) -> None:
        owner.sends(FIRST, FIRST, **fields(name="Renamed"))

        answer = owner.sends(FIRST, FIRST, **fields(name="Mine"))
        assert "not in the draft any more" in answer.text
        assert [plan.name for plan in drafted(owner).ladders] == ["Renamed", "Everything else"]

    def test_a_draft_with_mistakes_is_mended_first(self, owner: Visitor) -> None:
        owner.sends("/admin/routing/text", "/admin/routing/text", text="lines: 1", revision=0)

        assert "The draft has mistakes, so this is what is published" in owner.sees(FIRST)
        answer = owner.sends(FIRST, FIRST, **fields(name="Mine", seen="1/2"))
        assert "mend them on the page Routing first" in answer.text


def test_the_form_survives_an_expired_sign_in(owner: Visitor) -> None:
    token = owner.token_on(FIRST)
    owner.clock.advance(IDLE + timedelta(minutes=1))
    ended = owner.browser.post(FIRST, data=fields(csrf_token=token, name="Kept name", level=["1", "0"]))
    kept = ended.text.split('name="kept" value="')[1].split('"')[0]

    offered = owner.signs_in("olga", kept=kept).text
    sent = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', offered):
        sent.setdefault(name, []).append(value)
    sent.pop("csrf_token")
    assert owner.sends(FIRST, FIRST, **sent).status_code == 302

    assert drafted(owner).ladders[0].name == "Kept name"
    assert drafted(owner).ladders[0].levels[0].title == "Senior Director of Support"


@pytest.mark.parametrize("field", ["name", "products", "regions", "title.0", "titles.0.de"])
def test_what_looks_like_markup_is_shown_as_it_was_typed(owner: Visitor, field: str) -> None:
    script = '<script>alert("x")</script>'
    assert owner.sends(FIRST, FIRST, **fields(**{field: script})).status_code == 302

    for page in (LADDERS, FIRST, "/admin/routing", "/admin/routing/text", "/admin/try?version=draft"):
        assert "<script>alert" not in owner.browser.get(page).text
    assert "&lt;script&gt;alert" in owner.browser.get(FIRST).text


def test_an_auditor_reads_without_buttons(owner: Visitor, somebody: Callable[[], Visitor]) -> None:
    auditor = somebody().is_user("ada", Role.AUDITOR)
    auditor.signs_in("ada")

    for page in (LADDERS, FIRST):
        assert 'name="do"' not in auditor.sees(page).replace('value="save" hidden', "").replace(
            '<button name="do"', "", 1)
    assert "Another ladder" not in auditor.sees(LADDERS)
