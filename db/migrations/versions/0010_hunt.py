"""The hunt: rings by number, looked up before every ring; tickets of customers with a technical account manager."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_rings_number_started_at", "rings", ["number", "started_at"])
    op.add_column("tickets", sa.Column("account_manager", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    with op.batch_alter_table("tickets") as tickets:
        tickets.drop_column("account_manager")
    op.drop_index("ix_rings_number_started_at", "rings")
