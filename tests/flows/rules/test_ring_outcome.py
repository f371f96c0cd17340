"""Ring, answer, accept and bridge are four different facts; what they add up to."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.rules.ring_outcome import NEVER_RANG, RingOutcome, outcome

STATUSES = ("completed", "answered", "busy", "no-answer", "failed", "canceled")
EVERY_STATUS = st.sampled_from(STATUSES) | st.text()


@pytest.mark.parametrize(
    ("status", "facts", "ended"),
    [
        pytest.param("completed", {"bridged", "accepted"}, RingOutcome.TALKED, id="pressed 1 and talked"),
        pytest.param("completed", {"declined"}, RingOutcome.DECLINED, id="pressed 2"),
        pytest.param("completed", set(), RingOutcome.NOT_ACCEPTED, id="answered and pressed nothing"),
        pytest.param("completed", {"bridged"}, RingOutcome.NOT_ACCEPTED, id="a mailbox was bridged without a key"),
        pytest.param("completed", {"accepted"}, RingOutcome.NOT_ACCEPTED, id="pressed 1 but the bridge never came"),
        pytest.param("answered", {"bridged"}, RingOutcome.NOT_ACCEPTED, id="bridged into a conference without a key"),
        pytest.param("busy", set(), RingOutcome.BUSY, id="busy"),
        pytest.param("no-answer", set(), RingOutcome.NO_ANSWER, id="nobody answered"),
        pytest.param("failed", set(), RingOutcome.FAILED, id="the carrier could not reach it"),
        pytest.param("canceled", set(), RingOutcome.CALLER_LEFT, id="cancelled while it rang"),
        pytest.param("no-answer", {"caller left"}, RingOutcome.CALLER_LEFT, id="the caller hung up while it rang"),
        pytest.param("completed", {"caller left"}, RingOutcome.CALLER_LEFT, id="the caller hung up during the whisper"),
        pytest.param("completed", {"accepted", "caller left"}, RingOutcome.CALLER_LEFT, id="pressed 1 too late"),
        pytest.param("completed", {"declined", "caller left"}, RingOutcome.DECLINED, id="pressed 2, caller left"),
        pytest.param("completed", {"bridged", "accepted", "caller left"}, RingOutcome.TALKED, id="caller ended it"),
        pytest.param("", set(), RingOutcome.FAILED, id="no status at all"),
        pytest.param("COMPLETED", set(), RingOutcome.FAILED, id="a status nobody has documented"),
    ],
)  # fmt: skip
def test_the_end_of_a_ring(status: str, facts: set[str], ended: RingOutcome) -> None:
    assert ended is outcome(
        status,
        bridged="bridged" in facts,
        accepted="accepted" in facts,
        declined="declined" in facts,
        caller_left="caller left" in facts,
    )


@given(EVERY_STATUS, st.booleans(), st.booleans(), st.booleans(), st.booleans())
def test_a_manager_talked_exactly_if_bridged_and_accepted(
    status: str, bridged: bool, accepted: bool, declined: bool, caller_left: bool
) -> None:
    ended = outcome(status, bridged=bridged, accepted=accepted, declined=declined, caller_left=caller_left)

    assert (ended is RingOutcome.TALKED) is (bridged and accepted)


@given(EVERY_STATUS)
def test_a_bridge_without_a_key_is_never_more_than_a_mailbox(status: str) -> None:
    ended = outcome(status, bridged=True, accepted=False, declined=False, caller_left=False)

    assert ended is RingOutcome.NOT_ACCEPTED


@given(st.text().filter(lambda status: status not in STATUSES))
def test_an_unknown_status_counts_as_failed(status: str) -> None:
    assert outcome(status, bridged=False, accepted=False, declined=False, caller_left=False) is RingOutcome.FAILED


def test_every_end_that_a_carrier_can_report_is_reported() -> None:
    """Who was never rung, and a phone that another one was faster than, are our own findings."""
    facts = product((False, True), repeat=4)
    seen = {
        outcome(status, bridged=bridged, accepted=accepted, declined=declined, caller_left=left)
        for bridged, accepted, declined, left in facts
        for status in STATUSES
    }

    ours = NEVER_RANG | {RingOutcome.TAKEN}
    assert seen == set(RingOutcome) - ours
