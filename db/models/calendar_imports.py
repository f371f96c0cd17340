"""calendar_imports: which calendar fills a schedule, when it was fetched, and what was wrong with it."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class CalendarImportRow(Base):
    """``source`` is what people call the calendar; ``address`` a digest of its URL, for that may hold a secret, empty
    for a file. ``remarks`` is a JSON list of sentences about the last good import; ``failures`` counts since then."""

    __tablename__ = "calendar_imports"

    schedule: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str]
    address: Mapped[str]
    tried_at: Mapped[datetime]
    imported_at: Mapped[datetime | None]
    shifts: Mapped[int]
    remarks: Mapped[str]
    trouble: Mapped[str]
    failures: Mapped[int]
