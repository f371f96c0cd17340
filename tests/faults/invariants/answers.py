"""I1, R1 and I2: what the carrier is answered, and that people hear something."""

from collections.abc import Iterator
from datetime import timedelta

from tests.faults.invariants.look import Look, clock, invariant, told
from tests.faults.sentences import says, words_of

LARGEST_DOCUMENT = 60_000
MOST_SECONDS = 5.0
LONGEST_SILENCE = timedelta(seconds=15)
NO_DOCUMENT = frozenset({"status", "recording", "transcription"})
CONSEQUENCES = frozenset({11200, 11205})
"""Alerts that say no more than the webhook itself does: it failed, or nobody was there."""


@invariant("I1")
def every_answer_can_be_followed(look: Look) -> Iterator[str]:
    """200 with a document; callbacks, whose answer nobody reads, 200 or 204. What did not come back has no answer."""
    for made in look.webhooks:
        if made.status == 0:
            continue
        if made.status not in ({200, 204} if made.kind in NO_DOCUMENT else {200}):
            yield f"{made.kind} {made.path} was answered with HTTP {made.status}"
        elif len(made.body.encode()) > LARGEST_DOCUMENT:
            yield f"{made.path} was answered with {len(made.body.encode())} bytes"


@invariant("I1")
def the_carrier_has_no_complaint(look: Look) -> Iterator[str]:
    """Ill-formed, against the schema, a verb out of place, a voice that does not exist: all of it is an alert."""
    for alert in look.alerts:
        if alert.code not in CONSEQUENCES:
            yield f"alert {alert.code}: {alert.text} ({alert.url})"


@invariant("I1")
def nothing_fails_behind_an_apology(look: Look) -> Iterator[str]:
    """The safe document is for a broken database. Here the database never breaks."""
    for made in look.webhooks:
        if says(words_of(made.body), "trouble.sorry"):
            yield f"{made.path} was answered with the apology for a failure of the line"


@invariant("I1")
def no_answer_is_slow(look: Look) -> Iterator[str]:
    """Seconds spent on the carrier's API while a caller waits. Real time says nothing but how busy the machine is."""
    for made in look.webhooks:
        if made.seconds > MOST_SECONDS:
            yield f"{made.path} took {made.seconds:.0f} s: the carrier's API was waited for again and again"


@invariant("I2")
def nobody_is_left_in_silence(look: Look) -> Iterator[str]:
    """Words, music, ring-back or a talk: never longer than fifteen seconds without any."""
    for leg in look.witness.legs.values():
        if leg.longest_silence > LONGEST_SILENCE:
            seconds, leg.longest_silence = leg.longest_silence.total_seconds(), timedelta()
            yield f"the phone {told(leg.number)} heard nothing for {seconds:.0f} s, until {clock(leg.quiet_since)}"


@invariant("R1")
def a_repeat_changes_nothing(look: Look) -> Iterator[str]:
    """Word for word the same answer, and not one row changed."""
    for repeat in look.repeats:
        if len(set(repeat.answers)) > 1:
            yield f"{repeat.path} came again and was answered differently"
        if repeat.changed:
            yield f"{repeat.path} came again and changed the books"
