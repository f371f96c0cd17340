"""used_links: links that may be used once, and were."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class UsedLinkRow(Base):
    """``nonce`` names the link; it is also in the link, which is signed."""

    __tablename__ = "used_links"

    nonce: Mapped[str] = mapped_column(primary_key=True)
    used_at: Mapped[datetime]
