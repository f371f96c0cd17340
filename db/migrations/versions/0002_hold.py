"""Hold mode: the turn that ends a hold, and the terms managers state after a talk."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("calls") as calls:
        calls.add_column(sa.Column("exit_turn", sa.Integer()))
    with op.batch_alter_table("rings") as rings:
        rings.add_column(sa.Column("terms", sa.Text()))
        rings.add_column(sa.Column("terms_until", sa.DateTime(timezone=True)))


def downgrade() -> None:
    with op.batch_alter_table("rings") as rings:
        rings.drop_column("terms_until")
        rings.drop_column("terms")
    with op.batch_alter_table("calls") as calls:
        calls.drop_column("exit_turn")
