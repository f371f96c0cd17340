"""ticket_notes: work notes written on tickets of the built-in system."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Serial


class TicketNoteRow(Base):
    """``key`` lets a note be written once, however often its delivery is tried."""

    __tablename__ = "ticket_notes"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    ticket_number: Mapped[str] = mapped_column(ForeignKey("tickets.number"), index=True)
    at: Mapped[datetime]
    text: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
