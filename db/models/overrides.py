"""overrides: who is on duty for a time instead of whom the rotations say; by hand, or from an imported calendar."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Serial


class OverrideRow(Base):
    """``schedule`` and ``person`` are keys of the routing; without ``person`` nobody is on duty."""

    __tablename__ = "overrides"
    __table_args__ = (
        Index("ix_overrides_ends_at", "ends_at"),
        Index("ix_overrides_schedule_ends_at", "schedule", "ends_at"),
    )

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    schedule: Mapped[str]
    person: Mapped[str | None]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    set_at: Mapped[datetime]
    set_by: Mapped[str]
    why: Mapped[str]
    imported: Mapped[bool]
