"""standings: claim and cooldown of one ticket, on one row, so that one statement can decide about both."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Serial


class StandingRow(Base):
    """``attempt_id`` is the attempt that holds the claim; ``attempts`` counts all there have been, because counting
    a hot ticket's history would take longer with every attempt."""

    __tablename__ = "standings"

    ticket_number: Mapped[str] = mapped_column(primary_key=True)
    attempt_id: Mapped[int | None] = mapped_column(Serial, ForeignKey("attempts.id"), unique=True)
    leased_until: Mapped[datetime | None]
    quiet_until: Mapped[datetime | None]
    window_opens_at: Mapped[datetime | None]
    promised_at: Mapped[datetime | None]
    promised_until: Mapped[datetime | None]
    last_talked: Mapped[int]
    attempts: Mapped[int]
