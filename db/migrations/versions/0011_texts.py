"""Texts and links: why managers decline, and links that may be used once."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("rings") as rings:
        rings.add_column(sa.Column("decline_reason", sa.Text()))
    op.create_table(
        "used_links",
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("nonce", name="pk_used_links"),
    )


def downgrade() -> None:
    op.drop_table("used_links")
    with op.batch_alter_table("rings") as rings:
        rings.drop_column("decline_reason")
