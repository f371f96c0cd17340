"""outbox: what the world is still to be told. Rows are written in the transaction that made them true."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Serial


class OutboxRow(Base):
    """``key`` is stable over retries; ``dead_at`` marks the visible dead letter; ``ticket_number`` is what the
    letter is about, where it is about a ticket."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    kind: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    body: Mapped[str]
    ticket_number: Mapped[str | None] = mapped_column(index=True)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    tries: Mapped[int]
    sent_at: Mapped[datetime | None]
    dead_at: Mapped[datetime | None]
    last_error: Mapped[str | None]


_OUTBOX = OutboxRow.__table__.c
_WAITING = _OUTBOX.sent_at.is_(None) & _OUTBOX.dead_at.is_(None)
_DEAD = _OUTBOX.dead_at.is_not(None)
Index("ix_outbox_due", _OUTBOX.due_at, sqlite_where=_WAITING, postgresql_where=_WAITING)
Index("ix_outbox_dead", _OUTBOX.dead_at, sqlite_where=_DEAD, postgresql_where=_DEAD)
