"""callbacks: customers who want to be called back."""

from datetime import datetime

from sqlalchemy import Index, false
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Serial


class CallbackRow(Base):
    """``state`` is a value of CallbackState. ``turn`` counts how often it was looked at, ``tries`` how often the
    customer was rung; ``due_at`` is when it is looked at next, ``until`` when it is given up. While the customer is
    rung ``leg_sid`` is the carrier's name for the call, once it is known. ``by_text``: a text is all that is wanted."""

    __tablename__ = "callbacks"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    ticket_number: Mapped[str] = mapped_column(index=True)
    call_sid: Mapped[str] = mapped_column(index=True)
    line: Mapped[str]
    number: Mapped[str]
    language: Mapped[str]
    asked_at: Mapped[datetime]
    until: Mapped[datetime]
    due_at: Mapped[datetime]
    turn: Mapped[int]
    tries: Mapped[int]
    state: Mapped[str]
    rung_at: Mapped[datetime | None]
    leg_sid: Mapped[str | None]
    closed_at: Mapped[datetime | None]
    by_text: Mapped[bool] = mapped_column(server_default=false())


_CALLBACKS = CallbackRow.__table__.c
_LIVE = _CALLBACKS.closed_at.is_(None)
Index(
    "uq_callbacks_live", _CALLBACKS.ticket_number, _CALLBACKS.number, unique=True,
    sqlite_where=_LIVE, postgresql_where=_LIVE,
)
