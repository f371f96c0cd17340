"""promises: each answer a manager promised by a time, and whether it came."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Serial


class PromiseRow(Base):
    """``person`` is a key of the routing's people, ``ring_id`` the ring on which the promise was made. ``state`` is a
    value of flows' promise State; ``look_at`` is when a worker looks next whether it was kept."""

    __tablename__ = "promises"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    ticket_number: Mapped[str]
    attempt_id: Mapped[int] = mapped_column(Serial, ForeignKey("attempts.id"))
    ring_id: Mapped[int] = mapped_column(Serial, ForeignKey("rings.id"))
    person: Mapped[str]
    promised_at: Mapped[datetime]
    until: Mapped[datetime]
    state: Mapped[str]
    settled_at: Mapped[datetime | None]
    look_at: Mapped[datetime]
    looks: Mapped[int]


_PROMISES = PromiseRow.__table__.c
_OPEN = _PROMISES.state == "open"
Index("ix_promises_ticket_number_promised_at", _PROMISES.ticket_number, _PROMISES.promised_at)
Index("ix_promises_person_promised_at", _PROMISES.person, _PROMISES.promised_at)
Index("ix_promises_due", _PROMISES.look_at, sqlite_where=_OPEN, postgresql_where=_OPEN)
