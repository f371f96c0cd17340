"""Runs migrations over the connection that ``db.migrate`` has opened and locked; there is no other way in."""

from alembic import context

from db.migrate import OPTIONS

context.configure(connection=context.config.attributes["connection"], **OPTIONS)
with context.begin_transaction():
    context.run_migrations()
