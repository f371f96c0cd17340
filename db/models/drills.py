"""drills: calls that were played to see how a routing behaves. Nobody real was rung."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Serial


class DrillRow(Base):
    """``about`` says in a sentence what is played. ``played`` is what happened, as JSON; ``failure`` why it could not
    be played; both are NULL while it is."""

    __tablename__ = "drills"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    about: Mapped[str]
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    played: Mapped[str | None]
    failure: Mapped[str | None]
