"""heartbeats: when each background worker last said that it is alive."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class HeartbeatRow(Base):
    """One row for each kind of worker."""

    __tablename__ = "heartbeats"

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
