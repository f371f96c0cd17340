"""From the outbox through a real mail server: whatever the server does, the shift manager gets the mail."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from db import seed
from db.unit_of_work import Store
from ivr.line.dispatcher import WAITS, Dispatcher
from ivr.line.messages import MessageDesk
from ivr.notifications.email.channel import EmailChannel
from ivr.notifications.email.message import message_id
from ivr.tickets.builtin.connector import BuiltinTickets
from tests.ivr.line.outbox_stories import (
    LINKS,
    NOW,
    Shelf,
    ToldClock,
    dead_letters,
    letter,
    no_calls,
    nothing_waits,
    post_notices,
)
from tests.ivr.notifications.sink import DROP, LOST_ANSWER, SILENCE, MailSink
from tests.ivr.notifications.stories import channel_to, patience_with


@pytest.fixture
def clock() -> ToldClock:
    told = ToldClock()
    told.advance(timedelta(minutes=10))
    return told


@pytest.fixture
def a_dispatcher(store: Store, clock: ToldClock) -> Callable[[EmailChannel], Dispatcher]:
    """Builds the dispatcher as the worker has it, mailing through the given channel."""
    desk, calls = MessageDesk(store, clock, Shelf()), no_calls(store, clock)
    return lambda channel: Dispatcher(store, clock, channel, BuiltinTickets(store, clock), desk, LINKS, calls)


@pytest.fixture
def dispatcher(a_dispatcher: Callable[[EmailChannel], Dispatcher], channel: EmailChannel) -> Dispatcher:
    return a_dispatcher(channel)


def test_the_shift_manager_is_mailed_once(store: Store, sink: MailSink, dispatcher: Dispatcher) -> None:
    post_notices(store, "call-1/accepted")

    dispatcher.run_once()
    dispatcher.run_once()

    assert [mail["Subject"] for mail in sink.mails] == ["Escalation: ticket 48213, severity 2 — Acme Industries"]
    assert nothing_waits(store)


def test_mails_are_worded_by_what_is_published_when_they_are_sent(
    store: Store, sink: MailSink, dispatcher: Dispatcher
) -> None:
    post_notices(store, "call-1/accepted", "call-2/accepted")
    reworded = {"en": {"about.ticket": "{number} of {organisation}", "action.escalation-accepted": "Call at once."}}
    with store.writing() as work:
        work.routing.publish(replace(seed.ROUTING, mails=reworded), "olga", "shorter mails", NOW)

    dispatcher.run_once()

    assert {mail["Subject"] for mail in sink.mails} == {"Escalation: 48213 of Acme Industries"}
    [text, _] = sink.mails[0].iter_parts()
    assert "Call at once." in text.get_content().splitlines()
    assert nothing_waits(store)


@pytest.mark.parametrize("verb", ["EHLO", "MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize("trouble", ["451 4.3.0 Try again later", SILENCE, DROP])
def test_a_server_in_trouble_is_tried_again_after_15_seconds(
    verb: str,
    trouble: str,
    store: Store,
    clock: ToldClock,
    sink: MailSink,
    dispatcher: Dispatcher,
    a_dispatcher: Callable[[EmailChannel], Dispatcher],
) -> None:
    post_notices(store, "call-1/accepted")
    sink.script[verb] = [trouble] * (2 if verb == "EHLO" else 1)
    a_dispatcher(channel_to(sink, timeout=patience_with(trouble))).run_once()
    sink.script.clear()
    assert sink.mails == []
    assert dispatcher.run_once() == 0

    clock.advance(timedelta(seconds=15))
    dispatcher.run_once()

    assert len(sink.mails) == 1
    assert letter(store, "call-1/accepted").tries == 2
    assert nothing_waits(store)


def test_an_answer_lost_after_data_sends_the_same_message_id_again(
    store: Store, clock: ToldClock, sink: MailSink, dispatcher: Dispatcher
) -> None:
    post_notices(store, "call-1/accepted")
    sink.script["DATA"] = [LOST_ANSWER, LOST_ANSWER]

    for wait in WAITS[:4]:
        dispatcher.run_once()
        clock.advance(wait)

    assert len(sink.mails) == 3
    assert len({mail["Message-ID"] for mail in sink.mails}) == 1
    assert nothing_waits(store)


def test_a_refused_recipient_is_a_visible_dead_letter_and_the_others_get_their_mail(
    store: Store, sink: MailSink, dispatcher: Dispatcher
) -> None:
    post_notices(store, "call-1", "call-2", "call-3")
    sink.script["RCPT"] = ["", "550 5.1.1 <sam@northwind.example> unknown"]

    dispatcher.run_once()

    [(key, error)] = dead_letters(store)
    assert key == "call-2"
    assert "refused the recipient s***@northwind.example: 550 5.1.1" in (error or "")
    assert "sam@" not in (error or "")
    assert len(sink.mails) == 2
    assert nothing_waits(store)


def test_four_hours_without_a_mail_server_lose_nothing_and_keep_the_order(
    store: Store, clock: ToldClock, sink: MailSink, a_dispatcher: Callable[[EmailChannel], Dispatcher]
) -> None:
    keys = [f"call-{number}" for number in range(30)]
    post_notices(store, *keys)
    nowhere = a_dispatcher(channel_to(sink, host=""))
    for _ in range(4 * 60):
        nowhere.run_once()
        clock.advance(timedelta(minutes=1))
    assert sink.mails == []

    there = a_dispatcher(channel_to(sink))
    for _ in range(2 * 60):
        there.run_once()
        clock.advance(timedelta(minutes=1))

    assert [mail["Message-ID"] for mail in sink.mails] == [message_id(key, "northwind.example") for key in keys]
    assert dead_letters(store) == []
    assert nothing_waits(store)


def test_without_smtp_host_the_letter_says_which_setting_is_missing(
    store: Store, sink: MailSink, a_dispatcher: Callable[[EmailChannel], Dispatcher]
) -> None:
    post_notices(store, "call-1/accepted")

    a_dispatcher(channel_to(sink, host="")).run_once()

    assert (letter(store, "call-1/accepted").last_error or "").startswith("SMTP_HOST is not set")
    assert sink.mails == []
