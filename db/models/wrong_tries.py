"""wrong_tries: ticket numbers keyed that are none, counted against guessing."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Serial


class WrongTryRow(Base):
    """``caller`` is E.164, empty when withheld: those who hide share one count."""

    __tablename__ = "wrong_tries"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    caller: Mapped[str]
    line: Mapped[str]
    at: Mapped[datetime]


_TRIES = WrongTryRow.__table__.c
Index("ix_wrong_tries_caller_at", _TRIES.caller, _TRIES.at)
