"""Spoken words for browsers without a voice: espeak-ng, where it is installed."""

import re
import subprocess
from functools import lru_cache
from shutil import which

PROGRAM = "espeak-ng"
WORDS_PER_MINUTE = "165"  # about 15 characters a second: the exchange's own idea of how fast people are spoken to
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
LONGEST = 1000
SECONDS = 10


class NoSpeech(Exception):
    """It cannot be said; the sentence says why."""


def languages() -> tuple[str, ...]:
    """The languages that can be spoken here, such as ``en`` and ``de``; none without espeak-ng."""
    if which(PROGRAM) is None:
        return ()
    listed = subprocess.run([PROGRAM, "--voices"], capture_output=True, text=True, timeout=SECONDS, check=False)  # noqa: S603
    rows = (line.split() for line in listed.stdout.splitlines()[1:])
    return tuple(sorted({row[1].partition("-")[0] for row in rows if len(row) > 1}))


@lru_cache(maxsize=128)
def spoken(text: str, language: str) -> bytes:
    """A WAV file of the sentence. Blocks for some hundredths of a second. NoSpeech: not here, or not this."""
    if not text or len(text) > LONGEST:
        raise NoSpeech(f"A sentence has 1 to {LONGEST} characters.")
    if not LANGUAGE.fullmatch(language) or which(PROGRAM) is None:
        raise NoSpeech("There is no voice for this language here.")
    command = [PROGRAM, "-v", language.partition("-")[0], "-s", WORDS_PER_MINUTE, "--stdin", "--stdout"]
    said = subprocess.run(command, input=text.encode(), capture_output=True, timeout=SECONDS, check=False)  # noqa: S603
    if said.returncode or not said.stdout:
        raise NoSpeech("The voice could not say this.")
    return said.stdout
