"""webhooks: programs that are told what happens. webhook_deliveries: what each is still to be told. touched_tickets:
tickets about which something has happened since it was last looked what that was."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Serial


class WebhookRow(Base):
    """``secret`` is locked with a key from SECRET_KEY. ``kinds`` are names of facts, parted by spaces, empty for all.
    Facts from before ``made_at`` are not told. ``failures`` counts since the last success; until ``rests_until`` its
    server is left alone, ``trouble`` says why."""

    __tablename__ = "webhooks"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    url: Mapped[str]
    secret: Mapped[str]
    kinds: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    off_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    failures: Mapped[int]
    rests_until: Mapped[datetime | None]
    trouble: Mapped[str | None]


class WebhookDeliveryRow(Base):
    """``key`` names the fact; ``ticket_number`` is empty for a test. Of one webhook and ticket the one with the lowest
    id is sent first."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (UniqueConstraint("webhook_id", "key"),)

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    webhook_id: Mapped[int] = mapped_column(Serial, ForeignKey("webhooks.id"))
    key: Mapped[str]
    ticket_number: Mapped[str]
    body: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(index=True)
    due_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    tries: Mapped[int]
    sent_at: Mapped[datetime | None]
    dead_at: Mapped[datetime | None]
    last_error: Mapped[str | None]


class TouchedTicketRow(Base):
    """Written by the database itself (triggers of migration 0024), and only while there is a webhook."""

    __tablename__ = "touched_tickets"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    ticket_number: Mapped[str]


_D = WebhookDeliveryRow.__table__.c
_WAITING = _D.sent_at.is_(None) & _D.dead_at.is_(None)
_DEAD = _D.dead_at.is_not(None)
Index(
    "ix_webhook_deliveries_waiting", _D.webhook_id, _D.ticket_number, _D.id,
    sqlite_where=_WAITING, postgresql_where=_WAITING,
)
Index("ix_webhook_deliveries_due", _D.due_at, sqlite_where=_WAITING, postgresql_where=_WAITING)
Index("ix_webhook_deliveries_dead", _D.webhook_id, _D.dead_at, sqlite_where=_DEAD, postgresql_where=_DEAD)
