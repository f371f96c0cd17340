"""Who the carrier thinks has picked up a phone that rang."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("rings", sa.Column("guess", sa.Text()))


def downgrade() -> None:
    with op.batch_alter_table("rings") as rings:
        rings.drop_column("guess")
