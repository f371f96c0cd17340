"""Talks are recorded where the caller agrees."""

import sqlalchemy as sa
from alembic import op

from db.instants import Instant

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    serial = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "talk_recordings",
        sa.Column("id", serial, primary_key=True),
        sa.Column("ring_id", serial, nullable=False),
        sa.Column("call_sid", sa.Text(), nullable=False),
        sa.Column("recording_sid", sa.Text(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.UniqueConstraint("recording_sid", name="uq_talk_recordings_recording_sid"),
    )
    op.create_index("ix_talk_recordings_call_sid", "talk_recordings", ["call_sid"])


def downgrade() -> None:
    op.drop_table("talk_recordings")
