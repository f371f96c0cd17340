"""Programs are told what happens. The database itself notes which tickets something has happened about, so that no way
of writing a fact can forget to. A later migration that rebuilds one of these tables on SQLite must call ``watch``."""

import sqlalchemy as sa
from alembic import op

from db.instants import Instant

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

ITS_OWN, OF_ATTEMPT = "NEW.ticket_number", "(SELECT ticket_number FROM attempts WHERE id = NEW.attempt_id)"
WATCHED = {
    "attempts": ITS_OWN,
    "rings": OF_ATTEMPT,
    "promises": ITS_OWN,
    "refusals": ITS_OWN,
    "interventions": ITS_OWN,
    "acts": ITS_OWN,
    "callbacks": ITS_OWN,
}
NEVER_CHANGED = {"refusals", "interventions", "acts"}
SOMEBODY_LISTENS = "EXISTS (SELECT 1 FROM webhooks WHERE off_at IS NULL)"


def upgrade() -> None:
    serial = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "webhooks",
        sa.Column("id", serial, primary_key=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("kinds", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.Column("off_at", Instant()),
        sa.Column("delivered_at", Instant()),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("rests_until", Instant()),
        sa.Column("trouble", sa.Text()),
        sa.UniqueConstraint("name", name="uq_webhooks_name"),
    )
    deliveries = op.create_table(
        "webhook_deliveries",
        sa.Column("id", serial, primary_key=True),
        sa.Column("webhook_id", serial, sa.ForeignKey("webhooks.id"), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("ticket_number", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("leased_until", Instant()),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", Instant()),
        sa.Column("dead_at", Instant()),
        sa.Column("last_error", sa.Text()),
        sa.UniqueConstraint("webhook_id", "key", name="uq_webhook_deliveries_webhook_id_key"),
    )
    waiting = deliveries.c.sent_at.is_(None) & deliveries.c.dead_at.is_(None)
    dead = deliveries.c.dead_at.is_not(None)
    op.create_index("ix_webhook_deliveries_created_at", "webhook_deliveries", ["created_at"])
    op.create_index(
        "ix_webhook_deliveries_waiting", "webhook_deliveries", ["webhook_id", "ticket_number", "id"],
        sqlite_where=waiting, postgresql_where=waiting,
    )
    op.create_index(
        "ix_webhook_deliveries_due", "webhook_deliveries", ["due_at"], sqlite_where=waiting, postgresql_where=waiting
    )
    op.create_index(
        "ix_webhook_deliveries_dead", "webhook_deliveries", ["webhook_id", "dead_at"],
        sqlite_where=dead, postgresql_where=dead,
    )
    op.create_table(
        "touched_tickets",
        sa.Column("id", serial, primary_key=True),
        sa.Column("ticket_number", sa.Text(), nullable=False),
    )
    for table in WATCHED:
        watch(table)


def watch(table: str) -> None:
    """Note the ticket whenever a row of ``table`` is written, as long as anybody wants to know."""
    events = ("INSERT",) if table in NEVER_CHANGED else ("INSERT", "UPDATE")
    if op.get_bind().dialect.name == "sqlite":
        for event in events:
            op.execute(
                f"CREATE TRIGGER touched_by_{table}_{event.lower()} AFTER {event} ON {table} "
                f"WHEN {SOMEBODY_LISTENS} AND {WATCHED[table]} IS NOT NULL BEGIN "
                f"INSERT INTO touched_tickets (ticket_number) VALUES ({WATCHED[table]}); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION touched_by_{table}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF {SOMEBODY_LISTENS} AND {WATCHED[table]} IS NOT NULL THEN "
        f"INSERT INTO touched_tickets (ticket_number) VALUES ({WATCHED[table]}); END IF; RETURN NULL; END $$"
    )
    op.execute(
        f"CREATE TRIGGER touched_by_{table} AFTER {' OR '.join(events)} ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION touched_by_{table}()"
    )


def downgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table in WATCHED:
        if not sqlite:
            op.execute(f"DROP FUNCTION touched_by_{table}() CASCADE")
            continue
        for event in ("insert",) if table in NEVER_CHANGED else ("insert", "update"):
            op.execute(f"DROP TRIGGER touched_by_{table}_{event}")
    op.drop_table("touched_tickets")
    op.drop_table("webhook_deliveries")
    op.drop_table("webhooks")
