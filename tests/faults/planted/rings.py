"""Bugs against I8, I9 and I13: whose phone rings, for whom, and in which order."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from typing import Any
from unittest.mock import patch

from flows import ladder_hunt, next_ring
from flows.call import EscalationCall
from flows.rules.hunt import Hunt
from flows.rules.ladder import Position
from flows.turn import Turn
from ivr.line import bookkeeping, leg_orders
from ivr.line.dialling import DialPolicy
from ivr.line.switchboard import Switchboard
from tests.faults.planted import scripts
from tests.faults.planted.bug import planted


@planted("I8", scripts.the_caller_leaves_while_phones_ring)
def phones_ring_on() -> AbstractContextManager[object]:
    """The caller has left, and the phones ring on."""
    return patch.object(bookkeeping, "_stop_rings", lambda *_: None)


@planted("I8", scripts.the_caller_leaves_while_phones_ring)
@contextmanager
def the_ladder_goes_on() -> Iterator[None]:
    """The caller has left, and the next level is rung."""
    with ExitStack() as patches:
        patches.enter_context(patch.object(Switchboard, "hung_up", lambda *_: None))
        patches.enter_context(patch.object(Switchboard, "turn", _deaf_to_ends(Switchboard.turn)))
        yield


def _deaf_to_ends(turn: Any) -> Any:
    def deaf(self: Switchboard, sid: str, number: int, told: Any) -> str:
        if getattr(told, "caller_left", False):
            return "<?xml version='1.0'?><Response/>"
        return str(turn(self, sid, number, told))

    return deaf


@planted("I9", scripts.nobody_answers)
def levels_are_left_out() -> AbstractContextManager[object]:
    """After the first phone of a level the next level is rung."""
    return patch.object(Hunt, "beyond_round", lambda _, place: Position(level=place.level + 1, member=0))


@planted("I9", scripts.nobody_answers, ring_mode="dial")
@contextmanager
def the_last_is_forgotten() -> Iterator[None]:
    """The attempt is given up before the last level has rung."""
    onward = Hunt.onward

    def early(self: Hunt, since: Position) -> Any:
        return onward(replace(self, ladder=replace(self.ladder, levels=self.ladder.levels[:-1])), since)

    with patch.object(Hunt, "onward", early):
        yield


@planted("I9", scripts.the_next_escalation_after_a_talk)
@contextmanager
def always_from_the_start() -> Iterator[None]:
    """Every escalation begins with the first level, whoever has talked before."""
    start = next_ring.start

    def forgetful(call: EscalationCall) -> Turn[EscalationCall]:
        return start(replace(call, last_talked=0))

    with patch.object(next_ring, "start", forgetful):
        yield


@planted("I13", scripts.the_foreign_director_is_rung_first)
def anywhere() -> AbstractContextManager[object]:
    """Any number may be dialled, in hold mode."""
    return patch.object(DialPolicy, "refusal", lambda *_, **__: None)


@planted("I13", scripts.the_foreign_director_is_rung_first, ring_mode="dial")
def anywhere_dialled() -> AbstractContextManager[object]:
    """Any number may be dialled, in dial mode."""
    return patch.object(DialPolicy, "refusal", lambda *_, **__: None)


@planted("I13", scripts.a_manager_escalates_himself)
@contextmanager
def the_callers_own_phone() -> Iterator[None]:
    """A caller who is on the ladder himself is rung as well."""
    hunt, refusal = ladder_hunt.hunt, DialPolicy.refusal

    def unbarred(*given: Any) -> Hunt:
        return replace(hunt(*given), barred=frozenset())

    def lax(self: DialPolicy, number: str, *, barred: frozenset[str] = frozenset()) -> str | None:
        return refusal(self, number)

    with patch.object(ladder_hunt, "hunt", unbarred), patch.object(DialPolicy, "refusal", lax):
        yield


@planted("I8", scripts.the_caller_leaves_while_phones_ring)
def orders_to_stop_are_lost() -> AbstractContextManager[object]:
    """No order to stop a phone ever reaches the carrier when the caller has left."""
    return patch.object(leg_orders, "_stop", lambda *_: None)
