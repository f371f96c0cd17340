"""Who keys ticket numbers, and who has guessed too often: reckoned from the carrier's webhooks alone."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.faults.sentences import document, says, words_of
from tests.faults.wire import Webhook

WINDOW = timedelta(hours=1)
MOST_WRONG = 6
SHORTEST, LONGEST = 4, 10


@dataclass(frozen=True, slots=True)
class Try:
    """One ticket number keyed. ``nth`` counts the failed tries at this question before it, ``throttled`` says that the
    caller has used up the wrong tries of the hour."""

    made: Webhook
    number: str
    language: str
    nth: int
    throttled: bool


@dataclass(slots=True)
class Guesses:
    """Follows every call's webhooks, in order."""

    asked: dict[str, str] = field(default_factory=dict)
    wrong: dict[str, list[datetime]] = field(default_factory=dict)
    lengths: tuple[int, int] = (SHORTEST, LONGEST)

    def follow(self, webhooks: tuple[Webhook, ...]) -> Iterator[Try]:
        """The ticket numbers keyed among ``webhooks``."""
        for made in webhooks:
            tried = self._tried(made)
            if tried is not None:
                yield tried
            if made.kind != "status" and made.status:
                self.asked[made.sid] = made.body

    def _tried(self, made: Webhook) -> Try | None:
        asked, keys = self.asked.get(made.sid, ""), made.form.get("Digits", "")
        language = _asks_for_a_number(asked)
        if not language or not keys.isdigit() or not self.lengths[0] <= len(keys) <= self.lengths[1]:
            return None
        caller = made.form.get("From", "")
        recent = [at for at in self.wrong.get(caller, []) if made.at - at < WINDOW]
        if says(words_of(made.body), "ticket.missing"):
            self.wrong.setdefault(caller, []).append(made.at)
        return Try(made, keys, language, _failed_before(asked), len(recent) >= MOST_WRONG)


def _failed_before(asked: str) -> int:
    """How often the question had been answered wrongly, by the words in which it was asked."""
    words = words_of(asked)
    if any(says(words, f"ticket.{how}.second") for how in ("nonsense", "silence")):
        return 2
    return int(any(says(words, f"ticket.{how}.first") for how in ("nonsense", "silence")))


def _asks_for_a_number(body: str) -> str:
    """The language in which a caller's document asks for a ticket number; empty when it asks for nothing such."""
    root = document(body) if "/voice/turn/" in body else None
    gather = root.find("Gather") if root is not None else None
    if gather is None or gather.get("finishOnKey") != "#":
        return ""
    return next((say.get("language", "") for say in reversed(list(gather.iter("Say")))), "")
