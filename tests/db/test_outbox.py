"""The outbox: delivered at least once, never forgotten, never by two at a time."""

import pytest

from db.repositories.outbox import Message
from db.unit_of_work import Store, Work
from tests.db.samples import MINUTE, NOW


def put(work: Work, *keys: str) -> None:
    """Messages due at NOW."""
    for key in keys:
        work.outbox.add("notice", key, {"about": key}, NOW)


def take(work: Work, minute: int = 0, limit: int = 10) -> list[Message]:
    """The dispatcher comes by."""
    return work.outbox.claim_due(NOW + minute * MINUTE, MINUTE, limit)


def test_a_key_goes_in_once(store: Store) -> None:
    with store.writing() as work:
        assert [work.outbox.add("notice", "one", {"try": number}, NOW) for number in range(2)] == [True, False]
        assert [message.body for message in take(work)] == [{"try": 0}]


def test_a_message_is_taken_by_one_dispatcher_while_its_lease_runs(store: Store) -> None:
    with store.writing() as work:
        put(work, "one")
        first, second = take(work), take(work)
        after_a_crash = take(work, minute=1)
    assert [message.key for message in first] == ["one"]
    assert second == []
    assert [message.tries for message in after_a_crash] == [2]


def test_messages_are_taken_in_the_order_they_are_due(store: Store) -> None:
    with store.writing() as work:
        put(work, "b", "a", "c")
        assert [message.key for message in take(work, limit=2)] == ["b", "a"]
        assert [message.key for message in take(work, limit=2)] == ["c"]


def test_nothing_is_taken_before_it_is_due(store: Store) -> None:
    with store.writing() as work:
        work.outbox.add("notice", "later", {}, NOW + MINUTE)
        assert take(work) == []


def test_a_sent_message_stays_sent(store: Store) -> None:
    with store.writing() as work:
        put(work, "one")
        [message] = take(work)
        work.outbox.sent(message.id, NOW)
        work.outbox.retry(message.id, NOW, "too late")
        work.outbox.bury(message.id, NOW, "too late")
        assert take(work, minute=60) == []
        assert work.outbox.dead(10) == []


def test_a_failed_message_waits_for_its_next_time(store: Store) -> None:
    with store.writing() as work:
        put(work, "one")
        [message] = take(work)
        work.outbox.retry(message.id, NOW + 5 * MINUTE, "421 try again later")
        assert take(work, minute=4) == []
        [again] = take(work, minute=5)
    assert (again.tries, again.last_error, again.key) == (2, "421 try again later", "one")


def test_a_dead_letter_is_seen_and_can_be_revived(store: Store) -> None:
    with store.writing() as work:
        put(work, "one")
        [message] = take(work)
        work.outbox.bury(message.id, NOW, "550 no such mailbox")
        untouched = take(work, minute=60)
        [dead] = work.outbox.dead(10)
        revived = work.outbox.revive(message.id, NOW + 60 * MINUTE)
        [again] = take(work, minute=60)
    assert untouched == []
    assert (dead.last_error, dead.dead_at) == ("550 no such mailbox", NOW)
    assert revived
    assert again.tries == 1


def test_only_dead_letters_are_revived(store: Store) -> None:
    with store.writing() as work:
        put(work, "one")
        [message] = take(work)
        assert not work.outbox.revive(message.id, NOW)


def test_a_message_and_its_fact_stand_or_fall_together(store: Store) -> None:
    class PowerCut(Exception):
        """The process dies before COMMIT."""

    def accept_and_die() -> None:
        with store.writing() as work:
            work.heartbeats.beat("worker", NOW)
            put(work, "one")
            raise PowerCut

    with pytest.raises(PowerCut):
        accept_and_die()
    with store.reading() as work:
        assert (work.heartbeats.last("worker"), work.outbox.by_key("one")) == (None, None)
