"""Reports: every number is that of the calls it leads to."""

import re
from datetime import timedelta
from html import unescape

import pytest

from db.repositories.reports import Period
from db.unit_of_work import Store
from flows.rules.cooldown import Outcome
from flows.rules.decline import DeclineReason
from flows.rules.promise import State
from flows.rules.ring_outcome import RingOutcome
from ivr.line.reports import Report, report
from tests.db.samples import HOUR, MINUTE, NOW, begin_attempt, begin_call, begin_ring
from tests.ivr.admin.visitor import Visitor
from tests.ivr.line.promise_stories import NUMBER, company, states, talked

ZONE = "America/New_York"
DAY = timedelta(days=1)


@pytest.fixture
def busy(store: Store) -> Store:
    """A line that one customer has called."""
    company(store)
    return store


def told(store: Store, since: timedelta = 2 * DAY, line: str = "") -> Report:
    """The report up to tomorrow."""
    with store.reading() as work:
        return report(work, Period(since=NOW - since, until=NOW + DAY, line=line), ZONE)


def test_a_call_without_an_escalation_is_a_call_and_nothing_else(busy: Store) -> None:
    found = told(busy)

    assert found.ends == {"none": 1}
    assert (found.calls, found.refusals, found.times, found.managers, found.late) == (1, (), (), (), ())
    assert found.kept is None
    assert len(found.days) == 4, "a day without calls is a day"


def test_a_talk_is_counted_with_the_time_it_took(busy: Store) -> None:
    with busy.writing() as work:
        attempt = begin_attempt(work)
        first = begin_ring(work, attempt)
        work.rings.decline(first, NOW)
        work.rings.explain(first, DeclineReason.LATER)
        work.rings.end(first, RingOutcome.DECLINED, NOW + MINUTE)
        second = begin_ring(work, attempt, rank=2, at=NOW + MINUTE)
        work.rings.accept(second, "CA-leg", NOW + 2 * MINUTE)
        work.rings.end(second, RingOutcome.TALKED, NOW + 5 * MINUTE)
        work.claims.end(attempt, Outcome.REACHED, None, 2, NOW + 6 * MINUTE, "Senior Director")
    found = told(busy)

    assert found.ends == {"reached": 1}
    (time,) = found.times
    assert (time.rank, time.talks, time.half, time.nine_of_ten) == (2, 1, 2 * MINUTE, 2 * MINUTE)
    assert sum(row.rings for row in found.managers) == 2
    (hour,) = {hour for row in found.managers for hour, count in enumerate(row.hours) if count}
    assert hour == 9, "14:00 UTC in November is 9 in New York"


def test_a_call_counts_once_for_each_reason_that_was_spoken_and_those_that_spared_a_manager(busy: Store) -> None:
    with busy.writing() as work:
        sid = work.attempts.read(begin_attempt(work)).call_sid  # type: ignore[union-attr]
        for reasons in (("grace", "guaranteed-response"), ("cooling-down",), ("cooling-down",), ("being-rung",)):
            work.refusals.record(sid, NUMBER, reasons, NOW + HOUR, NOW)
    found = told(busy)

    assert set(found.refusals) == {("cooling-down", 1), ("grace", 1), ("being-rung", 1)}
    assert found.spared == 2


def test_promises_kept_are_those_among_the_settled_ones(busy: Store) -> None:
    with busy.writing() as work:
        for number, state in enumerate((State.KEPT, State.KEPT, State.BROKEN, State.OPEN)):
            states(work, talked(work, number=f"4{number}"))
            promise = work.promises.of_ticket(f"4{number}", 1)[0]
            if state is not State.OPEN:
                work.promises.close(promise.id, state, NOW)
    found = told(busy)

    assert found.promises[State.KEPT] == 2
    assert found.kept == pytest.approx(2 / 3)


def test_another_line_has_numbers_of_its_own(busy: Store) -> None:
    with busy.writing() as work:
        talked(work, over=True)

    assert told(busy).calls == 1
    assert told(busy, line="+12025550199").calls == 0


def test_the_page_has_an_empty_state_and_keeps_to_known_periods(owner: Visitor) -> None:
    for path in ("/admin/reports", "/admin/reports?days=9999&line=nobody"):
        assert "Nobody has called in this time" in owner.sees(path)


def test_every_number_on_the_page_leads_to_as_many_calls(owner: Visitor) -> None:
    at = owner.parts.clock() - HOUR
    with owner.parts.store.writing() as work:
        begin_call(work, at=at)
        states(work, talked(work, at=at), until=at + 2 * HOUR, at=at)
        begin_call(work, "CA2", at=at)
        work.refusals.record("CA2", NUMBER, ("cooling-down",), at + HOUR, at)
        begin_call(work, "CA3", at=at)
        for reasons in (("guaranteed-response",), ("grace", "guaranteed-response"), ("grace",)):
            work.refusals.record("CA3", NUMBER, reasons, at + HOUR, at)
    page = owner.browser.get("/admin/reports?days=90").text
    links = re.findall(r'href="(/admin/calls\?[^"]+)">(\d+)</a>', page)

    assert {number for _, number in links} == {"0", "1", "2", "3"}
    for address, number in links:
        shown = len(set(re.findall(r'href="/admin/calls/CA\w+"', owner.browser.get(unescape(address)).text)))
        assert shown == int(number), address


def test_a_cell_of_the_hours_leads_to_its_calls_and_to_none_but_them(owner: Visitor) -> None:
    at = owner.parts.clock() - HOUR
    with owner.parts.store.writing() as work:
        for number, ago in enumerate((0, 24, 25)):
            begin_call(work, f"CA{number}", at=at - ago * HOUR)
            attempt = work.attempts.begin(f"{number}", f"CA{number}", "phone", at - ago * HOUR)
            work.rings.start(attempt, f"CA{number}", 1, "Level 1", "Dana", "+12025550101", at - ago * HOUR)
    page = owner.browser.get("/admin/reports?days=7").text
    cell = re.search(r'href="([^"]+hour=9[^"]*)">2</a>', page)
    assert cell is not None

    shown = owner.sees(unescape(cell.group(1)))
    assert "for which Dana was rung from 9 to 10" in shown
    assert [sid for sid in ("CA0", "CA1", "CA2") if f"/admin/calls/{sid}" in shown] == ["CA0", "CA1"]
    assert "No call fits" in owner.sees(unescape(cell.group(1)).replace("hour=9", "hour=3"))
    assert owner.browser.get(unescape(cell.group(1)).replace("/calls?", "/calls.csv?")).text.count("+1") == 2


def test_repeat_calls_that_rang_nobody_lead_to_their_calls(owner: Visitor) -> None:
    at = owner.parts.clock() - HOUR
    with owner.parts.store.writing() as work:
        for sid, reason in (("CA1", "grace"), ("CA2", "cooling-down"), ("CA3", "being-rung")):
            begin_call(work, sid, at=at)
            work.refusals.record(sid, NUMBER, (reason,), at + HOUR, at)
    page = owner.browser.get("/admin/reports?days=7").text
    tile = re.search(r'href="([^"]+repeat=1[^"]*)">2</a>', page)
    assert tile is not None
    shown = owner.sees(unescape(tile.group(1)))

    assert "that rang nobody again" in shown
    assert [sid for sid in ("CA1", "CA2", "CA3") if f"/admin/calls/{sid}" in shown] == ["CA2", "CA3"]


def test_days_are_chosen_one_by_one_and_stay_in_the_address(owner: Visitor) -> None:
    at = owner.parts.clock() - 3 * DAY
    with owner.parts.store.writing() as work:
        begin_call(work, at=at)
    day = at.date()

    shown = owner.sees(f"/admin/reports?since={day}&until={day + DAY}")
    assert shown.count(f"since={day}&until={day + DAY}") >= 3, "the calls' links and the CSV's keep the day"
    assert "Nobody has called" in owner.sees(f"/admin/reports?since={day - DAY}&until={day}")


@pytest.mark.parametrize("dates", [
    "since=2026-03-03", "since=soon&until=2026-03-03", "since=2026-03-03&until=2026-03-03",
    "since=2026-03-03&until=2026-03-01", "since=2025-01-01&until=2026-01-01", "since=0001-01-01&until=0001-01-02",
    "since=9999-12-30&until=9999-12-31",
])  # fmt: skip
def test_dates_that_make_no_period_are_told_and_the_usual_one_is_shown(owner: Visitor, dates: str) -> None:
    shown = owner.sees(f"/admin/reports?{dates}")

    assert "Below are the last 30 days." in shown
    assert shown.count('aria-invalid="true"') == 2


def test_the_csv_has_the_numbers_of_the_page_and_no_formula(owner: Visitor) -> None:
    at = owner.parts.clock() - HOUR
    with owner.parts.store.writing() as work:
        begin_call(work, at=at)
        attempt = begin_attempt(work, at=at)
        work.rings.start(attempt, "CA1", 1, "=HYPERLINK(1)", "=Dana", "+12025550101", at)
    answer = owner.browser.get("/admin/reports.csv?days=7")
    rows = [line.split(",") for line in answer.text.splitlines()]

    assert answer.mimetype == "text/csv"
    assert rows[0] == ["figure", "of", "what", "number"]
    assert [row for row in rows if row[0] == "calls" and row[2] == "all" and row[3] != "0"] == [
        ["calls", "2026-03-03", "all", "1"]
    ]
    assert [row for row in rows if row[0] == "rings"] == [["rings", "'=Dana", "09:00", "1"]]
