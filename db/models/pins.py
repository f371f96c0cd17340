"""pins: who may use the manager's line. Only the hash is kept."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class PinRow(Base):
    """``person`` is a key of the routing's people, ``hash`` an Argon2id text with its own salt. ``wrong_tries`` are
    those in a row since the last right one."""

    __tablename__ = "pins"

    person: Mapped[str] = mapped_column(primary_key=True)
    hash: Mapped[str]
    wrong_tries: Mapped[int]
    locked_until: Mapped[datetime | None]
    set_at: Mapped[datetime]
    set_by: Mapped[str]
