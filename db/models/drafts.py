"""drafts: the routing as it is being edited, before it is published."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class DraftRow(Base):
    """There is at most one, ``id`` 1. ``text`` is a routing file, perhaps with mistakes; ``revision`` counts its saves,
    so that two people who edit at once notice each other; ``base`` is the version it was begun from."""

    __tablename__ = "drafts"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str]
    base: Mapped[int]
    revision: Mapped[int]
    edited_by: Mapped[str]
    edited_at: Mapped[datetime]
