"""The first schema: calls and their journal, claims, rings, tickets, routing, outbox."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
SERIAL = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": sa.text(condition), "postgresql_where": sa.text(condition)}


def upgrade() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("ticket_number", sa.Text(), nullable=False),
        sa.Column("call_sid", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT),
        sa.Column("outcome", sa.Text()),
        sa.Column("reached_rank", sa.Integer()),
        sa.Column("reached_title", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_attempts"),
    )
    op.create_index("ix_attempts_call_sid", "attempts", ["call_sid"])
    op.create_index("ix_attempts_ticket_number_started_at", "attempts", ["ticket_number", "started_at"])
    op.create_index("uq_attempts_live", "attempts", ["ticket_number"], unique=True, **where("ended_at IS NULL"))

    op.create_table(
        "calls",
        sa.Column("sid", sa.Text(), nullable=False),
        sa.Column("conversation", sa.Text(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("ticket_number", sa.Text()),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("pending", sa.Text()),
        sa.Column("holds", sa.Integer(), nullable=False),
        sa.Column("parent_sid", sa.Text()),
        sa.Column("ring_id", SERIAL),
        sa.Column("attempt_id", SERIAL),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("deadline", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT),
        sa.Column("routing_version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("sid", name="pk_calls"),
    )
    op.create_index("ix_calls_overdue", "calls", ["deadline"], **where("ended_at IS NULL"))
    op.create_index("ix_calls_parent_sid", "calls", ["parent_sid"])
    op.create_index("ix_calls_started_at", "calls", ["started_at"])
    op.create_index("ix_calls_ticket_number", "calls", ["ticket_number"])

    op.create_table(
        "heartbeats",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_heartbeats"),
    )

    op.create_table(
        "outbox",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("due_at", INSTANT, nullable=False),
        sa.Column("leased_until", INSTANT),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("sent_at", INSTANT),
        sa.Column("dead_at", INSTANT),
        sa.Column("last_error", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_outbox"),
        sa.UniqueConstraint("key", name="uq_outbox_key"),
    )
    op.create_index("ix_outbox_dead", "outbox", ["dead_at"], **where("dead_at IS NOT NULL"))
    op.create_index("ix_outbox_due", "outbox", ["due_at"], **where("sent_at IS NULL AND dead_at IS NULL"))

    op.create_table(
        "refusals",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("call_sid", sa.Text(), nullable=False),
        sa.Column("ticket_number", sa.Text(), nullable=False),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.Column("opens_at", INSTANT),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_refusals"),
    )
    op.create_index("ix_refusals_call_sid", "refusals", ["call_sid"])
    op.create_index("ix_refusals_ticket_number_at", "refusals", ["ticket_number", "at"])

    op.create_table(
        "routing_versions",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("published_at", INSTANT, nullable=False),
        sa.Column("published_by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("version", name="pk_routing_versions"),
    )

    op.create_table(
        "tickets",
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("organisation", sa.Text(), nullable=False),
        sa.Column("requester", sa.Text(), nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("severity", sa.Integer(), nullable=False),
        sa.Column("product", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("contact_numbers", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_tickets"),
    )

    op.create_table(
        "wrong_tries",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("caller", sa.Text(), nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_wrong_tries"),
    )
    op.create_index("ix_wrong_tries_caller_at", "wrong_tries", ["caller", "at"])

    op.create_table(
        "rings",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("attempt_id", SERIAL, nullable=False),
        sa.Column("call_sid", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("member", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("leg_sid", sa.Text()),
        sa.Column("answered_at", INSTANT),
        sa.Column("accepted_at", INSTANT),
        sa.Column("declined_at", INSTANT),
        sa.Column("ended_at", INSTANT),
        sa.Column("outcome", sa.Text()),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name="fk_rings_attempt_id"),
        sa.PrimaryKeyConstraint("id", name="pk_rings"),
    )
    op.create_index("ix_rings_attempt_id", "rings", ["attempt_id"])
    op.create_index("ix_rings_call_sid", "rings", ["call_sid"])
    talking = where("accepted_at IS NOT NULL AND ended_at IS NULL")
    op.create_index("uq_rings_accepted", "rings", ["attempt_id"], unique=True, **talking)

    op.create_table(
        "standings",
        sa.Column("ticket_number", sa.Text(), nullable=False),
        sa.Column("attempt_id", SERIAL),
        sa.Column("leased_until", INSTANT),
        sa.Column("quiet_until", INSTANT),
        sa.Column("window_opens_at", INSTANT),
        sa.Column("promised_at", INSTANT),
        sa.Column("promised_until", INSTANT),
        sa.Column("last_talked", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["attempts.id"], name="fk_standings_attempt_id"),
        sa.PrimaryKeyConstraint("ticket_number", name="pk_standings"),
        sa.UniqueConstraint("attempt_id", name="uq_standings_attempt_id"),
    )

    op.create_table(
        "ticket_notes",
        sa.Column("id", SERIAL, nullable=False),
        sa.Column("ticket_number", sa.Text(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_number"], ["tickets.number"], name="fk_ticket_notes_ticket_number"),
        sa.PrimaryKeyConstraint("id", name="pk_ticket_notes"),
        sa.UniqueConstraint("key", name="uq_ticket_notes_key"),
    )
    op.create_index("ix_ticket_notes_ticket_number", "ticket_notes", ["ticket_number"])

    op.create_table(
        "turns",
        sa.Column("call_sid", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("heard", sa.Text(), nullable=False),
        sa.Column("step_from", sa.Text(), nullable=False),
        sa.Column("step_to", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["call_sid"], ["calls.sid"], name="fk_turns_call_sid"),
        sa.PrimaryKeyConstraint("call_sid", "number", name="pk_turns"),
    )


def downgrade() -> None:
    op.drop_table("turns")
    op.drop_table("ticket_notes")
    op.drop_table("standings")
    op.drop_table("rings")
    op.drop_table("wrong_tries")
    op.drop_table("tickets")
    op.drop_table("routing_versions")
    op.drop_table("refusals")
    op.drop_table("outbox")
    op.drop_table("heartbeats")
    op.drop_table("calls")
    op.drop_table("attempts")
