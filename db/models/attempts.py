"""attempts: each time managers were rung about a ticket."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Serial


class AttemptRow(Base):
    """``outcome`` is a value of flows' Outcome, or "lost" when the lease ran out. ``confirmed_at`` is when the
    caller said that it is resolved, ``quiet_until`` the end of the cooldown that the attempt began. No foreign key on
    ``call_sid``: escalations will also come by channels that have no call."""

    __tablename__ = "attempts"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    ticket_number: Mapped[str]
    call_sid: Mapped[str] = mapped_column(index=True)
    channel: Mapped[str]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    reached_rank: Mapped[int | None]
    reached_title: Mapped[str | None]
    confirmed_at: Mapped[datetime | None]
    quiet_until: Mapped[datetime | None]


_ATTEMPTS = AttemptRow.__table__.c
Index("ix_attempts_ticket_number_started_at", _ATTEMPTS.ticket_number, _ATTEMPTS.started_at)
Index(
    "uq_attempts_live", _ATTEMPTS.ticket_number, unique=True,
    sqlite_where=_ATTEMPTS.ended_at.is_(None), postgresql_where=_ATTEMPTS.ended_at.is_(None),
)
