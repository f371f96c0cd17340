"""What was recorded on a call: listed for whoever may read, heard by supervisors and owners only."""

from collections.abc import Callable

import pytest

from db.repositories.messages import MessageState
from flows.rules.roles import Role
from ivr import app as wiring
from ivr.app import Parts
from ivr.line.ports import Rejected, RetryLater
from tests.ivr.admin.test_pages import called
from tests.ivr.admin.visitor import Visitor
from tests.ivr.line.sounds import wav

MESSAGE, TALK, DISCARDED = "RE" + "1" * 32, "RE" + "2" * 32, "RE" + "3" * 32
PAGE = "/admin/calls/CA1"


class Carrier:
    """Notes which sounds it was asked for; ``trouble`` is raised instead."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.trouble: Exception | None = None

    def audio(self, sid: str) -> bytes:
        if self.trouble:
            raise self.trouble
        self.asked.append(sid)
        return wav(3)


@pytest.fixture
def carrier(monkeypatch: pytest.MonkeyPatch) -> Carrier:
    found = Carrier()
    monkeypatch.setattr(wiring, "TwilioRecordings", lambda *_: found)
    return found


@pytest.fixture
def owner(carrier: Carrier, somebody: Callable[[], Visitor]) -> Visitor:
    visitor = somebody().is_user("olga", Role.OWNER)
    visitor.signs_in("olga")
    return visitor


def recorded(parts: Parts) -> None:
    """A call with a talk, a message that was left and one that was discarded."""
    called(parts, "CA1", "48213", ended=True)
    with parts.store.writing() as work:
        now = parts.clock()
        attempt = work.attempts.begin("48213", "CA1", "phone", now)
        ring = work.rings.start(attempt, "CA1", 1, "Manager", "Dana Whitfield", "+12025550101", now)
        work.talk_recordings.add(ring_id=ring, call_sid="CA1", recording_sid=TALK, seconds=192, at=now)
        for sid in (MESSAGE, DISCARDED):
            message = work.messages.recorded(recording_sid=sid, call_sid="CA1", ticket_number="48213", seconds=42,
                                             attempt_id=attempt, language="en", at=now)
        work.messages.discard(message)
        assert [each.state for each in work.messages.keep("CA1")] == [MessageState.KEPT]
        work.messages.transcribed(MESSAGE, "Please <b>call</b> me.")


def test_a_call_shows_its_recordings_and_lets_hear_them(owner: Visitor, carrier: Carrier) -> None:
    recorded(owner.parts)
    page = owner.browser.get(PAGE).text

    assert "Talk with Dana Whitfield" in page
    assert "Please &lt;b&gt;call&lt;/b&gt; me." in page
    assert page.count("<audio") == 2
    for sid in (TALK, MESSAGE):
        heard = owner.asks(f"{PAGE}/recordings/{sid}.wav")
        assert (heard.data, heard.mimetype) == (wav(3), "audio/wav")
    assert carrier.asked == [TALK, MESSAGE]


@pytest.mark.parametrize("address", [
    f"{PAGE}/recordings/{DISCARDED}.wav", f"{PAGE}/recordings/RE9.wav", f"/admin/calls/CA2/recordings/{TALK}.wav",
])
def test_nothing_else_is_fetched_from_the_carrier(owner: Visitor, carrier: Carrier, address: str) -> None:
    recorded(owner.parts)
    called(owner.parts, "CA2", "48213")

    assert owner.asks(address).status_code == 404
    assert carrier.asked == []


@pytest.mark.parametrize(("trouble", "status"), [(Rejected("gone"), 404), (RetryLater("busy"), 503)])
def test_a_carrier_in_trouble_is_no_error_of_ours(
    owner: Visitor, carrier: Carrier, trouble: Exception, status: int
) -> None:
    recorded(owner.parts)
    carrier.trouble = trouble

    assert owner.asks(f"{PAGE}/recordings/{TALK}.wav").status_code == status


def test_whoever_may_only_read_sees_that_there_are_some(somebody: Callable[[], Visitor]) -> None:
    anna = somebody().is_user("anna", Role.AUDITOR)
    recorded(anna.parts)
    anna.signs_in("anna")
    page = anna.sees(PAGE)

    assert "Talk with Dana Whitfield" in page
    assert "<audio" not in page
    assert anna.asks(f"{PAGE}/recordings/{TALK}.wav").status_code == 403
