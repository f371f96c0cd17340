"""acts: who changed what on the manager's line, so that "who lifted this?" can be answered. Rows are never changed."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Serial


class ActRow(Base):
    """``act`` is a value of the repository's Act. ``person`` is a key of the routing's people, empty where nobody has
    proved to be anybody; ``about`` says what else is worth knowing."""

    __tablename__ = "acts"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    at: Mapped[datetime]
    call_sid: Mapped[str] = mapped_column(index=True)
    line: Mapped[str]
    person: Mapped[str]
    act: Mapped[str]
    ticket_number: Mapped[str | None] = mapped_column(index=True)
    until: Mapped[datetime | None]
    about: Mapped[str]


_ACTS = ActRow.__table__.c
Index("ix_acts_line_act_at", _ACTS.line, _ACTS.act, _ACTS.at)
