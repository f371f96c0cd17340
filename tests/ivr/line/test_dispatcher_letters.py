"""Letters survive the outbox unchanged, and nothing else is taken for one."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.effects import News
from flows.ticket import Severity, Status, Ticket
from ivr.line.letters import LetterError, TicketNote, decode, encode
from ivr.line.ports import Notice, Recipient
from tests.ivr.line.outbox_stories import NOW, TICKET, a_notice

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
instants = st.datetimes(datetime(2020, 1, 2), datetime(2040, 1, 1), timezones=st.just(UTC) | zones)  # noqa: DTZ001
tickets = st.builds(
    Ticket, number=words, subject=words, organisation=words, requester=words, program=words,
    severity=st.sampled_from(Severity), product=words, status=st.sampled_from(Status), opened_at=instants,
    updated_at=instants, region=words, contact_numbers=st.lists(words, max_size=3).map(tuple), time_zone=words,
)
notices = st.builds(
    Notice, key=words, news=st.sampled_from(News), at=instants, company=words,
    recipient=st.builds(Recipient, name=words, address=words, language=words, zone=words), number=words, caller=words,
    ticket=st.none() | tickets, response_due=st.none() | instants,
    rings=st.lists(st.tuples(words, words, words), max_size=3).map(tuple),
)


@given(notice=notices)
def test_a_notice_comes_back_as_it_went_in(notice: Notice) -> None:
    assert decode("notice", json.loads(json.dumps(encode(notice)))) == notice


def test_a_ticket_note_is_its_number_and_text() -> None:
    body = {"number": "48213", "text": "Escalated by phone."}

    assert decode("ticket-note", body) == TicketNote(number="48213", text="Escalated by phone.")


NAIVE = NOW.replace(tzinfo=None)


@pytest.mark.parametrize(
    "notice",
    [
        replace(a_notice(), at=NAIVE),
        replace(a_notice(), response_due=NAIVE),
        replace(a_notice(), ticket=replace(TICKET, opened_at=NAIVE)),
        replace(a_notice(), ticket=replace(TICKET, updated_at=NAIVE)),
    ],
)
def test_a_time_without_a_zone_never_enters_the_outbox(notice: Notice) -> None:
    with pytest.raises(ValueError, match="time zone"):
        encode(notice)


def test_a_time_without_a_zone_is_not_read_from_it_either() -> None:
    with pytest.raises(LetterError, match="time zone"):
        decode("notice", encode(a_notice()) | {"at": "2026-11-22T19:05:00"})
