"""Which files may be played on a telephone."""

import pytest

from ivr.line.sounds import LARGEST, Unplayable, milliseconds_of
from tests.ivr.line.sounds import wav


@pytest.mark.parametrize(("audio", "milliseconds"), [
    (wav(1.5), 1500), (wav(60), 60_000), (wav(2, 44_100, channels=2, sample_bytes=2), 2000), (wav(0.01), 10),
    (wav(1) + b"LIST", 1000),
])
def test_a_wav_file_lasts_as_long_as_it_sounds(audio: bytes, milliseconds: int) -> None:
    assert milliseconds_of(audio) == milliseconds


@pytest.mark.parametrize(("audio", "told"), [
    (b"", "no WAV file"), (b"ID3\x04 an mp3", "no WAV file"), (b"RIFF\xff\xff\xff\xffWAVE", "no WAV file"),
    (wav(1)[:20], "no WAV file"), (wav(1)[:3000], "its end is missing"), (wav(0), "it lasts 0.0 seconds"),
    (wav(60.2), "it lasts 60.2 seconds"), (wav(1, 96_000), "at 96000 Hz"), (wav(1, 4000), "at 4000 Hz"),
    (wav(1, channels=3), "3 channels"), (wav(1, sample_bytes=4), "of 32 bits"),
    (b"0" * (LARGEST + 1), "more than 3 MB"),
    (wav(1).replace(b"\x01\x00\x01\x00", b"\x07\x00\x01\x00", 1), "no WAV file"),
])
def test_what_cannot_be_played_is_refused_with_what_to_do(audio: bytes, told: str) -> None:
    with pytest.raises(Unplayable, match=told):
        milliseconds_of(audio)
