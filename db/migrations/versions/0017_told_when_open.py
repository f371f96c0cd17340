"""Customers who want to be told when escalation opens, by a text or a call; callbacks are found by their ticket."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("callbacks", sa.Column("by_text", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_callbacks_ticket_number", "callbacks", ["ticket_number"])


def downgrade() -> None:
    op.drop_index("ix_callbacks_ticket_number", "callbacks")
    with op.batch_alter_table("callbacks") as callbacks:
        callbacks.drop_column("by_text")
