"""refusals: every time an escalation was refused, with every reason found."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Serial


class RefusalRow(Base):
    """``reasons`` is a JSON list of names, the spoken one first. Refusals never extend a cooldown."""

    __tablename__ = "refusals"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    call_sid: Mapped[str] = mapped_column(index=True)
    ticket_number: Mapped[str]
    reasons: Mapped[str]
    opens_at: Mapped[datetime | None]
    at: Mapped[datetime] = mapped_column(index=True)


_REFUSALS = RefusalRow.__table__.c
Index("ix_refusals_ticket_number_at", _REFUSALS.ticket_number, _REFUSALS.at)
