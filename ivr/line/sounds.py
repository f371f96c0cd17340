"""Sounds that are uploaded to be played instead of a voice: WAV files with PCM samples, which the carrier plays."""

import io
import wave

LARGEST = 3_000_000
"""Bytes. A minute in the quality of a telephone takes one million."""
LONGEST_SECONDS = 60
CHANNELS = (1, 2)
RATES = range(8000, 48_001)
SAMPLE_BYTES = (1, 2)
HINT = "Make it one with: ffmpeg -i sound.mp3 -ar 8000 -ac 1 -c:a pcm_s16le sound.wav"


class Unplayable(Exception):
    """A file that cannot be played on a telephone; the message says why, and what to do."""


def milliseconds_of(audio: bytes) -> int:
    """How long a WAV file lasts. Raises Unplayable."""
    if len(audio) > LARGEST:
        raise Unplayable(f"it has more than {LARGEST // 1_000_000} MB. {HINT}")
    try:
        with wave.open(io.BytesIO(audio)) as track:
            form, frames, rate = track.getparams(), track.getnframes(), track.getframerate()
            heard = len(track.readframes(frames)) // (form.nchannels * form.sampwidth)
    except (wave.Error, EOFError, ValueError, ZeroDivisionError) as trouble:
        raise Unplayable(f"it is no WAV file with PCM samples. {HINT}") from trouble
    if heard < frames:
        raise Unplayable("it is cut off: its end is missing. Save or copy it again.")
    if form.nchannels not in CHANNELS or form.sampwidth not in SAMPLE_BYTES or rate not in RATES:
        raise Unplayable(f"it has {form.nchannels} channels of {8 * form.sampwidth} bits at {rate} Hz. {HINT}")
    milliseconds: int = heard * 1000 // rate
    if not 0 < milliseconds <= LONGEST_SECONDS * 1000:
        raise Unplayable(f"it lasts {milliseconds / 1000:.1f} seconds; nobody listens to more than {LONGEST_SECONDS}.")
    return milliseconds
