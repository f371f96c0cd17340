"""rings: each time one phone was rung. Ring, answer, accept and bridge are four different facts."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Serial


class RingRow(Base):
    """``call_sid`` is the caller's leg, ``leg_sid`` the manager's; ``outcome`` a value of flows' RingOutcome.
    ``member`` is a name, ``person`` that person's key in the routing (empty in rings from before there was one).

    ``decline_reason`` is a value of flows' DeclineReason. ``terms`` is what the manager stated after the talk (a value
    of flows' wrap-up Terms) at ``terms_at``,
    ``terms_until`` until when they last. ``guess`` is a value of flows' Guess.
    """

    __tablename__ = "rings"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    attempt_id: Mapped[int] = mapped_column(Serial, ForeignKey("attempts.id"), index=True)
    call_sid: Mapped[str] = mapped_column(index=True)
    rank: Mapped[int]
    title: Mapped[str]
    member: Mapped[str]
    person: Mapped[str] = mapped_column(server_default="")
    number: Mapped[str]
    language: Mapped[str]
    started_at: Mapped[datetime] = mapped_column(index=True)
    leg_sid: Mapped[str | None]
    answered_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
    terms: Mapped[str | None]
    terms_until: Mapped[datetime | None]
    decline_reason: Mapped[str | None]
    terms_at: Mapped[datetime | None]
    guess: Mapped[str | None]


_RINGS = RingRow.__table__.c
Index("ix_rings_number_started_at", _RINGS.number, _RINGS.started_at)
_UNDER_WAY = _RINGS.ended_at.is_(None)
Index("ix_rings_under_way", _RINGS.started_at, sqlite_where=_UNDER_WAY, postgresql_where=_UNDER_WAY)
_TALKING = _RINGS.accepted_at.is_not(None) & _RINGS.ended_at.is_(None)
# Two phones may ring together, but only one manager at a time can have accepted.
Index("uq_rings_accepted", _RINGS.attempt_id, unique=True, sqlite_where=_TALKING, postgresql_where=_TALKING)
