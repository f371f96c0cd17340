"""passkeys: keys on users' own devices, by which they may sign in."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Serial


class PasskeyRow(Base):
    """``credential`` is the device's name of the key and ``public_key`` its public half, both base64url: who reads the
    table cannot sign in. ``used`` is the device's own count of uses, 0 from devices that keep none."""

    __tablename__ = "passkeys"

    id: Mapped[int] = mapped_column(Serial, primary_key=True)
    user_id: Mapped[int] = mapped_column(Serial, ForeignKey("users.id"), index=True)
    credential: Mapped[str] = mapped_column(unique=True)
    public_key: Mapped[str]
    used: Mapped[int] = mapped_column(BigInteger)
    label: Mapped[str]
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
