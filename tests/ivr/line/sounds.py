"""Sounds for the stories: silence of any length."""

import io
import wave


def wav(seconds: float, rate: int = 8000, channels: int = 1, sample_bytes: int = 1) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as track:
        track.setparams((channels, sample_bytes, rate, 0, "NONE", "not compressed"))
        track.writeframes(b"\x80" * int(seconds * rate) * channels * sample_bytes)
    return file.getvalue()
