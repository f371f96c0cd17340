"""Messages that callers leave."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "messages",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("ticket_number", sa.Text(), nullable=False),
        sa.Column("attempt_id", SERIAL),
        sa.Column("call_sid", sa.Text(), nullable=False),
        sa.Column("recording_sid", sa.Text(), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("transcription", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
        sa.UniqueConstraint("recording_sid", name="uq_messages_recording_sid"),
    )
    op.create_index("ix_messages_ticket_number", "messages", ["ticket_number"])
    op.create_index("ix_messages_call_sid", "messages", ["call_sid"])


def downgrade() -> None:
    op.drop_table("messages")
