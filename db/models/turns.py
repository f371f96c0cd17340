"""turns: the journal. What was heard, what was said, and the exact document that was answered."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class TurnRow(Base):
    """One turn; the key makes a turn happen once, and a repeated webhook gets ``document`` again, byte for byte."""

    __tablename__ = "turns"

    call_sid: Mapped[str] = mapped_column(ForeignKey("calls.sid"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    heard: Mapped[str]
    step_from: Mapped[str]
    step_to: Mapped[str]
    said: Mapped[str]
    document: Mapped[str]
