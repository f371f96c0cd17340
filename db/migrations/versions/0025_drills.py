"""Drills are kept for a while."""

import sqlalchemy as sa
from alembic import op

from db.instants import Instant

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    serial = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "drills",
        sa.Column("id", serial, primary_key=True),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant()),
        sa.Column("played", sa.Text()),
        sa.Column("failure", sa.Text()),
    )


def downgrade() -> None:
    op.drop_table("drills")
