"""Promises: answers that managers promised by a time."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = sa.DateTime(timezone=True)
STILL_OPEN = sa.text("state = 'open'")


def upgrade() -> None:
    op.create_table(
        "promises",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("ticket_number", sa.Text(), nullable=False),
        sa.Column("attempt_id", SERIAL, nullable=False),
        sa.Column("ring_id", SERIAL, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("promised_at", INSTANT, nullable=False),
        sa.Column("until", INSTANT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("settled_at", INSTANT),
        sa.Column("look_at", INSTANT, nullable=False),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name="fk_promises_attempt_id"),
        sa.ForeignKeyConstraint(["ring_id"], ["rings.id"], name="fk_promises_ring_id"),
        sa.PrimaryKeyConstraint("id", name="pk_promises"),
    )
    op.create_index("ix_promises_ticket_number_promised_at", "promises", ["ticket_number", "promised_at"])
    op.create_index("ix_promises_person_promised_at", "promises", ["person", "promised_at"])
    op.create_index(
        "ix_promises_due", "promises", ["look_at"], sqlite_where=STILL_OPEN, postgresql_where=STILL_OPEN
    )


def downgrade() -> None:
    op.drop_table("promises")
