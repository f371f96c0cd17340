"""Schedules: on a calendar with their gaps, changed by hand at once, their rotations in the draft."""

import re
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from flows.rules.schedule import Override, Rotation
from flows.rules.working_time import Hours
from tests.ivr.admin.company import COMPANY, DANA, MARCUS, PRIYA, WEEK, WEEKEND, drafted, publish
from tests.ivr.admin.test_ladders import text_of
from tests.ivr.admin.visitor import Visitor

LIST, WEEKLY, DUTY_AT_WEEKENDS = "/admin/schedules", "/admin/schedules/of/week", "/admin/schedules/of/weekend"
PLAN, SAVE, NEW = "/admin/schedules/plan/week", "/admin/schedules/save", "/admin/schedules/new"


@pytest.fixture
def owner(owner: Visitor) -> Visitor:
    publish(owner)
    return owner


def day_of(page: str, day: str) -> str:
    """One day of the month as it is read on a wide screen."""
    cell = page.split("<td")
    return next(text_of(re.sub(r'<span class="brief".*?</span>', "", f"<td{each}".split("</td>")[0]))
                for each in cell if f'datetime="{day}"' in each)


def overrides(visitor: Visitor) -> list[Override]:
    with visitor.parts.store.reading() as work:
        return work.overrides.all(visitor.clock())


def puts_in(visitor: Visitor, **more: Any) -> Any:
    fields = {"schedule": "week", "person": PRIYA, "begins": "2026-03-04T09:00", "ends": "2026-03-04T17:00",
              "why": "dentist", **more}  # fmt: skip
    return visitor.sends(WEEKLY, f"{LIST}/override", **fields)


def plan(**more: Any) -> dict[str, Any]:
    """The form of the weekly schedule as its page shows it, with changes."""
    return {
        "seen": "0/2", "was": "week", "name": "First line", "zone": "America/New_York", "otherwise": PRIYA,
        "refresh": "15m", "rotation": ["0"], "member.0": [DANA, MARCUS], "every.0": "weekly", "start.0": "2026-03-02",
        "hand_over.0": "09:00", **more,
    }  # fmt: skip


class TestSeen:
    """The list and the calendar."""

    def test_the_list_says_who_is_on_duty_and_where_the_gaps_are(self, owner: Visitor) -> None:
        page = text_of(owner.sees(LIST))

        assert "On duty now: Dana Whitfield, until Mon 9 Mar 2026, 09:00 EDT" in page
        assert "No gap in the next two weeks" in page
        assert "Nobody is on duty now" in page
        assert "Nobody Tue 3 Mar 2026, 10:00 EST to Sat 7 Mar 2026, 08:00 EST" in page
        assert "ladder Everything else, level 1 Duty manager" in page

    def test_the_month_shows_every_day_and_the_hand_over(self, owner: Visitor) -> None:
        page = owner.sees(WEEKLY)

        assert page.count("<td") == 42
        ninth = day_of(page, "2026-03-09")
        assert ninth.endswith("00:00–09:00 Dana Whitfield 09:00–24:00 Marcus Oyelaran")
        assert "March 2026" in page
        assert "Somebody is on duty all of the next two weeks" in page

    def test_gaps_are_named_and_marked(self, owner: Visitor) -> None:
        page = owner.sees(DUTY_AT_WEEKENDS)

        saturday = day_of(page, "2026-03-07")
        assert saturday.endswith("00:00–08:00 nobody 08:00–20:00 Marcus Oyelaran 20:00–24:00 nobody")
        assert 'class="stretch gap"' in page
        assert "Nobody is on duty in the next two weeks" in page

    @pytest.mark.parametrize(("month", "shown"), [
        ("2026-12", "December 2026"), ("2026-13", "March 2026"), ("9999-12", "March 2026"), ("x", "March 2026"),
    ])
    def test_other_months_are_turned_to(self, owner: Visitor, month: str, shown: str) -> None:
        assert shown in owner.sees(f"{WEEKLY}?month={month}")

    def test_there_is_no_such_schedule(self, owner: Visitor) -> None:
        assert owner.asks("/admin/schedules/of/nobody").status_code == 404
        assert owner.asks("/admin/schedules/plan/nobody").status_code == 404

    def test_without_any_it_says_what_they_are_for(self, owner: Visitor) -> None:
        publish(owner, replace(COMPANY, schedules={}, ladders=COMPANY.ladders[:1]))

        assert "Make one when people take turns" in owner.sees(LIST)


class TestByHand:
    """Overrides and swaps count at once and are audited."""

    def test_somebody_is_put_in_once_and_taken_out_again(self, owner: Visitor) -> None:
        for _ in range(2):
            assert puts_in(owner).status_code == 302
        [stored] = overrides(owner)
        assert (stored.person, stored.set_by, stored.why) == (PRIYA, "olga", "dentist")
        page = owner.sees(WEEKLY)
        fourth = day_of(page, "2026-03-04")
        assert fourth.endswith("00:00–09:00 Dana Whitfield 09:00–17:00 Priya Raman put in by hand "
                               "17:00–24:00 Dana Whitfield")
        assert drafted(owner) == COMPANY

        for _ in range(2):
            owner.sends(WEEKLY, f"{LIST}/override/remove", schedule="week", override=stored.id)
        assert overrides(owner) == []
        with owner.parts.store.reading() as work:
            assert sorted(each.action for each in work.audit.of("schedule week")) == ["put in", "took out"]

    def test_two_at_the_same_time_are_explained_and_what_was_typed_is_kept(self, owner: Visitor) -> None:
        puts_in(owner)
        answer = puts_in(owner, person=MARCUS, begins="2026-03-04T16:00", ends="2026-03-04T20:00", why="mine")

        assert answer.status_code == 422
        told = "At that time stands already: Priya Raman, Wed 4 Mar 2026, 09:00 EST to Wed 4 Mar 2026, 17:00 EST"
        assert f"{told} (dentist)" in text_of(answer.text)
        assert 'value="2026-03-04T16:00"' in answer.text
        assert 'value="mine"' in answer.text
        assert len(overrides(owner)) == 1

    def test_nobody_is_put_in_and_it_is_a_gap(self, owner: Visitor) -> None:
        puts_in(owner, person="nobody")

        assert "Nobody is on duty in the next two weeks: Wed 4 Mar 2026, 09:00 EST to" in text_of(owner.sees(WEEKLY))

    @pytest.mark.parametrize("fields", [
        {"ends": "2026-03-04T09:00"}, {"begins": ""}, {"ends": "later"}, {"ends": "2029-01-01T00:00"},
        {"begins": "2026-03-01T09:00", "ends": "2026-03-02T09:00"}, {"person": "stranger"},
    ])
    def test_what_cannot_be_meant_changes_nothing(self, owner: Visitor, fields: dict[str, str]) -> None:
        assert puts_in(owner, **fields).status_code == 422
        assert overrides(owner) == []

    def test_two_shifts_are_swapped_once(self, owner: Visitor) -> None:
        one, other = (f"2026-03-0{day}T1{hour}:00:00+00:00 {who}" for day, hour, who in ((2, 4, DANA), (9, 3, MARCUS)))
        assert f'value="{one}"' in owner.sees(WEEKLY)
        fields = {"schedule": "week", "one": one, "other": other, "why": "holiday"}

        assert owner.sends(WEEKLY, f"{LIST}/swap", **fields).status_code == 302
        assert [(each.person, each.why) for each in overrides(owner)] == [(MARCUS, "holiday"), (DANA, "holiday")]
        answer = owner.sends(WEEKLY, f"{LIST}/swap", **fields)
        assert (answer.status_code, "changed hands" in answer.text, len(overrides(owner))) == (422, True, 2)

    @pytest.mark.parametrize(("one", "other", "told"), [
        ("", "", "Choose two shifts"), ("soon dana", "2026-03-09T13:00:00+00:00 x", "Choose two shifts"),
        (f"2026-03-02T14:00:00+00:00 {DANA}", f"2026-03-16T13:00:00+00:00 {DANA}", "two different people"),
    ])
    def test_what_cannot_be_swapped_is_said(self, owner: Visitor, one: str, other: str, told: str) -> None:
        answer = owner.sends(WEEKLY, f"{LIST}/swap", schedule="week", one=one, other=other)

        assert (answer.status_code, told in answer.text, overrides(owner)) == (422, True, [])


class TestInTheDraft:
    """Rotations."""

    def test_what_is_shown_and_sent_back_changes_nothing(self, owner: Visitor) -> None:
        assert "Handed over at" in owner.sees(PLAN)
        assert owner.sends(PLAN, SAVE, **plan()).status_code == 302

        assert drafted(owner) == COMPANY

    def test_a_rotation_is_changed_and_another_added(self, owner: Visitor) -> None:
        owner.sends(PLAN, SAVE, **plan(**{
            "rotation": ["1", "0"], "member.1": [PRIYA], "every.1": "12h", "start.1": "2026-03-07",
            "hand_over.1": "08:00", "saturday.1": "08:00-12:00, 13:00-24:00", "add.0": PRIYA}))

        first, second = drafted(owner).schedules["week"].rotations
        assert first == Rotation(
            people=(PRIYA,), start=date(2026, 3, 7), hand_over=time(8), every=timedelta(hours=12),
            hours=(Hours(weekday=5, opens=time(8), closes=time(12)), Hours(weekday=5, opens=time(13), closes=time(0))))
        assert second == replace(WEEK.rotations[0], people=(DANA, MARCUS, PRIYA))
        assert "schedule week" in owner.sees("/admin/routing")

    @pytest.mark.parametrize(("do", "people"), [
        ("member-up 0 marcus-oyelaran", [MARCUS, DANA]), ("member-remove 0 dana-whitfield", [MARCUS]),
        ("add-rotation", [DANA, MARCUS]),
    ])
    def test_buttons_show_the_form_as_it_is_to_become(self, owner: Visitor, do: str, people: list[str]) -> None:
        page = owner.sends(PLAN, SAVE, **plan(do=do)).text

        assert [each.split('"')[0] for each in page.split('name="member.0" value="')[1:]] == people
        assert page.count('name="rotation"') == 1 + (do == "add-rotation")
        assert drafted(owner) == COMPANY

    @pytest.mark.parametrize(("changes", "told"), [
        ({"every.0": "sometimes"}, "daily, weekly, or a length"), ({"start.0": ""}, "needs a date"),
        ({"hand_over.0": "noon"}, "needs a time"), ({"member.0": []}, "nobody takes turns"),
        ({"monday.0": "18:00-08:00"}, "hours are written as"), ({"refresh": "often"}, "A length such as"),
        ({"zone": "Berlin"}, "there is no time zone Berlin"), ({"otherwise": "ghost"}, "ghost is not among the people"),
        ({"member.0": ["ghost"]}, "ghost is not among the people"),
        ({"calendar_url": "http://example.com/x.ics"}, "expected an https address"),
        ({"monday.0": "08:00-12:00, 11:00-13:00"}, "overlap"),
    ])
    def test_what_cannot_be_is_named_and_kept(self, owner: Visitor, changes: dict[str, Any], told: str) -> None:
        answer = owner.sends(PLAN, SAVE, **plan(name="Half typed", **changes))

        assert answer.status_code == 422
        assert told in text_of(answer.text)
        assert 'value="Half typed"' in answer.text
        assert drafted(owner) == COMPANY

    def test_a_new_one_is_made_once_and_removed_while_nothing_needs_it(self, owner: Visitor) -> None:
        for _ in range(2):
            assert owner.sends(NEW, NEW, **plan(was="", key="", name="Night watch")).status_code == 302
        assert drafted(owner).schedules["night-watch"].rotations == WEEK.rotations
        assert "Choose another" in owner.sends(NEW, NEW, **plan(was="", key=DANA, seen="1/2")).text

        refused = owner.sends(PLAN, f"{LIST}/remove", **plan(was="weekend", seen="1/2"))
        assert (refused.status_code, "ladder Everything else, level 1" in refused.text) == (422, True)
        owner.sends(PLAN, f"{LIST}/remove", was="night-watch", seen="1/2")
        assert drafted(owner).schedules == {"week": WEEK, "weekend": WEEKEND}

    @pytest.mark.parametrize("field", ["name", "zone", "calendar_url", "every.0", "monday.0"])
    def test_what_looks_like_markup_is_shown_as_it_was_typed(self, owner: Visitor, field: str) -> None:
        answer = owner.sends(PLAN, SAVE, **plan(**{field: '"><script>alert(1)</script>'}))
        puts_in(owner, why="<script>alert(1)</script>")

        pages = [answer.text, *(owner.browser.get(page).text for page in (LIST, WEEKLY, PLAN, "/admin/audit"))]
        assert all("<script>alert" not in page for page in pages)
