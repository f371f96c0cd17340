"""api_tokens: what programs show to be let in. idempotency_keys: what was answered to them."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Serial


class ApiTokenRow(Base):
    """``key`` is a hash: who reads the table cannot use the API. ``scopes`` are values of flows' Scope, parted by
    spaces."""

    __tablename__ = "api_tokens"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    key: Mapped[str] = mapped_column(unique=True)
    scopes: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class IdempotencyKeyRow(Base):
    """One request that may come twice. ``fingerprint`` is a hash of what was asked; ``status`` is NULL while the first
    is being answered, ``body`` and ``headers`` are what it was answered."""

    __tablename__ = "idempotency_keys"

    token_id: Mapped[int] = mapped_column(Serial, ForeignKey("api_tokens.id"), primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str]
    at: Mapped[datetime] = mapped_column(index=True)
    status: Mapped[int | None]
    body: Mapped[str]
    headers: Mapped[str]
