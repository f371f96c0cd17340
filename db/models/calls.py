"""calls: one row for each leg that talks with the line."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Serial


class CallRow(Base):
    """The state after the last turn. ``parent_sid``, ``ring_id`` are set on a manager's leg, ``attempt_id`` on both.

    ``pending`` is the question being asked when an answer outlived the webhook; ``holds`` how often the caller was
    told to wait for it. ``exit_turn`` is the turn that is taken when the caller comes off hold. No foreign keys here:
    calls and attempts point at each other.
    """

    __tablename__ = "calls"

    sid: Mapped[str] = mapped_column(primary_key=True)
    conversation: Mapped[str]
    line: Mapped[str]
    caller: Mapped[str]
    ticket_number: Mapped[str | None] = mapped_column(index=True)
    state: Mapped[str]
    step: Mapped[str]
    turn: Mapped[int]
    pending: Mapped[str | None]
    holds: Mapped[int]
    parent_sid: Mapped[str | None] = mapped_column(index=True)
    ring_id: Mapped[int | None] = mapped_column(Serial)
    attempt_id: Mapped[int | None] = mapped_column(Serial)
    started_at: Mapped[datetime] = mapped_column(index=True)
    exit_turn: Mapped[int | None]
    deadline: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    routing_version: Mapped[int]


_CALLS = CallRow.__table__.c
# Whoever counts the calls of a period finds here all that it takes to choose them, and reads no state.
Index("ix_calls_period", _CALLS.started_at, _CALLS.conversation, _CALLS.line, _CALLS.sid)
Index(
    "ix_calls_overdue", _CALLS.deadline,
    sqlite_where=_CALLS.ended_at.is_(None), postgresql_where=_CALLS.ended_at.is_(None),
)
