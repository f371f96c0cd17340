"""From the outbox to the world: sent once, tried again, given up in the open, never lost."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import accumulate, count, pairwise
from threading import Barrier, Thread

import pytest
from structlog.testing import capture_logs

from db.unit_of_work import Store
from ivr.line.dispatcher import LEASE, PASS_SECONDS, WAITS
from ivr.line.ports import Rejected, RetryLater
from tests.ivr.line.outbox_stories import (
    TICKET,
    PostOffice,
    ToldClock,
    a_dispatcher,
    a_notice,
    dead_letters,
    letter,
    nothing_waits,
    post_notices,
)

SECOND = timedelta(seconds=1)


@pytest.fixture
def clock() -> ToldClock:
    told = ToldClock()
    told.advance(60 * SECOND)
    return told


@pytest.fixture
def post() -> PostOffice:
    return PostOffice()


def test_an_accepted_escalation_is_told_once(store: Store, clock: ToldClock, post: PostOffice) -> None:
    post_notices(store, "call-1/accepted")
    dispatcher = a_dispatcher(store, clock, post)

    assert dispatcher.run_once() == 1

    assert post.taken == [a_notice("call-1/accepted")]
    assert letter(store, "call-1/accepted").sent_at == clock.now
    assert dispatcher.run_once() == 0
    assert nothing_waits(store)


def test_an_empty_outbox_is_nothing_to_do(store: Store, clock: ToldClock, post: PostOffice) -> None:
    assert a_dispatcher(store, clock, post).run_once() == 0


def test_letters_go_in_the_order_they_were_written(store: Store, clock: ToldClock, post: PostOffice) -> None:
    keys = [f"call-{number}" for number in range(20)]
    post_notices(store, *keys)

    assert a_dispatcher(store, clock, post).run_once() == 20

    assert post.keys == keys
    assert nothing_waits(store)


@pytest.mark.parametrize("failures", [1, 2, 5, 7, len(WAITS)])
def test_trouble_that_passes_only_costs_time(
    store: Store, clock: ToldClock, post: PostOffice, failures: int
) -> None:
    post_notices(store, "call-1/accepted")
    dispatcher = a_dispatcher(store, clock, post)
    post.troubles = [RetryLater("451 Try again later")] * failures
    for wait in WAITS[:failures]:
        assert dispatcher.run_once() == 1
        clock.advance(wait - SECOND)
        assert dispatcher.run_once() == 0
        clock.advance(SECOND)

    assert dispatcher.run_once() == 1

    assert post.keys == ["call-1/accepted"]
    assert len(post.asked) == failures + 1
    assert dead_letters(store) == []
    assert nothing_waits(store)


def test_the_pauses_begin_at_15_seconds_grow_and_end_within_a_day() -> None:
    assert [wait / SECOND for wait in WAITS[:6]] == [15, 60, 300, 900, 1800, 3600]
    assert all(earlier < later for earlier, later in pairwise(WAITS))
    assert timedelta(hours=23) < list(accumulate(WAITS, initial=timedelta()))[-1] <= timedelta(hours=24)


def test_a_day_of_trouble_ends_in_a_dead_letter_that_says_why(
    store: Store, clock: ToldClock, post: PostOffice
) -> None:
    post_notices(store, "call-1/accepted")
    dispatcher = a_dispatcher(store, clock, post)
    post.troubles = [RetryLater("SMTP_HOST is not set")] * 100
    for wait in (*WAITS, SECOND):
        dispatcher.run_once()
        clock.advance(wait)

    assert dead_letters(store) == [("call-1/accepted", "given up after 18 tries: SMTP_HOST is not set")]
    assert len(post.asked) == 18
    assert post.taken == []
    assert nothing_waits(store)


def test_a_revived_dead_letter_goes_out_as_if_it_were_new(store: Store, clock: ToldClock, post: PostOffice) -> None:
    post_notices(store, "call-1/accepted")
    dispatcher = a_dispatcher(store, clock, post)
    post.troubles = [Rejected("550 No such user"), RetryLater("451 Try again later")]
    dispatcher.run_once()
    with store.writing() as work:
        work.outbox.revive(letter(store, "call-1/accepted").id, clock.now)

    dispatcher.run_once()
    clock.advance(WAITS[0])
    dispatcher.run_once()

    assert post.keys == ["call-1/accepted"]
    assert dead_letters(store) == []
    assert nothing_waits(store)


def test_a_rejected_letter_is_dead_at_once_and_the_others_are_served(
    store: Store, clock: ToldClock, post: PostOffice
) -> None:
    post_notices(store, "call-1", "call-2", "call-3")
    post.troubles = [Rejected("550 No such user: mend the shift manager's address")]

    assert a_dispatcher(store, clock, post).run_once() == 3

    assert dead_letters(store) == [("call-1", "550 No such user: mend the shift manager's address")]
    assert post.keys == ["call-2", "call-3"]
    assert nothing_waits(store)


def test_a_bug_in_the_channel_stops_no_other_letter_and_betrays_no_one(
    store: Store, clock: ToldClock, post: PostOffice
) -> None:
    post_notices(store, "call-1", "call-2")
    post.troubles = [RuntimeError("no template for sam@northwind.example, +12025550123")]
    dispatcher = a_dispatcher(store, clock, post)

    with capture_logs() as logged:
        dispatcher.run_once()

    assert post.keys == ["call-2"]
    assert (letter(store, "call-1").last_error or "").startswith("unexpected RuntimeError at send:")
    assert "sam@" not in str(logged)
    assert "0123" not in str(logged)
    clock.advance(WAITS[0])
    assert dispatcher.run_once() == 1
    assert post.keys == ["call-2", "call-1"]
    assert nothing_waits(store)


@pytest.mark.parametrize(
    ("kind", "body", "why"),
    [
        ("telegram", {}, "there are no letters of kind 'telegram'"),
        ("notice", {"key": "sam@northwind.example"}, "this notice cannot be read; wrong: at, caller, company"),
        ("notice", {"at": "2026-11-22T19:05:00"}, "this notice cannot be read"),
        ("ticket-note", {"number": "48213"}, "this ticket-note cannot be read; wrong: text"),
    ],
)
def test_an_unreadable_letter_is_dead_and_says_what_is_wrong(
    store: Store, clock: ToldClock, post: PostOffice, kind: str, body: dict[str, str], why: str
) -> None:
    with store.writing() as work:
        work.outbox.add(kind, "strange", body, clock.now)
    post_notices(store, "call-1")

    a_dispatcher(store, clock, post).run_once()

    [(key, error)] = dead_letters(store)
    assert key == "strange"
    assert (error or "").startswith(why)
    assert "sam@" not in (error or "")
    assert post.keys == ["call-1"]
    assert nothing_waits(store)


def add_note(store: Store, clock: ToldClock, number: str = "48213") -> None:
    with store.writing() as work:
        work.tickets.put(TICKET)
        work.outbox.add("ticket-note", "attempt/1", {"number": number, "text": "Escalated by phone."}, clock.now)


def test_a_note_is_written_on_the_ticket(store: Store, clock: ToldClock, post: PostOffice) -> None:
    add_note(store, clock)

    assert a_dispatcher(store, clock, post).run_once() == 1

    with store.reading() as work:
        assert work.tickets.notes("48213") == ["Escalated by phone."]
    assert post.asked == []
    assert nothing_waits(store)


def test_a_note_on_a_ticket_that_is_gone_is_a_dead_letter(store: Store, clock: ToldClock, post: PostOffice) -> None:
    add_note(store, clock, number="99999")

    a_dispatcher(store, clock, post).run_once()

    assert dead_letters(store) == [("attempt/1", "there is no ticket 99999 to write a note on")]
    assert nothing_waits(store)


def test_a_crash_between_sending_and_noting_it_sends_the_same_notice_again_after_the_lease(
    store: Store, clock: ToldClock, post: PostOffice
) -> None:
    post_notices(store, "call-1/accepted")
    dispatcher = a_dispatcher(store, clock, post)
    post.troubles = [KeyboardInterrupt()]
    with pytest.raises(KeyboardInterrupt):
        dispatcher.run_once()
    clock.advance(LEASE - SECOND)
    assert dispatcher.run_once() == 0

    clock.advance(SECOND)
    assert dispatcher.run_once() == 1

    assert post.asked == ["call-1/accepted"] * 2
    assert nothing_waits(store)


def test_a_letter_that_kills_the_worker_each_time_ends_as_a_dead_letter(
    store: Store, clock: ToldClock, post: PostOffice
) -> None:
    post_notices(store, "call-1/accepted")
    dispatcher = a_dispatcher(store, clock, post)
    deaths = len(WAITS) + 1
    post.troubles = [KeyboardInterrupt() for _ in range(deaths)]
    for _ in range(deaths):
        with pytest.raises(KeyboardInterrupt):
            dispatcher.run_once()
        clock.advance(LEASE)

    assert dispatcher.run_once() == 1

    assert [key for key, _ in dead_letters(store)] == ["call-1/accepted"]
    assert len(post.asked) == deaths
    assert nothing_waits(store)


def test_no_transaction_is_open_while_a_letter_is_handed_over(
    store: Store, clock: ToldClock, post: PostOffice
) -> None:
    def another_call_is_accepted() -> None:
        with store.writing() as work:
            work.outbox.add("ticket-note", "meanwhile", {"number": "48213", "text": "Escalated."}, clock.now)
            work.tickets.put(TICKET)

    post_notices(store, "call-1/accepted")
    post.meanwhile = another_call_is_accepted

    assert a_dispatcher(store, clock, post).run_once() == 2

    assert post.keys == ["call-1/accepted"]
    assert nothing_waits(store)


def test_two_dispatchers_at_once_send_each_letter_once(store: Store, clock: ToldClock) -> None:
    keys = [f"call-{number}" for number in range(40)]
    post_notices(store, *keys)
    offices = [PostOffice(), PostOffice()]
    start = Barrier(len(offices))

    def work_off(post: PostOffice) -> None:
        start.wait(10)
        dispatcher = a_dispatcher(store, clock, post)
        while dispatcher.run_once():
            pass

    threads = [Thread(target=work_off, args=(post,)) for post in offices]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert sorted(offices[0].keys + offices[1].keys) == sorted(keys)
    assert nothing_waits(store)


def test_a_silent_mail_server_ends_the_pass_so_that_other_tasks_get_their_turn(
    store: Store, clock: ToldClock, post: PostOffice
) -> None:
    post_notices(store, "call-1", "call-2", "call-3")
    post.troubles = [RetryLater("timed out")]
    seconds: Iterator[float] = (PASS_SECONDS / 2 * reading for reading in count())
    dispatcher = a_dispatcher(store, clock, post, elapsed=lambda: next(seconds))

    assert dispatcher.run_once() == 1
    assert post.asked == ["call-1"]

    assert dispatcher.run_once() == 1
    assert post.keys == ["call-2"]
