"""Messages: told of twice, kept once, and what was discarded stays so."""

from db.repositories.messages import MessageState
from db.unit_of_work import Store, Work
from tests.db.samples import NOW


def recorded(work: Work, recording: str = "RE1", call: str = "CA1") -> int:
    """The carrier tells of a recording; the message's id."""
    return work.messages.recorded(
        recording_sid=recording, call_sid=call, ticket_number="48213", attempt_id=None, seconds=20, language="en",
        at=NOW,
    )


def states(work: Work) -> list[tuple[str, MessageState]]:
    return [(message.recording_sid, message.state) for message in work.messages.of_ticket("48213")]


def test_a_recording_is_entered_once_however_often_it_is_told(store: Store) -> None:
    with store.writing() as work:
        assert recorded(work) == recorded(work)
        assert states(work) == [("RE1", MessageState.OPEN)]


def test_keeping_tells_each_message_once_and_only_those_of_the_call(store: Store) -> None:
    with store.writing() as work:
        recorded(work)
        recorded(work, "RE2", call="CA2")
        assert [message.recording_sid for message in work.messages.keep("CA1")] == ["RE1"]
        assert work.messages.keep("CA1") == []
        assert states(work) == [("RE1", MessageState.KEPT), ("RE2", MessageState.OPEN)]


def test_what_was_discarded_is_not_kept_and_what_was_kept_is_not_discarded(store: Store) -> None:
    with store.writing() as work:
        assert work.messages.discard(recorded(work)) == "RE1"
        assert work.messages.keep("CA1") == []
        second = recorded(work, "RE2")
        work.messages.keep("CA1")
        assert work.messages.discard(second) is None


def test_a_transcription_is_stored_once(store: Store) -> None:
    with store.writing() as work:
        recorded(work)
        assert [work.messages.transcribed("RE1", words) for words in ("Help.", "Kelp.")] == [True, False]
        assert not work.messages.transcribed("RE9", "Who?")
    with store.reading() as work:
        message = work.messages.by_recording("RE1")
    assert message is not None
    assert message.transcription == "Help."
