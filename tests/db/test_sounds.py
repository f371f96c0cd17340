"""Sounds are kept once, however often and by whomever they are uploaded."""

from datetime import timedelta
from hashlib import sha256

from db.unit_of_work import Store
from tests.db.samples import NOW

AUDIO = b"RIFF\x00\xff\x80 not really"


def test_what_was_uploaded_comes_back_byte_for_byte(store: Store) -> None:
    with store.writing() as work:
        sound = work.sounds.add(AUDIO, 1500, "olga", NOW)

    with store.reading() as work:
        assert sound == sha256(AUDIO).hexdigest()
        assert work.sounds.audio(sound) == AUDIO
        assert work.sounds.audio("0" * 64) is None


def test_the_second_to_upload_the_same_changes_nothing(store: Store) -> None:
    for who, later in (("olga", timedelta()), ("anna", timedelta(days=1))):
        with store.writing() as work:
            sound = work.sounds.add(AUDIO, 1500, who, NOW + later)

    with store.reading() as work:
        (kept,) = work.sounds.known().values()
    assert (kept.digest, kept.milliseconds, kept.uploaded_by, kept.uploaded_at) == (sound, 1500, "olga", NOW)
