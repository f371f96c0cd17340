"""interventions: what changed a ticket's standing beside its attempts, and who did it. Rows are never changed."""

from datetime import datetime

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Serial


class InterventionRow(Base):
    """``kind`` is a value of the repository's Kind; ``by`` a person, or the rule that did it; ``until`` where the
    change ends by itself."""

    __tablename__ = "interventions"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    ticket_number: Mapped[str]
    kind: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    why: Mapped[str]
    until: Mapped[datetime | None]


_INTERVENTIONS = InterventionRow.__table__.c
Index("ix_interventions_ticket_number_at", _INTERVENTIONS.ticket_number, _INTERVENTIONS.at)
