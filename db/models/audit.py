"""audit: who changed what from what to what, each entry sealed over the one before."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Serial


class AuditRow(Base):
    """``was`` and ``became`` are text as people read it, empty where there was nothing; ``seal`` is an HMAC over this
    entry and the seal before it. ``seq`` counts without a gap."""

    __tablename__ = "audit"

    seq: Mapped[int] = mapped_column(Serial, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(index=True)
    who: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str] = mapped_column(index=True)
    was: Mapped[str]
    became: Mapped[str]
    why: Mapped[str]
    seal: Mapped[str]
