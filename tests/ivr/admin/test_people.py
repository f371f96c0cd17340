"""People: edited in the draft, never removed from under a ladder; who is off duty counts at once."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest

from db.repositories.claims import Won
from flows.routing import Person
from flows.rules.cooldown import CooldownTerms
from flows.rules.daily_hours import DailyHours
from flows.rules.ladder import QuietHours
from flows.rules.roles import Role
from tests.ivr.admin.company import COMPANY, DANA, MARCUS, PRIYA, drafted, publish
from tests.ivr.admin.test_ladders import text_of
from tests.ivr.admin.test_pages import called
from tests.ivr.admin.visitor import Visitor

PEOPLE, NEW, SAVE, DUTY = "/admin/people", "/admin/people/new", "/admin/people/save", "/admin/duty"
OF_DANA = f"/admin/people/of/{DANA}"


@pytest.fixture
def owner(owner: Visitor) -> Visitor:
    publish(owner)
    return owner


@pytest.fixture
def manager(owner: Visitor, somebody: Callable[[], Visitor]) -> Visitor:
    """Dana, signed in as a manager."""
    dana = somebody().is_user("dana", Role.MANAGER)
    with owner.parts.store.writing() as work:
        user = work.users.named("dana")
        assert user is not None
        work.users.set_roles(user.id, user.roles, DANA)
    assert dana.signs_in("dana").location == DUTY
    return dana


def fields(**more: Any) -> dict[str, Any]:
    """Dana's form as it is shown, with changes."""
    return {
        "seen": "0/2", "was": DANA, "name": "Dana Whitfield", "phone": ["+12025550101", ""], "languages": "en",
        "email": "dana.whitfield@northwind-support.example", "rings_anyway": "1 urgent", **more,
    }  # fmt: skip


def off(visitor: Visitor) -> dict[str, Any]:
    with visitor.parts.store.reading() as work:
        return dict(work.absences.off(visitor.clock()))


def audited(visitor: Visitor, subject: str) -> list[tuple[str, str, str, str]]:
    with visitor.parts.store.reading() as work:
        return [(each.who, each.action, each.was, each.became) for each in work.audit.of(subject)]


class TestInTheDraft:
    """The form."""

    def test_what_is_shown_and_sent_back_changes_nothing(self, owner: Visitor) -> None:
        assert owner.sends(OF_DANA, SAVE, **fields()).status_code == 302

        assert drafted(owner) == COMPANY

    def test_everything_about_somebody_is_set(self, owner: Visitor) -> None:
        owner.sends(OF_DANA, SAVE, **fields(
            phone=["+1 (202) 555-0177", "+12025550101"], languages="de, en", zone="Europe/Berlin", quiet_from="22:00",
            quiet_to="06:30", rings_anyway="2 high", email="dana@example.com", name="  Dana   W. "))

        dana = drafted(owner).people[DANA]
        assert dana == Person(
            name="Dana W.", phones=("+12025550177", "+12025550101"), email="dana@example.com", languages=("de", "en"),
            zone="Europe/Berlin", quiet=QuietHours(hours=DailyHours(begins=time(22), ends=time(6, 30)), except_for=2))
        assert 'value="22:00"' in owner.sees(OF_DANA)
        assert "person dana-whitfield" in owner.sees("/admin/routing")

    def test_phones_are_moved_by_buttons_without_saving(self, owner: Visitor) -> None:
        answer = owner.sends(OF_DANA, SAVE, **fields(
            phone=["+12025550101", "+12025550177"], do="phone-up +12025550177", name="Half typed"))

        assert answer.text.index('value="+12025550177"') < answer.text.index('value="+12025550101"')
        assert 'value="Half typed"' in answer.text
        assert drafted(owner) == COMPANY

    @pytest.mark.parametrize(("changes", "told"), [
        ({"phone": ["+442079460958"]}, "it belongs to United Kingdom (GB)"),
        ({"phone": ["+19005550101"]}, "+19005550101 may not be dialled: it is a premium-rate number"),
        ({"phone": ["112"]}, "112 is not a phone number"), ({"phone": ["call me"]}, "call me is not a phone number"),
        ({"phone": ["+12025550150"]}, "a line's own number"), ({"email": "dana at home"}, "is not one mail address"),
        ({"languages": "fr"}, "the line cannot speak fr"), ({"zone": "Berlin"}, "there is no time zone Berlin"),
        ({"quiet_from": "22:00"}, "from when and until when"), ({"name": ""}, "text without spaces"),
        ({"quiet_from": "22:00", "quiet_to": "22:00"}, "end at another time"),
    ])
    def test_what_cannot_be_is_named_and_kept(self, owner: Visitor, changes: dict[str, Any], told: str) -> None:
        answer = owner.sends(OF_DANA, SAVE, **fields(**changes))

        assert answer.status_code == 422
        assert told in text_of(answer.text.replace("&#39;", "'"))
        value = next(iter(changes.values()))
        assert f'value="{value[0] if isinstance(value, list) else value}"' in answer.text
        assert drafted(owner) == COMPANY

    def test_somebody_new_gets_a_key_of_their_name_and_is_there_once(self, owner: Visitor) -> None:
        for _ in range(2):
            sent = fields(was="", key="", name="Ines Öz", phone=["+12025550188"])
            assert owner.sends(NEW, NEW, **sent).status_code == 302
        assert drafted(owner).people["ines-öz"].phones == ("+12025550188",)

        answer = owner.sends(NEW, NEW, **fields(was="", key=DANA, name="Another Dana", seen="1/2"))
        assert "Somebody else has this key" in answer.text
        assert drafted(owner).people[DANA] == COMPANY.people[DANA]

    def test_somebody_on_a_ladder_is_not_removed_and_it_is_said_where_they_stand(self, owner: Visitor) -> None:
        answer = owner.sends(OF_DANA, f"{PEOPLE}/remove", **fields())

        assert answer.status_code == 422
        for place in ("ladder Northwind Support, level 1 Support Operations Manager", "schedule First line, rotation 1",
                      "ladder Everything else, level 3 Board"):
            assert place in answer.text.split("cannot be removed yet")[1].split("</ul>")[0]
        assert drafted(owner) == COMPANY
        owner.sends(NEW, NEW, **fields(was="", name="Ines", email=""))
        ines = {"seen": "1/2", "was": "ines", "name": "Ines"}
        assert owner.sends(f"{PEOPLE}/of/ines", f"{PEOPLE}/remove", **ines).status_code == 302
        assert drafted(owner) == COMPANY

    def test_two_hundred_people_are_listed_and_searched(self, owner: Visitor) -> None:
        crowd = {f"p{number}": Person(name=f"Person {number}") for number in range(200)}
        publish(owner, type(COMPANY)(**{**{name: getattr(COMPANY, name) for name in COMPANY.__slots__},
                                        "people": {**COMPANY.people, **crowd}}))

        assert owner.sees(PEOPLE).count("<tr>") == 204
        assert owner.sees(f"{PEOPLE}?find=person+17").count("<tr>") == 12
        assert "Nobody fits" in owner.sees(f"{PEOPLE}?find=zzz")

    @pytest.mark.parametrize("field", ["name", "email", "languages", "zone", "quiet_from"])
    def test_what_looks_like_markup_is_shown_as_it_was_typed(self, owner: Visitor, field: str) -> None:
        answer = owner.sends(OF_DANA, SAVE, **fields(**{field: '"><script>alert(1)</script>'}))

        pages = [answer.text, *(owner.browser.get(page).text for page in (PEOPLE, OF_DANA, "/admin/ladders/1"))]
        assert all("<script>alert" not in page for page in pages)


class TestAtOnce:
    """Availability, which is no draft."""

    def test_somebody_is_taken_off_duty_and_put_on_again_with_an_audit(self, owner: Visitor) -> None:
        for _ in range(2):
            owner.sends(OF_DANA, f"{PEOPLE}/off", person=DANA, until="2026-03-03T18:00")
        assert off(owner) == {DANA: owner.clock() + timedelta(hours=8)}
        assert "off duty until Tue 3 Mar 2026, 18:00 EST" in text_of(owner.sees(OF_DANA))
        assert drafted(owner) == COMPANY

        for _ in range(2):
            owner.sends(OF_DANA, f"{PEOPLE}/on", person=DANA)
        assert off(owner) == {}
        until = "off duty until Tue 3 Mar 2026, 18:00 EST"
        assert sorted(audited(owner, f"person {DANA}")) == [
            ("olga", "put on duty", until, "on duty"), ("olga", "took off duty", "on duty", until)]

    @pytest.mark.parametrize("until", ["", "soon", "2026-03-03T09:00", "2028-03-03T09:00"])
    def test_a_time_that_cannot_be_meant_changes_nothing(self, owner: Visitor, until: str) -> None:
        answer = owner.sends(OF_DANA, f"{PEOPLE}/off", person=DANA, until=until)

        assert (answer.status_code, "still to come" in answer.text, off(owner)) == (422, True, {})

    def test_nobody_who_is_nobody(self, owner: Visitor) -> None:
        assert owner.sends(OF_DANA, f"{PEOPLE}/off", person="nobody", until="2026-03-03T18:00").status_code == 404
        assert owner.asks(f"{PEOPLE}/of/nobody").status_code == 404


class TestOneself:
    """A manager's own page, and nothing else."""

    def test_a_manager_sets_their_own_availability_only(self, manager: Visitor) -> None:
        manager.sends(DUTY, f"{DUTY}/off", until="2026-03-03T18:00", person=MARCUS)
        assert set(off(manager)) == {DANA}
        assert audited(manager, f"person {DANA}")[0][0] == "dana"

        manager.sends(DUTY, f"{DUTY}/on", person=MARCUS)
        assert off(manager) == {}
        assert manager.asks(OF_DANA).status_code == 403

    def test_a_manager_moves_their_own_promise_and_nobody_elses(self, manager: Visitor) -> None:
        mine, theirs = self.promised(manager, "48213", "CA1", DANA), self.promised(manager, "48214", "CA2", PRIYA)

        assert "Ticket 48213" in manager.sees(DUTY)
        assert "48214" not in manager.sees(DUTY)
        assert manager.sends(DUTY, f"{DUTY}/promises/{theirs}", until="2026-03-03T18:00").status_code == 404
        assert manager.sends(DUTY, f"{DUTY}/promises/{mine}", until="2026-03-09T18:00").status_code == 422
        assert manager.sends(DUTY, f"{DUTY}/promises/{mine}", until="2026-03-03T18:00").status_code == 302
        with manager.parts.store.reading() as work:
            [promise] = work.promises.open_of(DANA)
            [kept] = work.promises.open_of(PRIYA)
        assert promise.until == manager.clock() + timedelta(hours=8)
        assert (kept.id, kept.until) == (theirs, manager.clock() + timedelta(hours=1))

    def promised(self, visitor: Visitor, ticket: str, sid: str, person: str) -> int:
        called(visitor.parts, sid, ticket)
        with visitor.parts.store.writing() as work:
            now = visitor.clock()
            won = work.claims.claim(ticket, sid, now, now + timedelta(minutes=5), CooldownTerms(), now)
            assert isinstance(won, Won)
            ring = work.rings.start(won.attempt_id, sid, 1, "Title", "Name", "+12025550101", now, person=person)
            return work.promises.make(ticket, won.attempt_id, ring, person, now, now + timedelta(hours=1))

    def test_a_manager_subscribes_to_their_own_duties(self, manager: Visitor) -> None:
        address = manager.sees(DUTY).split('id="calendar" readonly value="')[1].split('"')[0]

        assert address.startswith("http://localhost/oncall/")
        assert b"BEGIN:VCALENDAR" in manager.asks(address.removeprefix("http://localhost")).data

    def test_whoever_is_none_of_the_people_is_told_what_to_do(self, owner: Visitor) -> None:
        assert "An owner can say on the page Users" in owner.sees(DUTY)
        assert owner.sends(DUTY, f"{DUTY}/off", until="2026-03-03T18:00").status_code == 404

    def test_an_owner_says_who_a_user_is(self, owner: Visitor, somebody: Callable[[], Visitor]) -> None:
        somebody().is_user("marcus", Role.MANAGER)
        with owner.parts.store.reading() as work:
            user = work.users.named("marcus")
        assert user is not None
        owner.sends("/admin/users", f"/admin/users/{user.id}/roles", roles=["manager"], person=MARCUS)
        owner.sends("/admin/users", "/admin/users", name="eve", roles=["manager"], person="nobody at all")

        with owner.parts.store.reading() as work:
            assert {each.name: each.person for each in work.users.all()} == {"olga": "", "marcus": MARCUS, "eve": ""}
