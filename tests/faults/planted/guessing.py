"""Bugs against I11 and I12: forged requests, and what guessing tells."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from unittest.mock import patch

from flows.heard import TicketMissing, TicketSystemDown
from ivr.line import inside, turn_taking
from ivr.telephony.signature import Signatures, raw_path
from tests.faults.deeds.strangers import Forged
from tests.faults.planted import scripts
from tests.faults.planted.bug import planted


@planted("I11", scripts.forged(Forged.UNSIGNED))
def nothing_is_checked() -> AbstractContextManager[object]:
    """No signature is asked for."""
    return patch.object(Signatures, "genuine", lambda *_: True)


@planted("I11", scripts.forged(Forged.OTHER_PLACE))
@contextmanager
def any_signature_will_do() -> Iterator[None]:
    """A signature must be there, and nobody checks of what."""

    def gullible(_: Signatures, environ: Mapping[str, Any], form: Any, signature: str | None) -> bool:
        return bool(signature and raw_path(environ))

    with patch.object(Signatures, "genuine", gullible):
        yield


@planted("I12", scripts.a_caller_guesses)
def guessing_is_free() -> AbstractContextManager[object]:
    """Whoever has guessed too often may go on guessing."""
    return patch.object(inside, "too_many_wrong_tries", lambda *_: False)


@planted("I12", scripts.a_caller_guesses)
@contextmanager
def guessing_is_answered() -> Iterator[None]:
    """Whoever has guessed too often hears something else than one who keys a wrong number."""
    answer = turn_taking.inside.ticket_answer

    def telling(work: Any, stored: Any, ticket: Any, now: Any) -> Any:
        heard = answer(work, stored, ticket, now)
        return TicketSystemDown(at=now) if ticket is not None and isinstance(heard, TicketMissing) else heard

    with patch.object(inside, "ticket_answer", telling):
        yield
