"""Recordings of talks: the carrier may tell of one twice, and forgets it with us."""

from db.unit_of_work import Store
from tests.db.samples import MINUTE, NOW

TALK = {"ring_id": 1, "call_sid": "CA1", "recording_sid": "RE1", "seconds": 60}


def test_a_talk_told_twice_is_one_and_stays_as_it_was(store: Store) -> None:
    with store.writing() as work:
        work.talk_recordings.add(**TALK, at=NOW)
        work.talk_recordings.add(**TALK | {"seconds": 1}, at=NOW + MINUTE)

    with store.reading() as work:
        (talk,) = work.talk_recordings.of_call("CA1")
    assert (talk.recording_sid, talk.seconds, talk.recorded_at) == ("RE1", 60, NOW)


def test_forgotten_with_its_call_and_no_other(store: Store) -> None:
    with store.writing() as work:
        work.talk_recordings.add(**TALK, at=NOW)
        work.talk_recordings.add(**TALK | {"call_sid": "CA2", "recording_sid": "RE2"}, at=NOW)

        assert work.talk_recordings.forget("CA1") == ["RE1"]
        assert work.talk_recordings.of_call("CA1") == []
        assert len(work.talk_recordings.of_call("CA2")) == 1
