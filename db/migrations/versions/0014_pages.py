"""Pages that stay fast with 100,000 calls: the telephones that ring now."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

UNDER_WAY = sa.text("ended_at IS NULL")


def upgrade() -> None:
    op.create_index(
        "ix_rings_under_way", "rings", ["started_at"], sqlite_where=UNDER_WAY, postgresql_where=UNDER_WAY
    )


def downgrade() -> None:
    op.drop_index("ix_rings_under_way", "rings")
