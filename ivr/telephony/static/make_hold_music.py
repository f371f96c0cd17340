"""Makes the hold music: a calm arpeggio of our own, so that no licence is needed. Run from this folder.

    python make_hold_music.py
"""

import math
import struct
import wave

RATE = 8000
CHORDS = (
    (220.0, 277.2, 329.6, 415.3),
    (196.0, 246.9, 293.7, 370.0),
    (174.6, 220.0, 261.6, 329.6),
    (196.0, 246.9, 329.6, 392.0),
)
"""Frequencies (Hz) of four chords, two seconds each."""
NOTE_SECONDS = 0.5
LOUDEST = 7000


def sample(second: float) -> int:
    """The loop's amplitude (16 bit) at ``second``."""
    chord = CHORDS[int(second // 2) % len(CHORDS)]
    pitch, age = chord[int(second / NOTE_SECONDS) % len(chord)], second % NOTE_SECONDS
    rise, fall = min(age / 0.02, 1.0), math.exp(-2.5 * age)
    tone = math.sin(2 * math.pi * pitch * second) + 0.35 * math.sin(4 * math.pi * pitch * second)
    bed = 0.25 * math.sin(math.pi * chord[0] * second)
    return int(LOUDEST * (0.6 * tone * rise * fall + bed))


def write(seconds: int) -> None:
    """Write ``hold-music-SECONDS.wav``: one channel, 16 bit, 8 kHz, what a telephone carries."""
    with wave.open(f"hold-music-{seconds}.wav", "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(RATE)
        samples = (sample(index / RATE) for index in range(RATE * seconds))
        sound.writeframes(b"".join(struct.pack("<h", each) for each in samples))


if __name__ == "__main__":
    for length in (4, 8):
        write(length)
