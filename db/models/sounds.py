"""sounds: what an admin has uploaded to be played instead of a voice."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class SoundRow(Base):
    """``digest`` is the SHA-256 of ``audio`` (a WAV file) in hexadecimal digits: what is stored never changes."""

    __tablename__ = "sounds"

    digest: Mapped[str] = mapped_column(primary_key=True)
    audio: Mapped[bytes]
    milliseconds: Mapped[int]
    uploaded_by: Mapped[str]
    uploaded_at: Mapped[datetime]
