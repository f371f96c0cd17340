"""What else the pages show, for programs: calls word for word, who is on duty, letters, reports."""

from datetime import timedelta

from flows.heard import Digits, Started
from ivr.app import Parts, create_app, join
from tests.ivr.admin.company import COMPANY, DANA, PRIYA
from tests.ivr.admin.test_pages import called
from tests.ivr.admin.visitor import NOW
from tests.ivr.api.conftest import Program, refused
from tests.ivr.telephony.site import settings

MORNING, EVENING = "2026-03-04T14:00:00Z", "2026-03-04T22:00:00Z"
IN = {"schedule": "week", "person": PRIYA, "starts_at": MORNING, "ends_at": EVENING, "why": "dentist"}


def with_schedules(parts: Parts) -> None:
    with parts.store.writing() as work:
        work.routing.publish(COMPANY, "olga", "schedules", parts.clock())


class TestCalls:
    """Listed, searched, and read."""

    def test_a_call_is_found_and_read_word_for_word(self, anything: Program, parts: Parts) -> None:
        called(parts, "CA1", "48214", ended=True)
        called(parts, "CA2", "48213", caller="+12025550177", ended=True)
        with parts.store.writing() as work:
            work.turns.record("CA1", 0, NOW, Started(at=NOW), "greeting", "ticket", [("en", "Welcome.")], "<Response/>")
            keyed = Digits(at=NOW, keys="48214")
            work.turns.record("CA1", 1, NOW, keyed, "ticket", "refused", [("en", "Not yet.")], "<Response/>")

        listed = anything.reads("/calls?ticket=48214&outcome=refused")["calls"]
        whole = anything.reads(f"/calls/{listed[0]['sid']}")

        assert [(each["sid"], each["caller"], each["reasons"]) for each in listed] == [
            ("CA1", "+…23", ["grace", "guaranteed-response"])
        ]
        assert [(turn["heard"], turn["said"][0]["text"]) for turn in whole["turns"]] == [
            ("Started", "Welcome."), ("Digits", "Not yet.")
        ]
        assert [refusal["opens_at"] for refusal in whole["refusals"]] == ["2026-03-03T16:00:00Z"]
        assert "+12025550123" not in anything.asks("/calls/CA1").text

    def test_every_part_of_a_long_list_is_shown_once(self, anything: Program, parts: Parts) -> None:
        for number in range(5):
            called(parts, f"CA{number}", "48214", ended=True)
        seen: list[str] = []
        after: str | None = ""

        while after is not None:
            page = anything.asks(f"/calls?limit=2&after={after.replace('+', '%2B')}").json
            assert page is not None
            seen += [call["sid"] for call in page["calls"]]
            after = page["next"]

        assert seen == ["CA4", "CA3", "CA2", "CA1", "CA0"]

    def test_a_place_that_nobody_answered_is_no_place(self, anything: Program) -> None:
        for after in ("yesterday", "2026-03-03T15:00:00/CA1", "2026-03-03T15:00:00Z"):
            refused(anything.asks(f"/calls?after={after}"), 422, "invalid")

    def test_what_is_live_is_shown(self, anything: Program, parts: Parts) -> None:
        called(parts, "CA1", "48214")

        assert [call["sid"] for call in anything.reads("/live")["calls"]] == ["CA1"]
        assert anything.reads("/live")["worker_seen_at"] is None


class TestOnCall:
    """Who has the shift, and who is put in instead."""

    def test_somebody_is_put_in_and_taken_out_again(self, anything: Program, parts: Parts) -> None:
        with_schedules(parts)
        before = anything.reads(f"/on-call?at={MORNING}")["schedules"]

        made = anything.sends("POST", "/on-call/overrides", IN)
        assert made.status_code == 201
        assert made.json is not None
        during = {each["schedule"]: each["person"] for each in anything.reads(f"/on-call?at={MORNING}")["schedules"]}
        assert during["week"] == PRIYA
        spread = anything.reads(f"/on-call/schedules/week/shifts?since={MORNING}&until={EVENING}")["shifts"]
        assert [shift["person"] for shift in spread] == [PRIYA]
        assert [each["why"] for each in anything.reads("/on-call/overrides")["overrides"]] == ["dentist"]

        assert anything.sends("DELETE", f"/on-call/overrides/{made.json['id']}").status_code == 200
        assert anything.reads(f"/on-call?at={MORNING}")["schedules"] == before
        refused(anything.sends("DELETE", f"/on-call/overrides/{made.json['id']}"), 404, "not-found")
        actions = [entry["action"] for entry in anything.reads("/audit")["entries"]]
        assert actions == ["took out", "put in", "made the token"]

    def test_two_at_the_same_time_are_refused_and_the_other_is_named(self, anything: Program, parts: Parts) -> None:
        with_schedules(parts)
        first = anything.sends("POST", "/on-call/overrides", IN).json
        assert first is not None

        told = refused(anything.sends("POST", "/on-call/overrides", {**IN, "person": DANA}), 409, "conflict")

        assert f"Override {first['id']} stands" in told["detail"]
        assert len(anything.reads("/on-call/overrides")["overrides"]) == 1

    def test_whom_and_what_nobody_knows(self, anything: Program, parts: Parts) -> None:
        with_schedules(parts)

        for change, field in (
            ({"person": "nobody-knows"}, "body.person"), ({"schedule": "nights"}, "body.schedule"),
            ({"ends_at": MORNING}, "body.ends_at"),
        ):
            told = refused(anything.sends("POST", "/on-call/overrides", {**IN, **change}), 422, "invalid")
            assert [error["field"] for error in told["errors"]] == [field]
        refused(anything.asks("/on-call/schedules/nights/shifts"), 404, "not-found")
        refused(anything.asks(f"/on-call/schedules/week/shifts?since={EVENING}&until={MORNING}"), 422, "invalid")
        assert anything.reads("/on-call/overrides")["overrides"] == []


def test_a_letter_that_was_given_up_is_tried_again(anything: Program, parts: Parts) -> None:
    with parts.store.writing() as work:
        work.outbox.add("notice", "n1", {"number": "48213"}, NOW)
        letter = work.outbox.claim_due(NOW, timedelta(minutes=1), 1)[0]
        work.outbox.bury(letter.id, NOW, "no such mailbox of +12025550123")

    dead = anything.reads("/letters?state=dead")["letters"]
    assert [(each["id"], each["ticket_number"], each["last_error"]) for each in dead] == [
        (letter.id, "48213", "no such mailbox of +…23")
    ]
    anything.sends("POST", f"/letters/{letter.id}/retry")

    assert anything.reads("/letters?state=dead")["letters"] == []
    assert [each["id"] for each in anything.reads("/letters?state=waiting")["letters"]] == [letter.id]
    refused(anything.sends("POST", f"/letters/{letter.id}/retry"), 404, "not-found")


def test_a_period_in_numbers(anything: Program, parts: Parts) -> None:
    called(parts, "CA1", "48214", ended=True)

    told = anything.reads("/reports?since=2026-03-03T05:00:00Z&until=2026-03-04T05:00:00Z")

    assert (told["calls"], told["ends"], told["refusals"]) == (1, {"refused": 1}, {"grace": 1})
    refused(anything.asks("/reports?since=2026-03-03T05:00:00Z&until=2026-08-04T05:00:00Z"), 422, "invalid")
    refused(anything.asks("/reports"), 422, "invalid")


def test_the_trail_of_changes_holds(anything: Program) -> None:
    assert anything.reads("/audit/verification") == {"entries": 1, "broken_at": None}
    assert anything.reads("/audit?limit=1")["next"] is None


def test_a_database_that_does_not_answer_is_a_problem_that_says_when_to_come_again() -> None:
    nowhere = settings("sqlite:////nowhere/at/all/line.db")
    gone = join(nowhere)
    program = Program(create_app(nowhere, gone), "esc_whatever")

    answer = program.asks("/live")

    assert refused(answer, 503, "unavailable")["detail"].startswith("Nothing was done")
    assert answer.headers["Retry-After"] == "5"
    gone.close()
