"""What the pages show and what can be done on them."""

import re
from datetime import timedelta

import pytest

from db.repositories.calls import StoredCall
from db.repositories.overview import CallFilter
from flows.rules.cooldown import Outcome
from flows.rules.roles import Role
from ivr.app import Parts
from tests.ivr.admin.visitor import Visitor, a_state


def called(
    parts: Parts, sid: str, ticket: str | None, caller: str = "+12025550123", *, ended: bool = False
) -> None:
    """A customer called and was refused."""
    with parts.store.writing() as work:
        version, routing = work.routing.current()
        from_line = routing.lines[0]
        now = parts.clock()
        work.calls.begin(StoredCall(
            sid=sid, conversation="escalation_line", line=from_line.number, caller=caller,
            state=a_state(from_line, caller), routing_version=version, started_at=now,
            deadline=now + timedelta(minutes=3), turn=1, ticket_number=ticket,
            ended_at=now if ended else None,
        ))
        if ticket:
            work.refusals.record(sid, ticket, ("grace", "guaranteed-response"), now + timedelta(hours=1), now)


def attempted(parts: Parts, sid: str, end: Outcome | None) -> None:
    """Managers were rung for the call, each time about another ticket; without ``end`` they still are."""
    with parts.store.writing() as work:
        attempt = work.attempts.begin(f"{sid}-{end}", sid, "phone", parts.clock())
        if end:
            work.attempts.end(attempt, end, parts.clock())


class TestCalls:
    """The list, the search, the CSV, and one call."""

    def test_an_empty_list_says_what_will_be_there(self, owner: Visitor) -> None:
        assert "No calls yet" in owner.sees("/admin/calls")

    def test_why_was_i_refused_last_night(self, owner: Visitor) -> None:
        called(owner.parts, "CA1", "48214")
        called(owner.parts, "CA2", "48213", caller="+12025550177")

        page = owner.sees("/admin/calls?ticket=48214&outcome=refused")
        assert "/admin/calls/CA1" in page
        assert "/admin/calls/CA2" not in page
        assert "opened too recently" in page
        whole = owner.sees("/admin/calls/CA1")
        assert "Spoken: <strong>opened too recently</strong>; escalation opens" in whole
        assert "Also true: inside the guaranteed response time" in whole

    @pytest.mark.parametrize(("query", "found"), [
        ("caller=0177", {"CA2"}), ("caller=%2B1+(202)+555-0123", {"CA1"}), ("reason=grace", {"CA1", "CA2"}),
        ("outcome=reached", set()), ("outcome=none", {"CA3"}), ("since=2026-03-03", {"CA1", "CA2", "CA3"}),
        ("until=2026-03-03", set()), ("since=2026-03-04", set()), ("ticket=", {"CA1", "CA2", "CA3"}),
    ])
    def test_the_search_finds(self, owner: Visitor, query: str, found: set[str]) -> None:
        called(owner.parts, "CA1", "48214")
        called(owner.parts, "CA2", "48213", caller="+12025550177")
        called(owner.parts, "CA3", None, caller="+12025550188")

        page = owner.sees(f"/admin/calls?{query}")

        assert {sid for sid in ("CA1", "CA2", "CA3") if f"/admin/calls/{sid}" in page} == found

    @pytest.mark.parametrize("outcome", list(Outcome))
    def test_calls_are_found_by_how_their_last_attempt_ended(self, owner: Visitor, outcome: Outcome) -> None:
        for sid, ends in (("CA1", (Outcome.LEFT_EARLY, outcome)), ("CA2", (outcome, None))):
            called(owner.parts, sid, None)
            for end in ends:
                attempted(owner.parts, sid, end)

        page = owner.sees(f"/admin/calls?outcome={outcome.value}")

        assert "/admin/calls/CA1" in page
        assert "/admin/calls/CA2" not in page

    def test_a_date_that_is_none_is_named_and_kept(self, owner: Visitor) -> None:
        page = owner.sees("/admin/calls?since=yesterday")

        assert "Choose a date" in page
        assert 'value="yesterday"' in page

    @pytest.mark.parametrize("edge", ["9999-12-31T23:59", "0001-01-01T00:00+14:00"])
    def test_a_time_beyond_the_calendar_is_named_too(self, owner: Visitor, edge: str) -> None:
        page = owner.sees(f"/admin/calls?since={edge.replace('+', '%2B')}")

        assert "Choose a date" in page

    def test_a_long_list_is_turned_page_by_page(self, owner: Visitor) -> None:
        for number in range(120):
            called(owner.parts, f"CA{number:03}", "48214")
        seen, path = [], "/admin/calls"
        while path:
            page = owner.sees(path)
            seen += re.findall(r'href="/admin/calls/(CA\d+)"', page)
            older = re.search(r'href="(/admin/calls\?before=[^"]+)"', page)
            path = older.group(1) if older else ""

        assert sorted(seen) == [f"CA{number:03}" for number in range(120)]

    def test_numbers_are_masked_everywhere(self, owner: Visitor) -> None:
        called(owner.parts, "CA1", "48214", caller="+12025550123")

        for path in ("/admin/calls", "/admin/calls.csv", "/admin/calls/CA1", "/admin/"):
            assert "+12025550123" not in owner.sees(path)

    def test_a_spreadsheet_runs_no_formula_of_ours(self, owner: Visitor) -> None:
        called(owner.parts, "CA1", "=1+2")

        assert ",'=1+2," in owner.sees("/admin/calls.csv")

    def test_an_unknown_call_says_so(self, owner: Visitor) -> None:
        answer = owner.asks("/admin/calls/CA404")

        assert answer.status_code == 404
        assert "nothing at this address" in answer.text


class TestTickets:
    """One ticket and its cooldown."""

    def test_found_by_number_subject_or_organisation(self, owner: Visitor) -> None:
        for words in ("4821", "restore job", "halvorsen"):
            assert "/admin/tickets/48213" in owner.sees(f"/admin/tickets?words={words}")
        assert "No ticket fits" in owner.sees("/admin/tickets?words=100%25")

    def test_a_supervisor_sets_a_cooldown_and_lifts_it_and_both_are_written_down(self, owner: Visitor) -> None:
        page, now = "/admin/tickets/48213", owner.clock()

        owner.sends(page, f"{page}/cooldown", hours="5", why="customer is on the phone with us")
        with owner.parts.store.reading() as work:
            assert work.claims.standing("48213").quiet_until == now + timedelta(hours=5)
        assert "Nobody is rung about ticket 48213 until Tue 3 Mar 2026, 15:00 EST" in owner.sees(page)
        owner.sends(page, f"{page}/cooldown", hours="2", why="two are enough")
        with owner.parts.store.reading() as work:
            assert work.claims.standing("48213").quiet_until == now + timedelta(hours=2)
        owner.sends(page, f"{page}/lift", why="they called again")
        with owner.parts.store.reading() as work:
            assert work.claims.standing("48213").quiet_until is None

        with owner.parts.store.reading() as work:
            entries = work.audit.of("ticket 48213")
        assert [(entry.who, entry.action, entry.why) for entry in reversed(entries)] == [
            ("olga", "set the cooldown", "customer is on the phone with us"),
            ("olga", "set the cooldown", "two are enough"),
            ("olga", "lifted the cooldown", "they called again"),
        ]

    @pytest.mark.parametrize(("fields", "told"), [
        ({"hours": "0", "why": "x"}, "from 1 to 72"), ({"hours": "73", "why": "x"}, "from 1 to 72"),
        ({"hours": "²", "why": "x"}, "from 1 to 72"), ({"hours": "5", "why": " "}, "Say why"),
        ({"hours": "5", "why": "x" * 501}, "At most 500"),
    ])
    def test_what_cannot_be_is_named_and_what_was_typed_is_kept(
        self, owner: Visitor, fields: dict[str, str], told: str
    ) -> None:
        page = "/admin/tickets/48213"

        answer = owner.sends(page, f"{page}/cooldown", **fields)

        assert answer.status_code == 422
        assert told in answer.text
        assert f'value="{fields["why"]}"' in answer.text
        with owner.parts.store.reading() as work:
            assert work.claims.standing("48213").quiet_until is None
            assert work.audit.of("ticket 48213") == []

    def test_what_people_write_is_text_never_markup(self, owner: Visitor) -> None:
        page = "/admin/tickets/48213"
        owner.sends(page, f"{page}/lift", why="<script>alert(1)</script>")

        shown = owner.browser.get(page).text + owner.browser.get("/admin/audit").text
        assert "<script>alert" not in shown
        assert "&lt;script&gt;alert(1)" in shown


class TestUsers:
    """Who has access."""

    def test_an_owner_makes_a_user_who_can_then_sign_in(self, owner: Visitor) -> None:
        made = owner.sends("/admin/users", "/admin/users", name="Sam", roles=["supervisor"])
        password = made.text.split("<code>")[1].split("<")[0]

        owner.sends("/admin/", "/admin/sign-out")
        assert owner.signs_in("sam", password).status_code == 302

    @pytest.mark.parametrize(("fields", "told"), [
        ({"name": "", "roles": ["owner"]}, "Letters, digits"), ({"name": "a b", "roles": ["owner"]}, "Letters, digits"),
        ({"name": "sam", "roles": []}, "at least one role"), ({"name": "sam", "roles": ["king"]}, "at least one role"),
        ({"name": "olga", "roles": ["owner"]}, "There is a user olga already"),
    ])
    def test_what_cannot_be_is_named(self, owner: Visitor, fields: dict[str, object], told: str) -> None:
        answer = owner.sends("/admin/users", "/admin/users", **fields)

        assert answer.status_code == 422
        assert told in answer.text

    def test_the_last_owner_cannot_be_lost(self, owner: Visitor) -> None:
        olga = user_id(owner.parts, "olga")

        for action in (f"/admin/users/{olga}/disable", f"/admin/users/{olga}/roles"):
            answer = owner.sends("/admin/users", action, roles=["auditor"])
            assert "This is the last owner" in answer.text
        owner.is_user("otto", Role.OWNER)
        assert owner.sends("/admin/users", f"/admin/users/{olga}/roles", roles=["auditor"]).status_code == 302

    def test_a_reset_signs_out_everywhere_and_takes_the_second_factor(self, owner: Visitor) -> None:
        owner.sets_second_factor()
        olga = user_id(owner.parts, "olga")

        made = owner.sends("/admin/users", f"/admin/users/{olga}/reset")

        assert owner.asks("/admin/").status_code == 302
        assert owner.signs_in("olga", made.text.split("<code>")[1].split("<")[0]).status_code == 302

    def test_a_new_password_signs_the_other_browsers_out(self, owner: Visitor) -> None:
        weak = owner.sends("/admin/account", "/admin/account/password", password="correct horse battery",
                           new_password="short")
        assert "12 to 256 characters" in weak.text
        wrong = owner.sends("/admin/account", "/admin/account/password", password="x", new_password="y" * 12)
        assert "not your present password" in wrong.text

        done = owner.sends("/admin/account", "/admin/account/password", password="correct horse battery",
                           new_password="a much better one")
        assert done.status_code == 302
        assert owner.asks("/admin/").status_code == 200
        owner.sends("/admin/", "/admin/sign-out")
        assert owner.signs_in("olga").status_code == 422
        assert owner.signs_in("olga", "a much better one").status_code == 302


class TestNow:
    """The page that is looked at while it happens."""

    def test_a_live_call_is_shown_with_its_step(self, owner: Visitor) -> None:
        called(owner.parts, "CA1", "48213")

        page = owner.sees("/admin/", **{"HX-Request": "true"})

        assert "Ticket 48213" in page
        assert "<html" not in page, "only the middle of the page is asked for"

    def test_it_says_when_the_worker_is_gone(self, owner: Visitor) -> None:
        assert "The worker has not been seen" in owner.sees("/admin/")
        with owner.parts.store.writing() as work:
            work.heartbeats.beat("worker", owner.clock())
        assert "The worker has not been seen" not in owner.sees("/admin/")


def user_id(parts: Parts, name: str) -> int:
    with parts.store.reading() as work:
        user = work.users.named(name)
    assert user is not None
    return user.id


def test_the_overview_reads_what_it_lists(parts: Parts) -> None:
    with parts.store.reading() as work:
        assert work.overview.calls(CallFilter(), 10) == []
        assert work.overview.phones() == []
