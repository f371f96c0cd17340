"""tickets: the built-in ticket system, for companies that connect no other, and for the demo."""

from datetime import datetime

from sqlalchemy import false
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class TicketRow(Base):
    """The fields of ``flows.ticket.Ticket``; ``contact_numbers`` is a JSON list."""

    __tablename__ = "tickets"

    number: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str]
    organisation: Mapped[str]
    requester: Mapped[str]
    program: Mapped[str]
    severity: Mapped[int]
    product: Mapped[str]
    status: Mapped[str]
    opened_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    region: Mapped[str]
    contact_numbers: Mapped[str]
    time_zone: Mapped[str]
    account_manager: Mapped[bool] = mapped_column(server_default=false())
