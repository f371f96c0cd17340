"""Uploaded sounds, that are played instead of a voice."""

import sqlalchemy as sa
from alembic import op

from db.instants import Instant

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sounds",
        sa.Column("digest", sa.Text(), primary_key=True),
        sa.Column("audio", sa.LargeBinary(), nullable=False),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("uploaded_by", sa.Text(), nullable=False),
        sa.Column("uploaded_at", Instant(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("sounds")
