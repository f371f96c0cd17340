"""How long sounds last. One place, so that stories and pages agree on it."""

import re

CHARACTERS_PER_SECOND = 15.0
DIGIT_SECONDS = 0.4
RING_TONE = "(ringing)"
BUSY_TONE = "(busy tone)"
BEEP = "(beep)"
BEEP_SECONDS = 0.5
KEY_SECONDS = 0.2
LOOPS_AT_MOST = 1000  # loop="0" means until hang-up; a cap keeps a forgotten call finite


def speaking_seconds(text: str) -> float:
    """Seconds that a voice needs for ``text``: about 15 characters a second, digits 0.4 s each, at least half a
    second."""
    digits = len(re.findall(r"\d", text))
    others = len(re.sub(r"\s+", " ", text).strip()) - digits
    return max(0.5, others / CHARACTERS_PER_SECOND + digits * DIGIT_SECONDS)


def playing(url: str) -> str:
    """How a transcript writes a recording."""
    return f"(plays {url})"


def spoken_part(text: str, share: float) -> str:
    """What was heard of a sentence that was cut off after ``share`` (0 to 1) of it."""
    return text[: int(len(text) * max(0.0, min(1.0, share)))].rstrip() + "–"
