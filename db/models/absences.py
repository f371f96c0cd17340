"""absences: who is off duty, and until when. Set by the person, or by whoever runs the line."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class AbsenceRow(Base):
    """``person`` is a key of the routing's people; ``set_by`` who said so. One row for each person at most."""

    __tablename__ = "absences"

    person: Mapped[str] = mapped_column(primary_key=True)
    until: Mapped[datetime]
    set_at: Mapped[datetime]
    set_by: Mapped[str]
