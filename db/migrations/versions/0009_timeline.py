"""What the timeline of an escalation lacked: when terms were stated, how long a cooldown ran, who changed it."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("rings", sa.Column("terms_at", INSTANT))
    op.add_column("attempts", sa.Column("confirmed_at", INSTANT))
    op.add_column("attempts", sa.Column("quiet_until", INSTANT))
    op.create_table(
        "interventions",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("ticket_number", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("until", INSTANT),
        sa.PrimaryKeyConstraint("id", name="pk_interventions"),
    )
    op.create_index("ix_interventions_ticket_number_at", "interventions", ["ticket_number", "at"])


def downgrade() -> None:
    op.drop_table("interventions")
    with op.batch_alter_table("attempts") as attempts:
        attempts.drop_column("quiet_until")
        attempts.drop_column("confirmed_at")
    with op.batch_alter_table("rings") as rings:
        rings.drop_column("terms_at")
