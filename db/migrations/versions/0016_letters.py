"""Letters know the ticket they are about: its timeline tells which were sent."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Letters from before are about no ticket here: their bodies say it, in words the database does not read.
    op.add_column("outbox", sa.Column("ticket_number", sa.Text()))
    op.create_index("ix_outbox_ticket_number", "outbox", ["ticket_number"])


def downgrade() -> None:
    op.drop_index("ix_outbox_ticket_number", "outbox")
    with op.batch_alter_table("outbox") as outbox:
        outbox.drop_column("ticket_number")
