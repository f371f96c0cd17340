"""talk_recordings: talks between customers and managers, where the customer has agreed."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Serial


class TalkRecordingRow(Base):
    """``call_sid`` is the customer's leg, ``ring_id`` the ring by which the manager came to it. ``recording_sid`` is
    the carrier's name for the recording, which stays with the carrier; ``seconds`` is its length."""

    __tablename__ = "talk_recordings"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    ring_id: Mapped[int] = mapped_column(Serial)
    call_sid: Mapped[str] = mapped_column(index=True)
    recording_sid: Mapped[str] = mapped_column(unique=True)
    seconds: Mapped[int]
    recorded_at: Mapped[datetime]
