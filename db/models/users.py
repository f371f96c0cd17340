"""users: who may sign in, sign_ins: who has, sign_in_failures: who tried in vain."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Serial


class UserRow(Base):
    """``roles`` are values of flows' Role, parted by spaces; ``person`` the key of a person in the routing, or empty.

    ``totp_secret`` is encrypted, ``recovery`` a JSON list of hashes; ``totp_step`` is the time step of the last code
    that was taken, so that no code works twice.
    """

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    roles: Mapped[str]
    person: Mapped[str]
    password_hash: Mapped[str]
    totp_secret: Mapped[str | None]
    totp_step: Mapped[int]
    recovery: Mapped[str]
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class SignInRow(Base):
    """One browser that signed in. ``key`` is a hash of what the browser holds: who reads the table cannot sign in."""

    __tablename__ = "sign_ins"

    key: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(Serial, ForeignKey("users.id"), index=True)
    began_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    whole: Mapped[bool]


class SignInFailureRow(Base):
    """A wrong password or code, counted against guessing. ``address`` is the client's network address."""

    __tablename__ = "sign_in_failures"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    name: Mapped[str]
    address: Mapped[str]
    at: Mapped[datetime]


_FAILURES = SignInFailureRow.__table__.c
Index("ix_sign_in_failures_name_at", _FAILURES.name, _FAILURES.at)
Index("ix_sign_in_failures_address_at", _FAILURES.address, _FAILURES.at)
