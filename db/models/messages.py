"""messages: what callers said who could reach nobody."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Serial


class MessageRow(Base):
    """``recording_sid`` is the carrier's name for the recording, which stays with the carrier; ``state`` one of open
    (the caller may still discard it), kept, discarded. ``seconds`` is its length."""

    __tablename__ = "messages"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    ticket_number: Mapped[str] = mapped_column(index=True)
    attempt_id: Mapped[int | None] = mapped_column(Serial)
    call_sid: Mapped[str] = mapped_column(index=True)
    recording_sid: Mapped[str] = mapped_column(unique=True)
    seconds: Mapped[int]
    language: Mapped[str]
    recorded_at: Mapped[datetime]
    state: Mapped[str]
    transcription: Mapped[str | None]
