"""routing_versions: every version of everything an admin decides. Rows are never changed, so calls can pin one."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base


class RoutingVersionRow(Base):
    """``document`` is a ``flows.routing.Routing`` as JSON."""

    __tablename__ = "routing_versions"

    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    document: Mapped[str]
    published_at: Mapped[datetime]
    published_by: Mapped[str]
    note: Mapped[str]
