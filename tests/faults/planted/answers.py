"""Bugs against I1, I2 and R1: what the carrier is answered."""

import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from unittest.mock import patch

from db.repositories.turns import Turns
from ivr.line import leg_orders
from ivr.line.journal import Journal
from ivr.telephony import twiml
from tests.faults.planted import scripts
from tests.faults.planted.bug import planted
from tests.faults.wire import Mishap


def documents(changed: Callable[[str], str]) -> AbstractContextManager[object]:
    """Every document leaves the line as ``changed`` makes it."""
    checked = twiml.checked
    return patch.object(twiml, "checked", lambda document: changed(checked(document)))


@planted("I1", scripts.a_caller_leaves_at_once)
def cut_off() -> AbstractContextManager[object]:
    """Documents are cut off before their end."""
    return documents(lambda document: document[:-12])


@planted("I1", scripts.a_caller_leaves_at_once)
def against_the_schema() -> AbstractContextManager[object]:
    """A verb is written that the carrier does not know."""
    return documents(lambda document: document.replace("<Gather", "<Collect").replace("</Gather", "</Collect"))


@planted("I1", scripts.nobody_answers)
def a_step_fails() -> AbstractContextManager[object]:
    """A piece of music that does not exist ends the caller's waiting in an apology."""
    return patch.object(twiml.TwimlRenderer, "_music", side_effect=LookupError)


@planted("I1", scripts.the_carriers_api_is_silent)
@contextmanager
def asks_and_asks() -> Iterator[None]:
    """A carrier that does not answer is asked once more for every phone of the level."""
    once = leg_orders._AskedInOneTurn._once

    @contextmanager
    def forgetful(self: leg_orders._AskedInOneTurn) -> Iterator[None]:
        self._is_silent = False
        with once(self):
            yield

    with patch.object(leg_orders._AskedInOneTurn, "_once", forgetful):
        yield


@planted("I2", scripts.nobody_answers)
def no_music() -> AbstractContextManager[object]:
    """A long pause instead of music."""
    return documents(lambda document: re.sub("<Play>.*?</Play>", '<Pause length="25" />', document))


@planted("I2", scripts.a_caller_says_nothing)
def listens_too_long() -> AbstractContextManager[object]:
    """A key is waited for for half a minute."""
    return documents(lambda document: re.sub(r'(<Gather[^>]*timeout=")\d+"', r'\g<1>30"', document))


@planted("R1", scripts.repeated(Mishap.TWICE))
def every_webhook_is_news() -> AbstractContextManager[object]:
    """Every webhook is a turn of its own, also one that comes again."""
    return patch.object(Journal, "is_due", staticmethod(lambda *_: True))


@planted("R1", scripts.repeated(Mishap.AT_ONCE))
def answers_are_not_kept() -> AbstractContextManager[object]:
    """What was answered once is not found when it is asked for again."""
    return patch.object(Turns, "answer", lambda *_: None)
