"""Reports look at the refusals and rings of a period."""

from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Whoever counts calls must not read them whole: their state is long. The list of calls keeps its own index, by which
    # PostgreSQL walks from the newest call on.
    op.create_index("ix_calls_period", "calls", ["started_at", "conversation", "line", "sid"])
    op.create_index("ix_refusals_at", "refusals", ["at"])
    op.create_index("ix_rings_started_at", "rings", ["started_at"])


def downgrade() -> None:
    op.drop_index("ix_rings_started_at", "rings")
    op.drop_index("ix_refusals_at", "refusals")
    op.drop_index("ix_calls_period", "calls")
